package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"jixiao/internal/fault"
	"jixiao/internal/outage"
	"jixiao/pipeline/queue"
	"jixiao/schemas/event"
)

// Stages are the names that workers go by.
var Stages = []string{event.StageExtract, event.StageIndex}

// again is how long Serve waits before it looks for servers that are not there.
const again = 2 * time.Second

// Serve works on the stages, on both if none is named, and answers what other
// programs submit, until ctx is done; then what is in hand is finished within
// Options.Drain. Servers that are not there yet, or go away, are waited for.
// ready is called when the work has begun. Where Options.HTTP says, everybody is
// told how it is doing all the while.
func Serve(ctx context.Context, o Options, command string, stages []string, ready func(*Node)) error {
	m, o, err := openMonitor(ctx, o)
	if err != nil {
		return err
	}
	return errors.Join(serve(ctx, o, command, stages, m, ready), m.close())
}

func serve(ctx context.Context, o Options, command string, stages []string, m *monitor, ready func(*Node)) error {
	n, err := station(ctx, o, command, stages, m)
	if err != nil {
		return err
	}
	desk, err := n.queue.OpenDesk(ctx)
	if err != nil {
		return errors.Join(err, n.Close())
	}
	g, serving := errgroup.WithContext(ctx)
	g.Go(func() error { return n.answer(serving, desk) })
	g.Go(func() error { return m.follow(serving, n, stages) })
	ended := make(chan error, 1)
	go func() { ended <- n.workers.group.Wait() }() // at the latest when the Node is closed
	g.Go(func() error {
		select {
		case <-serving.Done():
			return nil
		case err := <-ended: // by itself: it cannot go on
			return cmp.Or(err, fault.New(fault.Unavailable, "the work has ended"))
		}
	})
	ready(n)
	err = g.Wait() // the desk closes first: it needs what Stop takes away
	closing := n.Close()
	if err != nil && errors.Is(closing, err) { // why the workers ended
		return err
	}
	return errors.Join(err, closing)
}

// station returns a Node that works on stages. One that only reads documents
// out of the store on the servers has no data folder.
func station(ctx context.Context, o Options, command string, stages []string, m *monitor) (*Node, error) {
	for servers := new(outage.Notice); ; {
		n, err := startStation(ctx, o, command, stages)
		if fault.KindOf(err) != fault.Unavailable || o.NATS == "" {
			if away, was := servers.Back(); was && err == nil {
				n.log.InfoContext(ctx, "the servers are back", "away", away)
			}
			return n, err
		}
		m.waiting(err)
		if o.Log != nil && servers.Away() {
			o.Log.WarnContext(ctx, "waiting for the servers", "err", err, "hint", fault.HintOf(err))
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(again):
		}
	}
}

func startStation(ctx context.Context, o Options, command string, stages []string) (*Node, error) {
	var n *Node
	var err error
	if o.remote() && o.Elastic == "" && len(stages) > 0 && !slices.Contains(stages, event.StageIndex) { // only reading
		if n, err = New(o); err == nil {
			err = n.Join(ctx, command)
		}
	} else {
		n, err = own(ctx, o, command, func(n *Node) { n.stays = len(stages) == 0 })
	}
	if err != nil {
		return nil, err
	}
	if err := n.Work(ctx, stages...); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	return n, nil
}

// desks is how many submissions are taken at the same time.
const desks = 8

// answer takes what other programs submit over the queue.
func (n *Node) answer(ctx context.Context, desk *queue.Desk) error {
	return desk.Answer(ctx, desks, n.opts.Drain, func(ctx context.Context, s queue.Submission) (event.Receipt, error) {
		r, err := n.pipeline.Submit(ctx, s.Name, s.Batch, s.Body)
		return event.Receipt{ID: r.ID, State: r.State.Phase}, err
	})
}

// Ready reports why no work can be done at present, or nil.
func (n *Node) Ready(ctx context.Context) error {
	n.mu.Lock()
	p, q := n.pipeline, n.queue
	n.mu.Unlock()
	switch {
	case p == nil:
		return fault.New(fault.Unavailable, "not started")
	case !q.Connected():
		return fault.WithHint(fault.New(fault.Unavailable, "no connection to NATS at %s", n.opts.redact(q.URL())),
			"see that the server runs and can be reached; this process connects again by itself")
	case n.indexing.Load():
		err := p.Indexable(ctx)
		if fault.KindOf(err) == fault.Timeout {
			err = fault.New(fault.Unavailable, "elasticsearch: no answer")
		}
		if err != nil {
			return n.opts.hideSecrets(err)
		}
	}
	return p.Trouble(ctx)
}
