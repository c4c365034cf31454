package elastic

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"jixiao/pipeline/index"
	"jixiao/schemas"
)

// Sizes of a page of reports: with texts or items, which may be long, and
// without.
const (
	heavyPage = 200
	lightPage = 1000
)

// Match implements index.Backend.
func (x *Index) Match(ctx context.Context, r index.Request) (index.Found, error) {
	if err := x.open(ctx); err != nil {
		return index.Found{}, err
	}
	name, err := x.searched(ctx)
	if err != nil {
		return index.Found{}, err
	}
	m := newMatching(r)
	found, err := x.match(ctx, name, m)
	if err != nil {
		return index.Found{}, later(fmt.Errorf("search: %w", err))
	}
	return found, nil
}

func (x *Index) match(ctx context.Context, name string, m *matching) (index.Found, error) {
	first, err := x.search(ctx, name, m.firstPage())
	if err != nil {
		return index.Found{}, err
	}
	found := index.Found{Total: first.Hits.Total.Value, TotalDocs: first.Hits.Total.Value}
	if m.paths != nil {
		found.Total = 0
	}
	for _, path := range m.paths {
		n, err := count(first.Aggregations["n_"+path])
		if err != nil {
			return found, err
		}
		found.Total += n
	}
	if found.Facets, err = x.facets(ctx, name, m, first); err != nil {
		return found, err
	}
	if m.complete(first) {
		found.Hits, err = m.hits(first.Hits.Hits, m.from())
	} else {
		found.Hits, err = x.walk(ctx, name, m)
	}
	return found, err
}

// A matching is one request on its way to an answer.
type matching struct {
	index.Request
	paths []string // of items; nil for reports
	need  int      // hits up to the last one that is wanted
	page  int
}

func newMatching(r index.Request) *matching {
	m := &matching{Request: r, paths: paths(r), page: lightPage, need: math.MaxInt}
	seen := map[string]bool{}
	m.Facets = slices.DeleteFunc(slices.Clone(r.Facets), func(f index.Facets) bool {
		again := seen[f.Name]
		seen[f.Name] = true
		return again
	})
	if r.Limit <= math.MaxInt-r.Offset {
		m.need = r.Offset + r.Limit
	}
	if r.Bodies || m.paths != nil {
		m.page = heavyPage
	}
	return m
}

// from is how many reports the first page leaves out. Of items nobody knows
// beforehand in which report they stand.
func (m *matching) from() int {
	if m.paths != nil || m.Offset > maxWindow-m.page {
		return 0
	}
	return m.Offset
}

// firstPage asks for totals, counts and, mostly, all the hits there are to show.
func (m *matching) firstPage() object {
	q := m.query()
	q["track_total_hits"] = true
	q["from"], q["size"] = m.from(), min(m.page, m.need-m.from())
	aggs := m.facetAggs(nil)
	for _, path := range m.paths {
		matching := object{"filter": scope{path}.query(m.Expr)}
		aggs["n_"+path] = object{"nested": object{"path": path}, "aggs": object{"n": matching}}
	}
	if len(aggs) > 0 {
		q["aggs"] = aggs
	}
	return q
}

// complete reports whether the first page has all that is wanted. The first
// reports, as many as hits are wanted, have them: each report that matches has
// one at least, and its best one decides where it stands.
func (m *matching) complete(a answer) bool {
	have := m.from() + len(a.Hits.Hits)
	return have >= m.need || have >= a.Hits.Total.Value || m.Limit == 0
}

// walk collects the hits page by page.
func (x *Index) walk(ctx context.Context, name string, m *matching) ([]index.Match, error) {
	q := m.query()
	var reports []hit
	skipped := 0
	items := 0
	turn := func() {
		q["size"] = m.page
		delete(q, "_source")
		if left := m.Offset - skipped; m.paths == nil && left > 0 {
			q["size"], q["_source"] = min(left, maxWindow), false
		} else {
			maps.Copy(q, object{"_source": m.source()})
		}
	}
	turn()
	err := x.each(ctx, name, q, func(a answer) bool {
		if m.paths == nil && skipped < m.Offset {
			skipped += len(a.Hits.Hits)
			turn()
			return true
		}
		reports = append(reports, a.Hits.Hits...)
		for _, h := range a.Hits.Hits {
			for _, in := range h.Inner {
				items += len(in.Hits.Hits)
			}
		}
		turn()
		enough := skipped+len(reports) >= m.need || !byScore(m.Request) && items >= m.need
		return !enough
	})
	if err != nil {
		return nil, err
	}
	return m.hits(reports, skipped)
}

// hits makes the hits out of reports, before which skipped hits were left out.
func (m *matching) hits(reports []hit, skipped int) ([]index.Match, error) {
	var found []placed
	for i := range reports {
		h := &reports[i]
		if m.paths == nil {
			found = append(found, placed{Match: index.Match{ID: schemas.DocID(h.ID), Score: h.Score, Head: h.Source.Shown, Body: h.Source.Text}})
			continue
		}
		items, err := m.items(h)
		if err != nil {
			return nil, err
		}
		found = append(found, items...)
	}
	if m.paths != nil {
		slices.SortStableFunc(found, m.compare)
	}
	from := min(max(m.Offset-skipped, 0), len(found))
	to := from + min(m.Limit, len(found)-from)
	out := make([]index.Match, 0, to-from)
	for _, p := range found[from:to] {
		out = append(out, p.Match)
	}
	return out, nil
}
