// Package queue carries events over NATS JetStream and keeps the state of every
// document beside them.
package queue

import (
	"context"
	"iter"
	"log/slog"
	"time"

	"jixiao/schemas"
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

// A Queue is a connection to the streams and to the states. It implements
// what pipeline declares as Publisher and States.
type Queue struct{ opts Options }

// Open connects to the server, or starts one, and creates the streams that are
// missing.
func Open(ctx context.Context, o Options) (*Queue, error) { panic("not yet") }

// Close ends the connection and the server in this process. Stop the workers
// first. It is safe to call twice.
func (q *Queue) Close() error { panic("not yet") }

// URL returns the address of the server in this process if it listens, else
// the one the queue was opened with.
func (q *Queue) URL() string { panic("not yet") }

// Work hands the messages of stage to handle, one at a time on each of n
// goroutines, until ctx is done; then it lets what is in hand finish for up to
// drain before the handlers' context is cancelled.
//
// handle's error is the verdict: nil acknowledges the message, an *event.Failed
// buries it as a dead letter, anything else brings it back later.
func (q *Queue) Work(ctx context.Context, stage string, n int, drain time.Duration, handle func(ctx context.Context, msg []byte) error) error {
	panic("not yet")
}

// WorkBatches is Work with up to size messages at a time, or what came within
// wait after the first, on one goroutine. handle returns one verdict a message.
func (q *Queue) WorkBatches(ctx context.Context, stage string, size int, wait, drain time.Duration, handle func(ctx context.Context, msgs [][]byte) []error) error {
	panic("not yet")
}

// Status is what waits in the queue.
type Status struct {
	Waiting map[string]uint64 `json:"waiting"` // messages by stage, not handed out yet
	InHand  map[string]uint64 `json:"in_hand"` // messages by stage, handed out and not finished
	Dead    uint64            `json:"dead"`    // dead letters
	Server  string            `json:"server"`  // "embedded" or the address
}

// Status returns what waits in the queue.
func (q *Queue) Status(ctx context.Context) (Status, error) { panic("not yet") }

// Letters yields the dead letters, oldest first, at most one a document and stage.
func (q *Queue) Letters(ctx context.Context) iter.Seq2[event.Failed, error] { panic("not yet") }

// Letter returns the dead letter of id; NotFound if there is none.
func (q *Queue) Letter(ctx context.Context, id schemas.DocID) (event.Failed, error) {
	panic("not yet")
}
