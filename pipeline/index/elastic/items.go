package elastic

import (
	"cmp"
	"encoding/json"
	"strings"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
	"jixiao/schemas"
)

// placed is a hit with what it is sorted by.
type placed struct {
	index.Match
	keys  []json.RawMessage // of its report, by Request.Sort
	place int
}

// items returns those items of h that match.
func (m *matching) items(h *hit) ([]placed, error) {
	var out []placed
	for _, path := range m.paths {
		all := h.Source.items(path)
		for _, in := range h.Inner[path].Hits.Hits {
			if in.Nested.Offset >= len(all) {
				return nil, fault.New(fault.Internal, "elasticsearch: report %s has no item %d of %s", h.ID, in.Nested.Offset, path)
			}
			it := all[in.Nested.Offset]
			p := placed{keys: h.Sort, place: it.Place, Match: index.Match{
				ID: schemas.DocID(h.ID), Key: path, Item: it.Item, Head: it.Shown, Body: it.Text,
			}}
			if byScore(m.Request) {
				p.Score, _ = in.Sort[0].Float64()
			}
			out = append(out, p)
		}
	}
	return out, nil
}

// compare orders items as the request asks, then by report and place in it.
func (m *matching) compare(a, b placed) int {
	for i, o := range m.Sort {
		c := cmp.Compare(b.Score, a.Score)
		if o.By != index.ByScore {
			c = compareKeys(a.keys[i], b.keys[i], o.Desc)
		}
		if c != 0 {
			return c
		}
	}
	return cmp.Or(strings.Compare(string(a.ID), string(b.ID)), a.place-b.place)
}

// compareKeys compares sort values as Elasticsearch gives them back: words,
// numbers, or null for words that are missing.
func compareKeys(a, b json.RawMessage, desc bool) int {
	var x, y any
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		return 0 // both come out of one valid answer
	}
	c := 0
	switch {
	case x == nil || y == nil:
		if x == y {
			return 0
		}
		if x == nil {
			return 1
		}
		return -1
	case len(a) > 0 && a[0] == '"':
		c = cmp.Compare(x.(string), y.(string))
	default:
		var m, n int64
		if json.Unmarshal(a, &m) == nil && json.Unmarshal(b, &n) == nil {
			c = cmp.Compare(m, n)
		}
	}
	if desc {
		c = -c
	}
	return c
}
