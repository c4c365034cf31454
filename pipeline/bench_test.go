package pipeline_test

import (
	"bytes"
	"testing"

	"jixiao/extractors"
	"jixiao/extractors/all"
	"jixiao/internal/sample"
	"jixiao/pipeline"
	"jixiao/schemas"
)

// A report of 9 KB from bytes to record, and a PDF of four pages with the
// engine warm: what one processor does in a second.
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
			n := 0
			for b.Loop() {
				run(b, r, docs[n%len(docs)])
				n++
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "docs/s")
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
