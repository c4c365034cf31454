package field

import (
	"os"
	"path/filepath"
	"testing"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/schemas/record"
)

// BenchmarkReadProse reads everything but figures out of reports, from their
// layout on. JIXIAO_TEST_SHARED names the folder with the labelled reports.
func BenchmarkReadProse(b *testing.B) {
	shared := os.Getenv("JIXIAO_TEST_SHARED")
	if shared == "" {
		b.Skip("JIXIAO_TEST_SHARED is not set")
	}
	files, err := filepath.Glob(filepath.Join(shared, "corpus", "dev", "*", "source.txt"))
	if err != nil || len(files) == 0 {
		b.Fatalf("no reports below %s: %v", shared, err)
	}
	var texts []string
	size := 0
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, string(text))
		size += len(text)
	}
	b.SetBytes(int64(size / len(texts)))
	i := 0
	for b.Loop() {
		p := passage.New(layoutOf(texts[i%len(texts)]))
		r := &Reading{Doc: p, Tree: section.Outline(p), State: record.Read}
		r.run(proseReaders)
		i++
	}
}
