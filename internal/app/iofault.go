package app

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"jixiao/internal/fault"
)

// ioFault gives an error of the file system its kind and the next step.
func ioFault(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		err = fmt.Errorf("%s: %w", p.Path, p.Err) // which call failed says nothing to people
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return fault.WithHint(fault.Mark(fault.NotFound, err), "check the spelling of the path")
	case errors.Is(err, fs.ErrPermission):
		return fault.WithHint(fault.Mark(fault.Forbidden, err), "give this user the right to read it, or run as its owner")
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fault.WithHint(fault.Mark(fault.Full, err), "free some space, then run the same command again")
	}
	return fault.Mark(fault.Unavailable, err)
}

// fileFault is ioFault for the document name, which is told beside the error.
func fileFault(name string, err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok && p.Path == name {
		return ioFault(p.Err)
	}
	return ioFault(err)
}
