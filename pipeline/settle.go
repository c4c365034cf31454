package pipeline

import (
	"context"
	"time"

	"jixiao/internal/fault"
	"jixiao/schemas/event"
)

const (
	// submitGrace is how long submissions in hand may go on after an import was
	// stopped: one that is given up in the middle may have written the state.
	submitGrace = 5 * time.Second
	// lastLook bounds the last look at the states.
	lastLook = 10 * time.Second
)

// outlive returns a context that ends grace after ctx is done. The caller calls
// cancel.
func outlive(ctx context.Context, grace time.Duration) (context.Context, context.CancelFunc) {
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })
	return late, func() { stop(); cancel() }
}

// conclude ends the account of what was stopped: the workers are let finish what
// they have in hand, then the states of what is under way are read once more, so
// that the report says what a look at them says afterwards. drain is nil where
// the workers are elsewhere and go on.
func (u *underway[D]) conclude(ctx context.Context, drain func(), at looker, heard func(event.State)) {
	if u.idle() {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastLook)
	defer cancel()
	if drain != nil {
		drain()
	}
	for id := range u.open() {
		st, err := at.Look(ctx, id, false)
		if fault.KindOf(err) == fault.Unavailable || ctx.Err() != nil {
			return // nobody answers; what is under way stays pending
		}
		heard(st)
	}
}
