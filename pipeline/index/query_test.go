package index

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/internal/fault"
)

// spell writes an expression as a person would check it.
func spell(e Expr) string {
	join := func(sep string, parts []Expr) string {
		var out []string
		for _, x := range parts {
			out = append(out, spell(x))
		}
		return "(" + strings.Join(out, sep) + ")"
	}
	switch e := e.(type) {
	case nil:
		return "everything"
	case And:
		return join(" & ", e)
	case Or:
		return join(" | ", e)
	case Not:
		return "!" + spell(e.X)
	case Phrase:
		return e.Text + "~" + strings.Join(e.Units, "·")
	case Cond:
		return e.Key + fmt.Sprint(e.Terms) + fmt.Sprint(e.Ranges)
	}
	return fmt.Sprintf("%T", e)
}

func TestParse(t *testing.T) {
	for name, tt := range map[string]struct{ query, want string }{
		"empty":               {" 　", "everything"},
		"word":                {"预算", "text~预·算"},
		"and":                 {"预算 编制", "(text~预·算 & text~编·制)"},
		"or_is_weaker":        {"甲 乙 OR 丙", "((text~甲 & text~乙) | text~丙)"},
		"or_signs":            {"甲|乙｜丙||丁", "(text~甲 | text~乙 | text~丙 | text~丁)"},
		"and_spelled":         {"甲 AND 乙 && 丙", "(text~甲 & text~乙 & text~丙)"},
		"not":                 {"甲 -乙 NOT 丙 －丁", "(text~甲 & !text~乙 & !text~丙 & !text~丁)"},
		"not_not":             {"NOT -甲", "text~甲"},
		"minus_inside":        {"GB-18030", "text~gb·,·18030"},
		"small_letters_or":    {"or", "text~or"},
		"operator_in_word":    {"ORACLE ANDROID", "(text~oracle & text~android)"},
		"brackets":            {"甲 (乙 OR 丙)", "(text~甲 & (text~乙 | text~丙))"},
		"wide_brackets":       {"（甲｜乙）丙", "((text~甲 | text~乙) & text~丙)"},
		"brackets_in_a_word":  {"财政局（本级）报告", "text~财·政·局·,·本·级·,·报·告"},
		"word_in_brackets":    {"(局（本级）)", "text~局·,·本·级"},
		"quoted":              {"\"甲 乙\"", "text~甲·乙"},
		"mixed_quotes":        {"“甲” ”乙“ 「丙 | 丁」 『戊』 ＂己＂", "(text~甲 & text~乙 & text~丙·,·丁 & text~戊 & text~己)"},
		"quotes_touch":        {"“三公”经费预算", "(text~三·公·经·费·预·算 | text~三·公·支·出·预·算 | text~三·公·费·用·预·算)"},
		"quoted_no_synonyms":  {"“三公经费”", "text~三·公·经·费"},
		"traditional":         {"預算編製", "text~预·算·编·制"},
		"width_and_case":      {"ＧＢ１８０３０", "text~gb18030"},
		"thousands":           {"1,234,567.89 1，234", "(text~1234567·,·89 & text~1·,·234)"},
		"no_thousands":        {"12,34 1234,567 1,2345", "(text~12·,·34 & text~1234·,·567 & text~1·,·2345)"},
		"punctuation_trimmed": {"《预算法》，", "text~预·算·法"},
		"keyword":             {"unit:财政局", "unit[{财政局 2}][]"},
		"keyword_label":       {"单位：“财政 局”", "unit[{财政局 2}][]"},
		"keyword_whole":       {"unit:=财政局", "unit[{财政局 0}][]"},
		"closed_list":         {"范围:整体", "scope[{整体 0}][]"},
		"year":                {"年度:2021", "year[][{2021 2021}]"},
		"year_range":          {"year:2019..2021", "year[][{2019 2021}]"},
		"money":               {"expenditure.total:>=1000万", fmt.Sprintf("expenditure.total[][{1000000000 %d}]", math.MaxInt64)},
		"points_below":        {"score:<90.5", fmt.Sprintf("score[][{%d 904999}]", math.MinInt64)},
		"wide_comparison":     {"得分：95 自评得分：≥95", fmt.Sprintf("(text~得·分·,·95 & score[][{950000 %d}])", math.MaxInt64)},
		"date":                {"fill_date:2023-06", "fill_date[][{20230600 20230699}]"},
		"text_of_items":       {"存在的问题:预算", "problems~预·算"},
		"negative_field":      {"-year:2021", "!year[][{2021 2021}]"},
		"unknown_label":       {"时间：2021", "text~时·间·,·2021"},
		"quoted_colon":        {"\"http://x\"", "text~http·,·x"},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := Parse(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, spell(e)); d != "" {
				t.Errorf("%s (-want +got):\n%s", tt.query, d)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	for name, tt := range map[string]struct{ query, want string }{
		"open_bracket":      {"甲 (乙", `query, character 3: "(" is not closed`},
		"open_wide_bracket": {"（乙 OR 丙", `query, character 1: "（" is not closed`},
		"close_bracket":     {"甲) 乙", `query, character 2: unexpected ")"`},
		"empty_brackets":    {"()", `query, character 2: a word is missing before ")"`},
		"open_quote":        {"甲 “乙", "query, character 3: the quotation mark is not closed"},
		"or_first":          {"| 甲", "query, character 1: a word is missing before the operator"},
		"or_last":           {"甲 OR", "query, character 5: a word is missing at the end"},
		"two_operators":     {"甲 OR AND 乙", "query, character 6: a word is missing before the operator"},
		"not_last":          {"甲 NOT", "query, character 6: a word is missing at the end"},
		"nothing_to_search": {"甲 ，", `query, character 3: no letter or digit to search in "，"`},
		"empty_quotes":      {"“”", `query, character 1: no letter or digit to search in ""`},
		"mistyped_key":      {"untl:局", `query, character 1: no key "untl"`},
		"no_value":          {"year:", "query, character 1: year: no value"},
		"no_number":         {"甲 year:去年", `query, character 3: year: "去年" is no number such as 95.5 or 1000万`},
		"no_date":           {"fill_date:6月", `query, character 1: fill_date: "6月" is no date such as 2023, 2023-06 or 2023-06-28`},
		"too_deep":          {strings.Repeat("(", 60) + "甲", "query, character 52: more than 50 brackets or negations inside one another"},
		"too_many":          {strings.Repeat("甲 ", 101), "query, character 201: more than 100 words"},
		"too_long":          {strings.Repeat("甲", 2001), "query of 2001 characters is longer than 2000"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse(tt.query)
			if err == nil {
				t.Fatal("no error")
			}
			if d := cmp.Diff(tt.want, err.Error()); d != "" {
				t.Errorf("%s (-want +got):\n%s", tt.query, d)
			}
			if fault.KindOf(err) != fault.Usage {
				t.Errorf("kind %q", fault.KindOf(err))
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"预算 编制", "(甲|乙) -丙", "“三公”经费", "unit:=财政局 year:2019..2021", "NOT (a AND b) || c", "fill_date:>=2023-06", "1,234.56", "（（", "\"", "-", "\xff\xfe", "K:K"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		e, err := Parse(query)
		if err != nil {
			if fault.KindOf(err) != fault.Usage {
				t.Fatalf("error of kind %q: %v", fault.KindOf(err), err)
			}
			return
		}
		phrases(e, func(p Phrase) {
			terms, prefix := p.Lookup()
			if len(p.Units) == 0 || len(terms) == 0 || prefix && len(terms) != 1 {
				t.Fatalf("phrase %q is looked up by %q", p.Units, terms)
			}
			for _, u := range p.Units {
				if u == "" {
					t.Fatalf("empty unit in %q", p.Units)
				}
			}
		})
	})
}
