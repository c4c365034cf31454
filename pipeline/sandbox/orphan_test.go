package sandbox

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// beKilled is the life of a parent that ends by kill -9: it says which children
// it has, one idle and one in an endless loop, and waits.
func beKilled() {
	p := New(Options{Size: 2, Env: []string{envRole + "=child"}})
	ctx := context.Background()
	looping, _ := p.Do(ctx, []byte("pid"), strings.NewReader(""), 0)
	go p.Do(ctx, []byte("loop"), strings.NewReader(""), 0) //nolint:errcheck // it never ends
	time.Sleep(100 * time.Millisecond)
	idle, _ := p.Do(ctx, []byte("pid"), strings.NewReader(""), 0)
	fmt.Println(string(looping), string(idle))
	time.Sleep(time.Hour)
}

func TestNoOrphans(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("looks for processes as Unix does")
	}
	parent := exec.Command(os.Args[0])
	parent.Env = append(os.Environ(), envRole+"=parent")
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	pids := strings.Fields(line)
	if len(pids) != 2 || pids[0] == pids[1] {
		t.Fatalf("the parent has the children %q", pids)
	}
	parent.Process.Kill() //nolint:errcheck // Wait tells
	parent.Wait()         //nolint:errcheck // it was killed
	for _, s := range pids {
		pid, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		gone(t, pid)
	}
}

func TestGrandchildrenDieToo(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("looks at /proc")
	}
	p := newPool(t, Options{Size: 1, Timeout: time.Second})
	pid, err := strconv.Atoi(mustDo(t, p, "grandchild", ""))
	if err != nil {
		t.Fatal(err)
	}
	if !exists(pid) {
		t.Fatal("there is no grandchild")
	}
	do(t, p, "loop", "") //nolint:errcheck // it is killed
	gone(t, pid)
}

// gone waits for the process to end.
func gone(t *testing.T, pid int) {
	t.Helper()
	for range 100 {
		if !exists(pid) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("process %d is still there after 5 s", pid)
}

// exists reports whether the process runs; one that only waits to be reaped
// does not.
func exists(pid int) bool {
	b, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return false
	}
	_, state, _ := strings.Cut(string(b), ") ")
	return !strings.HasPrefix(state, "Z")
}
