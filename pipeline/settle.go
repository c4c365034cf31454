package pipeline

import (
	"context"
	"time"

	"jixiao/internal/fault"
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

// settle ends the account of an import that was stopped: the workers are let
// finish what they have in hand, then the states of what is under way are read
// once more, so that the report says what a look at them says afterwards.
func (m *importing) settle(ctx context.Context) {
	if m.f.idle() {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastLook)
	defer cancel()
	if m.o.Drain != nil {
		m.o.Drain()
	}
	for id := range m.f.open() {
		st, err := m.to.Look(ctx, id, false)
		if fault.KindOf(err) == fault.Unavailable || ctx.Err() != nil {
			return // nobody answers; what is under way stays pending
		}
		m.f.heard(st)
	}
}
