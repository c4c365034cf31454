package elastic_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/pipeline/index"
	"jixiao/pipeline/index/bleve"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// samples returns the sample reports as they were read. Of those that are PDFs
// the text is made of the words that fields were read from.
func samples(t *testing.T) []*record.Document {
	t.Helper()
	files, err := filepath.Glob("../../../testdata/corpus/*/record.golden.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	var out []*record.Document
	for _, f := range files {
		var r record.Record
		b, err := os.ReadFile(f)
		if err == nil {
			err = json.Unmarshal(b, &r)
		}
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(filepath.Dir(f))
		d := &record.Document{Record: &r, Revision: 1, Submissions: []record.Submission{{Name: name, Batch: name[:strings.IndexByte(name, '-')]}}}
		if b, err := os.ReadFile(filepath.Join(filepath.Dir(f), "source.txt")); err == nil {
			d.Text = string(b)
		} else {
			d.Text = quotes(&r)
		}
		out = append(out, d)
	}
	return out
}

func quotes(r *record.Record) string {
	var b strings.Builder
	for _, f := range r.Fields {
		for _, e := range f.Evidence {
			b.WriteString(e.Quote + "\n")
		}
	}
	return b.String()
}

var questions = []search.Query{
	{}, {Text: "预算"}, {Text: "预算编制"}, {Text: "預算編制"}, {Text: "绩效 管理"}, {Text: "采购 OR 招标"}, {Text: "预算 -采购"}, {Text: "-预算"},
	{Text: "制"}, {Text: "2021年"}, {Text: "三公经费"}, {Text: "“结转结余”"}, {Text: "结转结余"}, {Text: "unit:局"}, {Text: "unit:图书馆 OR unit:水务"},
	{Text: "year:2020..2022"}, {Text: "score:>=90"}, {Text: "支出合计:>=100万"}, {Text: "problems:进度"}, {Text: "projects:改造"}, {Text: "绩效指标:数量"},
	{Text: "title:自评报告"}, {Text: "(预算 OR 资金) -(培训 OR 采购)"}, {Text: "grade:优"}, {Text: "scope:整体 year:>2019"}, {Text: "name:2021"},
	{Text: "预算", In: search.InProblems}, {Text: "加强 OR 完善", In: search.InMeasures}, {Text: "-预算", In: search.InItems},
	{Text: "year:2021 OR 进度", In: search.InItems}, {Text: "unit:局 -(制度 OR score:<90)", In: search.InItems}, {In: search.InItems},
	{Filters: []search.Filter{{Key: "expenditure.total", Min: "1000000"}}}, {Filters: []search.Filter{{Key: "region", Values: []string{"市", "县"}}}},
	{Filters: []search.Filter{{Key: "execution_rate", Max: "95"}}, In: search.InProblems}, {Text: "flag:rounded"}, {Text: "项目", Filters: []search.Filter{{Key: "state", Values: []string{"read"}}}},
}

var sorts = [][]search.Sort{
	nil, {{Key: "unit"}}, {{Key: "year", Desc: true}, {Key: "unit"}}, {{Key: "expenditure.total", Desc: true}}, {{Key: "fill_date"}}, {{Key: "id", Desc: true}},
}

// TestSameAnswers asks both backends the same about the sample reports: equal
// sets, totals and counts; and equal order for every sort by field.
func TestSameAnswers(t *testing.T) {
	docs := samples(t)
	memory, err := bleve.NewMemory()
	if err != nil {
		t.Fatal(err)
	}
	one, other := &index.Service{Backend: memory}, &index.Service{Backend: open(t, options(t))}
	defer one.Close()
	for _, s := range []*index.Service{one, other} {
		if err := s.Index(t.Context(), docs...); err != nil {
			t.Fatal(err)
		}
	}
	empty := 0
	for i, q := range questions {
		q.Facets, q.Limit = []string{"unit", "year×scope", "headcount.actual.total"}, 500
		for _, q.Sort = range sorts {
			want, err := one.Search(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			got, err := other.Search(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			if q.Sort == nil {
				unordered(&want)
				unordered(&got)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("question %d, %+v (-bleve +elastic):\n%s", i, q, d)
			}
			if want.Total == 0 {
				empty++
			}
		}
	}
	if empty > len(questions)*len(sorts)/4 {
		t.Errorf("%d questions find nothing: little is shown", empty)
	}
}

// unordered takes away what is a backend's own: order and scores.
func unordered(r *search.Result) {
	slices.SortFunc(r.Hits, func(a, b search.Hit) int {
		return strings.Compare(string(a.ID)+a.Key+a.Item, string(b.ID)+b.Key+b.Item)
	})
	for i := range r.Hits {
		r.Hits[i].Score = 0
	}
}
