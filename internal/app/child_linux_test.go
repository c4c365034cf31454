package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"jixiao/internal/sample"
)

// children returns the processes that this one started.
func children(t *testing.T) (pids []int) {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range stats {
		b, err := os.ReadFile(name)
		if err != nil {
			continue // it ended meanwhile
		}
		f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
		if pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(name))); len(f) > 1 && f[1] == strconv.Itoa(os.Getpid()) {
			pids = append(pids, pid)
		}
	}
	return pids
}

// A parser that somebody kills is counted, and the next document is read by
// another.
func TestKilledParserIsCounted(t *testing.T) {
	o := DefaultOptions()
	o.Data, o.Workers = filepath.Join(t.TempDir(), "d"), 1
	o, log := heard(o)
	w := serving(t, o)
	url := log.url(t)
	paper := func(seed uint64) string {
		name := filepath.Join(t.TempDir(), "report.pdf")
		if err := os.WriteFile(name, sample.PDF(seed, 1), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	importInto(t, w.node, paper(1))
	pids := children(t)
	if len(pids) != 1 {
		t.Fatalf("%d children", len(pids))
	}
	if n, _ := metric(t, url, "jixiao_child_restarts_total"); n != 0 {
		t.Errorf("%v restarts before", n)
	}
	if err := syscall.Kill(pids[0], syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if r := importInto(t, w.node, paper(2)); r.New != 1 {
		t.Errorf("%+v", r)
	}
	if n, _ := metric(t, url, "jixiao_child_restarts_total"); n != 1 {
		t.Errorf("%v restarts after", n)
	}
	if err := w.stop(); err != nil {
		t.Error(err)
	}
}
