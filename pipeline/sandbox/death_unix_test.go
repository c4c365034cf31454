//go:build unix

package sandbox

import (
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// Every death is told once, the end of a child that has done enough is not.
func TestDeathsAreTold(t *testing.T) {
	var deaths atomic.Int64
	p := newPool(t, Options{Size: 1, RecycleJobs: 2, Died: func() { deaths.Add(1) }})
	for range 5 { // two children and a half
		mustDo(t, p, "upper", "x")
	}
	if n := deaths.Load(); n != 0 {
		t.Fatalf("%d deaths of children that worked well", n)
	}
	for _, how := range []string{"exit", "panic"} {
		if _, err := do(t, p, how, ""); err == nil {
			t.Errorf("a child that should %s answered", how)
		}
	}
	if n := deaths.Load(); n != 2 {
		t.Errorf("%d deaths after two crashes", n)
	}
	pid, err := strconv.Atoi(mustDo(t, p, "pid", ""))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	for syscall.Kill(pid, 0) == nil { // until it is waited for
		time.Sleep(time.Millisecond)
	}
	_, _ = do(t, p, "upper", "x") // by a new child, or the death is seen only now
	if n := deaths.Load(); n != 3 {
		t.Errorf("%d deaths after an idle child was killed", n)
	}
}
