package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/pipeline/index"
	"jixiao/pipeline/index/elastic"
	"jixiao/pipeline/queue"
	"jixiao/pipeline/store"
)

// Names below the data folder.
const (
	storeDir = "store"
	queueDir = "queue"
	indexDir = "index"
)

// A Node owns one data folder. Start opens store and index; the queue and the
// workers are started by what needs them, so that a search does not wait for
// them.
type Node struct {
	opts  Options
	log   *slog.Logger
	since time.Time

	command string
	store   closingStore
	index   *index.Service // nil where it is elsewhere, or cannot be opened and is built again
	elastic *elastic.Index // what index is, if a cluster keeps it
	owns    bool           // the data folder; false for one that only joined
	rebuild bool           // an index that cannot be opened is no obstacle
	stays   bool           // it works until it is stopped, also on what others submit
	moves   bool           // the index of the servers is to be here, wherever it was
	known   place          // the index of the servers, where they know it

	connected bool // the queue is open, and the store beside it
	server    *ipcServer

	indexing atomic.Bool // the workers of an index in a cluster run here
	stale    atomic.Bool // the folder was worked on last with another index

	mu       sync.Mutex // guards what is opened late
	pipeline *pipeline.Pipeline
	queue    *queue.Queue
	reader   *Reader
	workers  *workers
	closers  []func(context.Context) error // last opened first
	stopping bool
	stopped  bool
}

type closingStore interface {
	pipeline.Store
	Close() error
}

// New checks o and returns a Node that has opened nothing yet.
func New(o Options) (*Node, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Node{opts: o, log: log, since: time.Now()}, nil
}

// exists reports a folder that is not there as NotFound.
func exists(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.WithHint(fault.New(fault.NotFound, "there is no data folder %q", dir),
			"import reports first (jixiao import PATH…), or name the folder with --data")
	case err != nil:
		return ioFault(err)
	case !info.IsDir():
		return usage("%q is no folder", dir)("name a folder with --data")
	}
	return nil
}

// kept reports a folder that this program did not make as NotFound, so that
// what only reads makes nothing in it.
func kept(o Options) error {
	if err := exists(o.Data); err != nil {
		return err
	}
	part := storeDir
	if o.remote() {
		part = indexDir
	}
	_, err := os.Stat(filepath.Join(o.Data, part))
	if !errors.Is(err, fs.ErrNotExist) {
		return ioFault(err)
	}
	if _, err := os.Stat(filepath.Join(o.Data, indexDir)); err == nil {
		return fault.WithHint(fault.New(fault.NotFound, "the store is missing from data folder %q", o.Data),
			"restore the data folder from a backup, or import into a new one")
	}
	return fault.WithHint(fault.New(fault.NotFound, "%q is no data folder", o.Data),
		"import reports first (jixiao import PATH…), or name the folder with --data")
}

// Start takes the folder and opens store and index. command is told to other
// processes that ask who owns it. What was opened is closed again on error. Where
// everything is on servers there is no folder, and Start is Join.
func (n *Node) Start(ctx context.Context, command string) (err error) {
	if n.opts.cluster() {
		return n.Join(ctx, command)
	}
	n.command = command
	defer func() {
		if err != nil {
			err = errors.Join(err, n.Stop(context.WithoutCancel(ctx)))
		}
	}()
	if err := rightQueue(n.opts); err != nil {
		return err
	}
	n.owns = true
	if err := n.openFolder(ctx); err != nil {
		return err
	}
	if n.server, err = serveIPC(n); err != nil {
		return fmt.Errorf("local socket: %w", err)
	}
	if n.rebuild {
		return nil
	}
	if n.elastic != nil { // only who is to work on it writes to a cluster
		n.stale.Store(!indexedHere(n.opts))
		return nil
	}
	return n.catchUp(ctx)
}

// Join connects to the queue and to the store beside it, and to an index that a
// cluster keeps, without any data folder: it is for processes that only read
// documents, submit them, or look after the servers, and for all where nothing
// is in a folder.
func (n *Node) Join(ctx context.Context, command string) error {
	n.command = command
	if !n.opts.remote() {
		return usage("%s without a data folder needs the store on NATS servers", command)("give --nats URL --store nats")
	}
	var err error
	if n.opts.Elastic != "" {
		err = n.nameIndex()
	}
	if err == nil {
		_, err = n.open(ctx)
	}
	if err != nil {
		return errors.Join(err, n.Stop(context.WithoutCancel(ctx)))
	}
	return nil
}

// openFolder opens store and index. The index is the lock of a folder whose store
// is on servers, which may take their time; they may refuse a new folder before it
// is made.
func (n *Node) openFolder(ctx context.Context) error {
	if n.opts.NATS != "" && fault.KindOf(kept(n.opts)) == fault.NotFound {
		if err := n.dial(ctx); err != nil && (n.opts.remote() || fault.KindOf(err) == fault.Usage) {
			return err
		}
	}
	if err := os.MkdirAll(n.opts.Data, 0o700); err != nil {
		return fmt.Errorf("data folder: %w", ioFault(err))
	}
	if !n.opts.remote() {
		if err := n.openLocal(); err != nil {
			return err
		}
		return n.takeIndex(ctx)
	}
	if err := n.takeIndex(ctx); err != nil {
		return err
	}
	return n.connect(ctx)
}

