package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/elastic/go-elasticsearch/v8/esapi"

	"jixiao/internal/fault"
)

// maxAnswer bounds one answer: a page of hits with their texts stays far below.
const maxAnswer = 512 << 20

// A request makes what is sent, anew for each try.
type request func() esapi.Request

// call sends a request once and reads the answer, which is JSON, into into
// unless that is nil.
func (x *Index) call(ctx context.Context, r request, into any) error {
	res, err := r().Do(ctx, x.es)
	if err != nil {
		return x.unanswered(ctx, err)
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode == http.StatusUnauthorized:
		return x.unknown()
	case res.StatusCode >= http.StatusBadRequest:
		return refusal(res)
	}
	if into == nil {
		_, err = io.Copy(io.Discard, res.Body)
	} else {
		err = json.NewDecoder(io.LimitReader(res.Body, maxAnswer)).Decode(into)
	}
	var syntax *json.SyntaxError
	var form *json.UnmarshalTypeError
	if errors.As(err, &syntax) || errors.As(err, &form) {
		return fault.New(fault.Internal, "elasticsearch: answer that cannot be read: %w", err)
	}
	if err != nil {
		return x.unanswered(ctx, err)
	}
	return nil
}

// try sends a request, again and again while it may work later, for as long as
// Options.Patience.
func (x *Index) try(ctx context.Context, r request, into any) error {
	return x.patiently(ctx, func() error { return x.call(ctx, r, into) })
}

// patiently calls f again while its error is of kind Unavailable or Full, and
// tells the gate how it ended.
func (x *Index) patiently(ctx context.Context, f func() error) error {
	if err := x.open(ctx); err != nil {
		return err
	}
	if err := x.gate.pass(); err != nil {
		return err
	}
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		err := f()
		if k := fault.KindOf(err); err != nil && k != fault.Unavailable && k != fault.Full {
			err = backoff.Permanent(err)
		}
		return struct{}{}, err
	}, backoff.WithBackOff(steps()), backoff.WithMaxElapsedTime(x.opts.Patience))
	var final *backoff.PermanentError
	if errors.As(err, &final) {
		err = final.Unwrap()
	}
	if ctx.Err() != nil && err != nil {
		err = ctx.Err()
	}
	x.gate.tell(err)
	return err
}

// steps are the pauses between tries: from a tenth of a second to three.
func steps() *backoff.ExponentialBackOff {
	b := backoff.NewExponentialBackOff()
	b.InitialInterval, b.MaxInterval, b.Multiplier = 100*time.Millisecond, 3*time.Second, 2
	return b
}

// body is v as a request carries it.
func body(v any) io.Reader {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return errorReader{err}
	}
	return &b
}

// An errorReader lets a request fail that could not be written.
type errorReader struct{ err error }

func (r errorReader) Read([]byte) (int, error) { return 0, r.err }
