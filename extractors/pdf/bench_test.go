package pdf

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jixiao/extractors"
)

// BenchmarkWarm reads a document again and again in one process, as a worker
// does. Each sample is a benchmark of its own.
func BenchmarkWarm(b *testing.B) {
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
			b.ReportAllocs()
			for b.Loop() {
				in := extractors.Input{Name: name, Size: int64(len(data)), Bytes: bytes.NewReader(data)}
				if _, err := New().Extract(b.Context(), in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
