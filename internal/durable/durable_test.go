package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

func TestSyncFolder(t *testing.T) {
	if err := SyncFolder(t.TempDir()); err != nil {
		t.Errorf("a folder: %v", err)
	}
	if runtime.GOOS == "windows" {
		return // there it looks at nothing
	}
	missing := filepath.Join(t.TempDir(), "missing")
	if err := SyncFolder(missing); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing folder: %v", err)
	}
}

// What a file system cannot do is no failure; what it failed to do is one.
func TestUnable(t *testing.T) {
	for cause, want := range map[error]bool{
		syscall.EINVAL:        true,
		fs.ErrPermission:      true,
		errors.ErrUnsupported: true,
		syscall.ENOSPC:        false,
		syscall.EIO:           false,
		os.ErrClosed:          false,
		nil:                   false,
	} {
		err := cause
		if err != nil {
			err = &fs.PathError{Op: "sync", Path: "d", Err: cause}
		}
		if got := unable(err); got != want {
			t.Errorf("%v: %v, want %v", err, got, want)
		}
	}
}
