package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"jixiao/internal/fault"
	"jixiao/schemas/event"
)

// A Source is one thing to import.
type Source struct {
	Name string // as shown and remembered
	Size int64  // bytes, if known; bounds what is under way at one time
	Skip string // why it is not tried; "" means it is
	Err  error  // why it cannot be tried, as a folder that may not be read
	Open func() (io.ReadCloser, error)
}

// ImportOptions bound an import.
type ImportOptions struct {
	Batch    string       // remembered with every name
	Parallel int          // submissions at a time; 0 means 8
	MaxOpen  int          // documents submitted and not final; 0 means 1,000
	MaxBytes int64        // their bytes; 0 means 1 GiB; one always gets through
	Progress func(Report) // called now and then, from one goroutine; must not block
	// Drain is called when the import is stopped before all is final. It returns
	// when the workers have finished what they have in hand and take no more;
	// nil where they are elsewhere and go on.
	Drain func() error
}

const (
	tick = 200 * time.Millisecond
	// patience is how long nothing may happen before the states of what is
	// under way are read again.
	patience = 3 * time.Second
	// submitWait is the longest pause before a source is submitted again, and
	// sourceTries how often a source that cannot be read is tried. A queue or
	// store that is down is waited for.
	submitWait  = 4 * time.Second
	sourceTries = 4
	// fullFor is how long a full disk may keep all work from succeeding before
	// the import ends. Anything else that is down is waited for.
	fullFor = 5 * time.Second
)

func (o ImportOptions) withDefaults() ImportOptions {
	if o.Parallel <= 0 {
		o.Parallel = 8
	}
	if o.MaxOpen <= 0 {
		o.MaxOpen = 1000
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 1 << 30
	}
	if o.Progress == nil {
		o.Progress = func(Report) {}
	}
	return o
}

// Import submits every source and follows the documents until each is final,
// ctx is done, or the work cannot go on (a full disk). The report is complete
// and adds up in every case; the error says why the import stopped early, and
// is nil when it did not. Workers must be running somewhere.
func (p *Pipeline) Import(ctx context.Context, sources iter.Seq[Source], o ImportOptions) (Report, error) {
	o = o.withDefaults()
	caller := ctx
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	f := newFollower()
	watching, err := p.watch(ctx, f.heard)
	if err != nil {
		return f.report(), fmt.Errorf("import: %w", err)
	}
	submitted := make(chan struct{})
	var g errgroup.Group
	g.Go(func() error { defer close(submitted); p.submitAll(ctx, f, sources, o); return nil })
	p.attend(ctx, f, submitted, o.Progress, stop)
	stop(nil)
	_ = g.Wait() // never fails
	<-watching
	p.settle(ctx, f, o.Drain)
	f.abandon()
	r := f.report()
	o.Progress(r)
	if caller.Err() != nil {
		return r, context.Cause(caller)
	}
	if cause := context.Cause(ctx); fault.KindOf(cause) == fault.Full {
		return r, cause
	}
	return r, nil
}

// watch tells heard of every state that is written. It returns once nothing is
// missed any more; the channel is closed when the watching has ended.
func (p *Pipeline) watch(ctx context.Context, heard func(event.State)) (<-chan struct{}, error) {
	ready, done := make(chan error, 1), make(chan struct{})
	go func() {
		defer close(done)
		first := true
		for st, err := range p.States.WatchStates(ctx) {
			if first {
				first = false
				ready <- err
			}
			if err != nil {
				return // from here on the states are read when nothing happens
			}
			heard(st)
		}
		if first {
			ready <- ctx.Err()
		}
	}()
	err := <-ready
	if err != nil {
		<-done
	}
	return done, err
}

// submitAll submits the sources, within the bounds of o, until ctx is done.
// What is being submitted then is finished.
func (p *Pipeline) submitAll(ctx context.Context, f *follower, sources iter.Seq[Source], o ImportOptions) {
	count, bytes := semaphore.NewWeighted(int64(o.MaxOpen)), semaphore.NewWeighted(o.MaxBytes)
	var g errgroup.Group
	g.SetLimit(o.Parallel)
	late, cancel := outlive(ctx, submitGrace)
	defer cancel()
	for src := range sources {
		if ctx.Err() != nil {
			break
		}
		if !f.see(src) {
			continue
		}
		weight := min(max(src.Size, 0), o.MaxBytes)
		if count.Acquire(ctx, 1) != nil || bytes.Acquire(ctx, weight) != nil {
			f.unsee()
			break
		}
		release := func() { count.Release(1); bytes.Release(weight) }
		g.Go(func() error { p.submitOne(ctx, late, f, src, o.Batch, release); return nil })
	}
	_ = g.Wait() // never fails
}

// submitOne submits one source, again after a while if the queue or the store
// does not answer, and some times if what it comes from does not. When ctx is
// done a submission in hand has until late is.
func (p *Pipeline) submitOne(ctx, late context.Context, f *follower, src Source, batch string, release func()) {
	var receipt Receipt
	var err error
	wait := submitWait / 8
	for try := 1; ; try++ {
		in := &watched{}
		err = guard(func() error {
			if err := p.fits(src.Size); err != nil {
				return err
			}
			r, err := src.Open()
			if err != nil {
				in.failed = true
				return err
			}
			defer r.Close() // only read from
			in.r = r
			receipt, err = p.Submit(late, src.Name, batch, in)
			return err
		})
		again := fault.KindOf(err) == fault.Unavailable && receipt.Status == "" && (!in.failed || try < sourceTries)
		if !again || !sleep(ctx, wait) {
			break
		}
		wait = min(2*wait, submitWait)
	}
	if err != nil && ctx.Err() != nil {
		err = context.Canceled // whatever it says: it is the stop that kept it from succeeding
	}
	f.submitted(src.Name, receipt, err, release)
}

// watched is a source that remembers that it could not be read: for that the
// queue and the store are not to be blamed.
type watched struct {
	r      io.Reader
	failed bool
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	w.failed = w.failed || (err != nil && !errors.Is(err, io.EOF))
	return n, err
}

// sleep waits for d and reports whether ctx is still good.
func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// attend waits until everything is submitted and final or ctx is done. It
// reads states again when nothing is heard, and stops the import when the disk
// stays full.
func (p *Pipeline) attend(ctx context.Context, f *follower, submitted <-chan struct{}, progress func(Report), stop context.CancelCauseFunc) {
	t := time.NewTicker(tick)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-submitted:
			submitted = nil
		case <-f.moved:
		case <-t.C:
			progress(f.report())
			if f.quietFor(patience) {
				p.reread(ctx, f)
			}
			if err := p.trouble.lasting(fullFor); fault.KindOf(err) == fault.Full {
				stop(fmt.Errorf("the import stopped: %w", err))
			}
		}
		if submitted == nil && f.idle() {
			return
		}
	}
}

// reread looks at the state of everything under way, in case a message to us
// or to a stage was lost.
func (p *Pipeline) reread(ctx context.Context, f *follower) {
	for id, unsent := range f.open() {
		st, err := p.States.State(ctx, id)
		if err != nil {
			return // not now; the next tick tries again
		}
		f.heard(st)
		if unsent && !st.Phase.Final() && p.send(ctx, st) == nil {
			f.sent(id)
		}
	}
}
