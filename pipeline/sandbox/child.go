package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"

	"jixiao/internal/fault"
)

// A child is one process. It belongs to one job at a time.
type child struct {
	opts *Options
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  io.ReadCloser
	log  excerpt
	jobs int
	done chan struct{} // closed when the process is gone and waited for
}

func newChild(o *Options) *child { return &child{opts: o, done: make(chan struct{})} }

// start starts the process.
func (c *child) start() error {
	program := c.opts.Program
	if program == "" {
		var err error
		if program, err = os.Executable(); err != nil {
			return err
		}
	}
	c.cmd = exec.Command(program, c.opts.Args...)
	c.cmd.Env = append(os.Environ(), c.opts.Env...)
	c.cmd.Env = append(c.cmd.Env, envMemory+"="+strconv.FormatInt(c.opts.Memory, 10))
	c.cmd.Stderr = &c.log
	c.cmd.WaitDelay = endGrace // a grandchild may hold stderr open
	setProcAttr(c.cmd)
	in, err := c.cmd.StdinPipe()
	if err != nil {
		return err
	}
	// A pipe of our own: Wait closes that of StdoutPipe, maybe before it was read.
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	c.cmd.Stdout = w
	err = c.cmd.Start()
	w.Close() // the child has its own copy
	if err != nil {
		r.Close()
		return err
	}
	c.in, c.out = in, r
	go func() {
		c.cmd.Wait()     //nolint:errcheck // ProcessState tells
		killGroup(c.cmd) // what it started and left behind
		close(c.done)
	}()
	return nil
}

// alive reports whether the process is there.
func (c *child) alive() bool {
	select {
	case <-c.done:
		return false
	default:
		return true
	}
}

// kill ends the process at once, unless it is gone and its number another's.
func (c *child) kill() {
	if c.alive() {
		killGroup(c.cmd)
	}
}

// greet waits for the child to say that it is ready; else the child is gone
// when greet returns.
func (c *child) greet(ctx context.Context) error {
	ready, cancel := context.WithTimeoutCause(ctx, startTimeout, fmt.Errorf("not ready within %v", startTimeout))
	defer cancel()
	why := c.watch(ready, false, func() error {
		_, _, err := readFrame(c.out, markHello, 0)
		return err
	})
	if why == nil {
		return nil
	}
	c.waitFor(endGrace)
	c.end(0)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	c.opts.Died()
	return &deadChild{message: fmt.Sprintf("%v: %v", why, c.cmd.ProcessState), stderr: c.log.String()}
}

// do gives the child one job. If the child does not survive it, it is gone
// when do returns.
func (c *child) do(ctx context.Context, header []byte, body io.Reader, size int64) (result []byte, err error) {
	c.jobs++
	source := &sourceReader{r: body}
	var head []byte
	var sourceErr error
	limited, cancel := context.WithTimeoutCause(ctx, c.opts.Timeout, errTooLong)
	defer cancel()
	why := c.watch(limited, true, func() (err error) {
		err = writeFrame(c.in, markJob, header, source, size)
		if err != nil && source.err != nil {
			sourceErr = source.err
			return err
		}
		// If it was the child that did not take it all, its end is read here.
		head, result, err = readFrame(c.out, markAnswer, c.opts.MaxAnswer)
		return err
	})
	switch {
	case why == nil:
		return result, parseVerdict(head)
	case ctx.Err() != nil:
		c.end(0)
		return nil, ctx.Err()
	case sourceErr != nil:
		c.end(0) // it waits for the rest
		return nil, fault.Mark(fault.Unavailable, fmt.Errorf("read the document: %w", sourceErr))
	}
	return nil, c.bury(why)
}

// watch runs talk, which talks with the child, and kills the child when ctx ends
// or, if asked, when it holds too much memory, which ends the talk as well. It
// returns why the talk failed: the reason for killing if there was one.
func (c *child) watch(ctx context.Context, memory bool, talk func() error) error {
	ended := make(chan error, 1)
	go func() { ended <- talk() }()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		select {
		case err := <-ended:
			return err
		case <-ctx.Done():
			c.kill()
			<-ended //nolint:errcheck // the talk fails because of the kill
			return context.Cause(ctx)
		case <-look.C:
			if memory && residentMemory(c.cmd.Process.Pid) > c.opts.Memory {
				c.kill()
				<-ended //nolint:errcheck // the talk fails because of the kill
				return errTooBig
			}
		}
	}
}

func parseVerdict(head []byte) error {
	var v verdict
	if err := json.Unmarshal(head, &v); err != nil {
		return fault.Mark(fault.Internal, fmt.Errorf("read the child's verdict: %w", err))
	}
	if v.Kind == fault.None {
		return nil
	}
	err := fault.New(v.Kind, "%s", v.Message)
	if v.Hint != "" {
		err = fault.WithHint(err, v.Hint)
	}
	return err
}

// end closes the child's stdin, and kills it if it is still there after the
// grace. It returns when the process is gone.
func (c *child) end(grace time.Duration) {
	c.in.Close() // it may be closed already
	c.waitFor(grace)
	c.kill()
	<-c.done
	c.out.Close()
}

// waitFor waits for the process to end by itself, d at most, and reports
// whether it did.
func (c *child) waitFor(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-c.done:
		return true
	case <-timer.C:
		return false
	}
}

// sourceReader remembers why the document could not be read, to tell that from
// a child that went away.
type sourceReader struct {
	r   io.Reader
	err error
}

func (s *sourceReader) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	if err != nil {
		s.err = err
		if err == io.EOF {
			s.err = io.ErrUnexpectedEOF // CopyN asks for no more than there should be
		}
	}
	return n, err
}
