package elastic_test

import (
	"context"
	"iter"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
	"jixiao/schemas"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// stored yields the revisions of docs as a store does.
func stored(docs []*record.Document) iter.Seq2[index.Revision, error] {
	return func(yield func(index.Revision, error) bool) {
		for _, d := range docs {
			if !yield(index.Revision{ID: d.Record.ID, Revision: d.Revision}, nil) {
				return
			}
		}
	}
}

// TestRebuild builds a new index while readers search in a loop and documents
// arrive, switches, and drops the old one: no search fails or comes back with
// less than was there when it began.
func TestRebuild(t *testing.T) {
	x := open(t, options(t))
	s := &index.Service{Backend: x}
	docs := documents(0, 300)
	if err := s.Index(t.Context(), docs[:200]...); err != nil {
		t.Fatal(err)
	}
	stop := readInALoop(t, s, 200)
	next, err := x.Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if again, err := x.Build(t.Context()); err != nil || again.Name() != next.Name() {
		t.Errorf("a second Build does not go on with the first: %v", err)
	}
	if err := s.Index(t.Context(), docs[200:250]...); err != nil { // arrivals
		t.Fatal(err)
	}
	if err := next.Put(t.Context(), flat(docs[:150])...); err != nil { // what was stored
		t.Fatal(err)
	}
	built := &index.Service{Backend: next}
	d, err := built.Verify(t.Context(), stored(docs[:250]))
	if err != nil || len(d.Missing) != 50 || len(d.Extra) != 0 {
		t.Fatalf("difference %+v, %v", d, err)
	}
	if err := next.Put(t.Context(), flat(docs[150:200])...); err != nil {
		t.Fatal(err)
	}
	if d, err := built.Verify(t.Context(), stored(docs[:250])); err != nil || !d.None() {
		t.Fatalf("difference %+v, %v", d, err)
	}
	old, err := x.Switch(t.Context(), next)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Index(t.Context(), docs[250:]...); err != nil {
		t.Fatal(err)
	}
	kept, err := x.Kept(t.Context())
	if d := cmp.Diff([]string{old}, kept); d != "" || err != nil {
		t.Errorf("kept (-want +got): %s %v", d, err)
	}
	if err := x.Drop(t.Context(), old); err != nil {
		t.Error(err)
	}
	if n := stop(); n < 10 {
		t.Errorf("%d searches only: nothing is shown", n)
	}
	wantAll(t, s, 300)
	if err := x.Drop(t.Context(), next.Name()); fault.KindOf(err) != fault.Conflict {
		t.Errorf("dropping what is searched: %v", err)
	}
}

// readInALoop searches until stop is called, which tells how often.
func readInALoop(t *testing.T, s *index.Service, least int) (stop func() int) {
	var end atomic.Bool
	var n atomic.Int64
	var wg sync.WaitGroup
	for _, in := range []string{search.InDocuments, search.InProblems} {
		wg.Go(func() {
			for ; !end.Load(); n.Add(1) {
				r, err := s.Search(context.Background(), search.Query{Text: "预算编制", In: in})
				if err != nil || r.Total < least || len(r.Hits) == 0 {
					t.Errorf("search in %q: %d hits, %v", in, r.Total, err)
				}
			}
		})
	}
	return func() int {
		end.Store(true)
		wg.Wait()
		return int(n.Load())
	}
}

// TestGiveUpBuild drops an index that is being built: writes go on.
func TestGiveUpBuild(t *testing.T) {
	x := open(t, options(t))
	s := &index.Service{Backend: x}
	next, err := x.Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Drop(t.Context(), next.Name()); err != nil {
		t.Fatal(err)
	}
	if err := s.Index(t.Context(), document(0)); err != nil {
		t.Error(err)
	}
	if err := next.Put(t.Context(), index.Flatten(document(1))); fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "writing") {
		t.Errorf("Put into what was dropped: %v", err)
	}
	if _, err := x.Switch(t.Context(), next); err == nil || !strings.Contains(err.Error(), "no index") {
		t.Errorf("Switch to what was dropped: %v", err)
	}
	wantAll(t, s, 1)
}

func TestVerify(t *testing.T) {
	x := open(t, options(t))
	docs := documents(0, 4)
	if err := x.Put(t.Context(), flat(docs)...); err != nil {
		t.Fatal(err)
	}
	newer := *docs[1]
	newer.Revision = 2
	d, err := (&index.Service{Backend: x}).Verify(t.Context(), stored([]*record.Document{docs[0], &newer, docs[2], document(9)}))
	want := index.Difference{Missing: []schemas.DocID{docs[1].Record.ID, document(9).Record.ID}, Extra: []schemas.DocID{docs[3].Record.ID}}
	if diff := cmp.Diff(want, d); diff != "" || err != nil {
		t.Errorf("(-want +got):\n%s %v", diff, err)
	}
}
