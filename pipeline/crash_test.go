package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// A fuse stands between a pipeline and its parts. It lets a number of writes
// through; after the last of them nothing gets through any more, as if the
// process had been killed the moment that write was on the disk.
type fuse struct {
	pipeline.Store
	pipeline.States
	pipeline.Publisher
	pipeline.Indexer

	mu    sync.Mutex
	left  int
	blown chan struct{}
}

var errDead = errors.New("the process is dead")

// dieAfter puts a fuse into w that lets so many writes through.
func (w *world) dieAfter(writes int) *fuse {
	f := &fuse{Store: w.Store, States: w.States, Publisher: w.Publisher, Indexer: w.Indexer, left: writes, blown: make(chan struct{})}
	w.Store, w.States, w.Publisher, w.Indexer = f, f, f, f
	return f
}

func (f *fuse) dead() bool {
	select {
	case <-f.blown:
		return true
	default:
		return false
	}
}

// through lets one write pass, if any is left.
func (f *fuse) through(write func() error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.dead() {
		return errDead
	}
	err := write()
	if f.left--; f.left <= 0 {
		close(f.blown)
		return errDead
	}
	return err
}

func (f *fuse) PutOriginal(ctx context.Context, r io.Reader) (id schemas.DocID, n int64, err error) {
	err = f.through(func() error { id, n, err = f.Store.PutOriginal(ctx, r); return err })
	return id, n, err
}

func (f *fuse) PutResult(ctx context.Context, doc *layout.Doc, rec *record.Record) error {
	return f.through(func() error { return f.Store.PutResult(ctx, doc, rec) })
}

func (f *fuse) Delete(ctx context.Context, id schemas.DocID) error {
	return f.through(func() error { return f.Store.Delete(ctx, id) })
}

func (f *fuse) PutState(ctx context.Context, st event.State) (seq uint64, err error) {
	err = f.through(func() error { seq, err = f.States.PutState(ctx, st); return err })
	return seq, err
}

func (f *fuse) PutStates(ctx context.Context, sts []event.State) (errs []error) {
	err := f.through(func() error { errs = f.States.PutStates(ctx, sts); return nil })
	if err != nil {
		return slices.Repeat([]error{err}, len(sts))
	}
	return errs
}

func (f *fuse) PublishArrived(ctx context.Context, e event.Arrived) error {
	return f.through(func() error { return f.Publisher.PublishArrived(ctx, e) })
}

func (f *fuse) PublishExtracted(ctx context.Context, e event.Extracted) error {
	return f.through(func() error { return f.Publisher.PublishExtracted(ctx, e) })
}

func (f *fuse) DropLetters(ctx context.Context, id schemas.DocID) error {
	return f.through(func() error { return f.Publisher.DropLetters(ctx, id) })
}

func (f *fuse) Index(ctx context.Context, docs ...*record.Document) error {
	return f.through(func() error { return f.Indexer.Index(ctx, docs...) })
}

func (f *fuse) Remove(ctx context.Context, ids ...schemas.DocID) error {
	return f.through(func() error { return f.Indexer.Remove(ctx, ids...) })
}

// install puts the fuse between the pipeline of w and its parts.
// TestKilledAfterEveryWrite kills the process after its first write, its
// second, and so on, and wants a new one to end where an undisturbed one ends:
// by itself for what had a state, after another import for the rest.
func TestKilledAfterEveryWrite(t *testing.T) {
	texts := []string{"report a", "invalid b"}
	points := killEvery(t, func(t *testing.T, writes int) (survived bool) {
		w := newWorld(t)
		f := w.dieAfter(writes)
		for _, text := range texts {
			_, _ = w.Submit(t.Context(), text+".txt", "", strings.NewReader(text)) // the caller is dead as well
		}
		w.work(t)
		eventually(t, "dead or done", func() bool { return f.dead() || w.done(t, texts) })
		survived = !f.dead()
		w.revive(t)
		w.work(t)
		for _, text := range texts {
			if w.exists(t, text) {
				eventually(t, text+" is final without another import", func() bool { return w.phase(t, text).Phase.Final() })
			}
		}
		r, err := w.Import(t.Context(), sources("report a.txt", "report a", "invalid b.txt", "invalid b"), pipeline.ImportOptions{})
		if err != nil || r.New+r.Known != 1 || r.Failed != 1 || r.Pending != 0 {
			t.Errorf("Import = %+v, %v", r, err)
		}
		w.check(t)
		return survived
	})
	if points < 10 {
		t.Errorf("only %d writes for two documents: the fuse misses some", points)
	}
}

