package app

import (
	"context"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/pipeline/index"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// catchUp lets the index have what the store has when it cannot have it: it is
// empty, or the folder was worked on with another index since.
func (n *Node) catchUp(ctx context.Context) error {
	other := n.owns && !indexedHere(n.opts)
	if !other {
		for _, err := range n.index.Revisions(ctx) {
			return err // there is one
		}
	}
	records := false
	for _, err := range n.store.Records(ctx, "") {
		if err != nil {
			return err
		}
		records = true
		break
	}
	switch {
	case records && n.owns:
		if err := n.fill(ctx, other); err != nil {
			return err
		}
	case records:
		return n.refill(ctx)
	}
	if other {
		n.stale.Store(false)
		return reclaim(n.opts)
	}
	return nil
}

// refill leaves the filling of the index to all who work on it.
func (n *Node) refill(ctx context.Context) error {
	p, err := n.open(ctx)
	if err != nil {
		return err
	}
	sent, err := p.Refill(ctx)
	if sent > 0 {
		n.log.InfoContext(ctx, "the index is empty; documents are indexed again", "documents", sent)
	}
	return err
}

// fill brings the index of a folder up to the records; nobody else works on it.
// One that is empty gets them all, also those whose state was lost.
func (n *Node) fill(ctx context.Context, other bool) error {
	p, err := n.open(ctx)
	if err != nil {
		return err
	}
	n.log.InfoContext(ctx, "the index is brought up to the records")
	if other {
		_, err = n.mend(ctx, p, n.index)
	} else {
		_, err = p.Reindex(ctx, n.index, nil)
	}
	return err
}

// mend puts into to what it lacks of the finished documents, takes out what is
// removed, and returns how many that were. What is on its way through the stages
// is left to them.
func (n *Node) mend(ctx context.Context, p *pipeline.Pipeline, to *index.Service) (int, error) {
	// What is finished now is in every index that it was to be written to, so
	// that nothing is missed that has only just arrived.
	var finished []index.Revision
	for st, err := range p.States.AllStates(ctx) {
		if err != nil {
			return 0, err
		}
		if st.Phase == event.PhaseIndexed {
			finished = append(finished, index.Revision{ID: st.ID, Revision: st.Revision})
		}
	}
	d, err := to.Verify(ctx, func(yield func(index.Revision, error) bool) {
		for _, r := range finished {
			if !yield(r, nil) {
				return
			}
		}
	})
	if err != nil {
		return 0, err
	}
	gone, err := n.gone(ctx, p, d.Extra)
	if err != nil {
		return 0, err
	}
	if _, err := p.Fill(ctx, to, d.Missing, nil); err != nil {
		return 0, err
	}
	if len(gone) > 0 {
		err = to.Remove(ctx, gone...)
	}
	return len(d.Missing) + len(gone), err
}

// gone returns those of ids that were removed. What was never here stays: somebody
// else may keep documents under the same name.
func (n *Node) gone(ctx context.Context, p *pipeline.Pipeline, ids []schemas.DocID) (out []schemas.DocID, err error) {
	for _, id := range ids {
		st, err := p.States.State(ctx, id)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
		if err == nil && st.Phase.Gone() {
			out = append(out, id)
		}
	}
	return out, nil
}
