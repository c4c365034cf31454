package app

import (
	"context"
	"slices"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// What the states call finished and a search does not find is lost to whoever
// searches, and nobody else would tell: doctor compares the two.

// compareIndex notes how the index of n differs from the documents. One that
// cannot be asked now is no reason not to tell the rest.
func (n *Node) compareIndex(ctx context.Context, d *Diagnosis) error {
	err := n.needIndex()
	if err == nil {
		err = n.differences(ctx, d)
	}
	if ctx.Err() != nil || err != nil && n.index != nil && n.elastic == nil {
		return err
	}
	if err != nil {
		d.IndexError, d.IndexHint = n.opts.redact(err.Error()), fault.HintOf(err)
	}
	return nil
}

// differences looks twice at what differs: documents are finished and removed
// meanwhile.
func (n *Node) differences(ctx context.Context, d *Diagnosis) error {
	want := map[schemas.DocID]uint64{} // all that are here; 0 for those that are not finished
	for st, err := range n.queue.AllStates(ctx) {
		if err != nil {
			return err
		}
		if st.Phase == event.PhaseIndexed {
			want[st.ID] = st.Revision
		} else if !st.Phase.Gone() {
			want[st.ID] = 0
		}
	}
	extra := map[schemas.DocID]bool{}
	for r, err := range n.index.Revisions(ctx) {
		if err != nil {
			return err
		}
		revision, here := want[r.ID]
		switch {
		case !here:
			extra[r.ID] = true
		case r.Revision >= revision:
			want[r.ID] = 0
		}
	}
	for st, err := range n.queue.AllStates(ctx) {
		if err != nil {
			return err
		}
		if revision := want[st.ID]; revision > 0 && st.Phase == event.PhaseIndexed && st.Revision == revision {
			d.Unfound = append(d.Unfound, Orphan{ID: st.ID, Name: st.Name(), State: stateOf(st), Since: st.Updated})
		}
		if !st.Phase.Gone() {
			delete(extra, st.ID)
		}
	}
	for id := range extra {
		d.Extra = append(d.Extra, id)
	}
	slices.Sort(d.Extra)
	return nil
}
