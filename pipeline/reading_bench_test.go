//go:build unix

package pipeline_test

import (
	"bytes"
	"testing"

	"jixiao/extractors"
	"jixiao/extractors/all"
	"jixiao/extractors/check"
	"jixiao/extractors/field"
	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/internal/sample"
	"jixiao/internal/zh/segment"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/layout"
)

// A report is one report with what each stage needs of the stages before it.
type report struct {
	bytes  []byte
	doc    *layout.Doc
	tokens []segment.Token
}

// BenchmarkReading takes reports of 9 KB from their bytes to all that is known
// of them: the record, and the words that the index ranks by. The whole is what
// a document costs; the stages say where, each with what the stages before it
// have made.
func BenchmarkReading(b *testing.B) {
	r := pipeline.Runner{Extractors: all.Extractors()}
	reports := make([]report, 64)
	for i := range reports {
		reports[i].bytes = []byte(sample.Report(uint64(i), sample.Size))
		reports[i].doc = extract(b, r, reports[i].bytes)
	}
	b.Run("whole", func(b *testing.B) {
		perReport(b, reports, func(x *report) {
			in := extractors.Input{Size: int64(len(x.bytes)), Bytes: bytes.NewReader(x.bytes)}
			doc, _, err := r.Run(b.Context(), schemas.IDOf(x.bytes), in)
			if err != nil {
				b.Fatal(err)
			}
			x.tokens = segment.Default().Cut(x.tokens[:0], doc.Text)
		})
	})
	b.Run("extract", func(b *testing.B) {
		perReport(b, reports, func(x *report) { extract(b, r, x.bytes) })
	})
	b.Run("fold", func(b *testing.B) {
		perReport(b, reports, func(x *report) { passage.New(x.doc).Release() })
	})
	b.Run("fold_outline", func(b *testing.B) {
		perReport(b, reports, func(x *report) {
			p := passage.New(x.doc)
			section.Outline(p)
			p.Release()
		})
	})
	b.Run("fold_outline_fields", func(b *testing.B) {
		perReport(b, reports, func(x *report) {
			p := passage.New(x.doc)
			field.Read(p, section.Outline(p))
			p.Release()
		})
	})
	b.Run("checks", func(b *testing.B) {
		results := map[*report]*field.Reading{}
		for i := range reports {
			p := passage.New(reports[i].doc)
			results[&reports[i]] = field.Read(p, section.Outline(p))
		}
		perReport(b, reports, func(x *report) {
			fields := results[x].Fields
			check.Review(fields, check.Findings(x.doc, fields))
		})
	})
	b.Run("segment", func(b *testing.B) {
		perReport(b, reports, func(x *report) { x.tokens = segment.Default().Cut(x.tokens[:0], x.doc.Text) })
	})
}

func extract(b *testing.B, r pipeline.Runner, report []byte) *layout.Doc {
	b.Helper()
	doc, _, err := r.Extract(b.Context(), extractors.Input{Size: int64(len(report)), Bytes: bytes.NewReader(report)})
	if err != nil {
		b.Fatal(err)
	}
	return doc
}

// perReport measures do on one report after another and says how many
// microseconds of processor time it takes, the collector's included, and how
// many reports one processor does so in a second.
func perReport(b *testing.B, reports []report, do func(*report)) {
	for i := range reports {
		do(&reports[i]) // compiles what is compiled once
	}
	b.ReportAllocs()
	n, before := 0, processorTime(b)
	for b.Loop() {
		do(&reports[n%len(reports)])
		n++
	}
	used := processorTime(b) - before
	b.ReportMetric(float64(used.Nanoseconds())/1e3/float64(n), "cpu-µs/doc")
	b.ReportMetric(float64(n)/used.Seconds(), "docs/cpu-s")
}
