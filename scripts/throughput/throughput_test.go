package main

import (
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPairs(t *testing.T) {
	var got []string
	for _, p := range pairs([]byte("{a}\n{1}\n{b}\n{2}\n")) {
		got = append(got, string(p))
	}
	if d := cmp.Diff([]string{"{a}\n{1}\n", "{b}\n{2}\n"}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if got := pairs([]byte("no line")); len(got) != 1 { // and an end
		t.Errorf("%d parts", len(got))
	}
}

func TestBulks(t *testing.T) {
	l := loader{bytes: 10}
	for range 7 {
		l.lines = append(l.lines, []byte("12345\n"))
	}
	bulks := l.bulks()
	all := ""
	for _, b := range bulks {
		all += string(b)
	}
	if len(bulks) != 4 || all != strings.Repeat("12345\n", 7) || l.total() != len(all) {
		t.Errorf("%q", bulks)
	}
}

func TestOnce(t *testing.T) {
	l := loader{lines: [][]byte{[]byte("{a}\n{1}\n"), []byte("{b}\n{2}\n"), []byte("{a}\n{1}\n")}}
	if again := l.once(); again != 1 || len(l.lines) != 2 {
		t.Errorf("%d again, %q are left", again, l.lines)
	}
}

func TestProcessor(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("processor time is read from /proc, on Linux only")
	}
	before := processor(os.Getpid())
	for start := time.Now(); processor(os.Getpid()) < before+3*tick; {
		if time.Since(start) > time.Minute {
			t.Fatal("the processor time of a busy process does not grow")
		}
	}
	if got := processor(0); got != 0 {
		t.Errorf("no process has used %v", got)
	}
}

func TestCost(t *testing.T) {
	c := cost{wall: 2 * time.Second, cpu: [sides]time.Duration{time.Second, 0, 500 * time.Millisecond}}
	c.add(c)
	if c.rate(100) != 25 || c.busy() != 3*time.Second || milliseconds(c.cpu[onProgram], 100) != 20 {
		t.Errorf("%+v", c)
	}
}
