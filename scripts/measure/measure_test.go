package main

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"
)

// The test binary serves as the measured program: it takes memory, or starts
// itself once more to do so.
func TestMain(m *testing.M) {
	switch os.Getenv("MEASURE_TEST") {
	case "child":
		b := make([]byte, 64<<20)
		for i := range b {
			b[i] = 1
		}
		time.Sleep(10 * every)
		runtime.KeepAlive(b)
	case "parent":
		os.Setenv("MEASURE_TEST", "child")
		if err := exec.Command(os.Args[0]).Run(); err != nil {
			os.Exit(1)
		}
	default:
		os.Exit(m.Run())
	}
}

func TestMemoryOfChildrenCounts(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("memory is measured on Linux only")
	}
	t.Setenv("MEASURE_TEST", "parent")
	c, err := measure([]string{os.Args[0]})
	if err != nil {
		t.Fatal(err)
	}
	if c.peakAnon < 64<<20 {
		t.Errorf("peak of %d bytes, the child alone took %d", c.peakAnon, 64<<20)
	}
	if c.wall < 10*every || c.cpu <= 0 {
		t.Errorf("cost %+v", c)
	}
}

func TestFailureIsAnError(t *testing.T) {
	if _, err := measure([]string{"go", "no-such-command"}); err == nil || !strings.Contains(err.Error(), "no-such-command") {
		t.Errorf("err = %v", err)
	}
}

func TestLine(t *testing.T) {
	c := cost{wall: 2 * time.Second, cpu: 3 * time.Second, peakAnon: 5e6}
	want := "BenchmarkImport 1 2000000000 ns/op 50.0 docs/s 30.000 cpu-ms/doc 5.0 peak-anon-MB"
	if got := c.line("Import", 100); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
