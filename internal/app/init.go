package app

import (
	"context"
	"errors"

	"jixiao/pipeline/queue"
)

// A Change is one difference between what the servers have and what is wanted.
type Change = queue.Change

// Init creates what is missing on the NATS servers of o and brings up to date
// what differs, or only says what it would do if dry. Repeating it changes
// nothing.
func Init(ctx context.Context, o Options, dry bool) ([]Change, error) {
	if o.NATS == "" {
		return nil, usage("without --nats there is nothing to set up: the server inside does so by itself")("give --nats URL")
	}
	q, err := queue.Connect(ctx, o.queue())
	if err != nil {
		return nil, o.hideSecrets(err)
	}
	do := q.Apply
	if dry {
		do = q.Plan
	}
	changes, err := do(ctx)
	return changes, errors.Join(o.hideSecrets(err), q.Close())
}
