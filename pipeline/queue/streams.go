package queue

import (
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
	// ackPending bounds what servers elsewhere hand out to all workers together.
	// Each takes only what it works on.
	ackPending = 20_000
)

// stream returns the name of a stream, as "JIXIAO_WORK".
func (q *Queue) stream(name string) string {
	return strings.ToUpper(q.opts.Name + "_" + name)
}

// bucket returns the name of the bucket of the states.
func (q *Queue) bucket() string { return q.opts.Name + "-state" }

// subject returns a subject below the prefix, as "jixiao.work.extract.<id>".
func (q *Queue) subject(parts ...string) string {
	return q.opts.Name + "." + strings.Join(parts, ".")
}

// idOf returns the last token of subject.
func idOf(subject string) schemas.DocID {
	return schemas.DocID(subject[strings.LastIndexByte(subject, '.')+1:])
}

// streams returns everything that is to be kept on the server.
func (q *Queue) streams() []jetstream.StreamConfig {
	const advisory = "$JS.EVENT.ADVISORY.CONSUMER."
	events := jetstream.StreamConfig{
		Name: q.stream("events"), Subjects: []string{q.subject("events", ">")},
		MaxBytes: eventBytes, MaxAge: eventAge,
	}
	work := jetstream.StreamConfig{
		Name: q.stream("work"), Subjects: []string{q.subject("work", ">")},
		Retention: jetstream.WorkQueuePolicy, Discard: jetstream.DiscardNew, MaxBytes: workBytes,
	}
	if q.server != nil { // an older server elsewhere would refuse it
		events.PersistMode = jetstream.AsyncPersistMode
		// What a power cut takes of it is sent again by whoever opens the queue
		// next: nobody else can go on without the server in this process.
		work.PersistMode = jetstream.AsyncPersistMode
	}
	states := jetstream.StreamConfig{ // a key-value bucket
		Name: "KV_" + q.bucket(), Subjects: []string{"$KV." + q.bucket() + ".>"},
		MaxMsgsPerSubject: 1, Discard: jetstream.DiscardNew, AllowRollup: true, DenyDelete: true,
		AllowAtomicPublish: q.server != nil, // as above
	}
	all := []jetstream.StreamConfig{
		work,
		{
			Name: q.stream("dead"), Subjects: []string{q.subject("dead", ">")},
			MaxMsgsPerSubject: 1,
		},
		events,
		{
			Name:     q.stream("advisories"),
			Subjects: []string{advisory + "MAX_DELIVERIES." + q.stream("work") + ".>", advisory + "MSG_TERMINATED." + q.stream("work") + ".>"},
			MaxBytes: advisoryBytes, MaxAge: eventAge,
		},
		states,
		q.inboxStream(),
	}
	if q.server == nil {
		all = append(all, q.settingsStream())
	}
	return append(all, q.opts.Streams...)
}

// consumers returns the one durable consumer of each stage. The server never
// stops delivering a message by itself: attempts are counted in the states,
// where what is not the document's fault does not count, and every path of a
// worker ends in a verdict.
func (q *Queue) consumers() []jetstream.ConsumerConfig {
	var all []jetstream.ConsumerConfig
	for _, stage := range stages {
		pending := ackPending
		switch {
		case q.server == nil:
		case stage == event.StageExtract:
			pending = 2 * q.opts.Workers
		default:
			pending = 2 * q.opts.Batch
		}
		all = append(all, jetstream.ConsumerConfig{
			Durable: stage, FilterSubject: q.subject("work", stage, "*"),
			AckPolicy: jetstream.AckExplicitPolicy, AckWait: q.opts.AckWait,
			MaxDeliver: -1, MaxAckPending: pending,
		})
	}
	return all
}

var stages = []string{event.StageExtract, event.StageIndex}
