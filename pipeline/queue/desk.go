package queue

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"

	"jixiao/internal/fault"
	"jixiao/schemas/event"
)

// The headers of a submission.
const (
	HeaderName   = "Jixiao-Name"   // the file's name, as it is shown
	HeaderBatch  = "Jixiao-Batch"  // what it came with; may be absent
	HeaderObject = "Jixiao-Object" // the object of the inbox that holds the document; absent when the body does
)

const (
	deskQueue  = "desk" // one process of all answers a request
	deskBuffer = 64     // requests that wait in this process
	deskTime   = 5 * time.Minute
	inboxAge   = 7 * 24 * time.Hour
	maxHeader  = 4 << 10
)

// A Submission is a document that another program hands in.
type Submission struct {
	Name, Batch string
	Body        io.Reader
}

// inbox returns the name of the bucket that programs put documents into.
func (q *Queue) inbox() string { return q.opts.Name + "-inbox" }

// inboxStream returns the stream of the inbox. What nobody names is gone after
// a while.
func (q *Queue) inboxStream() jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: "OBJ_" + q.inbox(), Subjects: []string{"$O." + q.inbox() + ".C.>", "$O." + q.inbox() + ".M.>"},
		Discard: jetstream.DiscardNew, AllowRollup: true, MaxAge: inboxAge,
	}
}

// A Desk takes what other programs submit under "NAME.submit".
type Desk struct {
	q        *Queue
	inbox    jetstream.ObjectStore
	requests chan *nats.Msg
	sub      *nats.Subscription
}

// OpenDesk opens a desk: from here on requests are kept for Answer. Any number
// of processes may have one: each request goes to one of them.
func (q *Queue) OpenDesk(ctx context.Context) (*Desk, error) {
	d := &Desk{q: q, requests: make(chan *nats.Msg, deskBuffer)}
	err := q.look(ctx, func(ctx context.Context) (err error) { d.inbox, err = q.js.ObjectStore(ctx, q.inbox()); return err })
	if err != nil {
		return nil, q.fault("open the inbox", err)
	}
	if d.sub, err = q.conn.ChanQueueSubscribe(q.subject("submit"), deskQueue, d.requests); err == nil {
		err = q.conn.FlushTimeout(requestTimeout) // the server knows of it
	}
	if err != nil {
		return nil, q.fault("listen for submissions", err)
	}
	return d, nil
}

// Answer hands what comes to submit, on n goroutines, and sends back its
// receipts, until ctx is done; what is in hand is answered for up to drain.
// Then the desk is closed.
func (d *Desk) Answer(ctx context.Context, n int, drain time.Duration, submit func(context.Context, Submission) (event.Receipt, error)) error {
	defer func() { _ = d.sub.Unsubscribe() }() // the connection may be gone, and the subscription with it
	hctx, cancel := lingering(ctx, drain)
	defer cancel()
	var g errgroup.Group
	for range n {
		g.Go(func() error {
			for {
				select {
				case m := <-d.requests:
					d.answer(hctx, m, submit)
					continue
				case <-ctx.Done():
				}
				_ = d.sub.Unsubscribe() // again and again does no harm
				select {                // what came before that is still answered
				case m := <-d.requests:
					d.answer(hctx, m, submit)
				default:
					return nil
				}
			}
		})
	}
	return g.Wait()
}

// answer brings one request to its reply; a panic is one, too.
func (d *Desk) answer(ctx context.Context, m *nats.Msg, submit func(context.Context, Submission) (event.Receipt, error)) {
	receipt, err := d.take(ctx, m, submit)
	if err != nil {
		receipt = event.Receipt{ID: receipt.ID, Error: &event.Fault{
			Stage: "submit", Kind: string(fault.KindOf(err)), Message: err.Error(), Hint: fault.HintOf(err),
		}}
	}
	b, err := json.Marshal(receipt)
	if err == nil && m.Reply != "" {
		err = m.Respond(b)
	}
	if err != nil { // it will ask again, and be told that the document is known
		d.q.opts.Log.WarnContext(ctx, "answer a submission", "doc", receipt.ID, "stage", "submit", "err", err)
	}
}

func (d *Desk) take(ctx context.Context, m *nats.Msg, submit func(context.Context, Submission) (event.Receipt, error)) (_ event.Receipt, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.New(fault.Internal, "the program panicked: %v", p)
		}
	}()
	s := Submission{Name: m.Header.Get(HeaderName), Batch: m.Header.Get(HeaderBatch), Body: bytes.NewReader(m.Data)}
	object := m.Header.Get(HeaderObject)
	if s.Name == "" {
		s.Name = object
	}
	switch {
	case s.Name == "" || len(s.Name)+len(s.Batch)+len(object) > maxHeader:
		return event.Receipt{}, fault.WithHint(fault.New(fault.Usage, "the name of the document is missing or too long"), "send it in the header "+HeaderName)
	case object == "":
		return submit(ctx, s)
	case len(m.Data) > 0:
		return event.Receipt{}, fault.New(fault.Usage, "a submission holds the document or names an object, not both")
	}
	// A deadline for the object alone: those of single requests are shorter.
	getting, cancel := context.WithTimeout(ctx, deskTime)
	defer cancel()
	r, err := d.inbox.Get(getting, object)
	if errors.Is(err, jetstream.ErrObjectNotFound) {
		return event.Receipt{}, fault.WithHint(fault.New(fault.NotFound, "there is no object %q in the bucket %s", object, d.q.inbox()), "put it there first")
	}
	if err != nil {
		return event.Receipt{}, d.q.fault("read from the inbox", err)
	}
	s.Body = r
	receipt, err := submit(ctx, s)
	if err = errors.Join(err, r.Close()); err != nil {
		return receipt, fmt.Errorf("take the object %q: %w", object, err)
	}
	if err := d.inbox.Delete(ctx, object); err != nil { // it goes with its age at the latest
		d.q.opts.Log.WarnContext(ctx, "empty the inbox", "doc", receipt.ID, "stage", "submit", "err", err)
	}
	return receipt, nil
}
