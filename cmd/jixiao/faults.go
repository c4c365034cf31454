package main

import (
	"errors"
	"fmt"

	"jixiao/internal/fault"
)

// faults collects all that is wrong with a command's words.
type faults struct{ all []error }

func (f *faults) add(err error) {
	if err != nil {
		f.all = append(f.all, err)
	}
}

func (f *faults) check(ok bool, format string, args ...any) {
	if !ok {
		f.all = append(f.all, fault.New(fault.Usage, format, args...))
	}
}

// err returns them as one fault of kind Usage, each with its own next step.
func (f *faults) err() error {
	if len(f.all) < 2 {
		return fault.Mark(fault.Usage, errors.Join(f.all...))
	}
	lines := make([]error, len(f.all))
	for i, one := range f.all {
		lines[i] = one
		if hint := fault.HintOf(one); hint != "" {
			lines[i] = fmt.Errorf("%w (%s)", one, hint)
		}
	}
	return &fault.Fault{Kind: fault.Usage, Err: errors.Join(lines...)}
}
