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

// Answer hands what other programs submit under "NAME.submit" to submit, on n
// goroutines, and sends them its receipts, until ctx is done; what is in hand
// is answered for up to drain. Any number of processes may do so: each request
// goes to one of them.
func (q *Queue) Answer(ctx context.Context, n int, drain time.Duration, submit func(context.Context, Submission) (event.Receipt, error)) error {
	inbox, err := q.js.ObjectStore(ctx, q.inbox())
	if err != nil {
		return q.fault("open the inbox", err)
	}
	requests := make(chan *nats.Msg, deskBuffer)
	sub, err := q.conn.ChanQueueSubscribe(q.subject("submit"), deskQueue, requests)
	if err != nil {
		return q.fault("listen for submissions", err)
	}
	defer sub.Unsubscribe() // the connection may be gone, and the subscription with it
	hctx, cancel := lingering(ctx, drain)
	defer cancel()
	var g errgroup.Group
	for range n {
		g.Go(func() error {
			for {
				select {
				case m := <-requests:
					q.answer(hctx, inbox, m, submit)
					continue
				case <-ctx.Done():
				}
				_ = sub.Unsubscribe() // again and again does no harm
				select {              // what came before that is still answered
				case m := <-requests:
					q.answer(hctx, inbox, m, submit)
				default:
					return nil
				}
			}
		})
	}
	return g.Wait()
}

// answer brings one request to its reply; a panic is one, too.
func (q *Queue) answer(ctx context.Context, inbox jetstream.ObjectStore, m *nats.Msg, submit func(context.Context, Submission) (event.Receipt, error)) {
	receipt, err := q.take(ctx, inbox, m, submit)
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
		q.opts.Log.WarnContext(ctx, "answer a submission", "doc", receipt.ID, "err", err)
	}
}

func (q *Queue) take(ctx context.Context, inbox jetstream.ObjectStore, m *nats.Msg, submit func(context.Context, Submission) (event.Receipt, error)) (_ event.Receipt, err error) {
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
	r, err := inbox.Get(getting, object)
	if errors.Is(err, jetstream.ErrObjectNotFound) {
		return event.Receipt{}, fault.WithHint(fault.New(fault.NotFound, "there is no object %q in the bucket %s", object, q.inbox()), "put it there first")
	}
	if err != nil {
		return event.Receipt{}, q.fault("read from the inbox", err)
	}
	s.Body = r
	receipt, err := submit(ctx, s)
	if err = errors.Join(err, r.Close()); err != nil {
		return receipt, fmt.Errorf("take the object %q: %w", object, err)
	}
	if err := inbox.Delete(ctx, object); err != nil { // it goes with its age at the latest
		q.opts.Log.WarnContext(ctx, "empty the inbox", "doc", receipt.ID, "err", err)
	}
	return receipt, nil
}
