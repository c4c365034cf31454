package eval

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas/catalog"
)

func TestEqual(t *testing.T) {
	n := func(s string) any { return json.Number(s) }
	for name, tt := range map[string]struct {
		key       string
		gold, got any
		want      bool
	}{
		"same_year":             {"year", n("2022"), n("2022"), true},
		"year_as_text":          {"year", n("2022"), "２０２２", true},
		"other_year":            {"year", n("2022"), n("2021"), false},
		"no_year":               {"year", n("2022"), true, false},
		"money_with_unit":       {"carryover", "12345600.00", "12,345,600元", true},
		"money_to_the_cent":     {"carryover", "12345600.00", "12345600.01", false},
		"rate_with_sign":        {"execution_rate", "98.5", "98.50%", true},
		"people":                {"headcount.actual.total", n("26"), "26人", true},
		"power_of_ten":          {"score", "100", n("1e2"), true},
		"zero":                  {"score", "0", n("-0.00"), true},
		"nothing":               {"score", "0", "", false},
		"text_of_another_width": {"unit", "Ａ市 财政局", "A市财政局", true},
		"other_text":            {"unit", "财政局", "财政厅", false},
		"brackets":              {"notice_number", "林财预〔2024〕11号", "林财预【2024】第11号", true},
		"brackets_without_号":    {"notice_number", "林财预〔2024〕11", "林财预[2024]11", false},
		"region_ends_alike":     {"region", "重庆市綦山区", "綦山区", true},
		"region_of_one_letter":  {"region", "重庆市綦山区", "区", false},
	} {
		t.Run(name, func(t *testing.T) {
			key, _ := scoredKey(tt.key)
			if got := equal(key, tt.gold, tt.got); got != tt.want {
				t.Errorf("equal(%v, %v) = %v", tt.gold, tt.got, got)
			}
		})
	}
}

func TestMatchItems(t *testing.T) {
	problems, _ := scoredKey("problems")
	projects, _ := scoredKey("projects")
	object := func(s string) any {
		var v any
		if err := decode([]byte(s), &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	for name, tt := range map[string]struct {
		key       catalog.Field
		gold, got []any
		want      []int
	}{
		"another_order":           {problems, []any{"预算编制不够精准", "执行进度偏慢"}, []any{"执行进度偏慢。", "预算编制不够精准；"}, []int{1, 0}},
		"one_for_one":             {problems, []any{"执行进度偏慢"}, []any{"执行进度偏慢", "执行进度偏慢"}, []int{0, -1}},
		"the_nearest_first":       {problems, []any{"执行进度偏慢了一些"}, []any{"执行进度偏慢了些", "执行进度偏慢了一些"}, []int{-1, 0}},
		"half_of_it":              {problems, []any{"预算编制不够精准，执行进度偏慢"}, []any{"预算编制不够精准"}, []int{-1}},
		"object":                  {projects, []any{object(`{"name":"河道清淤","budget":"2000000.00"}`)}, []any{object(`{"name":"河道清淤","budget":2000000,"rate":"95"}`)}, []int{0}},
		"object_without_a_member": {projects, []any{object(`{"name":"河道清淤","budget":"2000000.00"}`)}, []any{object(`{"name":"河道清淤"}`)}, []int{-1}},
		"no_object":               {projects, []any{object(`{"name":"河道清淤"}`)}, []any{"河道清淤"}, []int{-1}},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, matchItems(tt.key, tt.gold, tt.got)); d != "" {
				t.Errorf("partners (-want +got):\n%s", d)
			}
		})
	}
}

func TestCompareCountsRepeats(t *testing.T) {
	c := Case{Name: "a", Gold: map[string]any{"unit": "甲局", "year": json.Number("2020")}, Skip: map[string]bool{"year": true}}
	o := &Output{Values: []Value{
		{Key: "unit", Value: "甲局", Confidence: 0.9}, {Key: "unit", Value: "乙局", Confidence: 0.6, Review: true}, {Key: "year", Value: json.Number("1999")},
		{Key: "problems", Value: []any{"x", "y"}, Confidence: 0.9}, {Key: "grade", Confidence: -1}, {Key: "odd", Value: "z"},
	}}
	r, err := Compare([]Case{c, {Name: "b", Gold: map[string]any{"unit": "丙局"}}}, map[string]*Output{"a": o})
	if err != nil {
		t.Fatal(err)
	}
	want := []KeyScore{{"unit", newScore(2, 2, 1)}, {"problems", newScore(0, 2, 0)}}
	if d := cmp.Diff(want, r.Keys); d != "" {
		t.Errorf("keys (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"b"}, r.Missing); d != "" {
		t.Errorf("missing (-want +got):\n%s", d)
	}
	if d := cmp.Diff(map[string]int{"odd": 1}, r.Unscored); d != "" {
		t.Errorf("unscored (-want +got):\n%s", d)
	}
	if d := cmp.Diff(Triage{shareOf(1, 4), shareOf(1, 3), shareOf(2, 3)}, r.Review); d != "" {
		t.Errorf("review (-want +got):\n%s", d)
	}
}

func TestReliability(t *testing.T) {
	r := newReliability()
	for i := range 10 {
		r.add(0.9, i > 0) // nine of ten
		r.add(0.6, i > 7) // two of ten
	}
	r.add(-1, true) // says nothing
	r.add(1, true)
	r.finish()
	if want := 0.4 * 10 / 21; r.Values != 21 || math.Abs(r.Error-want) > 1e-9 {
		t.Errorf("error %v over %d values, want %v over 21", r.Error, r.Values, want)
	}
}

// FuzzOutputs wants that outputs of any kind are scored or refused, and that a
// value of any kind equals itself.
func FuzzOutputs(f *testing.F) {
	f.Add(`{"source":{"name":"x/a/source.txt"},"fields":[{"key":"unit","value":"甲局","confidence":0.5,"evidence":[{"quote":"甲","start":0,"end":3}]}]}`)
	f.Add(`{"source":null,"fields":[{"key":"problems","value":[1,"【2020】x号",{"name":null}]},{"key":"year","value":1e999}],"gaps":[{"key":"unit","kind":"blank"}]}`)
	f.Add(`{"fields":[{"key":"score","value":"-.5e-3%"},{"key":"projects","value":{"name":["a"]}}]}`)
	f.Fuzz(func(t *testing.T, line string) {
		out, err := Outputs(strings.NewReader(line), "txt")
		if err != nil {
			return
		}
		for name, o := range out {
			c := Case{Name: name, Gold: map[string]any{"problems": []any{}, "projects": []any{}}}
			for _, v := range o.Values {
				key, ok := scoredKey(v.Key)
				if !ok || v.Value == nil {
					continue
				}
				if items, list := c.Gold[v.Key].([]any); list {
					c.Gold[v.Key] = append(items, v.Value)
				} else if _, taken := c.Gold[v.Key]; !taken && !isList(key.Kind) {
					c.Gold[v.Key] = v.Value
				}
				if n, ok := numberOf(v.Value); ok && n != n.reduced() {
					t.Errorf("%v is not in its only form: %+v", v.Value, n)
				}
				if similarity(v.Value, v.Value) != 1 {
					t.Errorf("%v is not like itself", v.Value)
				}
			}
			r, err := Compare([]Case{c}, out)
			if err != nil {
				t.Fatal(err)
			}
			if r.Micro.TP > r.Micro.N || r.Micro.TP > r.Micro.Emitted {
				t.Errorf("%+v", r.Micro)
			}
			if err := r.WritePage(&strings.Builder{}); err != nil {
				t.Error(err)
			}
		}
	})
}
