package pipeline

import (
	"context"
	"fmt"
	"time"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// conflicts is how often a change is tried against other writers. They are
// few: a document is in the hands of one stage at a time.
const conflicts = 64

// change applies edit to the state of id and writes it, again and again until
// nobody wrote between. edit gets a zero entry with the id if there is none and
// reports whether there is anything to write.
func (p *Pipeline) change(ctx context.Context, id schemas.DocID, edit func(*event.State) bool) (event.State, error) {
	for range conflicts {
		st, err := p.States.State(ctx, id)
		if fault.KindOf(err) == fault.NotFound {
			st, err = event.State{ID: id}, nil
		}
		if err != nil || !edit(&st) {
			return st, err
		}
		st, err = p.put(ctx, st)
		if fault.KindOf(err) != fault.Conflict {
			return st, err
		}
	}
	return event.State{}, fault.New(fault.Conflict, "the state of %s changes all the time", id)
}

// changeFrom is change for an entry that is thought to be known: it is read
// only if somebody wrote it meanwhile.
func (p *Pipeline) changeFrom(ctx context.Context, st event.State, edit func(*event.State) bool) (event.State, error) {
	guess := st
	if edit(&guess) {
		after, err := p.put(ctx, guess)
		if fault.KindOf(err) != fault.Conflict {
			return after, err
		}
	}
	return p.change(ctx, st.ID, edit)
}

// put writes st if nobody did since it was read.
func (p *Pipeline) put(ctx context.Context, st event.State) (event.State, error) {
	st.Updated = time.Now().UTC().Truncate(time.Millisecond)
	seq, err := p.States.PutState(ctx, st)
	if err != nil {
		return st, err
	}
	st.Seq = seq
	return st, nil
}

// send puts the document of st in front of the stage that has to work on it;
// a final one goes nowhere.
func (p *Pipeline) send(ctx context.Context, st event.State) error {
	switch st.Phase {
	case event.PhaseArrived:
		e := event.Arrived{ID: st.ID, Name: st.Name(), Round: st.Round}
		if len(st.Submissions) > 0 {
			e.Batch = st.Submissions[0].Batch
		}
		return p.Publisher.PublishArrived(ctx, e)
	case event.PhaseExtracted:
		return p.Publisher.PublishExtracted(ctx, event.Extracted{ID: st.ID, Revision: st.Revision})
	}
	return nil
}

// begin turns st into a document that is to be read from its bytes.
func begin(st *event.State) {
	st.Phase = event.PhaseArrived
	st.Round++
	st.From = ""
	st.Attempts = nil
	st.Begun = 0
	st.Fault = nil
}

// letter returns the failure that st keeps.
func letter(st event.State) *event.Failed {
	f := event.Failed{ID: st.ID, Name: st.Name(), At: st.Updated}
	if st.Fault != nil {
		f.Stage, f.Kind, f.Message, f.Hint = st.Fault.Stage, st.Fault.Kind, st.Fault.Message, st.Fault.Hint
		f.Attempts = st.Attempts[st.Fault.Stage]
	}
	return &f
}

// errPanic is a panic while a document was worked on.
type errPanic struct{ cause any }

func (e errPanic) Error() string { return fmt.Sprintf("the program panicked: %v", e.cause) }

// guard runs f and returns its panic as an error.
func guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fault.WithHint(fault.Mark(fault.Internal, errPanic{r}),
				"this is a bug: report it with the document, and retry after an update")
		}
	}()
	return f()
}
