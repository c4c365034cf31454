package indextest

import (
	"slices"
	"testing"

	"jixiao/pipeline/index"
	"jixiao/schemas/search"
)

// testQueries asks for sets of documents by words.
func testQueries(t *testing.T, s *index.Service) {
	fill(t, s, Reports()...)
	for name, tt := range map[string]struct {
		query string
		want  []string
	}{
		"everything":                {"", []string{"天池局2021", "天池局2020", "天池局本级2021", "澄湖局2021", "无年度", "扫描件"}},
		"phrase":                    {"预算编制", []string{"天池局2021", "天池局本级2021", "澄湖局2021"}},
		"phrase_over_line_break":    {"编制培训", []string{"天池局2021"}},
		"punctuation_parts_a_word":  {"“预算，编制”", []string{"天池局2020"}},
		"any_punctuation":           {"“预算、编制”", []string{"天池局2020"}},
		"traditional_query":         {"預算編制", []string{"天池局2021", "天池局本级2021", "澄湖局2021"}},
		"simplified_finds_trad":     {"教育局", []string{"澄湖局2021"}},
		"one_character":             {"制", []string{"天池局2021", "天池局2020", "天池局本级2021", "澄湖局2021", "无年度"}},
		"one_character_at_an_end":   {"馆", []string{"无年度"}},
		"one_character_rare":        {"粗", []string{"澄湖局2021"}},
		"across_words":              {"算编", []string{"天池局2021", "天池局本级2021", "澄湖局2021"}},
		"number_in_a_phrase":        {"2021年", []string{"天池局2021", "澄湖局2021"}},
		"number_whole_only":         {"202", nil},
		"number_with_thousands":     {"1234.56万元", []string{"天池局2021"}},
		"number_typed_with_commas":  {"1,234.56", []string{"天池局2021"}},
		"number_after_han":          {"预算500000元", []string{"天池局本级2021"}},
		"case_and_width":            {"gb18030", []string{"天池局2020"}},
		"width_of_query":            {"ｇｂ１８０３０", []string{"天池局2020"}},
		"ascii_phrase":              {"\"performance budget\"", []string{"澄湖局2021"}},
		"ascii_words_whole_only":    {"perform", nil},
		"and_is_the_default":        {"预算编制 制度", []string{"澄湖局2021"}},
		"and_spelled":               {"预算编制 AND 制度", []string{"澄湖局2021"}},
		"or":                        {"粗放 OR 科学", []string{"天池局本级2021", "澄湖局2021"}},
		"or_bar":                    {"粗放|科学", []string{"天池局本级2021", "澄湖局2021"}},
		"and_before_or":             {"粗放 制度 | 科学 道路", []string{"天池局本级2021", "澄湖局2021"}},
		"minus":                     {"预算编制 -培训", []string{"天池局本级2021", "澄湖局2021"}},
		"not":                       {"预算编制 NOT 培训", []string{"天池局本级2021", "澄湖局2021"}},
		"only_negative":             {"-预算", []string{"扫描件"}},
		"brackets":                  {"预算编制 (粗放 OR 培训)", []string{"天池局2021", "澄湖局2021"}},
		"full_width_brackets":       {"预算编制 （粗放 ｜ 培训）", []string{"天池局2021", "澄湖局2021"}},
		"not_a_group":               {"预算编制 -(粗放 OR 培训)", []string{"天池局本级2021"}},
		"quoted":                    {"“预算编制科学”", []string{"天池局本级2021"}},
		"corner_quotes":             {"「预算编制科学」", []string{"天池局本级2021"}},
		"quotes_inside_a_word":      {"“三公”经费", []string{"天池局2021"}},
		"quotes_not_typed":          {"三公经费", []string{"天池局2021"}},
		"synonym":                   {"结转结余", []string{"天池局2020", "天池局本级2021"}},
		"synonym_within_a_word":     {"年末结转结余", []string{"天池局2020"}},
		"no_synonym_when_quoted":    {"“结转结余”", []string{"天池局本级2021"}},
		"field_keyword":             {"unit:财政局", []string{"天池局2021", "天池局2020", "天池局本级2021"}},
		"field_by_label":            {"单位：财政局 年度：2021", []string{"天池局2021", "天池局本级2021"}},
		"field_whole_value":         {"unit:=天池县财政局", []string{"天池局2021", "天池局2020"}},
		"field_range":               {"year:2019..2020", []string{"天池局2020"}},
		"field_comparison":          {"score:>=88 score:<95.5", []string{"天池局2020"}},
		"field_money":               {"expenditure.total:>=1000万", []string{"天池局2021", "澄湖局2021"}},
		"field_text":                {"projects:道路", []string{"天池局2021"}},
		"field_text_problems":       {"problems:脱节", []string{"天池局2020"}},
		"field_text_title":          {"title:绩效自评报告 预算", []string{"天池局2021", "天池局2020", "天池局本级2021", "澄湖局2021"}},
		"field_text_indicators":     {"绩效指标:养护里程", []string{"天池局本级2021"}},
		"field_flag":                {"flag:rounded", []string{"天池局本级2021"}},
		"field_negative":            {"-year:2021 预算", []string{"天池局2020", "无年度"}},
		"colon_that_names_no_field": {"三、改进措施：加强", []string{"天池局2021"}},
		"no_hit":                    {"子虚乌有", nil},
		"items_are_not_joined":      {"problems:精细预算执行", nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := ask(t, s, search.Query{Text: tt.query, Limit: 100})
			sameSet(t, tt.want, names(r))
			diff(t, "total", len(tt.want), r.Total)
			diff(t, "total_docs", len(tt.want), r.TotalDocs)
		})
	}
}

func sameSet(t *testing.T, want, got []string) {
	t.Helper()
	want, got = slices.Clone(want), slices.Clone(got)
	slices.Sort(want)
	slices.Sort(got)
	diff(t, "hits", append([]string{}, want...), got)
}
