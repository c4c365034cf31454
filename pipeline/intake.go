package pipeline

import (
	"context"
	"fmt"
	"io"
	"iter"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// An Offer is what is known of a document before its bytes are read.
type Offer struct {
	Name  string
	Batch string
	Size  int64 // in bytes; 0 if not known
}

// An Intake takes what an import submits and tells what becomes of it: a
// Pipeline, or what speaks to the process that has one.
type Intake interface {
	// Take submits the bytes of r, as Pipeline.Submit does. It does not read
	// from r after it has returned.
	Take(ctx context.Context, o Offer, r io.Reader) (Receipt, error)
	// WatchStates is as that of States; states that are not final may be left out.
	WatchStates(ctx context.Context) iter.Seq2[event.State, error]
	// Look returns the state of id. unsent says that the message about it is
	// missing; it is sent if there is work to do.
	Look(ctx context.Context, id schemas.DocID, unsent bool) (event.State, error)
	// Over says why no import can go on, or nil. What can come back by itself
	// is waited for. It is called several times a second.
	Over(ctx context.Context) error
}

// Import is the function Import with p as the Intake.
func (p *Pipeline) Import(ctx context.Context, sources iter.Seq[Source], o ImportOptions) (Report, error) {
	return Import(ctx, p, sources, o)
}

// Take implements Intake: Submit, but what is too large is not read first.
func (p *Pipeline) Take(ctx context.Context, o Offer, r io.Reader) (Receipt, error) {
	if err := p.fits(o.Size); err != nil {
		return Receipt{}, err
	}
	return p.Submit(ctx, o.Name, o.Batch, r)
}

// WatchStates implements Intake.
func (p *Pipeline) WatchStates(ctx context.Context) iter.Seq2[event.State, error] {
	return p.States.WatchStates(ctx)
}

// Look implements Intake.
func (p *Pipeline) Look(ctx context.Context, id schemas.DocID, unsent bool) (event.State, error) {
	st, err := p.States.State(ctx, id)
	if err == nil && unsent && !st.Phase.Final() {
		err = p.send(ctx, st)
	}
	return st, err
}

// Over implements Intake: a disk that stays full is the end. Anything else that
// is down is waited for.
func (p *Pipeline) Over(context.Context) error {
	if err := p.trouble.lasting(fullFor); fault.KindOf(err) == fault.Full {
		return fmt.Errorf("the import stopped: %w", err)
	}
	return nil
}
