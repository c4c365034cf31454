package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// given makes fields of key=raw words: money in 万元 unless it says 元.
func given(s string) []record.Field {
	var out []record.Field
	for _, w := range strings.Fields(s) {
		k, raw, _ := strings.Cut(w, "=")
		f := record.Field{Key: k, Raw: raw, Value: record.Text(raw), Evidence: []record.Evidence{{Role: record.RoleValue, Quote: raw}}}
		switch {
		case strings.HasPrefix(k, "headcount."):
			n := int64(0)
			for _, c := range raw {
				n = n*10 + int64(c-'0')
			}
			f.Value = record.Number(n)
		case strings.HasSuffix(raw, "万元"):
			whole, frac, _ := strings.Cut(strings.TrimSuffix(raw, "万元"), ".")
			f.Value = record.Text(whole + (frac + "0000")[:4] + ".00")
		}
		out = append(out, f)
	}
	return out
}

func TestFindings(t *testing.T) {
	tests := map[string]struct {
		fields string
		want   []string
	}{
		"nothing_odd":          {"expenditure.total=300.00万元 expenditure.basic=180.00万元 expenditure.project=120.00万元 budget.adjusted=310.00万元 execution_rate=96.77 score=95 grade=优", nil},
		"sum":                  {"expenditure.total=310.00万元 expenditure.basic=180.00万元 expenditure.project=120.00万元", []string{"sum_mismatch expenditure.total expenditure.basic expenditure.project"}},
		"rounding_is_no_gap":   {"expenditure.total=300.01万元 expenditure.basic=180.00万元 expenditure.project=120.00万元", nil},
		"coarse_total":         {"expenditure.total=300万元 expenditure.basic=180.42万元 expenditure.project=120.03万元", nil},
		"sum_of_a_project":     {"scope=项目 expenditure.total=310.00万元 expenditure.basic=180.00万元 expenditure.project=120.00万元", nil},
		"part":                 {"revenue.total=300.00万元 revenue.fiscal=320.00万元", []string{"part_exceeds_whole revenue.total revenue.fiscal"}},
		"headcount_parts":      {"headcount.authorized.total=20 headcount.authorized.admin=12 headcount.authorized.institution=10", []string{"sum_mismatch headcount.authorized.total headcount.authorized.admin headcount.authorized.institution"}},
		"fewer_parts_are_fine": {"headcount.authorized.total=30 headcount.authorized.admin=12 headcount.authorized.institution=10", nil},
		"rate":                 {"expenditure.total=176.02万元 budget.adjusted=214.60万元 execution_rate=100", []string{"rate_mismatch execution_rate expenditure.total budget.adjusted"}},
		"rate_of_the_initial":  {"expenditure.total=95.00万元 budget.initial=100.00万元 budget.adjusted=190.00万元 execution_rate=95", nil},
		"grade_too_good":       {"score=88.4 grade=优", []string{"grade_mismatch score grade"}},
		"grade_too_bad":        {"score=95 grade=中", []string{"grade_mismatch score grade"}},
		"grade_of_120":         {"score=110 score_full=120 grade=优", nil},
		"over_full":            {"score=105", []string{"score_over_full score"}},
		"over_authorized":      {"headcount.authorized.total=20 headcount.actual.total=23", []string{"actual_over_authorized headcount.actual.total headcount.authorized.total"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range Findings(nil, given(tt.fields)) {
				got = append(got, f.Code+" "+strings.Join(f.Keys, " "))
				if len(f.Evidence) == 0 || f.Message == "" {
					t.Errorf("%s lacks evidence or message", f.Code)
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestObjects(t *testing.T) {
	fields := []record.Field{
		{Key: "projects", Value: record.Object(map[string]string{"name": "甲", "budget": "100.00", "executed": "60.00", "rate": "100"}), Evidence: []record.Evidence{{Role: "name"}}},
		{Key: "projects", Value: record.Object(map[string]string{"name": "乙", "budget": "300.00", "executed": "200.00", "rate": "67"}), Evidence: []record.Evidence{{Role: "name"}}},
		{Key: "indicators", Value: record.Object(map[string]string{"level3": "丙", "weight": "10", "score": "12"}), Evidence: []record.Evidence{{Role: "level3"}}},
	}
	var got []string
	for _, f := range Findings(nil, fields) {
		got = append(got, f.Code)
	}
	if d := cmp.Diff([]string{"rate_mismatch", "score_over_full"}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestWording(t *testing.T) {
	long := strings.Repeat("单位修订了财务报销与公务接待费用制度，", 5)
	other := strings.Repeat("单位修订了财务报销与公务用车费用制度，", 5) // opens alike
	spaced := strings.ReplaceAll(strings.ReplaceAll(long, "单位", "单 “位”"), "用", "⽤")
	text := long + "\n短句。\n短句。\n" + other + "\n" + spaced + "\n"
	doc := &layout.Doc{Text: text, Pages: []layout.Page{{Span: layout.Span{End: len(text)}}}}
	at := 0
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		doc.Pages[0].Paragraphs = append(doc.Pages[0].Paragraphs, layout.Span{Start: at, End: at + len(line)})
		at += len(line) + 1
	}
	var got []string
	for _, f := range Findings(doc, nil) {
		got = append(got, f.Code)
		for _, e := range f.Evidence {
			if err := e.Validate(text); err != nil {
				t.Error(err)
			}
		}
	}
	if d := cmp.Diff([]string{"repeated_paragraph"}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