func (n *Node) openLocal() error {
	l, err := store.OpenLocal(filepath.Join(n.opts.Data, storeDir))
	if err != nil {
		return n.lockFault(err)
	}
	n.store = l
	n.onStop(func(context.Context) error { return l.Close() })
	return nil
}

// dial opens the queue of servers that have store and index where n has them.
func (n *Node) dial(ctx context.Context) error {
	if n.queue != nil {
		return nil
	}
	q, err := queue.Open(ctx, n.opts.queue())
	if err != nil {
		return n.opts.hideSecrets(err)
	}
	n.queue = q
	if err = n.rightStore(ctx); err == nil {
		err = n.rightIndex(ctx)
	}
	if err != nil {
		n.queue = nil // the next one to ask is answered anew
		return errors.Join(n.opts.hideSecrets(err), q.Close())
	}
	n.onStop(func(context.Context) error { return q.Close() })
	return nil
}

// connect opens the queue, and the store beside it if it is there. Called once,
// before the pipeline is joined.
func (n *Node) connect(ctx context.Context) error {
	if err := n.dial(ctx); err != nil {
		return err
	}
	if n.owns {
		if err := claim(n.opts); err != nil { // no reason not to read what is there
			n.log.WarnContext(ctx, "the data folder does not say where its queue is", "err", err)
		}
	}
	if !n.opts.remote() {
		n.connected = true
		return nil
	}
	o, err := store.OpenObjects(ctx, n.queue.JetStream(), n.opts.prefix())
	if err != nil {
		return n.opts.hideSecrets(err)
	}
	n.store, n.connected = o, true
	n.onStop(func(context.Context) error { return o.Close() })
	return nil
}

// rightStore refuses a store in the folder where the servers have one: nothing
// that others were given would be found in it, and every document given up.
func (n *Node) rightStore(ctx context.Context) error {
	if n.opts.NATS == "" || n.opts.remote() {
		return nil
	}
	there, err := store.HasObjects(ctx, n.queue.JetStream(), n.opts.prefix())
	if there {
		err = fault.WithHint(fault.New(fault.Usage, "the documents of these servers are kept on the servers, not in data folder %q", n.opts.Data),
			"give --store nats, or another --nats-prefix for documents of their own")
	}
	return err
}

// lockFault names the owner when err says that there is one.
func (n *Node) lockFault(err error) error {
	if fault.KindOf(err) != fault.Conflict {
		return fmt.Errorf("data folder %q: %w", n.opts.Data, err)
	}
	who := "another process"
	if o, readErr := readOwner(n.opts.Data); readErr == nil {
		who = fmt.Sprintf("process %d (jixiao %s)", o.PID, o.Command)
	}
	return fault.WithHint(fault.New(fault.Conflict, "data folder %q is in use by %s", n.opts.Data, who),
		"wait until it ends, or name another folder with --data")
}

// onStop remembers what Stop has to close.
func (n *Node) onStop(f func(context.Context) error) { n.closers = append(n.closers, f) }

// open connects the queue and joins the pipeline, once.
func (n *Node) open(ctx context.Context) (*pipeline.Pipeline, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.stopped {
		return nil, fault.New(fault.Unavailable, "the program is stopping")
	}
	if n.pipeline != nil {
		return n.pipeline, nil
	}
	if !n.connected {
		if err := n.connect(ctx); err != nil {
			return nil, err
		}
	}
	n.reader = NewReader(n.opts)
	n.onStop(func(context.Context) error { return n.reader.Close() })
	n.pipeline = &pipeline.Pipeline{
		Store: n.store, States: n.queue, Publisher: n.queue, Reader: n.reader,
		Program: n.reader.Program(), Extractors: n.reader.Extractors(), MaxBytes: cmp.Or(int64(n.opts.MaxBytes), largestJob), Timeout: n.opts.Timeout + grace, Parallel: n.opts.parallel(), Log: n.opts.Log,
		Observer: n.opts.Metrics,
	}
	if n.index != nil {
		n.pipeline.Indexer = n.index
	}
	return n.pipeline, nil
}

// grace is how much later than the Reader's deadline the pipeline's ends.
const grace = 10 * time.Second

// Close is Stop with the deadline of Options.Drain.
func (n *Node) Close() error {
	return n.Stop(context.Background()) // io.Closer has no context; Drain bounds it
}

// Stop refuses new work, lets what is in work finish for up to Options.Drain
// or until ctx is done, and closes everything, last opened first. It is safe
// to call twice.
func (n *Node) Stop(ctx context.Context) error {
	n.mu.Lock()
	first := !n.stopping
	n.stopping = true
	n.mu.Unlock()
	if !first {
		return nil
	}
	var errs []error
	if n.server != nil {
		errs = append(errs, n.server.stop(ctx)) // what others asked is still answered
	}
	n.mu.Lock()
	n.stopped = true
	closers := n.closers
	n.mu.Unlock()
	for i := len(closers) - 1; i >= 0; i-- {
		errs = append(errs, closers[i](ctx))
	}
	return errors.Join(errs...)
}
