package index

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jixiao/internal/fault"
	"jixiao/schemas/search"
)

func TestParseNumber(t *testing.T) {
	for _, tt := range []struct {
		s       string
		digits  int
		want    int64
		rounded bool
		ok      bool
	}{
		{"12345600.00", 2, 1234560000, false, true},
		{"0.005", 2, 1, true, true},
		{"0.0049", 2, 0, true, true},
		{"-0.005", 2, -1, true, true},
		{"12345678.901", 2, 1234567890, true, true},
		{"1.000", 2, 100, false, true},
		{"1,234.5", 2, 123450, false, true},
		{"１２．５％", 4, 125000, false, true},
		{"1000万", 2, 1000_0000_00, false, true},
		{"0.12345678901亿元", 2, 1234567890, true, true},
		{"12.5 万元", 2, 12500000, false, true},
		{"95.5分", 4, 955000, false, true},
		{"57人", 0, 57, false, true},
		{".5", 4, 5000, false, true},
		{"5.", 0, 5, false, true},
		{"92233720368547758.07", 2, 0, false, false},
		{"99999999999999999999", 0, 0, false, false},
		{"", 2, 0, false, false},
		{"-", 2, 0, false, false},
		{".", 2, 0, false, false},
		{"1.2.3", 2, 0, false, false},
		{"一百", 2, 0, false, false},
		{"1e5", 2, 0, false, false},
	} {
		n, rounded, ok := parseNumber(tt.s, tt.digits)
		if !ok {
			n, rounded = 0, false
		}
		if n != tt.want || rounded != tt.rounded || ok != tt.ok {
			t.Errorf("parseNumber(%q, %d) = %d, %v, %v; want %d, %v, %v", tt.s, tt.digits, n, rounded, ok, tt.want, tt.rounded, tt.ok)
		}
	}
}

// TestParseNumberIsExact compares with rational arithmetic.
func TestParseNumberIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := fmt.Sprintf("%d.%s", rapid.Int64Range(0, 1e12).Draw(t, "whole"), rapid.StringMatching(`[0-9]{1,9}`).Draw(t, "decimals"))
		r, ok := new(big.Rat).SetString(s)
		if !ok {
			t.Fatal(s)
		}
		r.Mul(r, big.NewRat(100, 1))
		half := new(big.Rat).Add(r, big.NewRat(1, 2))
		want := new(big.Int).Div(half.Num(), half.Denom()).Int64()
		got, rounded, ok := parseNumber(s, fenDigits)
		if !ok || got != want || rounded == r.IsInt() {
			t.Fatalf("parseNumber(%q) = %d, %v, %v; want %d, rounded %v", s, got, rounded, ok, want, !r.IsInt())
		}
	})
}

func TestParseDate(t *testing.T) {
	for s, want := range map[string][2]int64{
		"2023":       {20230000, 20239999},
		"2023-06":    {20230600, 20230699},
		"2023-06-28": {20230628, 20230628},
		"2023-6-8":   {20230608, 20230608},
		"":           {}, "23-06": {}, "2023-": {}, "2023-06-28-1": {}, "2023-006": {}, "六月": {}, "20 3": {},
	} {
		first, last, ok := parseDate(s)
		if !ok {
			first, last = 0, 0
		}
		if [2]int64{first, last} != want {
			t.Errorf("parseDate(%q) = %d, %d", s, first, last)
		}
	}
}

func TestParseFilter(t *testing.T) {
	for s, want := range map[string]search.Filter{
		"expenditure.total>=1000万":  {Key: "expenditure.total", Min: "1000万"},
		"支出合计 ＞ 1000万":              {Key: "expenditure.total", Min: "1000万", MinOpen: true},
		"score<=95":                 {Key: "score", Max: "95"},
		"score < 95":                {Key: "score", Max: "95", MaxOpen: true},
		"score=90..95":              {Key: "score", Min: "90", Max: "95"},
		"score=90..":                {Key: "score", Min: "90"},
		"年度:2021":                   {Key: "year", Values: []string{"2021"}},
		"fill_date≥2023-06":         {Key: "fill_date", Min: "2023-06"},
		"unit=财政局":                  {Key: "unit", Values: []string{"财政局"}},
		"unit==财政局":                 {Key: "unit", Values: []string{"=财政局"}},
		"execution_rate>=95%":       {Key: "execution_rate", Min: "95%"},
		"headcount.actual.total=57": {Key: "headcount.actual.total", Values: []string{"57"}},
	} {
		f, err := ParseFilter(s)
		if err != nil {
			t.Errorf("%s: %v", s, err)
		}
		if d := cmp.Diff(want, f); d != "" {
			t.Errorf("%s (-want +got):\n%s", s, d)
		}
	}
	for _, s := range []string{"", "score", ">=5", "nonsense>=5", "score>=", "score>=x", "score=..", "problems=预算", "unit=", "unit>局", "unit≥局"} {
		if _, err := ParseFilter(s); fault.KindOf(err) != fault.Usage {
			t.Errorf("%q: error %v", s, err)
		}
	}
}
