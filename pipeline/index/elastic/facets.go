package elastic

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"jixiao/pipeline/index"
	"jixiao/schemas/search"
)

// facetAggs asks for all combinations of values of each facet, behind after if
// that is given.
func (m *matching) facetAggs(after map[string]json.RawMessage) object {
	out := object{}
	for i, f := range m.Facets {
		name := facetID(i)
		if after != nil && after[name] == nil {
			continue
		}
		var sources []object
		for k, o := range f.Keys {
			sources = append(sources, object{keyID(k): object{"terms": object{"field": o.Key}}})
		}
		c := object{"size": m.buckets(), "sources": sources}
		if after != nil {
			c["after"] = after[name]
		}
		out[name] = object{"composite": c}
	}
	return out
}

// buckets is how many values of a facet come in one answer: a server allows
// 65,536 in all.
func (m *matching) buckets() int { return min(maxWindow, 60_000/max(1, len(m.Facets))) }

// facets reads the counts out of the first answer and asks on while there are
// more.
func (x *Index) facets(ctx context.Context, name string, m *matching, a answer) (map[string][]search.Facet, error) {
	out := map[string][]search.Facet{}
	for _, f := range m.Facets {
		out[f.Name] = []search.Facet{}
	}
	for {
		after, err := m.collect(a, out)
		if err != nil {
			return nil, err
		}
		if len(after) == 0 {
			break
		}
		q := m.query()
		q["size"], q["aggs"] = 0, m.facetAggs(after)
		if a, err = x.search(ctx, name, q); err != nil {
			return nil, err
		}
	}
	for _, fs := range out {
		slices.SortFunc(fs, func(a, b search.Facet) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
		})
	}
	return out, nil
}

// collect adds the counts in a to out and returns where those go on that have
// more.
func (m *matching) collect(a answer, out map[string][]search.Facet) (after map[string]json.RawMessage, err error) {
	after = map[string]json.RawMessage{}
	for i, f := range m.Facets {
		id := facetID(i)
		if a.Aggregations[id] == nil {
			continue
		}
		next, err := m.read(a.Aggregations[id], f, out)
		if err != nil {
			return nil, err
		}
		if next != nil {
			after[id] = next
		}
	}
	return after, nil
}

// facetID and keyID name a facet, and a key of it, in requests and answers.
func facetID(i int) string { return fmt.Sprintf("f%d", i) }
func keyID(k int) string   { return fmt.Sprintf("k%d", k) }

// read adds the values in raw to out and returns where to go on, or nil.
func (m *matching) read(raw json.RawMessage, f index.Facets, out map[string][]search.Facet) (json.RawMessage, error) {
	var a struct {
		After   json.RawMessage `json:"after_key"`
		Buckets []struct {
			Key   map[string]any
			Count int `json:"doc_count"`
		}
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&a); err != nil {
		return nil, fmt.Errorf("counts: %w", err)
	}
	for _, b := range a.Buckets {
		parts := make([]string, len(f.Keys))
		for k := range f.Keys {
			parts[k] = fmt.Sprint(b.Key[keyID(k)])
		}
		out[f.Name] = append(out[f.Name], search.Facet{Value: strings.Join(parts, index.FacetSeparator), Count: b.Count})
	}
	if len(a.Buckets) < m.buckets() {
		return nil, nil
	}
	return a.After, nil
}
