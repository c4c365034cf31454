package queue

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"

	"jixiao/internal/fault"
	"jixiao/internal/outage"
	"jixiao/schemas/event"
)

const (
	// idle is how long one request for messages waits when there are none.
	idle = 30 * time.Second
	// heldIdle is the same where Hold is to be asked again: whoever waits takes
	// what comes.
	heldIdle = 2 * time.Second
	// replies is how many verdicts on one batch are under way at a time: each
	// waits for a write to the disk, and the server joins them.
	replies = 16
	// After a batch of that many messages the next may take longer to gather:
	// larger batches cost the index less, and nobody waits for one.
	busy, busyWait = 25, 5
	// lull is how long nothing may come before a batch is taken for complete:
	// what is not on its way is not waited for.
	lull = 100 * time.Millisecond
	// longest and first pause before a message comes again.
	firstPause, longestPause = time.Second, time.Minute
)

// Work hands the messages of stage to handle, one at a time on each of n
// goroutines, until ctx is done; then it lets what is in hand finish for up to
// drain before the handlers' context is cancelled.
//
// A message that was on its way to a worker the moment it stopped comes again
// after AckWait, or when the server in this process starts again.
//
// handle's error is the verdict: nil acknowledges the message, an *event.Failed
// buries it as a dead letter, anything else brings it back later.
func (q *Queue) Work(ctx context.Context, stage string, n int, drain time.Duration, handle func(ctx context.Context, msg []byte) error) error {
	each := func(ctx context.Context, msgs [][]byte) []error { return []error{handle(ctx, msgs[0])} }
	hctx, cancel := lingering(ctx, drain)
	defer cancel()
	free := make(chan struct{}, n)
	for range n {
		free <- struct{}{}
	}
	var g errgroup.Group
	err := q.feed(ctx, stage, free, func(m jetstream.Msg) {
		g.Go(func() error {
			defer func() { free <- struct{}{} }()
			q.handle(hctx, stage, []jetstream.Msg{m}, each)
			return nil
		})
	})
	_ = g.Wait() // never fails
	return err
}

// feed gives a message to each that is free, until ctx is done. It asks for as
// many as can be worked on at once and no more: nothing waits in this process
// while its AckWait runs out.
func (q *Queue) feed(ctx context.Context, stage string, free chan struct{}, give func(jetstream.Msg)) error {
	for q.held(ctx, stage) {
		n := gather(ctx, free, max(1, cap(free)/4))
		if n == 0 {
			return nil
		}
		left := n
		asking, cancel := context.WithTimeout(ctx, q.patience(stage))
		err := q.pull(stage, n, jetstream.FetchContext(asking), func(m jetstream.Msg) { left--; give(m) })
		cancel()
		for range left {
			free <- struct{}{}
		}
		if err != nil && ctx.Err() == nil {
			if err := q.unfetched(ctx, stage, err); err != nil {
				return err
			}
		}
	}
	return nil
}

// gather takes at least so many from free, waiting for them, and all others that
// are there; 0 if ctx is done first.
func gather(ctx context.Context, free <-chan struct{}, least int) (n int) {
	for ; n < least; n++ {
		select {
		case <-ctx.Done():
			return 0
		case <-free:
		}
	}
	for ; ; n++ {
		select {
		case <-free:
		default:
			return n
		}
	}
}

// WorkBatches is Work with up to size messages at a time, or what came within
// wait after the first (some times wait while there is much to do), on one
// goroutine; where it runs several times, one of them gathers while the others
// work. handle returns one verdict a message.
func (q *Queue) WorkBatches(ctx context.Context, stage string, size int, wait, drain time.Duration, handle func(ctx context.Context, msgs [][]byte) []error) error {
	hctx, cancel := lingering(ctx, drain)
	defer cancel()
	return q.loop(ctx, hctx, stage, size, wait, handle)
}

// Hold has the workers of stage ask may before they take messages. While it
// returns an error they take none: what waits is not touched, and nothing counts
// as a delivery. Call it before the workers start.
func (q *Queue) Hold(stage string, may func(context.Context) error) {
	if q.holds == nil {
		q.holds = map[string]func(context.Context) error{}
	}
	q.holds[stage] = may
}

