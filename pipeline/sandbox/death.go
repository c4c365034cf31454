package sandbox

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"jixiao/internal/fault"
)

// Why a child was killed.
var (
	errTooLong = errors.New("too long")
	errTooBig  = errors.New("too big")
)

// deadChild is the error of a child that did not survive its job.
type deadChild struct {
	message string
	stderr  string
	state   string
}

func (d *deadChild) Error() string { return d.message }

// Detail returns what is known about the end of the child that err speaks of:
// how it exited and the start and the end of what it wrote to stderr. It is for a person who
// looks for the cause; it may quote the document and does not belong in a log.
func Detail(err error) string {
	var d *deadChild
	if !errors.As(err, &d) {
		return ""
	}
	return d.state + "\n" + d.stderr
}

// bury waits for the child to be gone and makes an error of how it died.
func (c *child) bury(why error) error {
	stopped := errors.Is(why, errTooLong) || errors.Is(why, errTooBig) || errors.Is(why, errGarbage)
	if !stopped && !c.waitFor(endGrace) {
		why = errGarbage // it closed its stdout and lives
		stopped = true
	}
	c.end(0)
	c.opts.Died()
	d := &deadChild{stderr: c.log.String(), state: c.cmd.ProcessState.String()}
	kind, hint := fault.Invalid, ""
	switch said := d.stderr; {
	case errors.Is(why, errTooLong):
		kind, hint = fault.Timeout, "raise the limit with --timeout if the document is just large"
		d.message = fmt.Sprintf("the parser did not finish within %v and was stopped", c.opts.Timeout)
	case errors.Is(why, errTooBig), strings.Contains(said, "out of memory"), strings.Contains(said, "cannot allocate memory"),
		strings.Contains(said, "failed to allocate"):
		hint = "the document is damaged or hostile; print it to a new file and submit that"
		d.message = fmt.Sprintf("the parser ran out of memory (limit %d MiB) and was stopped", c.opts.Memory>>20)
	case errors.Is(why, errGarbage):
		d.message = "the parser's answer was garbage and it was stopped"
	case strings.Contains(said, "stack overflow"), strings.Contains(said, "stack exceeds"):
		d.message = "the parser crashed on the document: stack overflow"
	case !stopped && signaled(c.cmd.ProcessState):
		kind = fault.Internal
		d.message = "the parser was killed from outside"
	default:
		d.message = "the parser crashed on the document: " + d.state
	}
	return fault.WithHint(fault.Mark(kind, d), hint)
}

// A child's stderr is kept up to headSize bytes of its start, where Go says why
// it crashed, and up to tailSize bytes of its end.
const (
	headSize = 4 << 10
	tailSize = 8 << 10
)

// excerpt keeps the first and the last bytes written to it.
type excerpt struct {
	mu         sync.Mutex
	head, tail []byte
	cut        bool // bytes between them were dropped
}

func (e *excerpt) Write(b []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := len(b)
	room := min(headSize-len(e.head), len(b))
	e.head, b = append(e.head, b[:room]...), b[room:]
	if over := len(e.tail) + len(b) - tailSize; over > 0 {
		e.cut = true
		drop := min(over, len(e.tail))
		e.tail, b = append(e.tail[:0], e.tail[drop:]...), b[over-drop:]
	}
	e.tail = append(e.tail, b...)
	return n, nil
}

func (e *excerpt) String() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	gap := ""
	if e.cut {
		gap = "\n…\n"
	}
	return string(e.head) + gap + string(e.tail)
}
