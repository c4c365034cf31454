package pipeline

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/record"
)

// Status says what became of a submission at once.
type Status string

// The statuses of a receipt.
const (
	New     Status = "new"     // never seen before: it will be read
	Pending Status = "pending" // seen, not finished yet, or to be read again
	Known   Status = "known"   // finished before; at most the name is new
	Failed  Status = "failed"  // failed before, and would again
)

// maxName bounds a name in bytes; longer ones are no file names anywhere.
const maxName = 8 << 10

// A Receipt says what became of a submission.
type Receipt struct {
	ID     schemas.DocID
	Size   int64
	Status Status
	// Final is false while a stage has work to do on the document. A known
	// document is not final when its new name has to go into the index.
	Final bool
	State event.State
}

// Submit stores the bytes of r under their DocID, notes the name they came
// under, and sends the document to the first stage unless it is finished.
//
// The order is bytes, state, message: killed at any point, the same Submit
// again or Recover picks the document up where it stands. When the error comes
// with a receipt that has an ID, the bytes are stored; when it also has a
// Status, the state is written and only the message is missing.
func (p *Pipeline) Submit(ctx context.Context, name, batch string, r io.Reader) (Receipt, error) {
	h := &handling{stage: StageSubmit, attempt: 1, start: time.Now()}
	receipt, err := p.submit(ctx, name, batch, r)
	h.doc = receipt.ID
	if !receipt.Final {
		h.reached = OutcomeOK
	}
	p.tell(ctx, h, err)
	return receipt, err
}

func (p *Pipeline) submit(ctx context.Context, name, batch string, r io.Reader) (Receipt, error) {
	if len(name) > maxName {
		return Receipt{}, fault.New(fault.Usage, "a name of %d bytes; %d at most are kept", len(name), maxName)
	}
	// As it comes back from the state, so that it is known again: a name may
	// be in another encoding.
	name = strings.ToValidUTF8(name, "\uFFFD")
	id, size, err := p.Store.PutOriginal(ctx, &capped{r: r, p: p})
	if err != nil {
		return Receipt{}, fmt.Errorf("store %q: %w", name, err)
	}
	sub := record.Submission{Name: name, Batch: batch, At: time.Now().UTC().Truncate(time.Second)}
	receipt := Receipt{ID: id, Size: size}
	var status Status
	var lookup error
	retried := false
	// Most documents are new.
	st, err := p.changeFrom(ctx, event.State{ID: id}, func(st *event.State) (write bool) {
		retried = st.Phase == event.PhaseFailed
		stored := false
		if st.Phase == event.PhaseIndexed {
			if stored, lookup = p.stored(ctx, id); lookup != nil {
				return false
			}
		}
		status, write = p.arrive(st, sub, stored)
		return write
	})
	if lookup != nil {
		return receipt, fmt.Errorf("look for the record of %q: %w", name, lookup)
	}
	if err != nil {
		return receipt, fmt.Errorf("note the arrival of %q: %w", name, err)
	}
	receipt.Status, receipt.State, receipt.Final = status, st, st.Phase.Final()
	if st.Phase == event.PhaseRemoving {
		return receipt, fault.WithHint(fault.New(fault.Unavailable, "%q is being removed", name), "submit it again when it is gone")
	}
	if retried && !receipt.Final {
		if err := p.Publisher.DropLetters(ctx, id); err != nil {
			return receipt, fmt.Errorf("forget the failure of %q: %w", name, err)
		}
	}
	if status == New {
		p.arrivals.put(st)
	}
	if err := p.send(ctx, st); err != nil {
		return receipt, fmt.Errorf("send %q on: %w", name, err)
	}
	return receipt, nil
}

// stored reports whether there is a record of id.
func (p *Pipeline) stored(ctx context.Context, id schemas.DocID) (bool, error) {
	_, err := p.Store.Record(ctx, id)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

// arrive notes the submission sub in st and decides what it means. stored says
// that there is a record, of a document whose state says that it is finished:
// the states may lie on a server that other data folders use as well.
func (p *Pipeline) arrive(st *event.State, sub record.Submission, stored bool) (status Status, write bool) {
	fresh := st.Seq == 0 || st.Phase == event.PhaseRemoved
	if st.Phase == event.PhaseRemoving {
		return Pending, false
	}
	added := st.AddName(sub)
	switch {
	case fresh:
		begin(st)
		return New, true
	case st.Phase == event.PhaseFailed && !p.hopeless(st):
		begin(st)
		return Pending, true
	case st.Phase == event.PhaseFailed:
		return Failed, added
	case st.Phase != event.PhaseIndexed:
		if added && st.Phase == event.PhaseExtracted { // it may be on its way into the index without the name
			st.Revision++
		}
		return Pending, added
	case st.Program != p.Program || !stored:
		begin(st)
		return Pending, true
	case added: // the index has to learn the name
		st.Phase = event.PhaseExtracted
		st.Revision++
	}
	return Known, added
}

// hopeless reports whether the same program would fail on the same bytes again.
func (p *Pipeline) hopeless(st *event.State) bool {
	if st.Fault == nil || st.Program != p.Program {
		return false
	}
	k := fault.Kind(st.Fault.Kind)
	return k == fault.Invalid || k == fault.Unsupported
}

// Document returns the record of id with what belongs to it; NotFound if it
// was not read (yet) or is removed.
func (p *Pipeline) Document(ctx context.Context, id schemas.DocID) (*record.Document, error) {
	st, err := p.States.State(ctx, id)
	if err != nil {
		return nil, err
	}
	if st.Phase.Gone() {
		return nil, fault.New(fault.NotFound, "%.12s… was removed", id)
	}
	return p.load(ctx, st)
}

// load returns the document of st from the store.
func (p *Pipeline) load(ctx context.Context, st event.State) (*record.Document, error) {
	rec, text, err := p.Store.Document(ctx, st.ID)
	if err != nil {
		return nil, err
	}
	return &record.Document{Record: rec, Text: text, Revision: st.Revision, Submissions: st.Submissions}, nil
}

// Find returns the one document whose id begins with prefix; NotFound if there
// is none, Usage if there are several. Removed documents are not found.
func (p *Pipeline) Find(ctx context.Context, prefix string) (event.State, error) {
	if id := schemas.DocID(prefix); id.Valid() {
		if st, err := p.States.State(ctx, id); err != nil || !st.Phase.Gone() {
			return st, err
		}
	}
	var found []event.State
	for st, err := range p.States.AllStates(ctx) {
		if err != nil {
			return event.State{}, err
		}
		if !st.Phase.Gone() && strings.HasPrefix(string(st.ID), prefix) {
			found = append(found, st)
		}
	}
	switch len(found) {
	case 0:
		return event.State{}, fault.WithHint(fault.New(fault.NotFound, "no document has an id that begins with %q", prefix), "`jixiao list` shows the ids")
	case 1:
		return found[0], nil
	}
	return event.State{}, fault.WithHint(fault.New(fault.Usage, "%d documents have an id that begins with %q", len(found), prefix), "give more of the id")
}
