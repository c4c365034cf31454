package sandbox

import (
	"os"
	"os/exec"
)

// setProcAttr does nothing: there are no groups to lead.
func setProcAttr(*exec.Cmd) {}

// killGroup kills the process; it starts no others.
func killGroup(cmd *exec.Cmd) {
	cmd.Process.Kill() //nolint:errcheck // it may be gone already
}

// residentMemory is not looked at here: Go's soft limit has to do.
func residentMemory(int) int64 { return 0 }

// limitData does nothing, as above.
func limitData(int64) {}

// signaled is never true: there are no signals.
func signaled(*os.ProcessState) bool { return false }
