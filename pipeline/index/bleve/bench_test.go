package bleve_test

import (
	"bufio"
	"context"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"jixiao/internal/sample"
	"jixiao/pipeline/index"
	"jixiao/pipeline/index/bleve"
	"jixiao/schemas"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// reports returns n reports of 9 KB with the fields that reading gives them.
func reports(n int) []*record.Document {
	var out []*record.Document
	for i := range n {
		f := sample.New(uint64(i))
		text := f.Text(9 << 10)
		r := &record.Record{ID: schemas.IDOf([]byte(text)), State: record.Read, Title: text[:strings.IndexByte(text, '\n')]}
		add := func(key string, v record.Value) { r.Fields = append(r.Fields, record.Field{Key: key, Value: v}) }
		add("unit", record.Text(f.Unit))
		add("year", record.Number(int64(f.Year)))
		add("scope", record.Text("整体"))
		add("region", record.Text(f.Region))
		for _, key := range []string{"revenue.total", "budget.initial", "budget.adjusted", "expenditure.total", "expenditure.basic", "expenditure.project", "carryover"} {
			add(key, record.Text(strconv.Itoa(1e6+i*977)+".25"))
		}
		for _, p := range f.Problems {
			add("problems", record.Text(p))
		}
		for _, m := range f.Measures {
			add("measures", record.Text(m))
		}
		out = append(out, &record.Document{Record: r, Text: text, Revision: 1, Submissions: []record.Submission{{Name: strconv.Itoa(i) + ".txt", Batch: "b"}}})
	}
	return out
}

// BenchmarkIndex puts 2,000 reports in deliveries of 100 into a new index on
// disk, durably, and reports documents a second, the peak of anonymous resident
// memory above what the reports themselves take, and bytes on disk.
func BenchmarkIndex(b *testing.B) {
	docs := reports(2000)
	index.CutTexts([]string{"预算编制"}).Words() // the dictionary is loaded once a process
	for b.Loop() {
		dir := b.TempDir()
		x, err := bleve.Open(dir)
		if err != nil {
			b.Fatal(err)
		}
		s := &index.Service{Backend: x}
		debug.FreeOSMemory()
		stop := watchMemory()
		start := time.Now()
		for i := 0; i < len(docs); i += 100 {
			if err := s.Index(context.Background(), docs[i:min(i+100, len(docs))]...); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(docs))/time.Since(start).Seconds(), "docs/s")
		base, peak := stop()
		b.ReportMetric(float64(base)/1024, "base-MB")
		b.ReportMetric(float64(peak)/1024, "peak-MB")
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(sizeOf(b, dir))/(1<<20), "disk-MB")
	}
}

// BenchmarkLongestText indexes one text as long as texts can be, in which hardly
// a pair of characters stands twice: the most memory that one document can take.
func BenchmarkLongestText(b *testing.B) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var text strings.Builder
	for text.Len() < index.MaxText {
		text.WriteRune(rune(0x4e00 + rnd.IntN(5000)))
	}
	d := &record.Document{Record: &record.Record{ID: schemas.IDOf(nil)}, Text: text.String(), Revision: 1}
	for b.Loop() {
		x, err := bleve.Open(b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		s := &index.Service{Backend: x}
		debug.FreeOSMemory()
		stop := watchMemory()
		if err := s.Index(context.Background(), d); err != nil {
			b.Fatal(err)
		}
		base, peak := stop()
		b.ReportMetric(float64(peak-base)/1024, "more-MB")
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	x, err := bleve.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	s := &index.Service{Backend: x}
	defer s.Close()
	docs := reports(2000)
	for i := 0; i < len(docs); i += 100 {
		if err := s.Index(context.Background(), docs[i:i+100]...); err != nil {
			b.Fatal(err)
		}
	}
	for name, q := range map[string]search.Query{
		"phrase":    {Text: "预算编制"},
		"character": {Text: "制"},
		"filter":    {Text: "预算", Filters: []search.Filter{{Key: "year", Min: "2019", Max: "2021"}, {Key: "expenditure.total", Min: "2000000"}}},
		"facets":    {Facets: []string{"year×unit"}, Sort: []search.Sort{{Key: "expenditure.total"}}},
		"items":     {In: search.InItems, Text: "管理"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Search(context.Background(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// watchMemory samples anonymous resident memory, in kB, until stop is called.
func watchMemory() (stop func() (base, peak int)) {
	base := rssAnon()
	peak := base
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
				peak = max(peak, rssAnon())
			}
		}
	})
	return func() (int, int) {
		close(done)
		wg.Wait()
		return base, peak
	}
}

// rssAnon reads /proc; elsewhere it tells what the Go heap holds.
func rssAnon() int {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapInuse / 1024)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if rest, ok := strings.CutPrefix(s.Text(), "RssAnon:"); ok {
			n, _ := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(rest, "kB")))
			return n
		}
	}
	return 0
}

func sizeOf(b *testing.B, dir string) int64 {
	var n int64
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}
