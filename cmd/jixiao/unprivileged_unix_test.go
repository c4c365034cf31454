//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// nobody is a user without rights.
const nobody = 65534

// unprivileged CODE PROGRAM ARG... runs a program as a user that is not root
// and wants that exit code; its output goes to the files out and err.
func unprivileged(ts *testscript.TestScript, _ bool, args []string) {
	code, err := strconv.Atoi(args[0])
	ts.Check(err)
	program, err := lookPath(ts.Getenv("PATH"), args[1])
	ts.Check(err)
	cmd := exec.Command(program, args[2:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = []string{"LC_ALL=C.UTF-8", "PATH=" + ts.Getenv("PATH"), "HOME=" + cmd.Dir, "XDG_CACHE_HOME=" + filepath.Join(cmd.Dir, "cache")}
	if os.Geteuid() == 0 {
		open(ts, cmd.Dir)
		open(ts, program)
		ts.Check(os.Chown(cmd.Dir, nobody, nobody))
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err = cmd.Run()
	ts.Logf("%s%s", out.String(), errOut.String())
	ts.Check(os.WriteFile(ts.MkAbs("out"), out.Bytes(), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("err"), errOut.Bytes(), 0o600))
	if got := cmd.ProcessState.ExitCode(); got != code {
		ts.Fatalf("exit code %d, want %d (%v)", got, code, err)
	}
}

// open lets everybody walk down to path, up to the folder of temporary files.
func open(ts *testscript.TestScript, path string) {
	top := filepath.Clean(os.TempDir())
	for dir := filepath.Dir(path); strings.HasPrefix(dir, top+string(filepath.Separator)); dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		ts.Check(err)
		ts.Check(os.Chmod(dir, info.Mode().Perm()|0o011))
	}
}

func lookPath(list, name string) (string, error) {
	for _, dir := range filepath.SplitList(list) {
		if p := filepath.Join(dir, name); isFile(p) {
			return p, nil
		}
	}
	return "", exec.ErrNotFound
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
