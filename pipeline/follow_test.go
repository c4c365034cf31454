package pipeline_test

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// deaf is a bucket of states that tells nobody of a write.
type deaf struct{ pipeline.States }

func (deaf) WatchStates(ctx context.Context) iter.Seq2[event.State, error] {
	return func(yield func(event.State, error) bool) {
		if yield(event.State{}, nil) {
			<-ctx.Done()
		}
	}
}

// TestImportHearsNothing reads the states by itself.
func TestImportHearsNothing(t *testing.T) {
	w := newWorld(t)
	w.States = deaf{w.queue}
	w.work(t)
	w.load(t, counts{Seen: 3, New: 2, Failed: 1}, sources("a", "report a", "b", "report b", "c", "invalid"))
}

// blind is a bucket of states that cannot be watched.
type blind struct{ pipeline.States }

var errBlind = errors.New("no such stream")

func (blind) WatchStates(context.Context) iter.Seq2[event.State, error] {
	return func(yield func(event.State, error) bool) { yield(event.State{}, errBlind) }
}

func TestImportCannotWatch(t *testing.T) {
	w := newWorld(t)
	w.States = blind{w.queue}
	r, err := w.Import(t.Context(), sources("a", "report a"), pipeline.ImportOptions{})
	if !errors.Is(err, errBlind) || r.Seen != 0 {
		t.Errorf("Import = %+v, %v", r, err)
	}
}

// mute is a publisher whose first messages get lost.
type mute struct {
	pipeline.Publisher
	left atomic.Int32
}

func (m *mute) PublishArrived(ctx context.Context, e event.Arrived) error {
	if m.left.Add(-1) >= 0 {
		return fault.New(fault.Unavailable, "no response")
	}
	return m.Publisher.PublishArrived(ctx, e)
}

// TestMessagesGetLost sends the documents on again whose state is written.
func TestMessagesGetLost(t *testing.T) {
	w := newWorld(t)
	m := &mute{Publisher: w.queue}
	m.left.Store(2)
	w.Publisher = m
	w.work(t)
	w.load(t, counts{Seen: 3, New: 3}, sources("a", "report a", "b", "report b", "c", "report c"))
}

// shaky is a bucket of states that does not answer for a while.
type shaky struct {
	pipeline.States
	left atomic.Int32
}

func (s *shaky) PutState(ctx context.Context, st event.State) (uint64, error) {
	if s.left.Add(-1) >= 0 {
		return 0, fault.New(fault.Unavailable, "no response")
	}
	return s.States.PutState(ctx, st)
}

func (s *shaky) PutStates(ctx context.Context, sts []event.State) (errs []error) {
	for _, st := range sts {
		_, err := s.PutState(ctx, st)
		errs = append(errs, err)
	}
	return errs
}

func TestStatesDoNotAnswer(t *testing.T) {
	w := newWorld(t)
	s := &shaky{States: w.queue}
	s.left.Store(4) // more than one failure for one of the two
	w.States = s
	w.work(t)
	w.load(t, counts{Seen: 2, New: 2}, sources("a", "report a", "b", "report b"))
	s.left.Store(1000) // for good
	ctx, cancel := context.WithTimeout(t.Context(), 800*time.Millisecond)
	defer cancel()
	r, err := w.Import(ctx, sources("c", "report c"), pipeline.ImportOptions{})
	if !errors.Is(err, context.DeadlineExceeded) || countsOf(r) != (counts{}) { // it has no state that could be pending
		t.Errorf("Import = %+v, %v", r, err)
	}
}

func TestSubmitWhileRemoving(t *testing.T) {
	w := newWorld(t)
	id := schemas.IDOf([]byte("report"))
	if _, err := w.queue.PutState(t.Context(), event.State{ID: id, Phase: event.PhaseRemoving, Revision: 4}); err != nil {
		t.Fatal(err)
	}
	r, err := w.Submit(t.Context(), "a", "", strings.NewReader("report"))
	if fault.KindOf(err) != fault.Unavailable || r.State.Phase != event.PhaseRemoving {
		t.Errorf("Submit = %+v, %v", r, err)
	}
	if _, err := w.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := w.submit(t, "a", "report"); r.Status != pipeline.New || r.State.Revision != 4 {
		t.Errorf("after the removal: %+v", r)
	}
}

// TestRenamedWhileIndexed has the state change between the moment the document
// is given to the index and the note that it is there.
func TestRenamedWhileIndexed(t *testing.T) {
	w := newWorld(t)
	id := w.submit(t, "a", "report").ID
	if err := w.Extract(t.Context(), arrived(id)); err != nil {
		t.Fatal(err)
	}
	w.Indexer = during{w.shelf, func() { w.submit(t, "b", "report") }}
	if err := w.IndexBatch(t.Context(), extracted(id))[0]; fault.KindOf(err) != fault.Unavailable {
		t.Errorf("verdict %v, want the message back", err)
	}
	w.Indexer = w.shelf
	if err := w.IndexBatch(t.Context(), extracted(id))[0]; err != nil {
		t.Error(err)
	}
	if d := w.shelf.get(id); len(d.Submissions) != 2 {
		t.Errorf("the index knows %v, want both names", d.Submissions)
	}
}

// TestNamedBeforeIndexed has a name come when the index stage has the document
// in hand already: at the revision that it knows the index would not take it.
func TestNamedBeforeIndexed(t *testing.T) {
	w := newWorld(t)
	id := w.submit(t, "a", "report").ID
	if err := w.Extract(t.Context(), arrived(id)); err != nil {
		t.Fatal(err)
	}
	before := w.phase(t, "report").Revision
	after := w.submit(t, "b", "report").State.Revision
	if after <= before {
		t.Errorf("revision %d after the second name, %d before", after, before)
	}
	for _, msg := range []uint64{before, after} {
		b, err := json.Marshal(event.Extracted{ID: id, Revision: msg})
		if err != nil {
			t.Fatal(err)
		}
		_ = w.IndexBatch(t.Context(), [][]byte{b}) // the first may come again
	}
	if d := w.shelf.get(id); len(d.Submissions) != 2 || d.Revision != after {
		t.Errorf("the index knows %v at revision %d", d.Submissions, d.Revision)
	}
}

// TestRemovedWhileIndexed must not leave a hit behind.
func TestRemovedWhileIndexed(t *testing.T) {
	w := newWorld(t)
	id := w.submit(t, "a", "report").ID
	if err := w.Extract(t.Context(), arrived(id)); err != nil {
		t.Fatal(err)
	}
	plain := &pipeline.Pipeline{Store: w.store, States: w.queue, Publisher: w.queue, Indexer: w.shelf}
	w.Indexer = during{w.shelf, func() {
		if err := plain.Remove(t.Context(), id); err != nil {
			t.Error(err)
		}
	}}
	if err := w.IndexBatch(t.Context(), extracted(id))[0]; err != nil {
		t.Error(err)
	}
	w.checkRemoved(t, "report")
}

// TestRemovedWhileRead must not leave a record behind.
func TestRemovedWhileRead(t *testing.T) {
	w := newWorld(t)
	id := w.submit(t, "a", "report").ID
	w.Store = putting{w.store, func() {
		if err := w.Remove(t.Context(), id); err != nil {
			t.Error(err)
		}
	}}
	if err := w.Extract(t.Context(), arrived(id)); err != nil {
		t.Error(err)
	}
	w.checkRemoved(t, "report")
}
