package queue

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

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
	case hasCode(err, codeNoResources, codeNoStorage):
		return fault.WithHint(fault.Mark(fault.Full, wrapped), "make room on the disks of the NATS servers, or raise the limits of the account")
	case hasCode(err, codeNoReplicas):
		return fault.WithHint(fault.Mark(fault.Usage, wrapped), "that is one server: leave --nats-replicas out, or name a cluster of as many")
	case errors.Is(err, jetstream.ErrJetStreamNotEnabled) || errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount):
		return fault.WithHint(fault.Mark(fault.Unavailable, wrapped), "start the NATS server with JetStream (nats-server -js), or enable it for this account")
	case errors.Is(err, nats.ErrMaxPayload):
		return fault.Mark(fault.TooLarge, wrapped)
	case errors.Is(err, context.DeadlineExceeded) || q.server == nil:
		return fault.WithHint(fault.Mark(fault.Unavailable, wrapped), "check that the NATS server is up, of several more than half; nothing is lost meanwhile")
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
	return errors.Is(err, jetstream.ErrKeyExists) ||
		hasCode(err, jetstream.JSErrCodeStreamWrongLastSequence, jetstream.JSErrCodeStreamWrongLastSequenceConstant)
}

// What servers say that nats.go has no name for.
const (
	codeNoLeader    jetstream.ErrorCode = 10008
	codeNoResources jetstream.ErrorCode = 10023
	codeNoStorage   jetstream.ErrorCode = 10047
	codeNoReplicas  jetstream.ErrorCode = 10074
)

func hasCode(err error, codes ...jetstream.ErrorCode) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && slices.Contains(codes, api.ErrorCode)
}

// While a stream has no leader nobody answers. Servers call an election after 4 to
// 9 seconds of silence, and a server that led the others as well makes it two, one
// after the other.
const (
	electionPause = 250 * time.Millisecond
	electionWait  = 40 * time.Second
)

// elected calls request again and again while nobody answers it because the
// servers are choosing a leader: nothing was done then.
func (q *Queue) elected(ctx context.Context, request func() error) error {
	for begin := time.Now(); ; {
		err := request()
		if !leaderless(err) || q.embedded() || time.Since(begin) > q.opts.Election || ctx.Err() != nil {
			return err
		}
		pause(ctx, electionPause)
	}
}

// errSilent marks a request that may be made again because nobody answered it.
var errSilent = errors.New("no answer")

// silent marks err with errSilent if it says that the servers did not answer in
// time, while ctx still has some. Only for requests that do no harm when made twice.
func silent(ctx context.Context, err error) error {
	if ctx.Err() == nil && (errors.Is(err, nats.ErrTimeout) || errors.Is(err, context.DeadlineExceeded)) {
		return fmt.Errorf("%w: %w", errSilent, err)
	}
	return err
}

func leaderless(err error) bool {
	return errors.Is(err, errSilent) || errors.Is(err, nats.ErrNoResponders) || errors.Is(err, jetstream.ErrNoStreamResponse) || hasCode(err, codeNoLeader)
}

// look makes a request that changes nothing, again when nobody answers, as elected
// does: a server that goes down with a request in hand is silent for good.
func (q *Queue) look(ctx context.Context, request func(context.Context) error) error {
	if q.embedded() {
		return request(ctx)
	}
	for begin := time.Now(); ; {
		try, cancel := context.WithTimeout(ctx, elsewhereTimeout)
		err := request(try)
		silent := try.Err() != nil
		cancel()
		if (!silent && !leaderless(err)) || time.Since(begin) > q.opts.Election || ctx.Err() != nil || err == nil {
			return err
		}
		pause(ctx, electionPause)
	}
}
