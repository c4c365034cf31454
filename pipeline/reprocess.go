package pipeline

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/search"
)

// RedoOptions bound a Redo.
type RedoOptions struct {
	From  string // one of search.FromBytes, FromLayout, FromRecords
	Force bool   // also what is up to date
	// Indexed are the revisions in the index; nil if they are not known here:
	// then no document counts as missing from it.
	Indexed  map[schemas.DocID]uint64
	Progress func(search.Redone) // called now and then, from one goroutine; must not block
	Drain    func()              // as in ImportOptions
}

const (
	// redoOpen bounds what is under way for a Redo at one time, so that what
	// arrives meanwhile waits behind little. A document that has to be parsed
	// again counts as parsingWeight.
	redoOpen      = 512
	parsingWeight = 16
	redoParallel  = 8
)

// Redo does documents again as far as another program did them, and waits until
// each is final, ctx is done, or the work cannot go on. It raises the revision of
// what is done again; what is not stays as it is. Workers must be running
// somewhere. Killed on the way, what was sent is finished by the next workers,
// and the same Redo does the rest.
func (p *Pipeline) Redo(ctx context.Context, docs []event.State, o RedoOptions) (search.Redone, error) {
	if o.Progress == nil {
		o.Progress = func(search.Redone) {}
	}
	caller := ctx
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r := newRedoer(len(docs), o, p.Program)
	watching, err := watch(ctx, p.States.WatchStates(ctx), r.heard)
	if err != nil {
		return r.report(), fmt.Errorf("reprocess: %w", err)
	}
	sent := make(chan error, 1)
	var sending sync.WaitGroup
	sending.Go(func() { sent <- p.redoAll(ctx, r, docs, o) })
	err = p.attendRedo(ctx, r, sent, o.Progress)
	stop(nil)
	sending.Wait()
	<-watching
	r.conclude(ctx, o.Drain, p, r.heard)
	done := r.report()
	if caller.Err() != nil {
		err = context.Cause(caller)
	}
	done.Done = err == nil
	o.Progress(done)
	return done, err
}

// redoAll decides about every document and sends those that are to be done again.
func (p *Pipeline) redoAll(ctx context.Context, r *redoer, docs []event.State, o RedoOptions) error {
	late, cancel := outlive(ctx, submitGrace)
	defer cancel()
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(redoParallel)
	for _, st := range docs {
		if gctx.Err() != nil {
			break
		}
		g.Go(func() error { return p.patiently(gctx, func() error { return p.redoOne(gctx, late, r, st, o) }) })
	}
	return g.Wait()
}

// patiently calls try again while what it needs does not answer.
func (p *Pipeline) patiently(ctx context.Context, try func() error) error {
	for wait := submitWait / 8; ; wait = min(2*wait, submitWait) {
		err := try()
		if fault.KindOf(err) != fault.Unavailable {
			return err
		}
		p.log().WarnContext(ctx, "reprocess waits", "err", err)
		if !sleep(ctx, wait) {
			return ctx.Err()
		}
	}
}

// redoOne decides about one document and sends it on.
func (p *Pipeline) redoOne(ctx, late context.Context, r *redoer, st event.State, o RedoOptions) error {
	do, err := p.stepOf(ctx, st, o)
	if err != nil {
		return err
	}
	if do == stepNone || do == stepEarlier {
		r.count(do)
		return nil
	}
	if err := r.begin(ctx, st, do); err != nil {
		return err
	}
	if do == stepBusy { // it is waited for: an earlier Redo that was killed may have sent it
		if now, err := p.States.State(ctx, st.ID); err == nil {
			r.heard(now)
		}
		return nil
	}
	moved, err := p.redo(late, st, do)
	switch {
	case !moved:
		r.takeBack(st.ID, err == nil)
	case err != nil:
		r.unsent(st.ID) // the state is written; reread sends the message
		err = nil
	}
	return err
}

// redo puts the document of was in front of the stage that does it again. It
// reports whether the state says so now: somebody else may have been faster.
func (p *Pipeline) redo(ctx context.Context, was event.State, do step) (bool, error) {
	moved := false
	st, err := p.change(ctx, was.ID, func(st *event.State) bool {
		if moved = st.Phase == was.Phase && st.Revision == was.Revision && st.Round == was.Round; !moved {
			return false
		}
		switch do {
		case stepRecords:
			st.Phase = event.PhaseExtracted
			st.Revision++
		case stepLayout:
			begin(st)
			st.From = event.FromLayout
		default:
			begin(st)
		}
		return true
	})
	if err != nil {
		return false, err
	}
	if !moved { // an earlier try may have written the state and then lost the queue
		return false, p.send(ctx, st)
	}
	if was.Phase == event.PhaseFailed {
		if err := p.Publisher.DropLetters(ctx, was.ID); err != nil {
			return true, err
		}
	}
	return true, p.send(ctx, st)
}

// attendRedo reports progress until everything was sent and is final.
func (p *Pipeline) attendRedo(ctx context.Context, r *redoer, sent <-chan error, progress func(search.Redone)) error {
	t := time.NewTicker(tick)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-sent:
			if sent = nil; err != nil {
				return err
			}
		case <-r.moved:
		case <-t.C:
			progress(r.report())
			if r.quietFor(patience) {
				r.reread(ctx, p, r.heard)
			}
			if err := p.trouble.lasting(fullFor); fault.KindOf(err) == fault.Full {
				return fmt.Errorf("reprocess stopped: %w", err)
			}
		}
		if sent == nil && r.idle() {
			return nil
		}
	}
}
