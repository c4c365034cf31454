// Package durable makes what was done to a folder outlast a power cut.
//
// Syncing a file keeps its content; that the file has its name, or had it taken
// away, is content of the folder and wants a sync of its own.
package durable

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// SyncFolder returns when the names in dir are on the disk: those of files that
// were made, renamed or removed before. Where that cannot be asked for it does
// nothing: on Windows, on file systems that do not sync folders, and for a folder
// that this user may not read.
func SyncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if errors.Is(err, fs.ErrPermission) {
		return nil // a parent that is not ours to read was there before
	}
	if err != nil {
		return err
	}
	err = d.Sync()
	if unable(err) {
		err = nil
	}
	return errors.Join(err, d.Close())
}

// unable tells a file system that does not sync folders from one that failed to.
func unable(err error) bool {
	return errors.Is(err, syscall.EINVAL) || errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported)
}
