//go:build unix

package pipeline_test

import (
	"bytes"
	"syscall"
	"testing"
	"time"

	"jixiao/extractors"
	"jixiao/extractors/all"
	"jixiao/internal/sample"
	"jixiao/pipeline"
	"jixiao/schemas"
)

// A report of 9 KB from bytes to record, and a PDF of four pages with the
// engine warm: what one processor does in a second. The processor time is what
// counts on a machine that others use too.
func BenchmarkRecord(b *testing.B) {
	for _, kind := range []struct {
		name string
		make func(seed uint64) []byte
	}{
		{"text_9KB", func(seed uint64) []byte { return []byte(sample.Report(seed, sample.Size)) }},
		{"pdf_4_pages", func(seed uint64) []byte { return sample.PDF(seed, 4) }},
	} {
		b.Run(kind.name, func(b *testing.B) {
			docs := make([][]byte, 64)
			for i := range docs {
				docs[i] = kind.make(uint64(i))
			}
			r := pipeline.Runner{Extractors: all.Extractors()}
			run(b, r, docs[0]) // compiles what is compiled once
			b.ReportAllocs()
			n, before := 0, processorTime(b)
			for b.Loop() {
				run(b, r, docs[n%len(docs)])
				n++
			}
			used := processorTime(b) - before
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "docs/s")
			b.ReportMetric(used.Seconds()*1000/float64(n), "cpu-ms/doc")
		})
	}
}

func run(b *testing.B, r pipeline.Runner, doc []byte) {
	b.Helper()
	in := extractors.Input{Size: int64(len(doc)), Bytes: bytes.NewReader(doc)}
	if _, _, err := r.Run(b.Context(), schemas.IDOf(doc), in); err != nil {
		b.Fatal(err)
	}
}

// processorTime returns what this process has used so far, collector included.
func processorTime(t testing.TB) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
