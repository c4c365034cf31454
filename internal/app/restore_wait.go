package app

import (
	"context"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// await waits until what was restored can be found.
func (r *restorer) await(ctx context.Context) error {
	for len(r.open) > 0 {
		st, err := r.final(ctx, r.open[0])
		if err != nil {
			return err
		}
		if st.Phase == event.PhaseFailed {
			return fault.New(fault.Internal, "restore: %.12s… cannot be indexed: %s", st.ID, st.Fault.Message)
		}
		r.open = r.open[1:]
	}
	return nil
}

// final waits until nothing more happens to id. Where others index it, it tells
// once that they let it wait: perhaps nobody is there.
func (r *restorer) final(ctx context.Context, id schemas.DocID) (event.State, error) {
	if r.n.owns || r.waiting == nil {
		return r.n.final(ctx, id)
	}
	soon, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	st, err := r.n.final(soon, id)
	if err == nil || soon.Err() == nil || ctx.Err() != nil {
		return st, err
	}
	r.done.Pending = pendingOf(ctx, r.p, r.open)
	r.waiting(r.done, r.unready(ctx))
	r.waiting = nil
	return r.n.final(ctx, id)
}

// unready returns why the index in a cluster takes nothing, if that is known.
func (r *restorer) unready(ctx context.Context) error {
	if r.n.index == nil {
		return nil
	}
	return r.n.opts.hideSecrets(r.n.index.Ready(ctx))
}

// pendingOf counts those of open that cannot be found yet. They are not indexed
// in the order in which they were restored.
func pendingOf(ctx context.Context, p *pipeline.Pipeline, open []schemas.DocID) int {
	if len(open) == 0 {
		return 0
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience) // the account is given also when it was stopped
	defer cancel()
	left := make(map[schemas.DocID]bool, len(open))
	for _, id := range open {
		left[id] = true
	}
	for st, err := range p.States.AllStates(ctx) {
		if err != nil {
			break // then those count that were not seen
		}
		if st.Phase == event.PhaseIndexed || st.Phase.Gone() {
			delete(left, st.ID)
		}
	}
	return len(left)
}
