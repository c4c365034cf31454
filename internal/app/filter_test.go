package app

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jixiao/internal/fault"
	"jixiao/schemas/search"
)

func TestParseWhere(t *testing.T) {
	for in, want := range map[string]search.Filter{
		"expenditure.total>=1000万":      {Key: "expenditure.total", Min: "10000000"},
		"支出合计 ≥ 1,234.5万元":              {Key: "expenditure.total", Min: "12345000"},
		"revenue.total<0.12345678901亿元": {Key: "revenue.total", Max: "12345678.901", MaxOpen: true},
		"三公经费 > 3千万":                    {Key: "expenditure.three_public", Min: "30000000", MinOpen: true},
		"预算执行率<=80%":                    {Key: "execution_rate", Max: "80"},
		"score=90..95分":                 {Key: "score", Min: "90", Max: "95"},
		"score=..60":                    {Key: "score", Max: "60"},
		"headcount.actual.total>20人":    {Key: "headcount.actual.total", Min: "20", MinOpen: true},
		"年度=２０２１":                       {Key: "year", Values: []string{"2021"}},
		"year=2019,2021年":               {Key: "year", Values: []string{"2019", "2021"}},
		"grade=优，良":                     {Key: "grade", Values: []string{"优", "良"}},
		"unit=某县教育局":                    {Key: "unit", Values: []string{"某县教育局"}},
		"batch==a":                      {Key: "batch", Values: []string{"a"}},
		"fill_date>=2023-01":            {Key: "fill_date", Min: "2023-01"},
		"carryover>-5万":                 {Key: "carryover", Min: "-50000", MinOpen: true},
	} {
		t.Run(strings.ReplaceAll(in, " ", "_"), func(t *testing.T) {
			got, err := ParseWhere(in)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

func TestParseWhereRefuses(t *testing.T) {
	for in, hint := range map[string]string{
		"":                  "KEY",
		"year":              "KEY",
		">3":                "KEY",
		"yaer=2021":         "did you mean year",
		"支出=3":              "支出合计",
		"nothing.like.it=1": "keys are",
		"year!=2021":        "NOT",
		"unit>甲":            "use =",
		"score>":            "write a figure",
		"score>九十":          "write a figure",
		"score=..":          "write 2019",
		"year=,":            "write a value",
		"score>1e9":         "write a figure",
		"score>90万":         "write a figure",
	} {
		t.Run(in, func(t *testing.T) {
			_, err := ParseWhere(in)
			if fault.KindOf(err) != fault.Usage {
				t.Fatalf("got %v, want a fault of usage", err)
			}
			if got := fault.HintOf(err); !strings.Contains(got, hint) {
				t.Errorf("hint %q does not say %q", got, hint)
			}
		})
	}
}

// Shifting by a power and back is the identity, and never invents a digit.
func TestShiftKeepsEveryDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`(0|[1-9][0-9]{0,12})(\.[0-9]{0,8}[1-9])?`).Draw(t, "figure")
		power := rapid.IntRange(0, 12).Draw(t, "power")
		up, ok := shift(s, power)
		if !ok {
			t.Fatalf("%q is refused", s)
		}
		digits := func(s string) string {
			return strings.Trim(strings.Replace(s, ".", "", 1), "0")
		}
		if digits(up) != digits(s) {
			t.Fatalf("%q by 10^%d is %q", s, power, up)
		}
	})
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
	for _, s := range []string{"expenditure.total>=1000万", "score=90..95", "年度=2021", "unit=甲,乙", ">=", "score>-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		filter, err := ParseWhere(s)
		if err == nil && filter.Key == "" {
			t.Errorf("%q: a filter without a key", s)
		}
		if err != nil && (fault.KindOf(err) != fault.Usage || fault.HintOf(err) == "") {
			t.Errorf("%q: %v has no next step", s, err)
		}
	})
}
