package zh

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// describe writes a figure as text, kind:value.
func describe(f Figure) string {
	kind := [...]string{"plain", "money", "count", "percent", "points", "year", "measure"}[f.Kind]
	value := string(f.Number)
	switch {
	case f.Bad:
		return kind + ":bad"
	case f.Kind == Money:
		value = string(f.Yuan())
	case f.Kind == Count:
		value = string(f.Value())
	}
	if f.Approx {
		value = "~" + value
	}
	return kind + ":" + value
}

func TestFigures(t *testing.T) {
	tests := map[string]struct {
		in   string
		want []string
	}{
		"units_of_money":        {"1,234.56万元，0.5亿元、6859745.45元，12千元，3百万元", []string{"money:12345600.00", "money:50000000.00", "money:6859745.45", "money:12000.00", "money:3000000.00"}},
		"every_digit_kept":      {"0.12345678901亿元 18273.721787万元", []string{"money:12345678.901", "money:182737217.87"}},
		"full_width":            {"３，８２６．５０万元", []string{"money:38265000.00"}},
		"chinese":               {"五十七人，三千二百万元，一百二十点五万元，九十五点五分，百分之九十八点六", []string{"count:57", "money:32000000.00", "money:1205000.00", "points:95.5", "percent:98.6"}},
		"not_figures":           {"一是加强；三公经费；十分重要；第一季度；统一管理；A12，PM2.5", nil},
		"people":                {"26人，3名，198个，5位，5.8万人，1.2万人次", []string{"count:26", "count:3", "count:198", "count:5", "count:58000", "measure:1.2"}},
		"things":                {"9个科室，4个月，5个百分点，3分钟，12件，2公里", []string{"measure:9", "measure:4", "measure:5", "measure:3", "measure:12", "measure:2"}},
		"year_and_date":         {"2021年收入2025.10万元，2023.6.28", []string{"year:2021", "money:20251000.00", "plain:bad"}},
		"approximately":         {"约12万元，近300人，100万元左右，3000余人", []string{"money:~120000.00", "count:~300", "money:~1000000.00", "count:~3000"}},
		"torn":                  {"编制2 8名，预算1 5,236. 40 万元，支出16,7 12.66万元，执行率98 . 86 %", []string{"count:28", "money:152364000.00", "money:167126600.00", "percent:98.86"}},
		"torn_behind_the_point": {"支出728.1 5万元，执行率98.9 5%，得分96. 5分", []string{"money:7281500.00", "percent:98.95", "points:96.5"}},
		"two_amounts":           {"预算数 1200 1180.5万元", []string{"plain:1200", "money:11805000.00"}},
		"two_not_torn":          {"得分 100.00 94.04", []string{"plain:100.00", "plain:94.04"}},
		"impossible":            {"支出7,00.0,77万元", []string{"money:bad"}},
		"jammed":                {"593.27593.27448.641076%", []string{"percent:bad"}},
		"item_then_count":       {"7.21个", []string{"count:21"}},
		"half_a_person":         {"在职7.21人", []string{"count:bad"}},
		"minus":                 {"(-3.2%)", []string{"percent:-3.2"}},
		"hyphen_is_no_minus":    {"2022-2024年", []string{"plain:2022", "year:2024"}},
		"on_a_line":             {"在职__24__名，支出_860_万元，__3__页", []string{"count:24", "money:8600000.00", "plain:3"}},
		"scanned_badly":         {"支出860万兀，8兀", []string{"money:8600000.00", "measure:8"}},
		"wan_without_yuan":      {"预算100万，藏书34.1万册", []string{"money:1000000.00", "measure:34.1"}},
		"zero":                  {"0元，零元，0.00万元", []string{"money:0.00", "money:0.00", "money:0.00"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range Figures(nil, FoldString(tt.in)) {
				got = append(got, describe(f))
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%s (-want +got):\n%s", tt.in, d)
			}
		})
	}
}

// grouped writes whole with commas in threes.
func grouped(whole string) string {
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return whole
}

func TestMoneyInManySpellings(t *testing.T) {
	wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９", ".", "．", ",", "，")
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(0, 1e15).Draw(t, "fen")
		yuan := fmt.Sprintf("%d.%02d", fen/100, fen%100)
		wan := fmt.Sprintf("%d.%06d", fen/1e6, fen%1e6)
		whole, frac, _ := strings.Cut(yuan, ".")
		for _, s := range []string{yuan + "元", grouped(whole) + "." + frac + "元", wan + "万元", fmt.Sprintf("%d.%010d亿元", fen/1e10, fen%1e10), wide.Replace(wan) + "万元", yuan + " 元"} {
			figs := Figures(nil, FoldString("支出"+s+"。"))
			if len(figs) != 1 || figs[0].Kind != Money || figs[0].Yuan().Rat() == nil {
				t.Fatalf("%s: read as %v", s, figs)
			}
			if got := figs[0].Yuan(); Decimal(got).Rat().Cmp(Decimal(yuan).Rat()) != 0 {
				t.Fatalf("%s is %s, want %s", s, got, yuan)
			}
		}
	})
}

func TestShift(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, ok := ParseDecimal(rapid.StringMatching(`-?[0-9]{1,12}(\.[0-9]{1,12})?`).Draw(t, "d"))
		if !ok {
			t.Fatal("not a decimal")
		}
		n := rapid.IntRange(0, 9).Draw(t, "n")
		want := d.Rat()
		for range n {
			want.Mul(want, Decimal("10").Rat())
		}
		if got := d.Shift(n).AtLeast(2); got.Rat().Cmp(want) != 0 {
			t.Fatalf("%s shifted by %d is %s", d, n, got)
		}
	})
}

func FuzzFigures(f *testing.F) {
	for _, s := range []string{"1,234.56万元", "五十七人", "7,00.0,77万元", "编制2 8名", "百分之九十八点六", "-3.2%", "1亿余元", "〇一二三四"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := FoldString(s)
		last := 0
		for _, x := range Figures(nil, text) {
			if x.Start < last || x.Start >= x.NumEnd || x.NumEnd > x.End || x.End > len(text) {
				t.Fatalf("figure %+v lies wrong in %q after byte %d", x, text, last)
			}
			last = x.NumEnd
			if x.Bad == (x.Number.Rat() != nil) {
				t.Fatalf("figure %+v of %q is bad and has a number, or neither", x, text)
			}
			_, _ = x.Yuan(), x.Value()
		}
	})
}
