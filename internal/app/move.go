package app

import (
	"context"
	"time"

	"jixiao/pipeline"
	"jixiao/pipeline/index"
	"jixiao/schemas/event"
)

// An index is moved while workers of the old one may still be at work (reindex
// --move): what they finish until they notice must not be missing in the new one.

// settleWait is how much longer than they may take to stop the workers of another
// index are waited for.
const settleWait = 10 * time.Second

// takeOver makes to, which was filled, the index of the servers if n is to move
// it there. What the workers of the one before finish until they have noticed is
// put in as well.
func (n *Node) takeOver(ctx context.Context, p *pipeline.Pipeline, to *index.Service) error {
	if !n.moves {
		return nil
	}
	mine, _ := n.place()
	moved := n.known != (place{}) && !n.known.is(mine)
	if err := n.claimIndex(ctx); err != nil {
		return err
	}
	if moved {
		n.settle(ctx)
	}
	return n.converge(ctx, p, to)
}

// settle waits until nobody has documents in hand for an index, or nobody can have
// any for the one before.
func (n *Node) settle(ctx context.Context) {
	for end := time.Now().Add(n.opts.Drain + settleWait); time.Now().Before(end); {
		select {
		case <-ctx.Done():
			return
		case <-time.After(again / 4):
		}
		b, err := n.queue.Backlog(ctx)
		if err == nil && b.Stages[event.StageIndex].AckPending == 0 {
			return
		}
	}
}
