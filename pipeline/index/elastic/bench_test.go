package elastic_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"jixiao/internal/sample"
	"jixiao/pipeline/index"
	"jixiao/pipeline/index/elastic"
	"jixiao/pipeline/index/elastic/elastictest"
	"jixiao/schemas"
	"jixiao/schemas/record"
)

// reports returns n reports of 4 KB with the fields that reading gives them.
func reports(n int) []*record.Document {
	var out []*record.Document
	for i := range n {
		f := sample.New(uint64(i))
		text := f.Text(4 << 10)
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

func flat(docs []*record.Document) []index.Doc {
	var out []index.Doc
	for _, d := range docs {
		out = append(out, index.Flatten(d))
	}
	return out
}

// bare sends finished bulk requests, two at a time, and refreshes once: nothing
// can be faster.
func bare(b *testing.B, name string, bulks [][]byte) {
	g := errgroup.Group{}
	g.SetLimit(2)
	for _, bulk := range bulks {
		g.Go(func() error {
			if status, answer := elastictest.Send(b, http.MethodPost, name+"/_bulk?filter_path=errors", string(bulk)); status != http.StatusOK || answer != `{"errors":false}` {
				b.Errorf("status %d: %s", status, answer)
			}
			return nil
		})
	}
	_ = g.Wait() // it reports by itself
	elastictest.Send(b, http.MethodPost, name+"/_refresh", "")
}

// BenchmarkIndex puts reports of 4 KB, as two workers do, and holds the rate against that of a bare
// loader which sends the same finished documents: durable and visible, both.
// They take turns, for the server grows warm.
func BenchmarkIndex(b *testing.B) {
	docs := reports(4000)
	index.CutTexts([]string{"预算编制"}).Words() // the dictionary is loaded once a process
	bulks, err := elastic.Finished(flat(docs))
	if err != nil {
		b.Fatal(err)
	}
	bytes := 0
	for _, bulk := range bulks {
		bytes += len(bulk)
	}
	var put, loader time.Duration
	round := func() {
		o := options(b)
		s := &index.Service{Backend: open(b, o)}
		start := time.Now()
		g := errgroup.Group{}
		g.SetLimit(2)
		for part := range slices.Chunk(docs, 400) {
			g.Go(func() error { return s.Index(b.Context(), part...) })
		}
		if err := g.Wait(); err != nil {
			b.Fatal(err)
		}
		put += time.Since(start)
		o = options(b)
		open(b, o)
		start = time.Now()
		bare(b, o.Addresses[0]+"/"+o.Alias+"-v1-000001", bulks)
		loader += time.Since(start)
	}
	round() // warm
	put, loader = 0, 0
	for b.Loop() {
		round()
	}
	n := float64(len(docs) * b.N)
	b.ReportMetric(n/put.Seconds(), "docs/s")
	b.ReportMetric(n/loader.Seconds(), "bare-docs/s")
	b.ReportMetric(100*loader.Seconds()/put.Seconds(), "%-of-bare")
	b.ReportMetric(float64(bytes)/float64(len(docs))/1024, "KB/doc")
}

// BenchmarkFinished spells reports of 4 KB as Elasticsearch takes them: what
// this process has to do for each.
func BenchmarkFinished(b *testing.B) {
	docs := flat(reports(200))
	index.CutTexts([]string{"预算编制"}).Words() // as above
	b.ReportAllocs()
	for b.Loop() {
		if _, err := elastic.Finished(docs); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(docs)), "µs/doc")
}
