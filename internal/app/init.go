package app

import (
	"context"
	"errors"

	"jixiao/pipeline/queue"
)

// A Change is one difference between what the servers have and what is wanted.
type Change = queue.Change

// Init creates what is missing on the NATS servers and in the Elasticsearch
// cluster of o and brings up to date what differs, or only says what it would do
// if dry. Repeating it changes nothing. What cannot be done in one of the two is
// an error beside what is done in the other.
func Init(ctx context.Context, o Options, dry bool) ([]Change, error) {
	if o.NATS == "" && o.Elastic == "" {
		return nil, usage("without --nats or --elastic there is nothing to set up: the server inside does so by itself")("give --nats URL, --elastic URL, or both")
	}
	changes := []Change{}
	var errs []error
	for _, one := range []struct {
		wanted bool
		init   func(context.Context, Options, bool) ([]Change, error)
	}{{o.NATS != "", initQueue}, {o.Elastic != "", initIndex}} {
		if !one.wanted {
			continue
		}
		c, err := one.init(ctx, o, dry)
		changes, errs = append(changes, c...), append(errs, err)
	}
	if o.NATS != "" && o.Elastic != "" && errors.Join(errs...) == nil {
		c, err := initPlace(ctx, o, dry)
		changes, errs = append(changes, c...), append(errs, err)
	}
	return changes, errors.Join(errs...)
}

func initQueue(ctx context.Context, o Options, dry bool) ([]Change, error) {
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

func initIndex(ctx context.Context, o Options, dry bool) ([]Change, error) {
	x, err := o.openElastic(ctx)
	if err != nil {
		return nil, err
	}
	done, err := x.Init(ctx, dry)
	changes := make([]Change, len(done))
	for i, c := range done {
		changes[i] = Change{Kind: "elasticsearch " + c.Kind, Name: c.Name, Create: c.Action == "create", Fields: []string{c.Why}}
	}
	return changes, errors.Join(o.hideSecrets(err), x.Close())
}
