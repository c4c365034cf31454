package indextest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
	"jixiao/schemas"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// version returns one report whose text and number of problems tell its
// revision.
func version(revision uint64) *record.Document {
	s := sketch{name: "改版", text: fmt.Sprintf("第%d版", revision), items: map[string][]string{}}
	for i := range int(revision) {
		s.items["problems"] = append(s.items["problems"], fmt.Sprintf("第%d版问题%d", revision, i))
	}
	d := s.document()
	d.Revision = revision
	return d
}

func revisions(t *testing.T, s *index.Service) map[schemas.DocID]uint64 {
	t.Helper()
	out := map[schemas.DocID]uint64{}
	for r, err := range s.Revisions(context.Background()) {
		if err != nil {
			t.Fatalf("Revisions: %v", err)
		}
		if _, twice := out[r.ID]; twice {
			t.Errorf("%s comes twice", r.ID)
		}
		out[r.ID] = r.Revision
	}
	return out
}

func testRevisions(t *testing.T, s *index.Service) {
	fill(t, s, Reports()[0])
	for _, step := range []struct{ put, want uint64 }{{3, 3}, {2, 3}, {3, 3}, {1, 3}, {5, 5}, {4, 5}, {6, 6}, {1 << 62, 0}} {
		if step.want == 0 {
			continue // only what fits into memory
		}
		fill(t, s, version(step.put))
		r := ask(t, s, search.Query{Text: "版"})
		if len(r.Hits) != 1 || !strings.Contains(r.Hits[0].Highlights[0].Text, fmt.Sprint(step.want)) {
			t.Errorf("after revision %d: %+v, want revision %d", step.put, r.Hits, step.want)
		}
		diff(t, "items", int(step.want), ask(t, s, search.Query{In: search.InProblems, Text: "版问题"}).Total)
		diff(t, "revisions", map[schemas.DocID]uint64{idOf("改版"): step.want, idOf("天池局2021"): 1}, revisions(t, s))
	}
	fewer := version(1)
	fewer.Revision = 1 << 62
	fill(t, s, fewer)
	diff(t, "items of a newer revision with fewer", 1, ask(t, s, search.Query{In: search.InProblems, Text: "版问题"}).Total)
}

func testDelete(t *testing.T, s *index.Service) {
	fill(t, s, Reports()...)
	ctx := context.Background()
	if err := s.Remove(ctx, idOf("天池局2021"), idOf("nobody"), "", schemas.DocID(idOf("天池局2020")[:8])); err != nil {
		t.Fatal(err)
	}
	sameSet(t, []string{"天池局2020", "天池局本级2021", "澄湖局2021", "无年度", "扫描件"}, names(ask(t, s, search.Query{})))
	r := ask(t, s, search.Query{In: search.InProblems, Facets: []string{"unit"}})
	diff(t, "items", 2, r.Total)
	diff(t, "facet", []search.Facet{{Value: "天池县财政局", Count: 1}, {Value: "澄湖区教育局", Count: 1}}, r.Facets["unit"])
	diff(t, "revisions", 5, len(revisions(t, s)))
	fill(t, s, Reports()[0]) // the revision is forgotten as well
	diff(t, "documents", 6, ask(t, s, search.Query{}).Total)
}

func testDuplicates(t *testing.T, s *index.Service) {
	fill(t, s, version(2), version(5), version(3))
	diff(t, "revisions", map[schemas.DocID]uint64{idOf("改版"): 5}, revisions(t, s))
	diff(t, "documents", 1, ask(t, s, search.Query{}).Total)
	diff(t, "items", 5, ask(t, s, search.Query{In: search.InItems, Limit: 100}).Total)
}

func testUsage(t *testing.T, s *index.Service) {
	fill(t, s, Reports()...)
	for name, q := range map[string]search.Query{
		"unclosed_bracket":   {Text: "(预算"},
		"unclosed_quote":     {Text: "“预算"},
		"only_punctuation":   {Text: "，。"},
		"operator_first":     {Text: "OR 预算"},
		"operator_last":      {Text: "预算 OR"},
		"unknown_key":        {Text: "untl:预算"},
		"no_number":          {Text: "year:去年"},
		"filter_key":         {Filters: []search.Filter{{Key: "nonsense", Values: []string{"1"}}}},
		"filter_range":       {Filters: []search.Filter{{Key: "unit", Min: "1"}}},
		"filter_date":        {Filters: []search.Filter{{Key: "fill_date", Min: "yesterday"}}},
		"sort_key":           {Sort: []search.Sort{{Key: "nonsense"}}},
		"sort_by_text":       {Sort: []search.Sort{{Key: "problems"}}},
		"facet_of_money":     {Facets: []string{"expenditure.total"}},
		"in":                 {In: "sections"},
		"limit":              {Limit: -1},
		"text_of_items":      {Text: "title:预算", In: search.InProblems},
		"query_far_too_long": {Text: strings.Repeat("预", 3000)},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.Search(context.Background(), q)
			if fault.KindOf(err) != fault.Usage {
				t.Errorf("error %v of kind %q, want %q", err, fault.KindOf(err), fault.Usage)
			}
		})
	}
}

func testCanceled(t *testing.T, s *index.Service) {
	fill(t, s, Reports()...)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := s.Search(ctx, search.Query{Text: "预算"})
	diff(t, "kind of Search", fault.Canceled, fault.KindOf(err))
	diff(t, "kind of Index", fault.Canceled, fault.KindOf(s.Index(ctx, version(1))))
}

// testConcurrent writes and reads at the same time: a reader sees a document
// whole or not at all.
func testConcurrent(t *testing.T, s *index.Service) {
	var wg sync.WaitGroup
	for w := range 3 {
		wg.Go(func() {
			for rev := uint64(1); rev <= 8; rev++ {
				if err := s.Index(context.Background(), version(rev+uint64(w))); err != nil {
					t.Errorf("Index: %v", err)
				}
			}
		})
	}
	for range 2 {
		wg.Go(func() {
			for range 20 {
				r, err := s.Search(context.Background(), search.Query{In: search.InProblems, Limit: 100})
				if err != nil {
					t.Errorf("Search: %v", err)
				}
				for _, h := range r.Hits {
					if !strings.HasPrefix(h.Text, fmt.Sprintf("第%d版", r.Total)) {
						t.Errorf("%d items of a revision that has another number: %q", r.Total, h.Text)
					}
				}
			}
		})
	}
	wg.Wait()
	diff(t, "revisions", map[schemas.DocID]uint64{idOf("改版"): 10}, revisions(t, s))
}
