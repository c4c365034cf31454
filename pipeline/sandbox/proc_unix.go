//go:build unix

package sandbox

import (
	"os"
	"os/exec"
	"syscall"
)

// killGroup kills the process and all that it started, for it leads a group.
func killGroup(cmd *exec.Cmd) {
	syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) //nolint:errcheck // they may be gone already
}

// signaled reports whether the process was killed: by this program or another, or
// by the system when it ran out of memory.
func signaled(s *os.ProcessState) bool {
	w, ok := s.Sys().(syscall.WaitStatus)
	return ok && w.Signaled() && w.Signal() == syscall.SIGKILL
}
