package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/http"
	"os"
	"strconv"
	"time"

	"golang.org/x/sync/semaphore"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/search"
)

// Bounds of what other processes submit over the socket.
const (
	// guestRoom is how many bytes are received at one time; each document counts
	// for guestLeast at least, and one always gets through.
	guestRoom  = 256 << 20
	guestLeast = 1 << 20
	// guestWait is how long a process that submits may be silent in the middle of
	// a document, and how long one that watches may leave what it is told unread.
	guestWait = time.Minute
)

// An intake is the pipeline.Intake of this process for the imports of others,
// whose side of it is Client.
type intake struct {
	node *Node
	room *semaphore.Weighted
	wait time.Duration
}

func newIntake(n *Node) *intake {
	return &intake{node: n, room: semaphore.NewWeighted(guestRoom), wait: guestWait}
}

// A submitted is the answer to a submission: a receipt also where there is a
// failure, as Pipeline.Submit gives it.
type submitted struct {
	ID     schemas.DocID   `json:"id"`
	Size   int64           `json:"size"`
	Status pipeline.Status `json:"status"`
	Final  bool            `json:"final"`
	State  passed          `json:"state"`
	Fault  *search.Trouble `json:"fault,omitempty"`
}

// A passed is a state with the number of its write.
type passed struct {
	event.State
	Seq uint64 `json:"seq"`
}

func pass(st event.State) passed { return passed{State: st, Seq: st.Seq} }

func (p passed) state() event.State {
	p.State.Seq = p.Seq
	return p.State
}

// A lookedFor is the question of Look.
type lookedFor struct {
	ID     schemas.DocID `json:"id"`
	Unsent bool          `json:"unsent,omitempty"`
}

func (d *intake) routes(mux *http.ServeMux) {
	mux.Handle("POST /welcome", one(func(context.Context, struct{}) (struct{}, error) { return struct{}{}, d.welcome() }))
	mux.HandleFunc("POST /submit", d.serveSubmit)
	mux.Handle("POST /watch", d.patiently(many(d.watch)))
	mux.Handle("POST /look", one(d.look))
	mux.Handle("POST /over", one(d.over))
}

// welcome refuses documents that this process would not stay to work on.
func (d *intake) welcome() error {
	if d.node.stays {
		return nil
	}
	return fault.WithHint(fault.New(fault.Conflict, "jixiao %s does not work on the documents of others", d.node.command), "wait until it ends")
}

// pipeline is refused to an import whose process has ended and left the folder to
// this one, as if nobody had answered.
func (d *intake) pipeline(ctx context.Context) (*pipeline.Pipeline, error) {
	if err := d.welcome(); err != nil {
		return nil, fault.Mark(fault.Unavailable, err)
	}
	return d.node.open(ctx)
}

func (d *intake) serveSubmit(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	size, err := strconv.ParseInt(q.Get("size"), 10, 64)
	if err != nil || size < 0 {
		http.Error(w, "the size of the document is missing", http.StatusBadRequest)
		return
	}
	in := &received{r: r.Body, conn: http.NewResponseController(w), wait: d.wait}
	receipt, err := d.take(r.Context(), pipeline.Offer{Name: q.Get("name"), Batch: q.Get("batch"), Size: size}, in)
	s := submitted{ID: receipt.ID, Size: receipt.Size, Status: receipt.Status, Final: receipt.Final, State: pass(receipt.State)}
	if err != nil {
		s.Fault = troubleOf(err)
	}
	_ = reply(json.NewEncoder(w), s, nil) // an asker that is gone needs no answer
}

// take receives one document. Once its bytes are here it is submitted to the end,
// also when who sent it has gone.
func (d *intake) take(ctx context.Context, o pipeline.Offer, r io.Reader) (pipeline.Receipt, error) {
	p, err := d.pipeline(ctx)
	if err != nil {
		return pipeline.Receipt{}, err
	}
	weight := min(max(o.Size, guestLeast), guestRoom)
	if err := d.room.Acquire(ctx, weight); err != nil {
		return pipeline.Receipt{}, err
	}
	defer d.room.Release(weight)
	return p.Take(context.WithoutCancel(ctx), o, r)
}

// received is the body of a submission. What ends early is an error, so that
// half of a document is never taken for one.
type received struct {
	r    io.Reader
	conn *http.ResponseController
	wait time.Duration
}

func (b *received) Read(p []byte) (int, error) {
	if err := b.conn.SetReadDeadline(time.Now().Add(b.wait)); err != nil {
		return 0, err
	}
	n, err := b.r.Read(p)
	switch {
	case err == nil:
		return n, nil
	case errors.Is(err, io.EOF): // the connection is watched from here on
		return n, errors.Join(err, b.conn.SetReadDeadline(time.Time{}))
	case errors.Is(err, os.ErrDeadlineExceeded):
		return n, fault.New(fault.Unavailable, "nothing came for %v", b.wait)
	}
	return n, fault.New(fault.Canceled, "the process that submits it has gone: %w", err)
}

// watch yields the states that are final, after one that says that it began.
func (d *intake) watch(ctx context.Context, _ struct{}) iter.Seq2[passed, error] {
	return func(yield func(passed, error) bool) {
		p, err := d.pipeline(ctx)
		if err != nil {
			yield(passed{}, err)
			return
		}
		for st, err := range p.WatchStates(ctx) {
			if (err != nil || st.ID == "" || st.Phase.Final()) && !yield(pass(st), err) {
				return
			}
		}
	}
}

func (d *intake) look(ctx context.Context, q lookedFor) (passed, error) {
	p, err := d.pipeline(ctx)
	if err != nil {
		return passed{}, err
	}
	st, err := p.Look(ctx, q.ID, q.Unsent)
	return pass(st), err
}

func (d *intake) over(ctx context.Context, _ struct{}) (struct{}, error) {
	p, err := d.pipeline(ctx)
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, p.Over(ctx)
}

// patiently sends every line of an answer at once, and ends it when they are not
// read for a while.
func (d *intake) patiently(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(patient{w, d.wait}, r) })
}

type patient struct {
	http.ResponseWriter
	wait time.Duration
}

func (p patient) Write(b []byte) (int, error) {
	conn := http.NewResponseController(p.ResponseWriter)
	if err := conn.SetWriteDeadline(time.Now().Add(p.wait)); err != nil {
		return 0, err
	}
	n, err := p.ResponseWriter.Write(b)
	return n, errors.Join(err, conn.Flush(), conn.SetWriteDeadline(time.Time{}))
}
