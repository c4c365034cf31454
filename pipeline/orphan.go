package pipeline

import (
	"context"
	"fmt"
	"time"

	"jixiao/schemas"
	"jixiao/schemas/event"
)

// Orphans returns the documents that are not final, have no message waiting,
// and have not moved for the time still: nobody would ever work on them. A
// process writes the state first and the message after it, and the queue drops
// repetitions of a message for two minutes: still should be longer than both.
func (p *Pipeline) Orphans(ctx context.Context, still time.Duration) ([]event.State, error) {
	var open []event.State
	before := time.Now().Add(-still)
	for st, err := range p.States.AllStates(ctx) {
		if err != nil {
			return nil, fmt.Errorf("look for orphans: %w", err)
		}
		if !st.Phase.Final() && st.Updated.Before(before) {
			open = append(open, st)
		}
	}
	// The messages are listed after the states: one that went on meanwhile has
	// its message, or another state.
	waiting := map[event.Phase]map[schemas.DocID]bool{}
	for phase, stage := range map[event.Phase]string{event.PhaseArrived: event.StageExtract, event.PhaseExtracted: event.StageIndex} {
		ids, err := p.Publisher.Waiting(ctx, stage)
		if err != nil {
			return nil, fmt.Errorf("look for orphans: %w", err)
		}
		waiting[phase] = ids
	}
	var orphans []event.State
	for _, st := range open {
		if waiting[st.Phase][st.ID] {
			continue
		}
		now, err := p.States.State(ctx, st.ID)
		if err != nil {
			return nil, fmt.Errorf("look for orphans: %w", err)
		}
		if now.Seq == st.Seq {
			orphans = append(orphans, st)
		}
	}
	return orphans, nil
}

// Adopt does for an orphan what its state asks for.
func (p *Pipeline) Adopt(ctx context.Context, orphan event.State) error {
	return p.resume(ctx, orphan)
}
