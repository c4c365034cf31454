package indextest

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
	"jixiao/schemas"
	"jixiao/schemas/search"
)

// TestExamIsFair gives the exam to a backend that reads every text for every
// question. It shares no code with a real one: what both pass is the contract,
// not the habit of an engine.
func TestExamIsFair(t *testing.T) {
	Run(t, func(*testing.T) index.Backend { return &plainBackend{docs: map[schemas.DocID]kept{}} })
}

type plainBackend struct {
	mu     sync.Mutex
	docs   map[schemas.DocID]kept
	closed bool
}

type kept struct {
	revision uint64
	entries  []*reading
}

func (b *plainBackend) lock(ctx context.Context) (unlock func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b.mu.Lock()
	if b.closed {
		b.mu.Unlock()
		return nil, fault.New(fault.Unavailable, "closed")
	}
	return b.mu.Unlock, nil
}

func (b *plainBackend) Put(ctx context.Context, docs ...index.Doc) error {
	unlock, err := b.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	for _, d := range docs {
		if old, ok := b.docs[d.ID]; !ok || d.Revision > old.revision {
			b.docs[d.ID] = kept{d.Revision, readings(d)}
		}
	}
	return nil
}

func (b *plainBackend) Delete(ctx context.Context, ids ...schemas.DocID) error {
	unlock, err := b.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	for _, id := range ids {
		delete(b.docs, id)
	}
	return nil
}

func (b *plainBackend) Revisions(ctx context.Context) iter.Seq2[index.Revision, error] {
	return func(yield func(index.Revision, error) bool) {
		unlock, err := b.lock(ctx)
		if err != nil {
			yield(index.Revision{}, err)
			return
		}
		defer unlock()
		for id, d := range b.docs {
			if !yield(index.Revision{ID: id, Revision: d.revision}, nil) {
				return
			}
		}
	}
}

func (b *plainBackend) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	return nil
}

func (b *plainBackend) Match(ctx context.Context, r index.Request) (index.Found, error) {
	unlock, err := b.lock(ctx)
	if err != nil {
		return index.Found{}, err
	}
	defer unlock()
	var hits []*reading
	for _, id := range slices.Sorted(maps.Keys(b.docs)) {
		for _, e := range b.docs[id].entries {
			if askedFor(r.In, e.entry.Key) && (r.Expr == nil || holds(r.Expr, e)) {
				hits = append(hits, e)
			}
		}
	}
	seen := map[string]bool{}
	out := index.Found{Total: len(hits), Facets: map[string][]search.Facet{}}
	var firsts []*reading
	for _, h := range hits {
		if !seen[h.doc] {
			seen[h.doc] = true
			firsts = append(firsts, h)
		}
	}
	out.TotalDocs = len(firsts)
	for _, f := range r.Facets {
		out.Facets[f.Name] = plainFacets(f, firsts)
	}
	slices.SortStableFunc(hits, func(a, b *reading) int { return plainOrder(r, a, b) })
	from := min(r.Offset, len(hits))
	for _, h := range hits[from:min(from+r.Limit, len(hits))] {
		m := index.Match{ID: schemas.DocID(h.doc), Key: h.entry.Key, Item: h.entry.Item, Score: plainScore(r, h), Head: h.entry.Head}
		if r.Bodies {
			m.Body = h.entry.Body
		}
		out.Hits = append(out.Hits, m)
	}
	return out, nil
}

func plainFacets(f index.Facets, docs []*reading) []search.Facet {
	counts := map[string]int{}
next:
	for _, d := range docs {
		var parts []string
		for _, o := range f.Keys {
			switch {
			case len(d.entry.Terms[o.Key]) > 0:
				parts = append(parts, d.entry.Terms[o.Key][0])
			case len(d.entry.Numbers[o.Key]) > 0:
				parts = append(parts, strconv.FormatInt(d.entry.Numbers[o.Key][0], 10))
			default:
				continue next
			}
		}
		counts[strings.Join(parts, index.FacetSeparator)]++
	}
	out := []search.Facet{}
	for v, n := range counts {
		out = append(out, search.Facet{Value: v, Count: n})
	}
	slices.SortFunc(out, func(a, b search.Facet) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return out
}

func plainOrder(r index.Request, a, b *reading) int {
	for _, o := range r.Sort {
		c := 0
		if o.By == index.ByScore {
			c = cmp.Compare(plainScore(r, b), plainScore(r, a))
		} else {
			c = compareBy(search.Sort{Key: o.Key, Desc: o.Desc}, &a.entry, &b.entry)
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

// plainScore counts what stands in the text, against its length, and thrice as
// much in the title.
func plainScore(r index.Request, e *reading) float64 {
	score := 0.0
	count := func(weight float64, p index.Phrase) {
		for _, s := range e.texts[p.Text] {
			n := float64(strings.Count(s, plainUnits(p.Units)))
			score += weight * n / (n + 1 + float64(len(s))/1000)
		}
	}
	index.Positive(r.Expr, func(p index.Phrase) { count(1, p) })
	for _, p := range r.Boost {
		count(3, p)
	}
	return score
}