// killEvery calls try for a process that dies after its first write, its second,
// and so on, until one survives, and returns how many there were.
func killEvery(t *testing.T, try func(t *testing.T, writes int) (survived bool)) (killed int) {
	t.Helper()
	for writes := 1; ; writes++ {
		survived := false
		t.Run(fmt.Sprint("write_", writes), func(t *testing.T) { survived = try(t, writes) })
		if survived || t.Failed() {
			return writes
		}
	}
}

// revive is a new process on the same folder, which takes up what the dead one left.
func (w *world) revive(t *testing.T) {
	t.Helper()
	w.restart(t)
	if _, err := w.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (w *world) exists(t *testing.T, text string) bool {
	_, err := w.queue.State(t.Context(), schemas.IDOf([]byte(text)))
	return fault.KindOf(err) != fault.NotFound
}

func (w *world) done(t *testing.T, texts []string) bool {
	for _, text := range texts {
		if !w.exists(t, text) || !w.phase(t, text).Phase.Final() {
			return false
		}
	}
	return true
}

// check wants one record, one hit, one letter, and an empty queue.
func (w *world) check(t *testing.T) {
	t.Helper()
	if d := cmp.Diff([]string{"report a"}, w.shelf.texts()); d != "" {
		t.Errorf("found (-want +got):\n%s", d)
	}
	records := 0
	for _, err := range w.store.Records(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		records++
	}
	st := w.phase(t, "report a")
	if hit := w.shelf.get(st.ID); records != 1 || len(st.Submissions) != 1 || hit == nil || hit.Revision != st.Revision {
		t.Errorf("%d records, state %+v, hit %+v", records, st, hit)
	}
	eventually(t, "the letter is there and the queue is empty", func() bool {
		s, err := w.queue.Status(t.Context())
		return err == nil && s.Dead == 1 && s.Waiting["extract"]+s.Waiting["index"]+s.InHand["extract"]+s.InHand["index"] == 0
	})
}

// TestKilledWhileRemoving wants a removal that began to be finished by the
// next process, and one that did not begin to have changed nothing.
func TestKilledWhileRemoving(t *testing.T) {
	killEvery(t, func(t *testing.T, writes int) (survived bool) {
		w := newWorld(t)
		w.work(t)
		w.load(t, counts{Seen: 1, New: 1}, sources("a", "report a"))
		w.stop()
		w.dieAfter(writes)
		err := w.Remove(t.Context(), schemas.IDOf([]byte("report a")))
		w.revive(t)
		w.checkRemoved(t, "report a")
		return err == nil
	})
}

func (w *world) checkRemoved(t *testing.T, text string) {
	t.Helper()
	id := schemas.IDOf([]byte(text))
	if st := w.phase(t, text); st.Phase != event.PhaseRemoved || st.Revision < 1 {
		t.Errorf("state %+v", st)
	}
	if _, _, err := w.store.Original(t.Context(), id); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the bytes are still there: %v", err)
	}
	if _, err := w.store.Record(t.Context(), id); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the record is still there: %v", err)
	}
	if w.shelf.get(id) != nil {
		t.Error("it can still be found")
	}
	if _, err := w.Document(t.Context(), id); fault.KindOf(err) != fault.NotFound {
		t.Errorf("Document: %v", err)
	}
}
