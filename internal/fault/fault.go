// Package fault is the one vocabulary of failure. Code below the edges says
// what kind of failure it is; each edge (queue, web, cmd) says what to do.
package fault

import (
	"context"
	"errors"
	"fmt"
)

// Kind is a class of failure that some edge treats differently.
type Kind string

// The kinds of failure.
const (
	None        Kind = ""            // no error
	Internal    Kind = "internal"    // a bug or an unclassified error
	Invalid     Kind = "invalid"     // the input can never succeed: empty, damaged, encrypted
	Unsupported Kind = "unsupported" // no extractor takes this input
	TooLarge    Kind = "too_large"   // over a limit that a flag can raise
	NotFound    Kind = "not_found"   // the named thing does not exist
	Forbidden   Kind = "forbidden"   // no permission to read or write the named thing
	Full        Kind = "full"        // no space left to write
	Unavailable Kind = "unavailable" // a dependency is down; later may work
	Timeout     Kind = "timeout"     // the work took longer than its deadline
	Conflict    Kind = "conflict"    // somebody else holds or changed the thing
	Canceled    Kind = "canceled"    // the caller gave up
	Usage       Kind = "usage"       // the command's words are off
)

// Fault is an error with a kind and, where there is one, the user's next step.
type Fault struct {
	Kind Kind
	Hint string // what the user can do, a sentence; may be empty
	Err  error
}

func (f *Fault) Error() string { return f.Err.Error() }

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

// New returns an error of the given kind.
func New(k Kind, format string, args ...any) error {
	return &Fault{Kind: k, Err: fmt.Errorf(format, args...)}
}

// Mark gives err a kind. It returns nil for a nil err.
func Mark(k Kind, err error) error {
	if err == nil {
		return nil
	}
	return &Fault{Kind: k, Err: err, Hint: HintOf(err)}
}

// WithHint adds the user's next step to err and keeps its kind.
func WithHint(err error, hint string) error {
	if err == nil {
		return nil
	}
	return &Fault{Kind: KindOf(err), Hint: hint, Err: err}
}

// KindOf returns the kind of the outermost marked error in err's chain,
// Internal if there is none, and None for nil.
func KindOf(err error) Kind {
	var f *Fault
	switch {
	case err == nil:
		return None
	case errors.As(err, &f):
		return f.Kind
	case errors.Is(err, context.Canceled):
		return Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return Timeout
	default:
		return Internal
	}
}

// HintOf returns the outermost hint in err's chain, or "".
func HintOf(err error) string {
	var f *Fault
	for errors.As(err, &f) {
		if f.Hint != "" {
			return f.Hint
		}
		err = f.Err
	}
	return ""
}

// Retryable reports whether the same input may succeed later without change.
func (k Kind) Retryable() bool {
	return k == Unavailable || k == Internal || k == Full || k == Conflict || k == Timeout
}
