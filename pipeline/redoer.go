package pipeline

import (
	"cmp"
	"context"
	"slices"
	"time"

	"golang.org/x/sync/semaphore"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/search"
)

// A redoer keeps the account of one Redo.
type redoer struct {
	underway[redoing]
	room    *semaphore.Weighted
	program string
	r       search.Redone
}

// redoing is a document under way.
type redoing struct {
	step step
	seq  uint64 // of the state before it was sent
}

func newRedoer(total int, o RedoOptions, program string) *redoer {
	return &redoer{
		underway: newUnderway[redoing](), room: semaphore.NewWeighted(redoOpen), program: program,
		r: search.Redone{From: o.From, Total: total, Failures: []search.NotDone{}},
	}
}

func (x step) weight() int64 {
	if x == stepBytes {
		return parsingWeight
	}
	return 1
}

// begin notes that st is about to be sent, when there is room for it.
func (r *redoer) begin(ctx context.Context, st event.State, do step) error {
	if err := r.room.Acquire(ctx, do.weight()); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.docs[st.ID] = &waited[redoing]{of: redoing{step: do, seq: st.Seq}}
	return nil
}

// takeBack notes that id was not sent after all; busy because somebody else
// works on it.
func (r *redoer) takeBack(id schemas.DocID, busy bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if d := r.docs[id]; d != nil {
		delete(r.docs, id)
		r.room.Release(d.of.step.weight())
		if busy {
			r.r.Busy++
		}
	}
}

// count notes a document that is left alone.
func (r *redoer) count(x step) {
	r.mu.Lock()
	defer r.mu.Unlock()
	tally(&r.r, x)
}

// tally counts a document by what was done.
func tally(r *search.Redone, x step) {
	switch x {
	case stepBytes:
		r.Bytes++
	case stepLayout:
		r.Layout++
	case stepRecords:
		r.Records++
	case stepNone:
		r.Current++
	case stepEarlier:
		r.Earlier++
	case stepBusy:
		r.Busy++
	}
}

// heard takes in a state that was written.
func (r *redoer) heard(st event.State) {
	if st.ID == "" || !st.Phase.Final() {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	w := r.docs[st.ID]
	if w == nil || st.Seq <= w.of.seq {
		return
	}
	d := w.of
	r.done(st.ID)
	r.room.Release(d.step.weight())
	r.last = time.Now()
	switch {
	case st.Phase == event.PhaseFailed:
		f := letter(st)
		r.fail(search.NotDone{ID: st.ID, Name: st.Name(), Kind: f.Kind, Message: f.Message, Hint: f.Hint})
	case st.Phase.Gone():
		r.fail(search.NotDone{ID: st.ID, Name: st.Name(), Kind: string(fault.NotFound), Message: "removed meanwhile"})
	default:
		tally(&r.r, d.step)
		if d.step != stepRecords && d.step != stepBusy && r.r.From == search.FromBytes && st.Program != r.program {
			r.r.Outdated++
		}
	}
}

// fail counts a document that could not be done again. Called with mu held.
func (r *redoer) fail(f search.NotDone) {
	r.r.Failed++
	r.r.Failures = append(r.r.Failures, f)
}

// report returns the account so far; what is not settled is pending.
func (r *redoer) report() search.Redone {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.r
	out.Pending = out.Total - out.Settled()
	out.Failures = slices.Clone(r.r.Failures)
	slices.SortFunc(out.Failures, func(a, b search.NotDone) int { return cmp.Compare(a.ID, b.ID) })
	return out
}
