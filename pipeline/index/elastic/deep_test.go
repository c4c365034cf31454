package elastic_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jixiao/pipeline/index"
	"jixiao/schemas"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// TestDeep asks for more than Elasticsearch gives in one answer: hits behind
// the ten-thousandth, more values of a facet than come at once, and items far
// down in a report that has hundreds.
func TestDeep(t *testing.T) {
	const all = 10_700
	s := &index.Service{Backend: open(t, options(t))}
	var docs []*record.Document
	var ids []string
	for i := range all {
		d := &record.Document{Record: &record.Record{ID: schemas.IDOf(fmt.Append(nil, i)), State: record.Read}, Text: "预算", Revision: 1}
		d.Record.Fields = []record.Field{{Key: "unit", Value: record.Text(fmt.Sprintf("第%05d局", i))}}
		if i%50 == 0 {
			for n := range 40 {
				d.Record.Fields = append(d.Record.Fields, record.Field{Key: "problems", Item: fmt.Sprintf("%05d-%02d", i, n), Value: record.Text("预算不足")})
			}
		}
		docs, ids = append(docs, d), append(ids, string(d.Record.ID))
	}
	if err := s.Index(t.Context(), docs...); err != nil {
		t.Fatal(err)
	}
	slices.Sort(ids)
	for _, at := range []struct{ offset, limit, want int }{
		{9_990, 20, 20}, {10_600, 50, 50}, {10_690, 50, 10}, {all, 10, 0}, {1 << 62, 10, 0}, {0, 10_500, 10_500}, {5, 3, 3},
	} {
		r := found(t, s, search.Query{Offset: at.offset, Limit: at.limit})
		if r.Total != all || len(r.Hits) != at.want {
			t.Errorf("offset %d: %d hits of %d, want %d", at.offset, len(r.Hits), r.Total, at.want)
		}
		for i, h := range r.Hits {
			if string(h.ID) != ids[at.offset+i] {
				t.Fatalf("offset %d: hit %d is %s, want %s", at.offset, i, h.ID, ids[at.offset+i])
			}
		}
	}
	r := found(t, s, search.Query{Facets: []string{"unit", "unit×state", "year"}})
	if len(r.Facets["unit"]) != all || len(r.Facets["unit×state"]) != all || len(r.Facets["year"]) != 0 || r.Facets["unit"][all-1].Value != "第10699局" {
		t.Errorf("%d and %d units", len(r.Facets["unit"]), len(r.Facets["unit×state"]))
	}
	for _, sort := range [][]search.Sort{{{Key: "unit", Desc: true}}, {{Key: "relevance"}}, {{Key: "unit"}}} {
		deepItems(t, s, sort)
	}
}

// deepItems reads all items at once and page by page.
func deepItems(t *testing.T, s *index.Service, sort []search.Sort) {
	t.Helper()
	const all = 214 * 40
	q := search.Query{In: search.InProblems, Text: "预算", Sort: sort, Limit: all + 1}
	names := func(r search.Result) []string {
		var out []string
		for _, h := range r.Hits {
			out = append(out, h.Item)
		}
		return out
	}
	r := found(t, s, q)
	whole := names(r)
	if r.Total != all || r.TotalDocs != 214 || len(whole) != all {
		t.Fatalf("%d items in %d reports, %d hits", r.Total, r.TotalDocs, len(whole))
	}
	if sort[0].Key == "unit" && slices.IsSorted(whole) == sort[0].Desc {
		t.Errorf("items of a sort by %+v are out of order", sort[0])
	}
	for _, offset := range []int{0, 13, 39, 40, 195, 205, 4_001, all - 3} {
		q.Offset, q.Limit = offset, 7
		want := whole[offset:min(offset+7, all)]
		if got := names(found(t, s, q)); !slices.Equal(got, want) {
			t.Errorf("sort %+v, offset %d: %s, want %s", sort, offset, strings.Join(got, " "), strings.Join(want, " "))
		}
	}
}

func found(t *testing.T, s *index.Service, q search.Query) search.Result {
	t.Helper()
	r, err := s.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
