package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net"
	"net/http"

	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/search"
)

// A Client asks the process that owns a data folder.
type Client struct{ http *http.Client }

// askers is how many connections are kept for the next question: those of an
// import that submits, watches and looks.
const askers = 12

// Dial connects to the owner of the folder data; Conflict if it cannot be
// reached though it may be there in a moment.
func Dial(ctx context.Context, data string) (*Client, error) {
	o, err := readOwner(data)
	if err != nil {
		return nil, fault.New(fault.Conflict, "its owner has not said yet how to reach it")
	}
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", o.Socket)
	}
	conn, err := dial(ctx, "", "")
	if err != nil {
		return nil, fault.New(fault.Conflict, "process %d does not answer: %w", o.PID, err)
	}
	if err := conn.Close(); err != nil {
		return nil, err
	}
	return &Client{http: &http.Client{Transport: &http.Transport{DialContext: dial, MaxIdleConnsPerHost: askers}}}, nil
}

// Close implements Service.
func (c *Client) Close() error { c.http.CloseIdleConnections(); return nil }

// Search implements Service.
func (c *Client) Search(ctx context.Context, q search.Query) (search.Result, error) {
	return call[search.Result](ctx, c, "search", q)
}

// Show implements Service.
func (c *Client) Show(ctx context.Context, id string) (search.Detail, error) {
	return call[search.Detail](ctx, c, "show", id)
}

// Status implements Service.
func (c *Client) Status(ctx context.Context) (search.Status, error) {
	return call[search.Status](ctx, c, "status", struct{}{})
}

// Remove implements Service.
func (c *Client) Remove(ctx context.Context, ids ...string) ([]schemas.DocID, error) {
	return call[[]schemas.DocID](ctx, c, "remove", removal{IDs: ids})
}

// RemoveBatch implements Service.
func (c *Client) RemoveBatch(ctx context.Context, batch string) ([]schemas.DocID, error) {
	return call[[]schemas.DocID](ctx, c, "remove", removal{Batch: batch})
}

// Retry implements Service.
func (c *Client) Retry(ctx context.Context, ids ...schemas.DocID) ([]FailedAgain, error) {
	return call[[]FailedAgain](ctx, c, "retry", ids)
}

// Drop implements Service.
func (c *Client) Drop(ctx context.Context, ids ...schemas.DocID) error {
	_, err := call[struct{}](ctx, c, "drop", ids)
	return err
}

// Doctor implements Service.
func (c *Client) Doctor(ctx context.Context, mend bool) (Diagnosis, error) {
	return call[Diagnosis](ctx, c, "doctor", mend)
}

// List implements Service.
func (c *Client) List(ctx context.Context, l search.Listing) iter.Seq2[search.Entry, error] {
	return stream[search.Entry](ctx, c, "list", l)
}

// Details implements Service.
func (c *Client) Details(ctx context.Context, l search.Listing) iter.Seq2[search.Detail, error] {
	return stream[search.Detail](ctx, c, "details", l)
}

// Failed implements Service.
func (c *Client) Failed(ctx context.Context) iter.Seq2[event.Failed, error] {
	return stream[event.Failed](ctx, c, "failed", struct{}{})
}

// Original implements Service.
func (c *Client) Original(ctx context.Context, id string) (io.ReadCloser, error) {
	body, err := c.post(ctx, "original", id)
	if err != nil {
		return nil, err
	}
	r := bufio.NewReader(body)
	head, err := r.ReadBytes('\n')
	if err == nil {
		_, err = open[struct{}](json.NewDecoder(bytes.NewReader(head)))
	}
	if err != nil {
		return nil, errors.Join(err, body.Close())
	}
	return struct {
		io.Reader
		io.Closer
	}{r, body}, nil
}

// errGone says that the owner went away before it answered.
var errGone = errors.New("the process that owned the data folder has ended")

func (c *Client) post(ctx context.Context, path string, question any) (io.ReadCloser, error) {
	b, err := json.Marshal(question)
	if err != nil {
		return nil, err
	}
	return c.send(ctx, path, bytes.NewReader(b))
}

// send posts what question yields, and closes it if that can be.
func (c *Client) send(ctx context.Context, path string, question io.Reader) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://owner/"+path, question)
	if err != nil {
		return nil, err
	}
	resp, err := c.http.Do(req)
	switch {
	case ctx.Err() != nil && err != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, fault.WithHint(fault.Mark(fault.Unavailable, errors.Join(errGone, err)), "run the command again")
	case resp.StatusCode != http.StatusOK:
		b, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<10)) // what is there of the reason is enough
		_ = resp.Body.Close()                                // the status is the error that counts
		return nil, fault.WithHint(fault.New(fault.Unavailable, "the owner of the folder answers %s: %s", resp.Status, bytes.TrimSpace(b)),
			"is it another version of this program? wait until it ends")
	}
	return resp.Body, nil
}

// call asks for one answer.
func call[A any](ctx context.Context, c *Client, path string, question any) (A, error) {
	body, err := c.post(ctx, path, question)
	if err != nil {
		var none A
		return none, err
	}
	defer body.Close()
	return open[A](json.NewDecoder(body))
}

// stream asks for a sequence.
func stream[A any](ctx context.Context, c *Client, path string, question any) iter.Seq2[A, error] {
	return func(yield func(A, error) bool) {
		body, err := c.post(ctx, path, question)
		if err != nil {
			var none A
			yield(none, err)
			return
		}
		defer body.Close()
		d := json.NewDecoder(body)
		for d.More() {
			if a, err := open[A](d); !yield(a, err) || err != nil {
				return
			}
		}
	}
}

// open reads one answer: a value, or a failure with its kind and hint.
func open[A any](d *json.Decoder) (A, error) {
	var a answer[A]
	if err := d.Decode(&a); err != nil {
		return a.Value, fault.Mark(fault.Unavailable, err)
	}
	if a.Fault != nil {
		return a.Value, faultOf(a.Fault)
	}
	return a.Value, nil
}

// faultOf is the opposite of troubleOf.
func faultOf(t *search.Trouble) error {
	return fault.WithHint(fault.New(fault.Kind(t.Kind), "%s", t.Message), t.Hint)
}
