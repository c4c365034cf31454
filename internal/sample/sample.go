// Package sample invents self-evaluation reports for tests and benchmarks: whole
// reports with all the usual sections, whose figures are known beforehand. The
// same seed always gives the same report. Units and places do not exist.
package sample

import (
	"fmt"
	"os"
	"path/filepath"
)

// Size is the usual number of bytes of a report, that of a real one.
const Size = 9 << 10

// Report returns the report of seed as UTF-8 text, filled up with prose until
// it has about the given number of bytes (0: Size); never cut off.
func Report(seed uint64, bytes int) string {
	if bytes <= 0 {
		bytes = Size
	}
	return New(seed).Text(bytes)
}

// Write writes n different reports into dir, which it makes, as
// report-00000.txt and so on.
func Write(dir string, n int, seed uint64) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the folder of samples: %w", err)
	}
	for i := range n {
		name := filepath.Join(dir, fmt.Sprintf("report-%05d.txt", i))
		if err := os.WriteFile(name, []byte(Report(seed+uint64(i), Size)), 0o644); err != nil {
			return fmt.Errorf("write sample %d: %w", i, err)
		}
	}
	return nil
}
