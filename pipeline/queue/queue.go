// Package queue carries events over NATS JetStream and keeps the state of every
// document beside them.
//
// There are five streams. work holds one message for every document a stage has
// to do something with, under a subject of its own, until it is acknowledged.
// dead holds the documents that were given up, one letter a document and stage.
// events tells whoever listens what was finished; advisories keeps what the
// server says about messages it stopped delivering. The states are a key-value
// bucket. work, dead and the states are the ones nothing may be lost from: they
// are on the disk before a call returns. The exception is work on a server in
// this process: it follows a moment later, and what a power cut takes of it is
// made again from the states when the pipeline is opened (Recover).
package queue

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"jixiao/internal/outage"
)

// requestTimeout bounds one request to the server. It is generous: a disk that
// is busy makes the server slow, not broken.
const requestTimeout = 20 * time.Second

// elsewhereTimeout bounds one request to servers elsewhere: one that goes down
// with a request in hand never answers, and another takes its place.
const elsewhereTimeout = 5 * time.Second

// A Queue is a connection to the streams and to the states. It implements
// what pipeline declares as Publisher and States.
type Queue struct {
	opts   Options
	server *embedded // nil when the server is elsewhere
	conn   *nats.Conn
	js     jetstream.JetStream
	work   jetstream.Stream
	dead   jetstream.Stream
	kv     jetstream.KeyValue
	stages map[string]jetstream.Consumer
	holds  map[string]func(context.Context) error // see Hold
	unfed  map[string]*outage.Notice              // the stages that messages cannot be fetched for

	gathering sync.Mutex // held while a batch is gathered
	joiner    joiner     // of states for a server in this process
	refusals  int        // groups that are still written one by one; see flush
	closing   sync.Once
}

// Open connects to the servers, or starts one, and creates what is missing
// there. What is there and differs is brought up to date only on a server in
// this process: on others that is for Apply, or every worker would put its own
// wishes in the place of those of the one before.
func Open(ctx context.Context, o Options) (*Queue, error) {
	q, err := Connect(ctx, o)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, 2*requestTimeout)
	defer cancel()
	if err := q.prepare(ctx); err != nil {
		if q.embedded() {
			err = cmp.Or(probe(q.opts.Dir), err) // the server does not say why it could not write
		}
		err = q.fault("open the streams", err)
		return nil, errors.Join(err, q.Close())
	}
	return q, nil
}

// Connect is Open without the streams: only Plan, Apply, JetStream and Close
// may be called.
func Connect(_ context.Context, o Options) (*Queue, error) {
	q := &Queue{opts: o.withDefaults()}
	if err := q.connect(); err != nil {
		return nil, errors.Join(err, q.Close())
	}
	return q, nil
}

// prepare creates what is missing and binds the streams.
//
// With a server in this process nobody else can have a message in hand, so the
// consumers are made anew: what a killed process had taken is handed out at
// once and not after AckWait.
func (q *Queue) prepare(ctx context.Context) error {
	if _, err := q.js.AccountInfo(ctx); err != nil { // says best what is wrong
		return err
	}
	which := onlyMissing
	if q.embedded() {
		which = everything
		for _, stage := range stages {
			err := q.js.DeleteConsumer(ctx, q.stream("work"), stage)
			if err != nil && !errors.Is(err, jetstream.ErrConsumerNotFound) && !errors.Is(err, jetstream.ErrStreamNotFound) {
				return err
			}
		}
	}
	changes, err := q.carryOut(ctx, which)
	if err != nil {
		return err
	}
	for _, c := range changes {
		if !q.embedded() && c.differs() {
			q.opts.Log.WarnContext(ctx, "not as configured; jixiao init brings it up to date", "change", c.String())
		}
	}
	return q.bind(ctx)
}

func (q *Queue) bind(ctx context.Context) (err error) {
	bind := func(what string, request func(context.Context) error) {
		if err == nil {
			if err = q.look(ctx, request); err != nil {
				err = fmt.Errorf("%s: %w", what, err)
			}
		}
	}
	bind("work", func(ctx context.Context) (err error) { q.work, err = q.js.Stream(ctx, q.stream("work")); return err })
	bind("dead letters", func(ctx context.Context) (err error) { q.dead, err = q.js.Stream(ctx, q.stream("dead")); return err })
	bind("states", func(ctx context.Context) (err error) { q.kv, err = q.js.KeyValue(ctx, q.bucket()); return err })
	q.stages, q.unfed = map[string]jetstream.Consumer{}, map[string]*outage.Notice{}
	for _, stage := range stages {
		q.unfed[stage] = new(outage.Notice)
		bind("consumer of "+stage, func(ctx context.Context) (err error) { q.stages[stage], err = q.work.Consumer(ctx, stage); return err })
	}
	return err
}

// JetStream returns what else lies on the same servers is reached by.
func (q *Queue) JetStream() jetstream.JetStream { return q.js }

// Connected reports whether the servers can be reached now. The connection
// comes back by itself.
func (q *Queue) Connected() bool { return q.conn.IsConnected() }

// Close ends the connection and the server in this process. Stop the workers
// first. It is safe to call twice.
func (q *Queue) Close() error {
	q.closing.Do(func() {
		if q.conn != nil {
			_ = q.conn.FlushTimeout(5 * time.Second) // events are best effort
			q.conn.Close()
		}
		if q.server != nil {
			q.server.stop()
		}
	})
	return nil
}

// URL returns the address of the server in this process if it listens, else
// those the queue was opened with, without passwords.
func (q *Queue) URL() string {
	if q.server != nil && q.opts.Listen != "" {
		return q.server.server.ClientURL()
	}
	return redact(q.opts.URL)
}

// Status is what waits in the queue.
type Status struct {
	Waiting map[string]uint64 `json:"waiting"` // messages by stage, not handed out yet
	InHand  map[string]uint64 `json:"in_hand"` // messages by stage, handed out and not finished
	Dead    uint64            `json:"dead"`    // dead letters
	Server  string            `json:"server"`  // "embedded" or the address
}

// A Backlog is what the servers have to do for the stages at one moment.
type Backlog struct {
	Stages map[string]StageBacklog
	Dead   uint64 // dead letters
}

// A StageBacklog counts the messages of one stage.
type StageBacklog struct {
	Pending     uint64 // in nobody's hand
	AckPending  uint64 // in hand
	Redelivered uint64 // of those, not for the first time
}

// Backlog returns what there is to do.
func (q *Queue) Backlog(ctx context.Context) (Backlog, error) {
	b := Backlog{Stages: map[string]StageBacklog{}}
	for _, stage := range stages {
		info, err := q.stages[stage].Info(ctx)
		if err != nil {
			return b, q.fault("ask for the consumer of "+stage, err)
		}
		b.Stages[stage] = StageBacklog{
			Pending: info.NumPending, AckPending: uint64(info.NumAckPending), Redelivered: uint64(info.NumRedelivered),
		}
	}
	info, err := q.dead.Info(ctx)
	if err != nil {
		return b, q.fault("ask for the dead letters", err)
	}
	b.Dead = info.State.Msgs
	return b, nil
}

// Status returns what waits in the queue.
func (q *Queue) Status(ctx context.Context) (Status, error) {
	s := Status{Waiting: map[string]uint64{}, InHand: map[string]uint64{}, Server: q.URL()}
	if q.server != nil {
		s.Server = "embedded"
	}
	b, err := q.Backlog(ctx)
	for stage, n := range b.Stages {
		s.Waiting[stage], s.InHand[stage] = n.Pending, n.AckPending
	}
	s.Dead = b.Dead
	return s, err
}
