package queue

import (
	"context"
	"errors"
	"strings"

	"github.com/nats-io/nats.go/jetstream"
)

// Lost returns how many messages of each stage nobody will deliver: the stream
// holds them, and the consumer neither has them before it nor in hand. Messages
// of no stage stand under the first word of their subject. Messages come and go
// while it counts, so what it finds has to be found twice.
func (q *Queue) Lost(ctx context.Context) (map[string]uint64, error) {
	lost := map[string]uint64{}
	info, err := q.work.Info(ctx, jetstream.WithSubjectFilter(q.subject("work", ">")))
	if err != nil {
		return nil, q.fault("list what waits", err)
	}
	for subject, n := range info.State.Subjects {
		stage, _, _ := strings.Cut(strings.TrimPrefix(subject, q.subject("work", "")), ".")
		lost[stage] += n
	}
	for _, stage := range stages {
		c, err := q.stages[stage].Info(ctx)
		if err != nil {
			return nil, q.fault("ask for the consumer of "+stage, err)
		}
		lost[stage] -= min(lost[stage], c.NumPending+uint64(c.NumAckPending))
		if lost[stage] == 0 {
			delete(lost, stage)
		}
	}
	return lost, nil
}

// Redeliver makes the consumer of stage anew, so that every message of it is
// delivered, those in hand a second time. Workers go on by themselves.
func (q *Queue) Redeliver(ctx context.Context, stage string) error {
	for _, want := range q.consumers() {
		if want.Durable != stage {
			continue
		}
		if err := q.work.DeleteConsumer(ctx, stage); err != nil && !errors.Is(err, jetstream.ErrConsumerNotFound) {
			return q.fault("remove the consumer of "+stage, err)
		}
		if _, err := q.work.CreateConsumer(ctx, want); err != nil { // of the same name: workers find it
			return q.fault("make the consumer of "+stage, err)
		}
	}
	return nil
}
