package indextest

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"jixiao/internal/zh"
	"jixiao/pipeline/index"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// testHeads: a hit says what report it is, with the project if that is stated.
func testHeads(t *testing.T, s *index.Service) {
	fill(t, s, Reports()...)
	r := ask(t, s, search.Query{Filters: []search.Filter{{Key: "scope", Values: []string{"项目"}}}})
	if len(r.Hits) != 1 {
		t.Fatalf("%d hits, want 1", len(r.Hits))
	}
	diff(t, "hit", search.Hit{
		ID: idOf("天池局本级2021"), Unit: "天池县财政局国库中心", Year: 2021, Scope: "项目", Project: "乡村道路养护",
		Title: "道路养护项目支出绩效自评报告", Score: r.Hits[0].Score, Highlights: []search.Highlight{},
	}, r.Hits[0])
}

func testItems(t *testing.T, s *index.Service) {
	fill(t, s, Reports()...)
	r := ask(t, s, search.Query{Text: "预算编制", In: search.InProblems})
	if len(r.Hits) != 1 {
		t.Fatalf("%d hits, want 1", len(r.Hits))
	}
	h := r.Hits[0]
	text := Reports()[0].Text
	at := strings.Index(text, "预算编制不够精细")
	diff(t, "hit", search.Hit{
		ID: idOf("天池局2021"), Unit: "天池县财政局", Year: 2021, Scope: "整体", Title: "天池县财政局2021年度部门整体支出绩效自评报告",
		Score: h.Score, Item: string(idOf("problems" + "预算编制不够精细")[:12]), Key: "problems",
		Text: "预算编制不够精细", Page: at/100 + 1, Quote: "预算编制不够精细",
		Highlights: []search.Highlight{{Key: "problems", Text: "预算编制不够精细", Start: at, Marks: [][2]int{{0, len("预算编制")}}}},
	}, h)
	if h.Score <= 0 {
		t.Errorf("score %v", h.Score)
	}
}

func testItemQueries(t *testing.T, s *index.Service) {
	fill(t, s, Reports()...)
	for name, tt := range map[string]struct {
		q    search.Query
		want []string // texts
		docs int
	}{
		"problems":         {search.Query{In: search.InProblems}, []string{"预算编制不够精细", "预算执行进度偏慢", "预算，编制和执行脱节", "制度不健全"}, 3},
		"measures":         {search.Query{In: search.InMeasures}, []string{"加强预 算 编\n制培训", "健全制度"}, 2},
		"all":              {search.Query{In: search.InItems, Text: "预算编制"}, []string{"预算编制不够精细", "加强预 算 编\n制培训"}, 1},
		"words":            {search.Query{In: search.InItems, Text: "制度 健全"}, []string{"制度不健全", "健全制度"}, 1},
		"not":              {search.Query{In: search.InProblems, Text: "-预算"}, []string{"制度不健全"}, 1},
		"report_elsewhere": {search.Query{In: search.InProblems, Text: "三公经费"}, nil, 0},
		"filter":           {search.Query{In: search.InProblems, Filters: []search.Filter{{Key: "year", Values: []string{"2020"}}}}, []string{"预算，编制和执行脱节"}, 1},
		"filter_in_words":  {search.Query{In: search.InProblems, Text: "unit:天池县 score:>90"}, []string{"预算编制不够精细", "预算执行进度偏慢"}, 1},
		"one_character":    {search.Query{In: search.InItems, Text: "健"}, []string{"制度不健全", "健全制度"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			r := ask(t, s, tt.q)
			var got []string
			for _, h := range r.Hits {
				got = append(got, h.Text)
				if h.Item == "" || h.Page == 0 || h.Quote != h.Text {
					t.Errorf("hit without item, page or quote: %+v", h)
				}
			}
			slices.Sort(got)
			slices.Sort(tt.want)
			diff(t, "texts", tt.want, got)
			diff(t, "total", len(tt.want), r.Total)
			diff(t, "total_docs", tt.docs, r.TotalDocs)
		})
	}
}

