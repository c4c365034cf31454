package app

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"jixiao/pipeline"
	"jixiao/schemas/event"
)

// The indexer takes many documents at once: a batch costs one sync to disk.
const (
	indexBatch = 200
	indexWait  = 100 * time.Millisecond
)

// workers are the goroutines that take messages.
type workers struct {
	cancel context.CancelFunc
	group  *errgroup.Group
}

// Work starts the workers of the stages, of both if none is named; documents
// that an earlier process left unfinished are taken up again. It returns when
// they run, and a second call changes nothing.
func (n *Node) Work(ctx context.Context, stages ...string) error {
	p, err := n.open(ctx)
	if err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.workers != nil {
		return nil
	}
	again, err := p.Recover(ctx)
	if err != nil {
		return err
	}
	if again > 0 {
		n.log.InfoContext(ctx, "taken up again", "documents", again)
	}
	n.workers = n.startWorkers(context.WithoutCancel(ctx), p, stages)
	n.onStop(n.workers.stop)
	return nil
}

func (n *Node) startWorkers(ctx context.Context, p *pipeline.Pipeline, stages []string) *workers {
	ctx, cancel := context.WithCancel(ctx)
	g, ctx := errgroup.WithContext(ctx)
	wanted := func(stage string) bool { return len(stages) == 0 || slices.Contains(stages, stage) }
	if wanted(event.StageExtract) {
		g.Go(func() error { return n.queue.Work(ctx, event.StageExtract, n.opts.parallel(), n.opts.Drain, p.Extract) })
	}
	if wanted(event.StageIndex) {
		g.Go(func() error {
			return n.queue.WorkBatches(ctx, event.StageIndex, indexBatch, indexWait, n.opts.Drain, p.IndexBatch)
		})
	}
	return &workers{cancel: cancel, group: g}
}

// stop lets the workers finish what they have in hand; the queue holds them to
// the drain time.
func (w *workers) stop(context.Context) error {
	w.cancel()
	return w.group.Wait()
}

// drain ends the workers, if there are any, when they have finished what they
// have in hand.
func (n *Node) drain() error {
	n.mu.Lock()
	w := n.workers
	n.mu.Unlock()
	if w == nil {
		return nil
	}
	return w.stop(context.Background()) // the drain time bounds it
}
