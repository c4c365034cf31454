package durable

import (
	"errors"
	"os"
	"syscall"
	"testing"
)

// Folders that the kernel makes up cannot be synced.
func TestFolderThatDoesNotSync(t *testing.T) {
	const dir = "/proc"
	d, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Sync(); !errors.Is(err, syscall.EINVAL) {
		t.Fatalf("Sync = %v: it shows nothing", err)
	}
	if err := SyncFolder(dir); err != nil {
		t.Error(err)
	}
}
