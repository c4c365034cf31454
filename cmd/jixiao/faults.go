package main

import (
	"errors"

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

// err returns them as one fault of kind Usage with the first hint.
func (f *faults) err() error {
	err := errors.Join(f.all...)
	for _, one := range f.all {
		if hint := fault.HintOf(one); hint != "" {
			return fault.WithHint(fault.Mark(fault.Usage, err), hint)
		}
	}
	return fault.Mark(fault.Usage, err)
}
