package indextest

import (
	"testing"

	"jixiao/pipeline/index"
	"jixiao/schemas/catalog"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// testFilters asks what each form of a filter finds.
func testFilters(t *testing.T, s *index.Service) {
	fill(t, s, Reports()...)
	for name, tt := range map[string]struct {
		filters []search.Filter
		want    []string
	}{
		"keyword_part":         {[]search.Filter{{Key: "region", Values: []string{"南屏市"}}}, []string{"澄湖局2021"}},
		"keyword_traditional":  {[]search.Filter{{Key: "unit", Values: []string{"澄湖区教育局"}}}, []string{"澄湖局2021"}},
		"keyword_second_value": {[]search.Filter{{Key: "unit", Values: []string{"(本级)"}}}, []string{"天池局2021"}},
		"keyword_whole":        {[]search.Filter{{Key: "grade", Values: []string{"合格"}}}, nil},
		"keyword_one_of":       {[]search.Filter{{Key: "grade", Values: []string{"优", "中"}}}, []string{"天池局2021", "天池局本级2021", "澄湖局2021"}},
		"keyword_alike":        {[]search.Filter{{Key: "grade", Values: []string{"优秀", "良好"}}, {Key: "scope", Values: []string{"部门整体支出"}}}, []string{"天池局2021", "天池局2020"}},
		"number_of_a_notice":   {[]search.Filter{{Key: "notice_number", Values: []string{"天财绩[2022]5号"}}}, []string{"天池局2021"}},
		"year":                 {[]search.Filter{{Key: "year", Values: []string{"2020"}}}, []string{"天池局2020"}},
		"year_range":           {[]search.Filter{{Key: "year", Min: "2019", Max: "2020"}}, []string{"天池局2020"}},
		"date_month":           {[]search.Filter{{Key: "fill_date", Values: []string{"2022-03"}}}, []string{"天池局2021", "澄湖局2021"}},
		"date_range":           {[]search.Filter{{Key: "fill_date", Min: "2021-01", Max: "2021-12"}}, []string{"天池局2020"}},
		"date_max_is_a_month":  {[]search.Filter{{Key: "fill_date", Max: "2021-04"}}, []string{"天池局2020"}},
		"count_open_end":       {[]search.Filter{{Key: "headcount.actual.total", Min: "60"}}, []string{"天池局2020", "澄湖局2021"}},
		"count_bound_left_out": {[]search.Filter{{Key: "headcount.actual.total", Min: "60", MinOpen: true}}, []string{"澄湖局2021"}},
		"money":                {[]search.Filter{{Key: "expenditure.total", Min: "9800000.00", Max: "12345600.00"}}, []string{"天池局2021", "天池局2020"}},
		"money_open_bounds":    {[]search.Filter{{Key: "expenditure.total", Min: "9800000", MinOpen: true, Max: "12345600", MaxOpen: true}}, nil},
		"money_rounded":        {[]search.Filter{{Key: "expenditure.total", Values: []string{"500000.01"}}}, []string{"天池局本级2021"}},
		"percent":              {[]search.Filter{{Key: "execution_rate", Min: "96.5%"}}, []string{"天池局2021", "澄湖局2021"}},
		"points":               {[]search.Filter{{Key: "score", Min: "79.99", Max: "88.0"}}, []string{"天池局2020", "澄湖局2021"}},
		"points_just_missed":   {[]search.Filter{{Key: "score", Min: "79.991", Max: "87.999"}}, nil},
		"empty_range":          {[]search.Filter{{Key: "score", Min: "95", Max: "90"}}, nil},
		"id":                   {[]search.Filter{{Key: "id", Values: []string{string(idOf("无年度"))}}}, []string{"无年度"}},
		"id_prefix":            {[]search.Filter{{Key: "id", Values: []string{string(idOf("无年度")[:10])}}}, []string{"无年度"}},
		"state":                {[]search.Filter{{Key: "state", Values: []string{"needs_ocr", "partly_read"}}}, []string{"无年度", "扫描件"}},
		"batch":                {[]search.Filter{{Key: "batch", Values: []string{"第一批"}}}, []string{"天池局2021", "天池局2020"}},
		"name":                 {[]search.Filter{{Key: "name", Values: []string{"本级"}}}, []string{"天池局本级2021"}},
		"all_must_hold": {
			[]search.Filter{{Key: "year", Values: []string{"2021"}}, {Key: "scope", Values: []string{"整体"}}, {Key: "region", Values: []string{"天池县"}}},
			[]string{"天池局2021"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := ask(t, s, search.Query{Filters: tt.filters, Limit: 100})
			sameSet(t, tt.want, names(r))
		})
	}
}

// testEveryKey gives one report a value for every key that can be filtered by,
// and another one a different value.
func testEveryKey(t *testing.T, s *index.Service) {
	values := map[catalog.Kind][2]string{
		catalog.Keyword: {"甲词", "乙词"}, catalog.Year: {"2021", "2022"}, catalog.Date: {"2021-02-03", "2021-02-04"}, catalog.Count: {"12", "13"},
		catalog.Money: {"12.34", "12.35"}, catalog.Percent: {"98.7654", "98.7655"}, catalog.Points: {"98.5", "98.6"},
	}
	var keys []catalog.Field
	var docs [2]sketch
	for i, name := range []string{"甲", "乙"} {
		docs[i] = sketch{name: name, text: name, values: map[string][]record.Value{}}
	}
	for _, f := range catalog.All() {
		v, ok := values[f.Kind]
		if !ok {
			continue
		}
		keys = append(keys, f)
		for i := range docs {
			docs[i].values[f.Key] = texts(v[i])
		}
	}
	fill(t, s, docs[0].document(), docs[1].document())
	for _, f := range keys {
		v := values[f.Kind]
		filters := []search.Filter{{Key: f.Key, Values: v[:1]}}
		if f.Kind != catalog.Keyword {
			filters = append(filters, search.Filter{Key: f.Key, Min: v[0], Max: v[1], MaxOpen: true})
		}
		for _, filter := range filters {
			r := ask(t, s, search.Query{Filters: []search.Filter{filter}})
			if len(r.Hits) != 1 || r.Hits[0].ID != idOf("甲") {
				t.Errorf("%+v finds %d, want the one report", filter, len(r.Hits))
			}
		}
		r := ask(t, s, search.Query{Sort: []search.Sort{{Key: f.Key, Desc: v[0] < v[1]}}})
		if len(r.Hits) != 2 || r.Hits[0].ID != idOf("乙") {
			t.Errorf("sort by %s: the other report does not come first", f.Key)
		}
	}
}
