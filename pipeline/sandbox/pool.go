package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"jixiao/internal/fault"
)

// A Pool gives jobs to child processes. It is safe for concurrent use and
// starts nothing before the first job.
type Pool struct {
	opts  Options
	slots chan struct{} // as many as children may work
	start chan func()   // run by the one thread that starts children

	mu     sync.Mutex
	idle   []*child // the last one used is used first
	closed bool
	thread bool           // the starting thread runs
	users  sync.WaitGroup // jobs
	ending sync.WaitGroup // children that are told to end
}

// New returns a pool; Close ends it.
func New(o Options) *Pool {
	o = o.withDefaults()
	return &Pool{opts: o, slots: make(chan struct{}, o.Size), start: make(chan func())}
}

// Do has a child handle header and the size bytes of body, and returns its
// answer. It waits while all children work.
//
// An error that the child's handler returned comes back with its kind, message
// and hint. A child that dies, breaks the protocol or is killed for its memory
// is a fault of kind Invalid about this document, one that takes too long of
// kind Timeout, and one that somebody else killed of kind Internal. If no child
// can be started or body cannot be read, the fault is Unavailable. When ctx
// ends, so does the child, and ctx.Err is returned. Nothing of this touches
// other jobs.
func (p *Pool) Do(ctx context.Context, header []byte, body io.Reader, size int64) ([]byte, error) {
	if len(header) > maxHead || size < 0 {
		return nil, fault.New(fault.Internal, "a job with a header of %d bytes and a body of %d", len(header), size)
	}
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.users.Done()
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c, err := p.take(ctx)
	if err != nil {
		return nil, err
	}
	result, err := c.do(ctx, header, body, size)
	p.give(c)
	return result, err
}

// enter counts a job unless the pool is closed.
func (p *Pool) enter() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return fault.New(fault.Canceled, "the sandbox is closed")
	}
	p.users.Add(1)
	return nil
}

// take returns an idle child, or a new one.
func (p *Pool) take(ctx context.Context) (*child, error) {
	p.mu.Lock()
	for n := len(p.idle); n > 0; n = len(p.idle) {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		if c.alive() {
			p.mu.Unlock()
			return c, nil
		}
		p.opts.Died()
		c.out.Close()
	}
	if !p.thread {
		p.thread = true
		go p.startChildren()
	}
	p.mu.Unlock()

	c := newChild(&p.opts)
	started := make(chan error, 1)
	p.start <- func() { started <- c.start() }
	err := <-started
	if err == nil {
		err = c.greet(ctx)
	}
	switch {
	case err == nil:
		return c, nil
	case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return nil, err
	}
	return nil, fault.WithHint(fault.Mark(fault.Unavailable, fmt.Errorf("start a parser process: %w", err)),
		"see that the program may start itself: its file must still be there and executable")
}

// startChildren starts children from one thread that lives as long as the
// pool: Linux kills them when the thread that started them ends, not the
// process, and Go's threads come and go.
func (p *Pool) startChildren() {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for f := range p.start {
		f()
	}
}

// give puts c back, or ends it if it is dead or has done enough.
func (p *Pool) give(c *child) {
	if !c.alive() {
		c.out.Close()
		return
	}
	worn := c.jobs >= p.opts.RecycleJobs || residentMemory(c.cmd.Process.Pid) > p.opts.RecycleMemory
	p.mu.Lock()
	defer p.mu.Unlock()
	if !worn {
		p.idle = append(p.idle, c)
		return
	}
	p.ending.Go(func() { c.end(endGrace) })
}

// Close waits for the running jobs, ends all children and returns when none is
// left. Later calls do the same; Do fails from the first one on.
func (p *Pool) Close() error {
	p.mu.Lock()
	first := !p.closed
	p.closed = true
	p.mu.Unlock()
	p.users.Wait()

	p.mu.Lock()
	for _, c := range p.idle {
		p.ending.Go(func() { c.end(endGrace) })
	}
	p.idle = nil
	p.mu.Unlock()
	p.ending.Wait()
	if first {
		close(p.start)
	}
	return nil
}
