package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// A Copy is one document as a whole, but for its bytes.
type Copy struct {
	State  event.State
	Record *record.Record // nil for one that was not read
	Layout *layout.Doc    // with Record
}

// Kept returns the ids of all documents that are not removed, ascending.
func (p *Pipeline) Kept(ctx context.Context) (ids []schemas.DocID, err error) {
	for st, err := range p.States.AllStates(ctx) {
		if err != nil {
			return nil, fmt.Errorf("list the documents: %w", err)
		}
		if !st.Phase.Gone() {
			ids = append(ids, st.ID)
		}
	}
	slices.Sort(ids)
	return ids, nil
}

const (
	copyTries = 20
	copyPause = 100 * time.Millisecond
)

// Copy returns the document of id as it is at one moment, also while others work
// on it; NotFound if it is removed.
func (p *Pipeline) Copy(ctx context.Context, id schemas.DocID) (Copy, error) {
	for range copyTries {
		c, whole, err := p.copyOnce(ctx, id)
		if err != nil || whole {
			return c, err
		}
		if !sleep(ctx, copyPause) {
			return c, ctx.Err()
		}
	}
	return Copy{}, fault.New(fault.Conflict, "%.12s… changes all the time", id)
}

// copyOnce reads the parts of a document and reports whether they belong
// together. Results are written while a document is arrived, by whoever reads it
// then; both parts of one at once. So a record that is the same before and after
// the layout was read goes with it, and a state that is the same goes with both.
func (p *Pipeline) copyOnce(ctx context.Context, id schemas.DocID) (c Copy, whole bool, err error) {
	if c.State, err = p.States.State(ctx, id); err != nil {
		return c, false, err
	}
	if c.State.Phase.Gone() {
		return c, false, fault.New(fault.NotFound, "%.12s… was removed", id)
	}
	if c.Record, err = p.Store.Record(ctx, id); err == nil {
		c.Layout, err = p.Store.Layout(ctx, id)
	}
	switch {
	case outage(err):
		return c, false, err
	case err != nil: // not read yet, or lost, or damaged
		c.Record, c.Layout = nil, nil
	case !c.State.Phase.Final():
		again, err := p.Store.Record(ctx, id)
		if same := err == nil && sameJSON(c.Record, again); !same {
			return c, false, nil
		}
	}
	now, err := p.States.State(ctx, id)
	return c, now.Seq == c.State.Seq, err
}

func sameJSON(a, b any) bool {
	x, err := json.Marshal(a)
	if err != nil {
		return false
	}
	y, err := json.Marshal(b)
	return err == nil && string(x) == string(y)
}

// What became of a Copy that was restored.
const (
	Restored     = "restored"
	AlreadyThere = "known"   // nothing of it was missing
	RemovedHere  = "removed" // it was removed here, and stays so
)

// Lacks reports whether the bytes of id have to be there for Restore to be called.
func (p *Pipeline) Lacks(ctx context.Context, id schemas.DocID) (bool, error) {
	st, err := p.States.State(ctx, id)
	if fault.KindOf(err) == fault.NotFound {
		return true, nil
	}
	return !st.Phase.Gone(), err // one that is known may have lost its bytes
}

// Restore brings c back unless the document is known here: then only a record
// that is missing is added. Its bytes are in the store already. A document that
// could be found is sent to the index and can be found when that is done.
//
// The order is result, state, message, as everywhere: killed at any point, the
// same call again or Recover goes on.
func (p *Pipeline) Restore(ctx context.Context, c Copy) (string, error) {
	was, err := p.States.State(ctx, c.State.ID)
	switch {
	case fault.KindOf(err) == fault.NotFound:
	case err != nil:
		return "", err
	case was.Phase.Gone():
		return RemovedHere, nil
	default:
		return AlreadyThere, p.complete(ctx, was, c)
	}
	if c.Record != nil {
		if err := p.Store.PutResult(ctx, c.Layout, c.Record); err != nil {
			return "", err
		}
	}
	st := c.State
	st.Seq, st.Begun = 0, 0
	if st.Phase == event.PhaseIndexed {
		st.Phase = event.PhaseExtracted
	}
	st, err = p.put(ctx, st)
	if fault.KindOf(err) == fault.Conflict { // it arrived this moment
		return AlreadyThere, nil
	}
	if err != nil {
		return "", err
	}
	return Restored, p.send(ctx, st)
}

// complete adds the record of c to a document that lost its own. One of another
// revision is not what its index and its readers know.
func (p *Pipeline) complete(ctx context.Context, was event.State, c Copy) error {
	if c.Record == nil || was.Revision != c.State.Revision || was.Phase == event.PhaseArrived {
		return nil
	}
	if there, err := p.stored(ctx, was.ID); there || err != nil {
		return err
	}
	return p.Store.PutResult(ctx, c.Layout, c.Record)
}
