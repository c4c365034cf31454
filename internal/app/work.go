package app

import (
	"context"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/schemas/event"
)

// The indexer takes many documents at once: a batch costs one sync to disk, and
// in a cluster one segment, which all that follow have to be merged with.
const (
	indexBatch   = 200
	elasticBatch = 800
	indexWait    = 100 * time.Millisecond
	elasticWait  = 200 * time.Millisecond
	// readers is how many documents are in hand for each that is read: the others
	// wait for disks and servers. Where nobody else works there may be more: the
	// more wait for the disk together, the fewer writes it takes.
	readers, readersAlone = 3, 8
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
	if n.working() {
		return nil
	}
	// Before the first document is read: what is read from then on goes to the
	// index anyway.
	whole := n.wholeIndex(ctx, p, stages)
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.workers != nil {
		return nil
	}
	if err := n.greet(ctx, stages); err != nil {
		return err
	}
	if wanted(stages, event.StageIndex) {
		if err := n.claimIndex(ctx); err != nil {
			return n.opts.hideSecrets(err)
		}
	}
	again, err := p.Recover(ctx)
	if err != nil {
		return err
	}
	if again > 0 {
		n.log.InfoContext(ctx, "taken up again", "documents", again)
	}
	n.workers = n.startWorkers(context.WithoutCancel(ctx), p, stages, whole)
	n.onStop(n.workers.stop)
	return nil
}

// wholeIndex reports whether the index in a cluster is there and has what the
// store has, now if not before. Otherwise the workers see to it.
func (n *Node) wholeIndex(ctx context.Context, p *pipeline.Pipeline, stages []string) bool {
	return n.elastic != nil && wanted(stages, event.StageIndex) && p.Indexable(ctx) == nil && n.catchUp(ctx) == nil
}

// greet refuses to work on an index that waiting does not help: with a wrong key,
// a certificate that is not trusted, or a name that is taken.
func (n *Node) greet(ctx context.Context, stages []string) error {
	if n.elastic == nil || !wanted(stages, event.StageIndex) {
		return nil
	}
	err := n.elastic.Greet(ctx)
	if fault.KindOf(err) == fault.Unavailable {
		n.log.WarnContext(ctx, "the index is away", "err", err, "hint", fault.HintOf(err))
		return nil
	}
	return n.opts.hideSecrets(err)
}

// wanted reports whether stages, or none for all, name stage.
func wanted(stages []string, stage string) bool {
	return len(stages) == 0 || slices.Contains(stages, stage)
}

func (n *Node) startWorkers(ctx context.Context, p *pipeline.Pipeline, stages []string, whole bool) *workers {
	ctx, cancel := context.WithCancel(ctx)
	g, ctx := errgroup.WithContext(ctx)
	if n.elastic != nil && wanted(stages, event.StageIndex) {
		n.indexing.Store(true)
		n.queue.Hold(event.StageIndex, n.indexable(p, whole)) // before any of them works
	}
	if wanted(stages, event.StageExtract) {
		g.Go(func() error {
			return n.queue.Work(ctx, event.StageExtract, n.opts.inHand(), n.opts.Drain, p.Extract)
		})
	}
	if wanted(stages, event.StageIndex) {
		g.Go(func() error { return n.followIndex(ctx) })
		for range n.indexers() {
			g.Go(func() error {
				return n.queue.WorkBatches(ctx, event.StageIndex, n.opts.indexBatch(), n.opts.indexWait(), n.opts.Drain, p.IndexBatch)
			})
		}
	}
	return &workers{cancel: cancel, group: g}
}

// inHand is how many documents are in hand to be read.
func (o Options) inHand() int {
	if o.NATS == "" {
		return readersAlone * o.parallel()
	}
	return readers * o.parallel()
}

// indexBatch is how many documents are indexed at a time.
func (o Options) indexBatch() int {
	if o.Elastic != "" {
		return elasticBatch
	}
	return indexBatch
}

// indexWait is how long a batch is gathered; the queue takes some times as long
// while there is much to do.
func (o Options) indexWait() time.Duration {
	if o.Elastic != "" {
		return elasticWait
	}
	return indexWait
}

// indexers is how many batches are indexed at a time. A cluster makes one visible
// while it takes the next; one in this process has all the processors already.
func (n *Node) indexers() int {
	if n.elastic != nil {
		return 2
	}
	return 1
}

// indexable returns what the workers of the index ask before they take messages:
// whether it can be written, and after it could not, whether it has what the
// store has. whole says that it has at first.
func (n *Node) indexable(p *pipeline.Pipeline, whole bool) func(context.Context) error {
	var mu sync.Mutex
	return func(ctx context.Context) error {
		err := p.Indexable(ctx)
		mu.Lock()
		defer mu.Unlock()
		if err == nil && !whole {
			err = n.catchUp(ctx)
			if err == nil {
				err = p.FinishRemovals(ctx)
			}
		}
		whole = err == nil
		return err
	}
}

// workAlone is Work for a process that waits for what it works on: an index that
// is not there would let it wait for ever, and one that has to catch up has done
// so when it returns.
func (n *Node) workAlone(ctx context.Context) error {
	if err := n.index.Ready(ctx); err != nil {
		return err
	}
	if n.elastic != nil {
		if err := n.catchUp(ctx); err != nil {
			return err
		}
	}
	return n.Work(ctx)
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
