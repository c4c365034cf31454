package pipeline_test

import (
	"fmt"
	"strings"
	"testing"

	"jixiao/pipeline"
)

// BenchmarkFlow takes documents of 9 KB from their submission to the index,
// with every write on the disk: what the pipeline itself costs, since reading
// and indexing do next to nothing here.
func BenchmarkFlow(b *testing.B) {
	w := newWorld(b)
	w.work(b)
	body := strings.Repeat("二〇二三年度部门整体支出绩效自评报告，", 160)
	src := func(yield func(pipeline.Source) bool) {
		for i := range b.N {
			text := fmt.Sprint("report ", i, body)
			if !yield(pipeline.Source{Name: fmt.Sprint(i, ".txt"), Size: int64(len(text)), Open: opener(text)}) {
				return
			}
		}
	}
	b.ResetTimer()
	r, err := w.Import(b.Context(), src, pipeline.ImportOptions{})
	if err != nil || r.New != b.N {
		b.Fatalf("Import = %+v, %v", r, err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}
