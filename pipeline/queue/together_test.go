package queue_test

import (
	"fmt"
	"testing"
	"time"

	"jixiao/internal/fault"
	"jixiao/pipeline/queue"
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
