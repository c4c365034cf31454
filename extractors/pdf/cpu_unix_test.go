//go:build unix

package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"jixiao/extractors"
)

// BenchmarkAgainstPdftotext compares processor time, which other load on the
// machine hardly moves: ours of a warm process against pdftotext's, a process
// for each document. Its metric is ours divided by theirs.
func BenchmarkAgainstPdftotext(b *testing.B) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		b.Skip("pdftotext is not installed")
	}
	files, err := filepath.Glob(filepath.Join(sharedDir(b, "pdf"), "*.pdf"))
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range files {
		name := strings.TrimSuffix(filepath.Base(path), ".pdf")
		if unscored[name] {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			in := extractors.Input{Name: name, Size: int64(len(data)), Bytes: bytes.NewReader(data)}
			if _, err := New().Extract(b.Context(), in); err != nil { // warms up
				b.Fatal(err)
			}
			var ours, theirs time.Duration
			for b.Loop() {
				start := processorTime(b)
				if _, err := New().Extract(b.Context(), in); err != nil {
					b.Fatal(err)
				}
				ours += processorTime(b) - start
				c := exec.CommandContext(b.Context(), "pdftotext", path, "-")
				if err := c.Run(); err != nil {
					b.Fatal(err)
				}
				theirs += c.ProcessState.UserTime() + c.ProcessState.SystemTime()
			}
			b.ReportMetric(float64(ours.Microseconds())/1e3/float64(b.N), "our-ms/op")
			b.ReportMetric(float64(theirs.Microseconds())/1e3/float64(b.N), "their-ms/op")
			b.ReportMetric(float64(ours)/float64(theirs), "times")
		})
	}
}

// processorTime returns what this process has used so far.
func processorTime(b *testing.B) time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
