package pipeline_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/record"
)

func TestRemove(t *testing.T) {
	w := newWorld(t)
	w.work(t)
	w.load(t, counts{Seen: 2, New: 2}, sources("a", "report a", "b", "report b"))
	id := schemas.IDOf([]byte("report a"))
	if err := w.Remove(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	w.checkRemoved(t, "report a")
	was := w.phase(t, "report a").Revision
	// Late messages bring nothing back.
	if err := w.queue.PublishArrived(t.Context(), event.Arrived{ID: id, Round: 99}); err != nil {
		t.Fatal(err)
	}
	if err := w.queue.PublishExtracted(t.Context(), event.Extracted{ID: id, Revision: 99}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the late messages are handled", func() bool {
		s, err := w.queue.Status(t.Context())
		return err == nil && s.Waiting["extract"]+s.Waiting["index"]+s.InHand["extract"]+s.InHand["index"] == 0
	})
	w.checkRemoved(t, "report a")
	for _, id := range []schemas.DocID{id, schemas.IDOf([]byte("nobody"))} {
		if err := w.Remove(t.Context(), id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("Remove of what is not there: %v", err)
		}
	}
	// The same bytes can come again, and the revision goes on.
	w.load(t, counts{Seen: 1, New: 1}, sources("a", "report a"))
	if st := w.phase(t, "report a"); st.Revision <= was || w.shelf.get(id) == nil {
		t.Errorf("after the second import: %+v", st)
	}
}

func TestRemoveBatch(t *testing.T) {
	w := newWorld(t)
	w.work(t)
	for batch, src := range map[string]func(func(pipeline.Source) bool){
		"first":  sources("a", "report a", "b", "report b"),
		"second": sources("b2", "report b", "c", "report c"),
	} {
		if _, err := w.Import(t.Context(), src, pipeline.ImportOptions{Batch: batch}); err != nil {
			t.Fatal(err)
		}
	}
	removed, err := w.RemoveBatch(t.Context(), "first")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]schemas.DocID{schemas.IDOf([]byte("report a"))}, removed); d != "" {
		t.Errorf("removed (-want +got):\n%s", d)
	}
	eventually(t, "the index forgets the name", func() bool {
		d := w.shelf.get(schemas.IDOf([]byte("report b")))
		return len(d.Submissions) == 1 && d.Submissions[0].Name == "b2"
	})
	if d := cmp.Diff([]string{"report b", "report c"}, w.shelf.texts()); d != "" {
		t.Errorf("found (-want +got):\n%s", d)
	}
	if _, err := w.RemoveBatch(t.Context(), "first"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("again: %v", err)
	}
}

// Two batches that bring one file under one name both have it.
func TestRemoveBatchLeavesTheOther(t *testing.T) {
	w := newWorld(t)
	w.work(t)
	for _, batch := range []string{"first", "second", "first"} {
		if _, err := w.Import(t.Context(), sources("x", "report"), pipeline.ImportOptions{Batch: batch}); err != nil {
			t.Fatal(err)
		}
	}
	id := schemas.IDOf([]byte("report"))
	if d := cmp.Diff([]string{"first", "second"}, record.Batches(w.shelf.get(id).Submissions)); d != "" {
		t.Errorf("batches in the index (-want +got):\n%s", d)
	}
	if removed, err := w.RemoveBatch(t.Context(), "first"); err != nil || len(removed) != 0 {
		t.Errorf("removed %v, %v; the second batch has it too", removed, err)
	}
	eventually(t, "the index forgets the first batch", func() bool {
		return cmp.Equal([]string{"second"}, record.Batches(w.shelf.get(id).Submissions))
	})
	if removed, err := w.RemoveBatch(t.Context(), "second"); err != nil || len(removed) != 1 {
		t.Errorf("removed %v, %v; nobody else has it", removed, err)
	}
}

