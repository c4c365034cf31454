package queue_test

import (
	"fmt"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"jixiao/internal/fault"
	"jixiao/pipeline/queue"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// TestPutStates writes a few states, and so many that they go together, among
// them in turn none and one that was written by somebody else.
func TestPutStates(t *testing.T) {
	for _, n := range []int{0, 1, 3, 100, 1200} {
		for _, stale := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d_%v", n, stale), func(t *testing.T) { putStates(t, n, stale && n > 0) })
		}
	}
}

func putStates(t *testing.T, n int, stale bool) {
	dir := t.TempDir()
	q := open(t, queue.Options{Dir: dir})
	ctx := t.Context()
	sts := make([]event.State, n)
	for i := range sts {
		sts[i] = event.State{ID: id(fmt.Sprint(i)), Phase: event.PhaseIndexed, Updated: time.Now()}
	}
	victim := n / 2
	if stale {
		if _, err := q.PutState(ctx, event.State{ID: sts[victim].ID, Phase: event.PhaseRemoving}); err != nil {
			t.Fatal(err)
		}
	}
	errs := q.PutStates(ctx, sts)
	if len(errs) != n {
		t.Fatalf("%d errors for %d states", len(errs), n)
	}
	for i, err := range errs {
		want := fault.Kind("")
		if stale && i == victim {
			want = fault.Conflict
		}
		if err != nil != (want != "") || err != nil && fault.KindOf(err) != want {
			t.Errorf("state %d: %v", i, err)
		}
	}
	if n > 0 && !stale {
		if got, want := wentTogether(t, q, sts[n-1].ID), n >= 100; got != want {
			t.Errorf("the last of %d went together with others: %v", n, got)
		}
	}
	_ = q.Close()
	q = open(t, queue.Options{Dir: dir})
	got := map[event.Phase]int{}
	for st, err := range q.AllStates(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		got[st.Phase]++
	}
	removing := 0
	if stale {
		removing = 1
	}
	if got[event.PhaseIndexed] != n-removing || got[event.PhaseRemoving] != removing {
		t.Errorf("after a restart: %v of %d", got, n)
	}
}

// wentTogether reports whether the entry of id was written with others.
func wentTogether(t *testing.T, q *queue.Queue, id schemas.DocID) bool {
	t.Helper()
	states, err := q.JetStream().Stream(t.Context(), "KV_jixiao-state")
	if err != nil {
		t.Fatal(err)
	}
	m, err := states.GetLastMsgForSubject(t.Context(), "$KV.jixiao-state."+string(id))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header.Get("Nats-Batch-Id") != ""
}

// TestPutStateBesideOthers has many write at one time, and wants the number that
// each is told to be that of its entry; then they all meet a conflict, and then
// write on from where they are.
func TestPutStateBesideOthers(t *testing.T) {
	q := open(t, queue.Options{})
	ctx := t.Context()
	const n = 300
	seqs := make([]uint64, n)
	all := func(f func(i int) error) {
		t.Helper()
		var g errgroup.Group
		for i := range n {
			g.Go(func() error { return f(i) })
		}
		if err := g.Wait(); err != nil {
			t.Fatal(err)
		}
	}
	put := func(i int, seq uint64) (uint64, error) {
		return q.PutState(ctx, event.State{ID: id(fmt.Sprint(i)), Phase: event.PhaseArrived, Seq: seq})
	}
	for range 2 {
		all(func(i int) (err error) { seqs[i], err = put(i, seqs[i]); return err })
		all(func(i int) error {
			st, err := q.State(ctx, id(fmt.Sprint(i)))
			if err == nil && st.Seq != seqs[i] {
				err = fmt.Errorf("entry %d has number %d, its writer was told %d", i, st.Seq, seqs[i])
			}
			return err
		})
		all(func(i int) error {
			if _, err := put(i, 0); fault.KindOf(err) != fault.Conflict {
				return fmt.Errorf("entry %d is made twice: %w", i, err)
			}
			return nil
		})
	}
}
