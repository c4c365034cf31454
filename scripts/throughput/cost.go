package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"
)

// Whose processor time is counted.
const (
	onProgram = iota // jixiao, in all its processes, or the bare loader
	onNATS
	onElastic
	sides
)

// A cost is what it took to bring the reports in.
type cost struct {
	wall time.Duration
	cpu  [sides]time.Duration
}

func (c *cost) add(d cost) {
	c.wall += d.wall
	for i := range c.cpu {
		c.cpu[i] += d.cpu[i]
	}
}

// busy is the processor time of all sides: two runs compare by it even where
// others use the machine too.
func (c cost) busy() (sum time.Duration) {
	for _, d := range c.cpu {
		sum += d
	}
	return sum
}

func (c cost) rate(docs int) float64 { return float64(docs) / c.wall.Seconds() }

func milliseconds(d time.Duration, docs int) float64 { return d.Seconds() * 1000 / float64(docs) }

// tick is the unit of /proc/PID/stat; every Linux of today has it.
const tick = time.Second / 100

// processor returns the time that a process and the children it waited for have
// used, 0 if there is no such process.
func processor(pid int) time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	// The name, in parentheses, may hold anything. Behind it the 12th to the
	// 15th field are utime, stime, cutime and cstime.
	f := bytes.Fields(b[bytes.LastIndexByte(b, ')')+1:])
	if len(f) < 15 {
		return 0
	}
	sum := int64(0)
	for _, word := range f[11:15] {
		n, _ := strconv.ParseInt(string(word), 10, 64) // 0 if the kernel changes its form
		sum += n
	}
	return time.Duration(sum) * tick
}
