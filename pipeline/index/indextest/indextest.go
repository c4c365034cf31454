// Package indextest is the exam that every index backend passes. Whatever it
// asks must be answered the same by all: hit sets, totals, counts, and the order
// of a sort by field. Of the order by relevance it asks only what any sensible
// ranking gives.
package indextest

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/pipeline/index"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// Run holds the exam. open returns a new, empty backend; Run closes it.
func Run(t *testing.T, open func(t *testing.T) index.Backend) {
	for _, part := range []struct {
		name string
		test func(*testing.T, *index.Service)
	}{
		{"empty", testEmpty},
		{"queries", testQueries},
		{"filters", testFilters},
		{"filter_on_every_key", testEveryKey},
		{"heads", testHeads},
		{"items", testItems},
		{"item_queries", testItemQueries},
		{"facets", testFacets},
		{"sort", testSort},
		{"paging", testPaging},
		{"highlights", testHighlights},
		{"ranking", testRanking},
		{"revisions", testRevisions},
		{"delete", testDelete},
		{"batch_of_one_document", testDuplicates},
		{"usage", testUsage},
		{"canceled", testCanceled},
		{"concurrent", testConcurrent},
		{"differential", testDifferential},
	} {
		t.Run(part.name, func(t *testing.T) {
			s := &index.Service{Backend: open(t)}
			defer func() {
				if err := s.Close(); err != nil {
					t.Errorf("Close: %v", err)
				}
			}()
			part.test(t, s)
		})
	}
}

// fill indexes docs.
func fill(t *testing.T, s *index.Service, docs ...*record.Document) {
	t.Helper()
	if err := s.Index(context.Background(), docs...); err != nil {
		t.Fatalf("Index: %v", err)
	}
}

// ask searches and fails the test on an error.
func ask(t *testing.T, s *index.Service, q search.Query) search.Result {
	t.Helper()
	r, err := s.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("Search(%+v): %v", q, err)
	}
	return r
}

// names returns the names that the exam's documents have, in the order of hits.
func names(r search.Result) []string {
	out := []string{}
	for _, h := range r.Hits {
		out = append(out, nameOf(h.ID))
	}
	return out
}

func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func testEmpty(t *testing.T, s *index.Service) {
	r := ask(t, s, search.Query{Text: "预算", Facets: []string{"unit"}})
	diff(t, "result", search.Result{Hits: []search.Hit{}, Facets: map[string][]search.Facet{"unit": {}}}, r)
	r = ask(t, s, search.Query{In: search.InProblems, Sort: []search.Sort{{Key: "year"}}})
	diff(t, "hits", 0, len(r.Hits))
	for rev, err := range s.Revisions(context.Background()) {
		t.Errorf("revision %v, %v of an empty index", rev, err)
	}
	if err := s.Remove(context.Background(), idOf("天池局2021")); err != nil {
		t.Errorf("Remove of an unknown id: %v", err)
	}
	fill(t, s)
}