// held waits until nothing keeps the workers of stage from their work; false if
// ctx is done first.
func (q *Queue) held(ctx context.Context, stage string) bool {
	may := q.holds[stage]
	if may == nil {
		return ctx.Err() == nil
	}
	for hold := new(outage.Notice); ctx.Err() == nil; pause(ctx, firstPause) {
		err := may(ctx)
		if err == nil {
			if away, was := hold.Back(); was {
				q.opts.Log.InfoContext(ctx, "goes on", "stage", stage, "away", away)
			}
			return true
		}
		if ctx.Err() == nil && hold.Away() {
			q.opts.Log.WarnContext(ctx, "takes no messages", "stage", stage, "err", err, "hint", fault.HintOf(err))
		}
	}
	return false
}

// lingering returns a context that is done drain after ctx is.
func lingering(ctx context.Context, drain time.Duration) (context.Context, context.CancelFunc) {
	later, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		t := time.AfterFunc(drain, cancel)
		context.AfterFunc(later, func() { t.Stop() })
	})
	return later, func() { stop(); cancel() }
}

func (q *Queue) loop(ctx, hctx context.Context, stage string, size int, wait time.Duration, handle func(context.Context, [][]byte) []error) error {
	longer := wait
	for {
		msgs, ok, err := q.next(ctx, stage, size, longer)
		if !ok {
			return nil
		}
		if longer = wait; len(msgs) >= busy {
			longer = busyWait * wait
		}
		if len(msgs) > 0 {
			q.handle(hctx, stage, msgs, handle)
		}
		if err != nil && ctx.Err() == nil {
			if err := q.unfetched(ctx, stage, err); err != nil {
				return err
			}
		}
	}
}

// next gathers a batch when nothing keeps the stage from its work, one caller
// at a time; false if ctx is done.
func (q *Queue) next(ctx context.Context, stage string, size int, wait time.Duration) ([]jetstream.Msg, bool, error) {
	q.gathering.Lock()
	defer q.gathering.Unlock()
	if !q.held(ctx, stage) {
		return nil, false, nil
	}
	msgs, err := q.fetch(ctx, stage, size, wait)
	return msgs, true, err
}

// unfetched waits a while after a fetch that went wrong, and returns an error if
// none will go right any more.
func (q *Queue) unfetched(ctx context.Context, stage string, err error) error {
	if errors.Is(err, nats.ErrConnectionClosed) {
		return q.fault("fetch for "+stage, err)
	}
	if q.Connected() && q.unfed[stage].Away() { // else it was said that there is no connection
		q.opts.Log.WarnContext(ctx, "fetch", "stage", stage, "err", err)
	}
	pause(ctx, firstPause)
	return nil
}

// fetch waits for a first message, then takes what comes within wait, but no
// longer than until nothing comes.
func (q *Queue) fetch(ctx context.Context, stage string, size int, wait time.Duration) (msgs []jetstream.Msg, err error) {
	first, cancel := context.WithTimeout(ctx, q.patience(stage))
	defer cancel()
	keep := func(m jetstream.Msg) { msgs = append(msgs, m) }
	if err = q.pull(stage, 1, jetstream.FetchContext(first), keep); len(msgs) == 0 || size == 1 {
		return msgs, err
	}
	end := time.Now().Add(wait)
	for had := 0; err == nil && had < len(msgs) && len(msgs) < size && ctx.Err() == nil; {
		left := time.Until(end)
		if left <= 0 {
			break
		}
		had = len(msgs)
		// The server says when the time is over: what it sent before that is not missed.
		err = q.pull(stage, size-had, jetstream.FetchMaxWait(min(lull, left)), keep)
	}
	return msgs, err
}

// patience is how long a request for a first message waits.
func (q *Queue) patience(stage string) time.Duration {
	if q.holds[stage] != nil {
		return heldIdle
	}
	return idle
}

