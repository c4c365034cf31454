package queue

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"jixiao/schemas"
	"jixiao/schemas/event"
)

// PublishArrived implements pipeline.Publisher.
func (q *Queue) PublishArrived(ctx context.Context, e event.Arrived) error {
	return q.publishWork(ctx, event.StageExtract, e.ID, e.Round, e)
}

// PublishExtracted implements pipeline.Publisher.
func (q *Queue) PublishExtracted(ctx context.Context, e event.Extracted) error {
	return q.publishWork(ctx, event.StageIndex, e.ID, e.Revision, e)
}

// publishWork sends work on and returns when the server has it. n counts
// what the document is sent to the stage for, so that the server drops a
// repetition while it remembers the first; what it forgot is only done twice.
func (q *Queue) publishWork(ctx context.Context, stage string, id schemas.DocID, n uint64, e any) error {
	msg, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("queue: encode: %w", err)
	}
	if q.full() {
		return q.fault("publish to "+stage, errFull)
	}
	err = q.elected(ctx, func() error {
		_, err := q.js.Publish(ctx, q.subject("work", stage, string(id)), msg, jetstream.WithMsgID(fmt.Sprintf("%s:%s:%d", stage, id, n)))
		return err
	})
	return q.fault("publish to "+stage, err)
}

// PublishIndexed implements pipeline.Publisher.
func (q *Queue) PublishIndexed(ctx context.Context, e event.Indexed) error {
	return q.tell(e, "indexed", string(e.ID))
}

// PublishFailed implements pipeline.Publisher.
func (q *Queue) PublishFailed(ctx context.Context, e event.Failed) error {
	return q.tell(e, "failed", string(e.ID))
}

// tell sends an event to whoever listens and does not wait for the server.
func (q *Queue) tell(e any, what ...string) error {
	msg, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("queue: encode: %w", err)
	}
	return q.fault("publish an event", q.conn.Publish(q.subject(append([]string{"events"}, what...)...), msg))
}

// Waiting implements pipeline.Publisher.
func (q *Queue) Waiting(ctx context.Context, stage string) (map[schemas.DocID]bool, error) {
	info, err := q.work.Info(ctx, jetstream.WithSubjectFilter(q.subject("work", stage, "*")))
	if err != nil {
		return nil, q.fault("list what waits for "+stage, err)
	}
	ids := make(map[schemas.DocID]bool, len(info.State.Subjects))
	for subject := range info.State.Subjects {
		ids[idOf(subject)] = true
	}
	return ids, nil
}
