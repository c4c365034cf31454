//go:build unix && !linux

package sandbox

import (
	"os/exec"
	"syscall"
)

// setProcAttr makes the child the leader of a group of its own, so that it does
// not get the terminal's Ctrl-C.
func setProcAttr(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// residentMemory is not known without cgo here: Go's soft limit has to do.
func residentMemory(int) int64 { return 0 }

// limitData does nothing, as above.
func limitData(int64) {}
