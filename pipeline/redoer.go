package pipeline

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/search"
)

// A redoer keeps the account of one Redo.
type redoer struct {
	moved   chan struct{} // has a value when something was settled
	room    *semaphore.Weighted
	program string

	mu    sync.Mutex
	r     search.Redone
	under map[schemas.DocID]redoing
	last  time.Time // when something was last heard
}

// redoing is a document under way.
type redoing struct {
	step   step
	seq    uint64 // of the state before it was sent
	unsent bool   // the state is written, the message is not
}

func newRedoer(total int, o RedoOptions, program string) *redoer {
	return &redoer{
		moved: make(chan struct{}, 1), room: semaphore.NewWeighted(redoOpen), program: program, last: time.Now(),
		r: search.Redone{From: o.From, Total: total, Failures: []search.NotDone{}}, under: map[schemas.DocID]redoing{},
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
	r.under[st.ID] = redoing{step: do, seq: st.Seq}
	return nil
}

// takeBack notes that id was not sent after all; busy because somebody else
// works on it.
func (r *redoer) takeBack(id schemas.DocID, busy bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if d, ok := r.under[id]; ok {
		delete(r.under, id)
		r.room.Release(d.step.weight())
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
	d, ok := r.under[st.ID]
	if !ok || st.Seq <= d.seq {
		return
	}
	delete(r.under, st.ID)
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
	select {
	case r.moved <- struct{}{}:
	default:
	}
}

// fail counts a document that could not be done again. Called with mu held.
func (r *redoer) fail(f search.NotDone) {
	r.r.Failed++
	r.r.Failures = append(r.r.Failures, f)
}

// unsent notes that the message of id is missing, sent that it is on its way.
func (r *redoer) unsent(id schemas.DocID) { r.mark(id, true) }
func (r *redoer) sent(id schemas.DocID)   { r.mark(id, false) }

func (r *redoer) mark(id schemas.DocID, unsent bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if d, ok := r.under[id]; ok {
		d.unsent = unsent
		r.under[id] = d
	}
}

// open returns the documents under way and whether their message is missing.
func (r *redoer) open() map[schemas.DocID]bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	ids := make(map[schemas.DocID]bool, len(r.under))
	for id, d := range r.under {
		ids[id] = d.unsent
	}
	r.last = time.Now() // ask again only after another while of silence
	return ids
}

// quietFor reports whether nothing was heard for d.
func (r *redoer) quietFor(d time.Duration) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return time.Since(r.last) >= d
}

// idle reports whether nothing is under way.
func (r *redoer) idle() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.under) == 0
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
