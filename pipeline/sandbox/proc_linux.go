package sandbox

import (
	"bytes"
	"os"
	"os/exec"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// setProcAttr makes the child the leader of a group of its own, so that it does
// not get the terminal's Ctrl-C, and has the kernel kill it with its parent.
func setProcAttr(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// residentMemory returns the bytes of anonymous memory that the process holds,
// 0 if it is gone. Pages of files do not count: the system can drop them.
func residentMemory(pid int) int64 { return statusBytes(strconv.Itoa(pid), "RssAnon:") }

// limitData bounds how much private memory this process may map, beyond what
// it has mapped already: the limit that holds between two looks of the parent.
// A program that runs into it ends with "out of memory".
func limitData(bytes int64) {
	most := uint64(statusBytes("self", "VmData:") + bytes)
	unix.Setrlimit(unix.RLIMIT_DATA, &unix.Rlimit{Cur: most, Max: most}) //nolint:errcheck // the parent looks all the same
}

// statusBytes returns a value of the process's status file, which is in kB.
func statusBytes(pid, key string) int64 {
	b, err := os.ReadFile("/proc/" + pid + "/status")
	if err != nil {
		return 0
	}
	_, rest, _ := bytes.Cut(b, []byte("\n"+key))
	value, _, _ := bytes.Cut(rest, []byte(" kB"))
	n, err := strconv.ParseInt(string(bytes.TrimSpace(value)), 10, 64)
	if err != nil {
		return 0
	}
	return n << 10
}
