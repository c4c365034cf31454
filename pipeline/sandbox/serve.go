package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime/debug"
	"strconv"

	"jixiao/internal/fault"
)

// A Handler does one job: header and body are as the parent gave them to
// Pool.Do, which gets the answer or an error of the same kind, message and hint.
// Its context ends when the parent is gone.
type Handler func(ctx context.Context, header, body []byte) ([]byte, error)

// verdict is the head of an answer.
type verdict struct {
	Kind    fault.Kind `json:"kind,omitempty"` // none: the body is the result
	Message string     `json:"message,omitempty"`
	Hint    string     `json:"hint,omitempty"`
}

// Serve does the jobs that come over in, one after the other, until in ends.
// It does not recover from a handler's panic: a parser that panicked may have
// left anything behind, and the parent starts another child.
func Serve(ctx context.Context, in io.Reader, out io.Writer, handle Handler) error {
	if err := writeFrame(out, markHello, nil, bytes.NewReader(nil), 0); err != nil {
		return fmt.Errorf("greet the parent: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for j := range jobs(ctx, in, cancel) {
		if j.err != nil {
			return fmt.Errorf("read a job: %w", j.err)
		}
		result, err := handle(ctx, j.header, j.body)
		if err := answer(out, result, err); err != nil {
			return fmt.Errorf("answer the parent: %w", err)
		}
	}
	return nil
}

type job struct {
	header, body []byte
	err          error
}

// jobs yields what comes over in. It goes on reading while a job is done, so as
// to call gone as soon as in ends, which means that the parent is no more.
func jobs(ctx context.Context, in io.Reader, gone func()) <-chan job {
	ch := make(chan job)
	go func() {
		defer close(ch)
		defer gone()
		for {
			header, body, err := readFrame(in, markJob, math.MaxInt64)
			if errors.Is(err, io.EOF) {
				return
			}
			select {
			case ch <- job{header, body, err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return ch
}

func answer(out io.Writer, result []byte, err error) error {
	var v verdict
	if err != nil {
		v = verdict{Kind: fault.KindOf(err), Message: err.Error(), Hint: fault.HintOf(err)}
		result = nil
	}
	if len(v.Message) > maxHead/8 { // JSON may make it six times as long
		v.Message = v.Message[:maxHead/8]
	}
	head, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return writeFrame(out, markAnswer, head, bytes.NewReader(result), int64(len(result)))
}

// maxStack is more than any sane parser recurses.
const maxStack = 64 << 20

// Main is Serve for a child process: over stdin and stdout, within the memory
// that the parent allows, and ending at once when the parent is gone, whatever
// the handler does. Whatever else prints to os.Stdout goes to stderr.
func Main(ctx context.Context, handle Handler) error {
	out := os.Stdout
	os.Stdout = os.Stderr
	if limit, err := strconv.ParseInt(os.Getenv(envMemory), 10, 64); err == nil && limit > 0 {
		debug.SetMemoryLimit(limit / 10 * 9)
		debug.SetMaxStack(int(min(limit/8, maxStack))) // endless recursion shall be told from greed
		limitData(limit + dataSlack)
	}
	return Serve(ctx, &orphanReader{os.Stdin}, out, handle)
}

// orphanReader ends the process at the end of r.
type orphanReader struct{ r io.Reader }

func (o *orphanReader) Read(b []byte) (int, error) {
	n, err := o.r.Read(b)
	if err != nil && n == 0 {
		os.Exit(0) // the parent closed the pipe or died; nobody waits for an answer
	}
	return n, err
}
