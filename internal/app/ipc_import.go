package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"os"
	"strconv"
	"sync"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// welcome asks whether the owner of the folder takes documents; Conflict if not.
func (c *Client) welcome(ctx context.Context) error {
	_, err := call[struct{}](ctx, c, "welcome", struct{}{})
	return err
}

// Import implements Importing: this process only reads the files.
func (c *Client) Import(ctx context.Context, files iter.Seq[Found], o ImportOptions) (Report, error) {
	return pipeline.Import(ctx, c, sources(files), pipeline.ImportOptions{Batch: o.Batch, Progress: o.Progress})
}

// Take implements pipeline.Intake. The name travels as it is, also one that is
// no UTF-8, so that both ways of importing make the same of it.
func (c *Client) Take(ctx context.Context, o pipeline.Offer, r io.Reader) (pipeline.Receipt, error) {
	q := url.Values{"name": {o.Name}, "batch": {o.Batch}, "size": {strconv.FormatInt(o.Size, 10)}}
	in := &sent{r: r, closed: make(chan struct{})}
	s, err := c.submit(ctx, q, in)
	<-in.closed // it may still be read from
	if in.err != nil {
		return pipeline.Receipt{}, readFault(in.err)
	}
	receipt := pipeline.Receipt{ID: s.ID, Size: s.Size, Status: s.Status, Final: s.Final, State: s.State.state()}
	if err == nil && s.Fault != nil {
		err = faultOf(s.Fault)
	}
	return receipt, err
}

func (c *Client) submit(ctx context.Context, q url.Values, in io.Reader) (submitted, error) {
	body, err := c.send(ctx, "submit?"+q.Encode(), in)
	if err != nil {
		return submitted{}, err
	}
	defer body.Close()
	return open[submitted](json.NewDecoder(body))
}

// readFault gives an error of reading a file its kind.
func readFault(err error) error {
	if fault.KindOf(err) != fault.Internal {
		return err
	}
	return ioFault(fmt.Errorf("read the document: %w", err))
}

// sent is the body of a submission. It remembers why it could not be read, and is
// not read from once it is closed.
type sent struct {
	mu     sync.Mutex
	r      io.Reader // nil once closed
	err    error
	closed chan struct{}
}

func (b *sent) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.r == nil {
		return 0, os.ErrClosed
	}
	n, err := b.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		b.err = err
	}
	return n, err
}

func (b *sent) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.r != nil {
		b.r = nil
		close(b.closed)
	}
	return nil
}

// WatchStates implements pipeline.Intake. Where it ends early, as it does for one
// that does not listen, the states are looked at.
func (c *Client) WatchStates(ctx context.Context) iter.Seq2[event.State, error] {
	return func(yield func(event.State, error) bool) {
		for st, err := range stream[passed](ctx, c, "watch", struct{}{}) {
			if !yield(st.state(), err) {
				return
			}
		}
	}
}

// Look implements pipeline.Intake.
func (c *Client) Look(ctx context.Context, id schemas.DocID, unsent bool) (event.State, error) {
	st, err := call[passed](ctx, c, "look", lookedFor{ID: id, Unsent: unsent})
	return st.state(), err
}

// Over implements pipeline.Intake: an owner that has ended does not come back as
// the same.
func (c *Client) Over(ctx context.Context) error {
	_, err := call[struct{}](ctx, c, "over", struct{}{})
	if fault.KindOf(err) == fault.Unavailable {
		return errCut
	}
	return err
}
