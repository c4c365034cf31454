package queue

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"jixiao/schemas"
	"jixiao/schemas/event"
)

// Bounds of the streams. A message is some 300 bytes.
const (
	workBytes     = 4 << 30 // millions of documents waiting; then Submit is told to come again
	eventBytes    = 256 << 20
	eventAge      = 7 * 24 * time.Hour
	advisoryBytes = 64 << 20
)

// stream returns the name of a stream, as "JIXIAO_WORK".
func (q *Queue) stream(name string) string {
	return strings.ToUpper(q.opts.Name + "_" + name)
}

// subject returns a subject below the prefix, as "jixiao.work.extract.<id>".
func (q *Queue) subject(parts ...string) string {
	return q.opts.Name + "." + strings.Join(parts, ".")
}

// idOf returns the last token of subject.
func idOf(subject string) schemas.DocID {
	return schemas.DocID(subject[strings.LastIndexByte(subject, '.')+1:])
}

// create makes the streams, the bucket and the consumers that are missing and
// brings the others up to date.
func (q *Queue) create(ctx context.Context) (err error) {
	if q.work, err = q.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: q.stream("work"), Subjects: []string{q.subject("work", ">")},
		Retention: jetstream.WorkQueuePolicy, Discard: jetstream.DiscardNew, MaxBytes: workBytes,
	}); err != nil {
		return fmt.Errorf("work: %w", err)
	}
	if q.dead, err = q.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: q.stream("dead"), Subjects: []string{q.subject("dead", ">")},
		MaxMsgsPerSubject: 1, AllowDirect: true,
	}); err != nil {
		return fmt.Errorf("dead letters: %w", err)
	}
	if err = q.createLoose(ctx); err != nil {
		return err
	}
	if q.kv, err = q.js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: q.opts.Name + "-state", History: 1}); err != nil {
		return fmt.Errorf("states: %w", err)
	}
	q.stages = map[string]jetstream.Consumer{}
	for stage, pending := range map[string]int{event.StageExtract: 2 * q.opts.Workers, event.StageIndex: 2 * q.opts.Batch} {
		if q.stages[stage], err = q.consumer(ctx, stage, pending); err != nil {
			return fmt.Errorf("consumer of %s: %w", stage, err)
		}
	}
	return nil
}

// createLoose makes the streams that are for looking on.
func (q *Queue) createLoose(ctx context.Context) error {
	events := jetstream.StreamConfig{
		Name: q.stream("events"), Subjects: []string{q.subject("events", ">")},
		MaxBytes: eventBytes, MaxAge: eventAge,
	}
	if q.server != nil { // an older server elsewhere would refuse it
		events.PersistMode = jetstream.AsyncPersistMode
	}
	if err := q.ensure(ctx, events); err != nil {
		return fmt.Errorf("events: %w", err)
	}
	const advisory = "$JS.EVENT.ADVISORY.CONSUMER."
	err := q.ensure(ctx, jetstream.StreamConfig{
		Name:     q.stream("advisories"),
		Subjects: []string{advisory + "MAX_DELIVERIES." + q.stream("work") + ".>", advisory + "MSG_TERMINATED." + q.stream("work") + ".>"},
		MaxBytes: advisoryBytes, MaxAge: eventAge,
	})
	if err != nil {
		return fmt.Errorf("advisories: %w", err)
	}
	return nil
}

func (q *Queue) ensure(ctx context.Context, c jetstream.StreamConfig) error {
	_, err := q.js.CreateOrUpdateStream(ctx, c)
	return err
}

// consumer returns the one durable consumer of stage. The server never stops
// delivering a message by itself: attempts are counted in the states, where
// what is not the document's fault does not count, and every path of a worker
// ends in a verdict.
//
// With a server in this process nobody else can have a message in hand, so the
// consumer is made anew: what a killed process had taken is handed out at once
// and not after AckWait.
func (q *Queue) consumer(ctx context.Context, stage string, pending int) (jetstream.Consumer, error) {
	if q.server != nil {
		if err := q.work.DeleteConsumer(ctx, stage); err != nil && !errors.Is(err, jetstream.ErrConsumerNotFound) {
			return nil, err
		}
	}
	return q.work.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{
		Durable: stage, FilterSubject: q.subject("work", stage, "*"),
		AckPolicy: jetstream.AckExplicitPolicy, AckWait: q.opts.AckWait,
		MaxDeliver: -1, MaxAckPending: pending,
	})
}
