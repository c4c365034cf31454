package pipeline

import (
	"context"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"jixiao/internal/fault"
	"jixiao/schemas/event"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// previewChunk is how many documents a Preview takes at a time: their results
// are told in the order of the documents, whatever order the work took.
const previewChunk = 64

// Preview does what Redo would do without storing anything, and says which
// values would change. It reads in this process and needs no workers.
func (p *Pipeline) Preview(ctx context.Context, docs []event.State, o RedoOptions) (search.Redone, error) {
	done := search.Redone{DryRun: true, From: o.From, Total: len(docs), Failures: []search.NotDone{}}
	var changes differences
	for told := time.Now(); len(docs) > 0; {
		n := min(previewChunk, len(docs))
		views, err := p.previewChunk(ctx, docs[:n], o)
		if err != nil {
			done.Pending = done.Total - done.Settled()
			return done, err
		}
		for i, v := range views {
			v.tell(docs[i], &done, &changes)
		}
		docs = docs[n:]
		if o.Progress != nil && time.Since(told) > tick {
			told = time.Now()
			done.Pending = done.Total - done.Settled()
			o.Progress(done)
		}
	}
	done.Pending, done.Changes, done.Done = 0, changes.sum(), true
	return done, nil
}

// A view is what Preview found out about one document.
type view struct {
	step     step
	old, new *record.Record // nil where there is none
	err      error          // why it cannot be done
}

func (p *Pipeline) previewChunk(ctx context.Context, docs []event.State, o RedoOptions) ([]view, error) {
	views := make([]view, len(docs))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(1, runtime.GOMAXPROCS(0)/2)) // whoever serves has other work
	for i, st := range docs {
		g.Go(func() error {
			return p.patiently(ctx, func() (err error) { views[i], err = p.preview(ctx, st, o); return err })
		})
	}
	return views, g.Wait()
}

func (p *Pipeline) preview(ctx context.Context, st event.State, o RedoOptions) (v view, err error) {
	if v.step, err = p.stepOf(ctx, st, o); err != nil {
		return v, err
	}
	if v.step != stepBytes && v.step != stepLayout {
		return v, nil
	}
	if v.old, err = p.Store.Record(ctx, st.ID); err != nil {
		if outage(err) {
			return v, err
		}
		v.old = nil // none, or damaged
	}
	st.From = ""
	if v.step == stepLayout {
		st.From = event.FromLayout
	}
	_, v.new, v.err = p.read(ctx, st)
	if kind := fault.KindOf(v.err); kind == fault.Unavailable || kind == fault.Canceled {
		return v, v.err
	}
	return v, ctx.Err()
}

// tell adds v, which is about st, to the account.
func (v view) tell(st event.State, done *search.Redone, changes *differences) {
	if v.err != nil {
		done.Failed++
		done.Failures = append(done.Failures, search.NotDone{
			ID: st.ID, Name: st.Name(), Kind: string(fault.KindOf(v.err)), Message: shorten(v.err.Error()), Hint: fault.HintOf(v.err),
		})
		return
	}
	tally(done, v.step)
	if v.new != nil {
		changes.add(st.ID, v.old, v.new)
	}
}
