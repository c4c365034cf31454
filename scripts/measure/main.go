// Command measure runs another program and prints what it cost as a benchmark
// line that benchstat reads: time, processor time, and the peak of the anonymous
// resident memory of the program and all its children (Linux only).
//
//	go run ./scripts/measure -name Import -docs 2000 [-n 3] -- bin/jixiao import DIR
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

func main() {
	name := flag.String("name", "", "name of the benchmark")
	docs := flag.Int("docs", 1, "how many documents one run reads")
	runs := flag.Int("n", 1, "how many runs")
	setup := flag.String("setup", "", "shell command before each run, not measured")
	flag.Parse()
	if *name == "" || flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	for range *runs {
		if err := prepare(*setup); err != nil {
			fail(err)
		}
		c, err := measure(flag.Args())
		if err != nil {
			fail(err)
		}
		fmt.Println(c.line(*name, *docs))
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "measure:", err)
	os.Exit(1)
}

func prepare(command string) error {
	if command == "" {
		return nil
	}
	cmd := exec.Command("sh", "-c", command)
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

// A cost is what one run took.
type cost struct {
	wall, cpu time.Duration
	peakAnon  int64 // bytes
}

// line writes c in the format of Go benchmarks.
func (c cost) line(name string, docs int) string {
	n := float64(docs)
	return fmt.Sprintf("Benchmark%s 1 %d ns/op %.1f docs/s %.3f cpu-ms/doc %.1f peak-anon-MB",
		name, c.wall.Nanoseconds(), n/c.wall.Seconds(), c.cpu.Seconds()*1000/n, float64(c.peakAnon)/1e6)
}

const every = 20 * time.Millisecond

// measure runs args to its end. Its output goes nowhere, its talk is shown if
// it fails.
func measure(args []string) (cost, error) {
	var talk strings.Builder
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stderr = &talk
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return cost{}, err
	}
	stop, peak := make(chan struct{}), make(chan int64)
	go func() { peak <- watch(cmd.Process.Pid, stop) }()
	err := cmd.Wait()
	c := cost{wall: time.Since(start)}
	close(stop)
	c.peakAnon = <-peak
	if cmd.ProcessState != nil {
		c.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime() // with the children it waited for
	}
	if err != nil {
		return c, errors.Join(fmt.Errorf("%s: %w", strings.Join(args, " "), err), errors.New(talk.String()))
	}
	return c, nil
}

// watch returns the largest sum of anonymous memory of pid and its children
// that was seen until stop.
func watch(pid int, stop <-chan struct{}) (peak int64) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		peak = max(peak, treeAnon(pid))
		select {
		case <-stop:
			return peak
		case <-tick.C:
		}
	}
}