// pull asks for n messages and hands each to take as it comes, for as long as
// until says.
func (q *Queue) pull(stage string, n int, until jetstream.FetchOpt, take func(jetstream.Msg)) error {
	batch, err := q.stages[stage].Fetch(n, until)
	if err != nil {
		return quiet(err)
	}
	for m := range batch.Messages() {
		take(m)
	}
	err = quiet(batch.Error())
	if err == nil {
		if away, was := q.unfed[stage].Back(); was {
			q.opts.Log.Info("fetches again", "stage", stage, "away", away)
		}
	}
	return err
}

// quiet drops the errors that only say that there was nothing to fetch.
func quiet(err error) error {
	if errors.Is(err, jetstream.ErrNoMessages) || errors.Is(err, nats.ErrTimeout) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// handle brings messages to their verdicts. Every outcome, a panic included,
// ends in one reply each, so a poisonous document cannot stall the stream.
func (q *Queue) handle(ctx context.Context, stage string, msgs []jetstream.Msg, handle func(context.Context, [][]byte) []error) {
	bodies := make([][]byte, len(msgs))
	for i, m := range msgs {
		bodies[i] = m.Data()
	}
	stop := q.heartbeat(msgs)
	verdicts := try(ctx, bodies, handle)
	stop()
	var g errgroup.Group
	g.SetLimit(replies)
	for i, m := range msgs {
		g.Go(func() error {
			if err := q.reply(context.WithoutCancel(ctx), stage, m, verdicts[i]); err != nil {
				// The message comes again after AckWait and is handled again.
				q.opts.Log.WarnContext(ctx, "reply", "stage", stage, "doc", idOf(m.Subject()), "err", err)
			}
			return nil
		})
	}
	_ = g.Wait() // never fails
}

// try runs handle. When it panics on several messages, each is tried alone:
// one document must not take others with it. What panics alone is given up,
// since it would panic again.
func try(ctx context.Context, bodies [][]byte, handle func(context.Context, [][]byte) []error) (verdicts []error) {
	defer func() {
		p := recover()
		switch {
		case p == nil && len(verdicts) == len(bodies):
		case len(bodies) == 1:
			verdicts = []error{&event.Failed{Kind: string(fault.Internal), Message: fmt.Sprintf("the program panicked: %v\n%s", p, debug.Stack())}}
		default:
			verdicts = nil
			for i := range bodies {
				verdicts = append(verdicts, try(ctx, bodies[i:i+1], handle)...)
			}
		}
	}()
	return handle(ctx, bodies)
}

// reply tells the server the verdict on m. A dead letter is on the disk before
// its message goes.
func (q *Queue) reply(ctx context.Context, stage string, m jetstream.Msg, verdict error) error {
	timeout := requestTimeout
	if !q.embedded() {
		timeout = elsewhereTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var dead *event.Failed
	switch {
	case verdict == nil && q.embedded():
		return m.Ack() // what gets lost of it is made up for by the states
	case verdict == nil:
		return m.DoubleAck(ctx)
	case errors.As(verdict, &dead):
		if err := q.bury(ctx, m, stage, dead); err != nil {
			return errors.Join(err, m.NakWithDelay(longestPause))
		}
		return m.TermWithReason(dead.Kind)
	default:
		return m.NakWithDelay(backoff(m))
	}
}

// backoff returns how long to wait before m comes again: a second, doubled
// with every delivery, a minute at most.
func backoff(m jetstream.Msg) time.Duration {
	md, err := m.Metadata()
	if err != nil || md.NumDelivered < 1 {
		return firstPause
	}
	return min(longestPause, firstPause<<min(md.NumDelivered-1, 6))
}

// heartbeat tells the server every AckWait/3 that msgs are still in hand, until
// stop is called.
func (q *Queue) heartbeat(msgs []jetstream.Msg) (stop func()) {
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		t := time.NewTicker(q.opts.AckWait / 3)
		defer t.Stop()
		for {
			select {
			case <-quit:
				return
			case <-t.C:
				for _, m := range msgs {
					_ = m.InProgress() // a lost beat costs one redelivery; handlers are idempotent
				}
			}
		}
	}()
	return func() { close(quit); <-done }
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
