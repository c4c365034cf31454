// Package queue carries events over NATS JetStream and keeps the state of every
// document beside them.
//
// There are five streams. work holds one message for every document a stage has
// to do something with, under a subject of its own, until it is acknowledged.
// dead holds the documents that were given up, one letter a document and stage.
// events tells whoever listens what was finished; advisories keeps what the
// server says about messages it stopped delivering. The states are a key-value
// bucket. work, dead and the states are the ones nothing may be lost from: they
// are on the disk before a call returns.
package queue

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"jixiao/internal/fault"
	"jixiao/schemas/event"
)

// Options say where the queue is. The zero value of a field means what its
// comment says.
type Options struct {
	// URL is the address of a NATS server or cluster; "" starts a server in
	// this process, with its streams in Dir.
	URL   string
	Creds string // a NATS credentials file for URL; "" means none
	// Dir is the folder of the server in this process. One process at a time:
	// open the store first, it holds the lock.
	Dir string
	// Listen is the host:port at which the server in this process takes
	// connections; "" means none.
	Listen string
	// Name prefixes streams and subjects; "" means "jixiao".
	Name string
	// Workers and Batch are what Work and WorkBatches will be called with;
	// they bound what the server hands out. 0 means 4 and 200.
	Workers, Batch int
	// AckWait is how long a message in hand may go without a sign of life;
	// 0 means 30 s.
	AckWait time.Duration
	Log     *slog.Logger // nil is silent
}

func (o Options) withDefaults() Options {
	if o.Name == "" {
		o.Name = "jixiao"
	}
	if o.Workers <= 0 {
		o.Workers = 4
	}
	if o.Batch <= 0 {
		o.Batch = 200
	}
	if o.AckWait <= 0 {
		o.AckWait = 30 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// requestTimeout bounds one request to the server. It is generous: a disk that
// is busy makes the server slow, not broken.
const requestTimeout = 20 * time.Second

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

	closing sync.Once
}

// Open connects to the server, or starts one, and creates the streams that are
// missing.
func Open(ctx context.Context, o Options) (*Queue, error) {
	q := &Queue{opts: o.withDefaults()}
	if err := q.connect(); err != nil {
		return nil, errors.Join(err, q.Close())
	}
	ctx, cancel := context.WithTimeout(ctx, 2*requestTimeout)
	defer cancel()
	if err := q.create(ctx); err != nil {
		if q.server != nil {
			err = cmp.Or(probe(q.opts.Dir), err) // the server does not say why it could not write
		}
		err = q.fault("open the streams", err)
		return nil, errors.Join(err, q.Close())
	}
	return q, nil
}

func (q *Queue) connect() (err error) {
	opts := []nats.Option{
		nats.Name(q.opts.Name),
		nats.MaxReconnects(-1),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			q.opts.Log.Warn("queue connection", "err", err)
		}),
	}
	if q.opts.URL == "" {
		if q.server, err = start(q.opts); err != nil {
			return err
		}
		opts = append(opts, nats.InProcessServer(q.server.server))
	} else if q.opts.Creds != "" {
		opts = append(opts, nats.UserCredentials(q.opts.Creds))
	}
	if q.conn, err = nats.Connect(q.opts.URL, opts...); err != nil {
		err = fault.Mark(fault.Unavailable, fmt.Errorf("connect to NATS at %q: %w", q.URL(), err))
		return fault.WithHint(err, "check the address given with --nats, or leave it out to use the server inside this program")
	}
	q.js, err = jetstream.New(q.conn, jetstream.WithDefaultTimeout(requestTimeout), jetstream.WithPublishAsyncMaxPending(1024))
	return err
}

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
// the one the queue was opened with.
func (q *Queue) URL() string {
	if q.server != nil && q.opts.Listen != "" {
		return q.server.server.ClientURL()
	}
	return q.opts.URL
}

// Status is what waits in the queue.
type Status struct {
	Waiting map[string]uint64 `json:"waiting"` // messages by stage, not handed out yet
	InHand  map[string]uint64 `json:"in_hand"` // messages by stage, handed out and not finished
	Dead    uint64            `json:"dead"`    // dead letters
	Server  string            `json:"server"`  // "embedded" or the address
}

// Status returns what waits in the queue.
func (q *Queue) Status(ctx context.Context) (Status, error) {
	s := Status{Waiting: map[string]uint64{}, InHand: map[string]uint64{}, Server: q.URL()}
	if q.server != nil {
		s.Server = "embedded"
	}
	for _, stage := range []string{event.StageExtract, event.StageIndex} {
		info, err := q.stages[stage].Info(ctx)
		if err != nil {
			return s, q.fault("ask for the consumer of "+stage, err)
		}
		s.Waiting[stage] = info.NumPending
		s.InHand[stage] = uint64(info.NumAckPending)
	}
	info, err := q.dead.Info(ctx)
	if err != nil {
		return s, q.fault("ask for the dead letters", err)
	}
	s.Dead = info.State.Msgs
	return s, nil
}