func testFacets(t *testing.T, s *index.Service) {
	fill(t, s, Reports()...)
	r := ask(t, s, search.Query{Text: "预算", Facets: []string{"unit", "year", "year×unit", "grade", "batch"}, Limit: 1})
	diff(t, "facets", map[string][]search.Facet{
		"unit":  {{Value: "天池县财政局", Count: 2}, {Value: "天池县财政局国库中心", Count: 1}, {Value: "澄湖区教育局", Count: 1}, {Value: "编年史馆", Count: 1}},
		"year":  {{Value: "2021", Count: 3}, {Value: "2020", Count: 1}},
		"grade": {{Value: "优", Count: 2}, {Value: "不合格", Count: 1}, {Value: "中", Count: 1}, {Value: "良", Count: 1}},
		"batch": {{Value: "第一批", Count: 2}, {Value: "第二批", Count: 2}},
		"year×unit": {
			{Value: "2020×天池县财政局", Count: 1}, {Value: "2021×天池县财政局", Count: 1},
			{Value: "2021×天池县财政局国库中心", Count: 1}, {Value: "2021×澄湖区教育局", Count: 1},
		},
	}, r.Facets)
	r = ask(t, s, search.Query{In: search.InProblems, Facets: []string{"year"}})
	diff(t, "documents, not items, are counted", map[string][]search.Facet{"year": {{Value: "2021", Count: 2}, {Value: "2020", Count: 1}}}, r.Facets)
}

func testSort(t *testing.T, s *index.Service) {
	fill(t, s, Reports()...)
	byID := func(names ...string) []string { // ties
		slices.SortFunc(names, func(a, b string) int { return strings.Compare(string(idOf(a)), string(idOf(b))) })
		return names
	}
	join := func(parts ...[]string) []string { return slices.Concat(parts...) }
	missing := byID("无年度", "扫描件")
	for name, tt := range map[string]struct {
		sort []search.Sort
		want []string
	}{
		"default":      {nil, byID("天池局2021", "天池局2020", "天池局本级2021", "澄湖局2021", "无年度", "扫描件")},
		"money":        {[]search.Sort{{Key: "expenditure.total"}}, join([]string{"天池局本级2021", "天池局2020", "天池局2021", "澄湖局2021"}, missing)},
		"money_desc":   {[]search.Sort{{Key: "expenditure.total", Desc: true}}, join([]string{"澄湖局2021", "天池局2021", "天池局2020", "天池局本级2021"}, missing)},
		"points_ties":  {[]search.Sort{{Key: "score", Desc: true}}, join(byID("天池局2021", "天池局本级2021"), []string{"天池局2020", "澄湖局2021"}, missing)},
		"two_keys":     {[]search.Sort{{Key: "year", Desc: true}, {Key: "score"}}, join([]string{"澄湖局2021"}, byID("天池局2021", "天池局本级2021"), []string{"天池局2020"}, missing)},
		"date":         {[]search.Sort{{Key: "fill_date"}}, join([]string{"天池局2020"}, byID("天池局2021", "澄湖局2021"), byID("天池局本级2021", "无年度", "扫描件"))},
		"keyword":      {[]search.Sort{{Key: "unit"}}, join(byID("天池局2021", "天池局2020"), []string{"天池局本级2021", "澄湖局2021", "无年度", "扫描件"})},
		"keyword_desc": {[]search.Sort{{Key: "unit", Desc: true}}, join([]string{"无年度", "澄湖局2021", "天池局本级2021"}, byID("天池局2021", "天池局2020"), []string{"扫描件"})},
		"id_desc":      {[]search.Sort{{Key: "id", Desc: true}}, reversed(byID("天池局2021", "天池局2020", "天池局本级2021", "澄湖局2021", "无年度", "扫描件"))},
	} {
		t.Run(name, func(t *testing.T) {
			diff(t, "order", tt.want, names(ask(t, s, search.Query{Sort: tt.sort, Limit: 100})))
		})
	}
}

func reversed(s []string) []string {
	slices.Reverse(s)
	return s
}

// testPaging reads a result page by page, by field and by relevance.
func testPaging(t *testing.T, s *index.Service) {
	var docs []*record.Document
	for i := range 57 {
		d := sketch{name: "页" + strconv.Itoa(i), text: strings.Repeat("预算管理。", i%5+1), values: map[string][]record.Value{"year": number(int64(2015 + i%4))}}
		docs = append(docs, d.document())
	}
	fill(t, s, docs...)
	for name, q := range map[string]search.Query{
		"by_id":        {},
		"by_relevance": {Text: "预算"},
		"by_field":     {Text: "预算", Sort: []search.Sort{{Key: "year", Desc: true}}},
	} {
		t.Run(name, func(t *testing.T) {
			q.Limit = 1000
			all := names(ask(t, s, q))
			var paged []string
			for q.Limit = 10; q.Offset < 70; q.Offset += 10 {
				r := ask(t, s, q)
				diff(t, "total", 57, r.Total)
				paged = append(paged, names(r)...)
			}
			diff(t, "pages joined", all, paged)
			slices.Sort(paged)
			diff(t, "each once", 57, len(slices.Compact(paged)))
		})
	}
	diff(t, "default limit", index.DefaultLimit, len(ask(t, s, search.Query{}).Hits))
}

