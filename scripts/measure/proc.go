package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// treeAnon sums the anonymous resident memory of pid and all below it. What
// ended meanwhile counts nothing.
func treeAnon(pid int) int64 {
	sum := anon(pid)
	for _, child := range children(pid) {
		sum += treeAnon(child)
	}
	return sum
}

// anon returns the RssAnon of one process in bytes.
func anon(pid int) int64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if f := strings.Fields(line); len(f) >= 2 && f[0] == "RssAnon:" {
			kb, _ := strconv.ParseInt(f[1], 10, 64) // 0 if the kernel changes its form
			return kb << 10
		}
	}
	return 0
}

// children returns the processes that the threads of pid started.
func children(pid int) []int {
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid)) // the pattern is good
	var out []int
	for _, list := range lists {
		b, err := os.ReadFile(list)
		if err != nil {
			continue
		}
		for _, word := range strings.Fields(string(b)) {
			if n, err := strconv.Atoi(word); err == nil {
				out = append(out, n)
			}
		}
	}
	return out
}
