package app

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
	"jixiao/schemas/search"
)

func TestParseWhere(t *testing.T) {
	for in, want := range map[string]search.Filter{
		"expenditure.total>=1000万": {Key: "expenditure.total", Min: "1000万"},
		"支出合计≥1,234.5万元":           {Key: "expenditure.total", Min: "1,234.5万元"},
		"三公经费 > 30万":               {Key: "expenditure.three_public", Min: "30万", MinOpen: true},
		"预算执行率<=80%":               {Key: "execution_rate", Max: "80%"},
		"score=90..95":             {Key: "score", Min: "90", Max: "95"},
		"年度=2021":                  {Key: "year", Values: []string{"2021"}},
		"unit=某县教育局":               {Key: "unit", Values: []string{"某县教育局"}},
		"批次=甲":                     {Key: "batch", Values: []string{"甲"}},
		"name=in/a.txt":            {Key: "name", Values: []string{"in/a.txt"}},
	} {
		t.Run(strings.ReplaceAll(strings.ReplaceAll(in, " ", "_"), "/", "_"), func(t *testing.T) {
			got, err := ParseWhere(in)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
			if _, err := index.CondOf(got); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestUnknownKeysAreSuggested(t *testing.T) {
	for in, hint := range map[string]string{
		"yeer=2021":         "did you mean year?",
		"支出=3":              "支出合计",
		"nothing.like.it=1": "keys are id, state",
		"grade>优":           "",
		"":                  "write a key",
		"year":              "write a key",
	} {
		t.Run("where_"+in, func(t *testing.T) {
			_, err := ParseWhere(in)
			if fault.KindOf(err) != fault.Usage || !strings.Contains(fault.HintOf(err), hint) {
				t.Errorf("%v, hint %q; want a fault of usage that says %q", err, fault.HintOf(err), hint)
			}
		})
	}
}

func TestParseFilterOfFlags(t *testing.T) {
	for _, c := range []struct {
		name, key string
		values    []string
		want      search.Filter
		bad       bool
	}{
		{"one", "year", []string{"2021"}, search.Filter{Key: "year", Values: []string{"2021"}}, false},
		{"several", "year", []string{"2019", " 2021 "}, search.Filter{Key: "year", Values: []string{"2019", "2021"}}, false},
		{"range", "score", []string{"90.."}, search.Filter{Key: "score", Min: "90"}, false},
		{"range_and_value", "year", []string{"2019..2020", "2022"}, search.Filter{}, true},
		{"no_figure", "year", []string{"x"}, search.Filter{}, true},
		{"words", "unit", []string{"教育局", "=财政局"}, search.Filter{Key: "unit", Values: []string{"教育局", "=财政局"}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParseFilter(c.key, c.values)
			if c.bad {
				if fault.KindOf(err) != fault.Usage {
					t.Errorf("got %v, %v", got, err)
				}
				return
			}
			if d := cmp.Diff(c.want, got); err != nil || d != "" {
				t.Errorf("%v -want +got:\n%s", err, d)
			}
		})
	}
}

func TestParseSortAndFacet(t *testing.T) {
	got, err := ParseSort("-自评得分")
	if d := cmp.Diff(search.Sort{Key: "score", Desc: true}, got); err != nil || d != "" {
		t.Errorf("%v %s", err, d)
	}
	for in, want := range map[string]string{"year": "year", "年度×单位": "year×unit", "year*unit": "year×unit"} {
		if got, err := ParseFacet(in); err != nil || got != want {
			t.Errorf("facet %q: %q, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "×", "a×b×c", "nokey"} {
		if _, err := ParseFacet(in); fault.KindOf(err) != fault.Usage {
			t.Errorf("facet %q: %v", in, err)
		}
	}
}

func FuzzParseWhere(f *testing.F) {
	for _, s := range []string{"expenditure.total>=1000万", "score=90..95", "年度=2021", "unit=甲", ">=", "score>-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		filter, err := ParseWhere(s)
		if err != nil {
			if fault.KindOf(err) != fault.Usage {
				t.Errorf("%q: %v is no fault of usage", s, err)
			}
			return
		}
		if _, err := index.CondOf(filter); err != nil {
			t.Errorf("%q is taken and then refused: %v", s, err)
		}
	})
}

// A filter that no report can pass is a slip and not an empty answer.
func TestFiltersThatMakeNoSense(t *testing.T) {
	for _, c := range []struct{ where, want string }{
		{"year=2021..2019", "ends before it begins"},
		{"score=95..90", "ends before it begins"},
		{"fill_date=2023..2022", "ends before it begins"},
		{"year=2022.5", "no whole number"},
		{"headcount.actual.total>=2.5", "no whole number"},
		{"scope=合", "none of 整体, 项目, 政策"},
		{"grade=合格", "none of 优, 良, 中, 差"},
		{"year=2019..2021", ""},
		{"year=2021..2021", ""},
		{"headcount.actual.total>=1.5万", ""},
		{"年度=2021年", ""},
		{"scope=部门整体支出", ""},
		{"grade==优", ""},
		{"等级=良好", ""},
		{"score=90..90.5", ""},
	} {
		t.Run(c.where, func(t *testing.T) {
			_, err := ParseWhere(c.where)
			if c.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if fault.KindOf(err) != fault.Usage || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want a fault of usage that says %q", err, c.want)
			}
		})
	}
}