// testHighlights holds every highlight of many queries against the originals.
func testHighlights(t *testing.T, s *index.Service) {
	long := sketch{name: "长文", title: "长文", text: strings.Repeat("此处略去若干文字😀", 40) + "“预 算”\n编制" + strings.Repeat("，后文很长", 60) + "预算编制"}
	docs := append(Reports(), long.document())
	fill(t, s, docs...)
	for _, query := range []string{"预算编制", "“预算”", "制", "1234.56", "Budget 粗放", "預算 OR 編制", "结转结余", "三公经费 -培训", "预算编制培训 OR 预算编制不够", "文", "😀"} {
		r, err := s.Search(context.Background(), search.Query{Text: query, Limit: 100})
		if query == "😀" && err != nil {
			continue // a sign is no letter: nothing to search
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range r.Hits {
			checkHighlights(t, query, h, docs)
		}
	}
	r := ask(t, s, search.Query{Text: "预算编制", Filters: []search.Filter{{Key: "name", Values: []string{"长文"}}}})
	if len(r.Hits) != 1 || len(r.Hits[0].Highlights) != 2 {
		t.Fatalf("want one hit with two pieces of text: %+v", r.Hits)
	}
	if h := r.Hits[0].Highlights[0]; h.Text[h.Marks[0][0]:h.Marks[0][1]] != "预 算”\n编制" {
		t.Errorf("mark %q", h.Text[h.Marks[0][0]:h.Marks[0][1]])
	}
}

func checkHighlights(t *testing.T, query string, hit search.Hit, docs []*record.Document) {
	t.Helper()
	if len(hit.Highlights) == 0 {
		t.Errorf("%s: hit without highlights", query)
	}
	i := slices.IndexFunc(docs, func(d *record.Document) bool { return d.Record.ID == hit.ID })
	for _, h := range hit.Highlights {
		if h.Start >= 0 && !strings.HasPrefix(docs[i].Text[h.Start:], h.Text) {
			t.Errorf("%s: %q is not what stands at %d", query, h.Text, h.Start)
		}
		if !utf8.ValidString(h.Text) || utf8.RuneCountInString(h.Text) > 200 || len(h.Marks) == 0 {
			t.Errorf("%s: bad highlight %+v", query, h)
		}
		end := 0
		for _, m := range h.Marks {
			if m[0] < end || m[0] >= m[1] || m[1] > len(h.Text) || !utf8.ValidString(h.Text[m[0]:m[1]]) {
				t.Errorf("%s: bad mark %v in %q", query, m, h.Text)
				continue
			}
			end = m[1]
			if zh.FoldString(h.Text[m[0]:m[1]]) == "" {
				t.Errorf("%s: nothing is marked in %q", query, h.Text)
			}
		}
	}
}

// A ranking is a small set of reports and, for some queries, the hits in order.
type ranking struct {
	Reports []struct{ Name, Title, Text string }
	Queries []struct {
		Query string
		Want  []string
	}
}

// testRanking asks for orders that any sensible ranking gives.
func testRanking(t *testing.T, s *index.Service) {
	b, err := os.ReadFile(rankingFile(t))
	if err != nil {
		t.Fatal(err)
	}
	var set ranking
	if err := json.Unmarshal(b, &set); err != nil {
		t.Fatal(err)
	}
	byID := map[string]string{}
	for _, r := range set.Reports {
		fill(t, s, sketch{name: r.Name, title: r.Title, text: r.Text}.document())
		byID[string(idOf(r.Name))] = r.Name
	}
	for _, q := range set.Queries {
		t.Run(q.Query, func(t *testing.T) {
			var got []string
			for _, h := range ask(t, s, search.Query{Text: q.Query}).Hits {
				got = append(got, byID[string(h.ID)])
			}
			diff(t, "order", q.Want, got)
		})
	}
}

// rankingFile finds testdata/search from the folder of any backend.
func rankingFile(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "testdata", "search", "ranking.json")
		}
	}
	t.Fatal("no go.mod above the test's folder")
	return ""
}
