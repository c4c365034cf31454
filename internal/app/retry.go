package app

import (
	"context"
	"time"

	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// FailedAgain is a document that another try did not help.
type FailedAgain = pipeline.Failure

// retryLook is how often Retry looks whether a document is final.
const retryLook = 50 * time.Millisecond

// Retry sends failed documents to the first stage again, waits until each is
// final, and returns those that failed again.
func (n *Node) Retry(ctx context.Context, ids ...schemas.DocID) ([]FailedAgain, error) {
	if n.owns { // else others work
		if err := n.workAlone(ctx); err != nil {
			return nil, err
		}
	}
	for _, id := range ids {
		if err := n.pipeline.Retry(ctx, id); err != nil {
			return nil, err
		}
	}
	var again []FailedAgain
	for _, id := range ids {
		st, err := n.final(ctx, id)
		if err != nil {
			return again, err
		}
		if f := st.Fault; st.Phase == event.PhaseFailed && f != nil {
			again = append(again, FailedAgain{ID: id, Name: st.Name(), Kind: f.Kind, Message: f.Message, Hint: f.Hint})
		}
	}
	return again, nil
}

// Drop takes failed documents off the list of failures. They stay failed, and
// Retry tries them again.
func (n *Node) Drop(ctx context.Context, ids ...schemas.DocID) error {
	p, err := n.open(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := p.Publisher.DropLetters(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// final waits until nothing more happens to id.
func (n *Node) final(ctx context.Context, id schemas.DocID) (event.State, error) {
	for {
		st, err := n.pipeline.States.State(ctx, id)
		if err != nil || st.Phase.Final() {
			return st, err
		}
		select {
		case <-ctx.Done():
			return st, ctx.Err()
		case <-time.After(retryLook):
		}
	}
}
