package queue

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"jixiao/internal/fault"
)

// fault says what went wrong while doing something, and of what kind it is.
// What is not known to be otherwise is the queue's trouble, not the document's.
func (q *Queue) fault(doing string, err error) error {
	if err == nil {
		return nil
	}
	wrapped := fmt.Errorf("queue: %s: %w", doing, err)
	switch {
	case fault.KindOf(err) != fault.Internal && fault.KindOf(err) != fault.Timeout:
		return wrapped // has a kind already, or the caller gave up
	case isConflict(err):
		return fault.Mark(fault.Conflict, wrapped)
	case errors.Is(err, jetstream.ErrKeyNotFound) || errors.Is(err, jetstream.ErrMsgNotFound):
		return fault.Mark(fault.NotFound, wrapped)
	case saysFull(err.Error()) || q.full():
		return fault.WithHint(fault.Mark(fault.Full, wrapped), hintFull)
	case errors.Is(err, nats.ErrMaxPayload):
		return fault.Mark(fault.TooLarge, wrapped)
	case errors.Is(err, context.DeadlineExceeded) || q.server == nil:
		return fault.WithHint(fault.Mark(fault.Unavailable, wrapped), "check that the NATS server is up; nothing is lost meanwhile")
	}
	return fault.Mark(fault.Unavailable, wrapped)
}

// full reports whether the server in this process stopped storing for lack of
// space. It does not begin again before the next start.
func (q *Queue) full() bool { return q.server != nil && q.server.full() }

// errFull is what a request gets that a full server would leave unanswered.
var errFull = errors.New("no space left on the disk of the queue")

// isConflict reports whether a compare-and-set met another number.
func isConflict(err error) bool {
	var api *jetstream.APIError
	if !errors.As(err, &api) {
		return errors.Is(err, jetstream.ErrKeyExists)
	}
	return api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence ||
		api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant
}
