package bleve

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	engine "github.com/blevesearch/bleve_index_api"

	"jixiao/pipeline/index"
	"jixiao/schemas"
	"jixiao/schemas/search"
)

// Match implements index.Backend.
func (x *Index) Match(ctx context.Context, r index.Request) (index.Found, error) {
	release, err := x.use(ctx)
	if err != nil {
		return index.Found{}, err
	}
	defer release()
	reader, err := x.engine.Reader()
	if err != nil {
		return index.Found{}, fmt.Errorf("search: %w", err)
	}
	defer reader.Close()
	var found index.Found
	err = recovered(func() error {
		found, err = match(ctx, reader, r)
		return err
	})
	if err != nil {
		return index.Found{}, fmt.Errorf("search: %w", err)
	}
	return found, nil
}

func match(ctx context.Context, reader engine.IndexReader, r index.Request) (index.Found, error) {
	v, err := newEvaluation(ctx, reader, r.In)
	if err != nil {
		return index.Found{}, err
	}
	set, err := v.matches(r.Expr)
	if err != nil {
		return index.Found{}, err
	}
	scores, err := v.scores(r, set)
	if err != nil {
		return index.Found{}, err
	}
	c := newCollector(r, scores)
	if err := c.collect(ctx, reader, set); err != nil {
		return index.Found{}, err
	}
	out := index.Found{Total: len(c.hits), TotalDocs: c.docs, Facets: c.facets()}
	slices.SortFunc(c.hits, c.compare)
	from := min(r.Offset, len(c.hits))
	to := from + min(r.Limit, len(c.hits)-from)
	for _, h := range c.hits[from:to] {
		m, err := load(reader, h, r.Bodies)
		if err != nil {
			return index.Found{}, err
		}
		out.Hits = append(out.Hits, m)
	}
	return out, nil
}

// A hit is an entry that matches, with what it is sorted by.
type hit struct {
	name  string   // of the entry
	keys  []string // by index.Request.Sort; "" is none
	score float64
}

// A collector reads the values of all entries that match, once.
type collector struct {
	request index.Request
	scores  map[uint32]float64
	fields  map[string]int // engine's field -> place in values
	values  []string       // of the entry at hand
	hits    []hit
	docs    int
	counts  []map[string]int // by index.Request.Facets
}

func newCollector(r index.Request, scores map[uint32]float64) *collector {
	c := &collector{request: r, scores: scores, fields: map[string]int{entryField: 0}}
	need := func(o index.Order) {
		name := firstMark + o.Key
		if _, ok := c.fields[name]; !ok && o.By != index.ByScore {
			c.fields[name] = len(c.fields)
		}
	}
	for _, o := range r.Sort {
		need(o)
	}
	for _, f := range r.Facets {
		for _, o := range f.Keys {
			need(o)
		}
		c.counts = append(c.counts, map[string]int{})
	}
	c.values = make([]string, len(c.fields))
	return c
}

func (c *collector) collect(ctx context.Context, reader engine.IndexReader, set *roaring.Bitmap) error {
	names := make([]string, 0, len(c.fields))
	for name := range c.fields {
		names = append(names, name)
	}
	values, err := reader.DocValueReader(names)
	if err != nil {
		return err
	}
	docs := map[string]bool{}
	var id engine.IndexInternalID
	for i := set.Iterator(); i.HasNext(); {
		entry := i.Next()
		if entry&0xff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		clear(c.values)
		id = engine.NewIndexInternalID(id, uint64(entry))
		err := values.VisitDocValues(id, func(name string, term []byte) { c.values[c.fields[name]] = string(term) })
		if err != nil {
			return err
		}
		c.add(entry, docs)
	}
	c.docs = len(docs)
	return nil
}

// add takes the entry whose values are at hand. A document counts once, however
// many of its items match.
func (c *collector) add(entry uint32, docs map[string]bool) {
	h := hit{name: c.values[0], score: c.scores[entry]}
	if n := len(c.request.Sort); n > 0 {
		h.keys = make([]string, n)
	}
	for i, o := range c.request.Sort {
		if o.By != index.ByScore {
			h.keys[i] = c.values[c.fields[firstMark+o.Key]]
		}
	}
	c.hits = append(c.hits, h)
	doc := h.name[:len(h.name)-placeLen]
	if docs[doc] {
		return
	}
	docs[doc] = true
	for i, f := range c.request.Facets {
		if value, ok := c.facetValue(f); ok {
			c.counts[i][value]++
		}
	}
}

func (c *collector) facetValue(f index.Facets) (string, bool) {
	parts := make([]string, len(f.Keys))
	for i, o := range f.Keys {
		parts[i] = c.values[c.fields[firstMark+o.Key]]
		if parts[i] == "" {
			return "", false
		}
		if o.By == index.ByNumber {
			parts[i] = strconv.FormatInt(parseNumber(parts[i]), 10)
		}
	}
	return strings.Join(parts, index.FacetSeparator), true
}

// parseNumber reads what number writes.
func parseNumber(s string) int64 {
	n, err := strconv.ParseUint(s, 16, 64)
	if err != nil {
		return 0 // number wrote it
	}
	return int64(n ^ 1<<63)
}

func (c *collector) facets() map[string][]search.Facet {
	out := make(map[string][]search.Facet, len(c.counts))
	for i, counts := range c.counts {
		fs := make([]search.Facet, 0, len(counts))
		for value, n := range counts {
			fs = append(fs, search.Facet{Value: value, Count: n})
		}
		slices.SortFunc(fs, func(a, b search.Facet) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
		})
		out[c.request.Facets[i].Name] = fs
	}
	return out
}

// compare orders hits as the request asks, then by document and place in it.
func (c *collector) compare(a, b hit) int {
	for i, o := range c.request.Sort {
		if o.By == index.ByScore {
			if a.score != b.score {
				return cmp.Compare(b.score, a.score)
			}
			continue
		}
		x, y := a.keys[i], b.keys[i]
		switch {
		case x == y:
		case x == "":
			return 1
		case y == "":
			return -1
		case o.Desc:
			return cmp.Compare(y, x)
		default:
			return cmp.Compare(x, y)
		}
	}
	return cmp.Compare(a.name, b.name)
}

// load reads what the index keeps of a hit.
func load(reader engine.IndexReader, h hit, body bool) (index.Match, error) {
	m := index.Match{ID: schemas.DocID(h.name[:len(h.name)-placeLen]), Score: h.score}
	doc, err := reader.Document(h.name)
	if err != nil {
		return m, fmt.Errorf("hit %s: %w", m.ID, err)
	}
	if doc == nil {
		return m, fmt.Errorf("hit %s: it is not stored", m.ID)
	}
	doc.VisitFields(func(f engine.Field) {
		switch f.Name() {
		case headField:
			m.Head = f.Value()
		case itemMark:
			m.Key, m.Item, _ = strings.Cut(string(f.Value()), "\x00")
		case bodyField:
			if body {
				m.Body = string(f.Value())
			}
		}
	})
	return m, nil
}
