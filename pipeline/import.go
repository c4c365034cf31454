package pipeline

import (
	"cmp"
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
	Parallel int          // submissions at a time; 0 means 64
	MaxOpen  int          // documents submitted and not final; 0 means 4,000
	MaxBytes int64        // their bytes; 0 means 1 GiB; one always gets through
	Progress func(Report) // called now and then, from one goroutine; must not block
	// Drain is called when the import is stopped before all is final. It returns
	// when the workers have finished what they have in hand and take no more;
	// nil where they are elsewhere and go on.
	Drain func()
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
		o.Parallel = 64 // they share their writes to the disk
	}
	if o.MaxOpen <= 0 {
		o.MaxOpen = 4000
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 1 << 30
	}
	if o.Progress == nil {
		o.Progress = func(Report) {}
	}
	return o
}

// Import submits every source to the Intake and follows the documents until
// each is final, ctx is done, or the work cannot go on. The report is complete
// and adds up in every case; the error says why the import stopped early, and
// is nil when it did not. Workers must be running somewhere.
func Import(ctx context.Context, to Intake, sources iter.Seq[Source], o ImportOptions) (Report, error) {
	caller := ctx
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	m := &importing{to: to, o: o.withDefaults(), f: newFollower()}
	watching, err := watch(ctx, to.WatchStates(ctx), m.f.heard)
	if err != nil {
		return m.f.report(), fmt.Errorf("import: %w", err)
	}
	submitted := make(chan struct{})
	var g errgroup.Group
	g.Go(func() error { defer close(submitted); m.submitAll(ctx, sources); return nil })
	over := m.attend(ctx, submitted)
	stop(over)
	_ = g.Wait() // never fails
	<-watching
	m.f.conclude(ctx, m.o.Drain, to, m.f.heard)
	m.f.abandon()
	r := m.f.report()
	m.o.Progress(r)
	if caller.Err() != nil {
		return r, context.Cause(caller)
	}
	return r, over
}

// importing is one import.
type importing struct {
	to Intake
	o  ImportOptions
	f  *follower
}

// watch tells heard of every state that is written. It returns once nothing is
// missed any more; the channel is closed when the watching has ended.
func watch(ctx context.Context, states iter.Seq2[event.State, error], heard func(event.State)) (<-chan struct{}, error) {
	ready, done := make(chan error, 1), make(chan struct{})
	go func() {
		defer close(done)
		first := true
		for st, err := range states {
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
func (m *importing) submitAll(ctx context.Context, sources iter.Seq[Source]) {
	count, bytes := semaphore.NewWeighted(int64(m.o.MaxOpen)), semaphore.NewWeighted(m.o.MaxBytes)
	var g errgroup.Group
	g.SetLimit(m.o.Parallel)
	late, cancel := outlive(ctx, submitGrace)
	defer cancel()
	for src := range sources {
		if ctx.Err() != nil {
			break
		}
		if !m.f.see(src) {
			continue
		}
		weight := min(max(src.Size, 0), m.o.MaxBytes)
		if count.Acquire(ctx, 1) != nil || bytes.Acquire(ctx, weight) != nil {
			m.f.unsee()
			break
		}
		release := func() { count.Release(1); bytes.Release(weight) }
		g.Go(func() error { m.submitOne(ctx, late, src, release); return nil })
	}
	_ = g.Wait() // never fails
}

// submitOne submits one source, again after a while if the queue or the store
// does not answer, and some times if what it comes from does not. When ctx is
// done a submission in hand has until late is.
func (m *importing) submitOne(ctx, late context.Context, src Source, release func()) {
	var receipt Receipt
	var err error
	wait := submitWait / 8
	for try := 1; ; try++ {
		in := &watched{open: src.Open}
		err = guard(func() error {
			defer in.close()
			receipt, err = m.to.Take(late, Offer{Name: src.Name, Batch: m.o.Batch, Size: src.Size}, in)
			return cmp.Or(in.shut, err)
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
	m.f.submitted(src.Name, receipt, err, release)
}

// watched is a source that is opened when it is first read, and remembers that it
// could not be read: for that the queue and the store are not to be blamed.
type watched struct {
	open   func() (io.ReadCloser, error)
	r      io.ReadCloser // nil before it was opened
	shut   error         // why it cannot be opened
	failed bool
}

func (w *watched) Read(p []byte) (n int, err error) {
	if w.r == nil {
		w.r, err = w.open()
		w.shut = err
	}
	if err == nil {
		n, err = w.r.Read(p)
	}
	w.failed = w.failed || (err != nil && !errors.Is(err, io.EOF))
	return n, err
}

func (w *watched) close() {
	if w.r != nil {
		_ = w.r.Close() // only read from
	}
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

// attend waits until everything is submitted and final or ctx is done, or
// returns why the import cannot go on. It reads states again when nothing is
// heard.
func (m *importing) attend(ctx context.Context, submitted <-chan struct{}) (over error) {
	t := time.NewTicker(tick)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-submitted:
			submitted = nil
		case <-m.f.moved:
		case <-t.C:
			m.o.Progress(m.f.report())
			if m.f.quietFor(patience) {
				m.f.reread(ctx, m.to, m.f.heard)
			}
			if err := m.to.Over(ctx); err != nil && ctx.Err() == nil {
				return err
			}
		}
		if submitted == nil && m.f.idle() {
			return nil
		}
	}
}