func TestRetry(t *testing.T) {
	w := newWorld(t)
	w.work(t)
	w.load(t, counts{Seen: 2, New: 1, Failed: 1}, sources("a", "panic", "b", "report"))
	id := schemas.IDOf([]byte("panic"))
	eventually(t, "the letter", func() bool { _, err := w.queue.Letter(t.Context(), id); return err == nil })
	w.stop()
	if err := w.Retry(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if _, err := w.queue.Letter(t.Context(), id); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the letter is still there: %v", err)
	}
	if err := w.Retry(t.Context(), id); fault.KindOf(err) != fault.Conflict {
		t.Errorf("retry of what is on its way: %v", err)
	}
	if err := w.Retry(t.Context(), schemas.IDOf([]byte("nobody"))); fault.KindOf(err) != fault.NotFound {
		t.Errorf("retry of nobody: %v", err)
	}
	w.work(t)
	eventually(t, "it was tried again", func() bool { return w.read.count("panic") == 2 && w.phase(t, "panic").Phase == event.PhaseFailed })
	eventually(t, "there is a new letter", func() bool { _, err := w.queue.Letter(t.Context(), id); return err == nil })
	if err := w.Reprocess(t.Context(), schemas.IDOf([]byte("report"))); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the record has a new revision", func() bool {
		st := w.phase(t, "report")
		return st.Phase == event.PhaseIndexed && st.Revision == 2 && w.shelf.get(st.ID).Revision == 2
	})
}

func TestReindex(t *testing.T) {
	w := newWorld(t)
	w.work(t)
	w.load(t, counts{Seen: 3, New: 3}, sources("a", "report a", "b", "report b", "c", "report c"))
	if err := w.Remove(t.Context(), schemas.IDOf([]byte("report c"))); err != nil {
		t.Fatal(err)
	}
	fresh := &shelf{docs: map[schemas.DocID]*record.Document{}}
	var last [2]int
	n, err := w.Reindex(t.Context(), fresh, func(done, total int) { last = [2]int{done, total} })
	if err != nil || n != 2 || last != [2]int{2, 2} {
		t.Errorf("Reindex = %d, %v, progress %v", n, err, last)
	}
	if d := cmp.Diff(w.shelf.docs, fresh.docs, cmp.Comparer(func(a, b record.Value) bool { return a.Equal(b) })); d != "" {
		t.Errorf("the new index differs (-old +new):\n%s", d)
	}
	// A record whose state was lost is found all the same.
	doc, rec, err := w.read.Run(context.Background(), schemas.IDOf([]byte("orphan")), input("orphan"))
	if err == nil {
		err = w.store.PutResult(t.Context(), doc, rec)
	}
	if err != nil {
		t.Fatal(err)
	}
	if n, err := w.Reindex(t.Context(), fresh, nil); err != nil || n != 3 {
		t.Errorf("Reindex = %d, %v", n, err)
	}
	if st := w.phase(t, "orphan"); st.Phase != event.PhaseIndexed || st.Revision != 1 {
		t.Errorf("state of the orphan: %+v", st)
	}
}

func TestFind(t *testing.T) {
	w := newWorld(t)
	a, b := w.submit(t, "a", "report a").ID, w.submit(t, "b", "report b").ID
	if a[0] == b[0] {
		t.Fatal("choose texts whose ids differ at once")
	}
	for _, tt := range []struct {
		name, prefix string
		want         schemas.DocID
		kind         fault.Kind
	}{
		{"whole", string(a), a, ""},
		{"prefix", string(b[:6]), b, ""},
		{"several", "", "", fault.Usage},
		{"none", strings.Repeat("0", 64), "", fault.NotFound},
		{"no_id", "../x", "", fault.NotFound},
	} {
		t.Run(tt.name, func(t *testing.T) {
			st, err := w.Find(t.Context(), tt.prefix)
			if st.ID != tt.want || fault.KindOf(err) != tt.kind {
				t.Errorf("Find(%q) = %q, %v", tt.prefix, st.ID, err)
			}
		})
	}
}
