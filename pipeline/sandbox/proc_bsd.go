//go:build unix && !linux

package sandbox

import (
	"os/exec"
	"syscall"
)

func setProcAttr(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// residentMemory is not known without cgo here: Go's soft limit has to do.
func residentMemory(int) int64 { return 0 }

func limitData(int64) {}
