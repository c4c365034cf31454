package queue

import (
	"context"
	"iter"

	"jixiao/schemas"
	"jixiao/schemas/event"
)

// PublishArrived implements pipeline.Publisher.
func (q *Queue) PublishArrived(ctx context.Context, e event.Arrived) error { panic("not yet") }

// PublishExtracted implements pipeline.Publisher.
func (q *Queue) PublishExtracted(ctx context.Context, e event.Extracted) error { panic("not yet") }

// PublishIndexed implements pipeline.Publisher.
func (q *Queue) PublishIndexed(ctx context.Context, e event.Indexed) error { panic("not yet") }

// PublishFailed implements pipeline.Publisher.
func (q *Queue) PublishFailed(ctx context.Context, e event.Failed) error { panic("not yet") }

// Waiting implements pipeline.Publisher.
func (q *Queue) Waiting(ctx context.Context, stage string) (map[schemas.DocID]bool, error) {
	panic("not yet")
}

// DropLetters implements pipeline.Publisher.
func (q *Queue) DropLetters(ctx context.Context, id schemas.DocID) error { panic("not yet") }

// State implements pipeline.States.
func (q *Queue) State(ctx context.Context, id schemas.DocID) (event.State, error) { panic("not yet") }

// PutState implements pipeline.States.
func (q *Queue) PutState(ctx context.Context, st event.State) (uint64, error) { panic("not yet") }

// AllStates implements pipeline.States.
func (q *Queue) AllStates(ctx context.Context) iter.Seq2[event.State, error] { panic("not yet") }

// WatchStates implements pipeline.States.
func (q *Queue) WatchStates(ctx context.Context) iter.Seq2[event.State, error] { panic("not yet") }
