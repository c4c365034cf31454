package store

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"

	"jixiao/internal/fault"
)

// mark gives an error of the disk its kind and the user's next step. An error
// that has a kind keeps it.
func mark(err error) error {
	switch {
	case err == nil || fault.KindOf(err) != fault.Internal:
		return err
	case errors.Is(err, berrors.ErrTimeout):
		return fault.WithHint(fault.Mark(fault.Conflict, fmt.Errorf("another process works on this data folder (%w)", err)),
			"wait until it has finished, or give another folder with --data")
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		return fault.WithHint(fault.Mark(fault.Forbidden, err), "choose a folder you may write with --data")
	case isFull(err):
		return fault.WithHint(fault.Mark(fault.Full, err), "make room on the disk of the data folder and run the same command again")
	}
	return err
}

// isFull reports whether err says that there is no space left. Windows has
// numbers of its own for it: ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL.
func isFull(err error) bool {
	if runtime.GOOS == "windows" {
		return errors.Is(err, syscall.Errno(39)) || errors.Is(err, syscall.Errno(112))
	}
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
