package zh

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFindDate(t *testing.T) {
	tests := map[string]struct{ src, want, words string }{
		"full":             {"于2023年6月28日成立", "2023-06-28", "2023年6月28日"},
		"spaces":           {"2023 年 6 月 28 日", "2023-06-28", "2023年6月28日"},
		"spaces_in_digits": {"2 0 2 3年1 2月2 8日", "2023-12-28", "2 0 2 3年1 2月2 8日"},
		"full_width":       {"２０２３年６月２８日", "2023-06-28", "2023年6月28日"},
		"dots":             {"填报日期:2023.6.28", "2023-06-28", "2023.6.28"},
		"dashes":           {"2024-4-9", "2024-04-09", "2024-4-9"},
		"slashes":          {"2023/06/28", "2023-06-28", "2023/06/28"},
		"han":              {"二〇二三年六月二十八日", "2023-06-28", "二〇二三年六月二十八日"},
		"han_circle":       {"二○一六年十二月十日", "2016-12-10", "二〇一六年十二月十日"},
		"han_letter":       {"二O一六年十二月十日", "2016-12-10", "二O一六年十二月十日"},
		"han_zero":         {"二零二一年一月三十一日", "2021-01-31", "二零二一年一月三十一日"},
		"month_only":       {"报告时间：2023年6月", "2023-06", "2023年6月"},
		"month_dash":       {"2023-06", "2023-06", "2023-06"},
		"day_sign_lost":    {"2023年6月28", "2023-06-28", "2023年6月28"},
		"hao":              {"2023年6月28号", "2023-06-28", "2023年6月28号"},
		"leap":             {"2024年2月29日", "2024-02-29", "2024年2月29日"},
		"second_is_right":  {"2023年13月1日和2023年3月1日", "2023-03-01", "2023年3月1日"},
		"decimal_amount":   {"支出2023.05万元", "", ""},
		"year_only":        {"2023年度整体支出", "", ""},
		"no_leap":          {"2023年2月29日", "", ""},
		"torn":             {"2023228日", "", ""},
		"long_figure":      {"12023年6月28日", "", ""},
		"version":          {"2023.6.28.1", "", ""},
		"phone":            {"0759-2023-6123", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := FoldString(tt.src)
			f, ok := FindDate(s, 0)
			if ok != (tt.want != "") {
				t.Fatalf("FindDate(%q) = %v, %v", s, f, ok)
			}
			if ok && (f.String() != tt.want || s[f.Start:f.End] != tt.words) {
				t.Errorf("FindDate(%q) = %s at %q, want %s at %q", s, f, s[f.Start:f.End], tt.want, tt.words)
			}
		})
	}
}

func TestTornDate(t *testing.T) {
	tests := map[string]string{
		"2023228日": "2023-02-28", "20230628": "2023-06-28", "2023111日": "", "20231日": "", "2023631": "", "202362": "2023-06-02", "2023年": "", "2023131": "2023-01-31",
	}
	for src, want := range tests {
		t.Run(src, func(t *testing.T) {
			d, ok := TornDate(src)
			if ok != (want != "") || ok && d.String() != want {
				t.Errorf("TornDate(%q) = %v, %v, want %q", src, d, ok, want)
			}
		})
	}
}

// TestFindDateInEveryForm writes random dates in every form and wants them back.
func TestFindDateInEveryForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date{Year: rapid.IntRange(1980, 2060).Draw(t, "year"), Month: rapid.IntRange(1, 12).Draw(t, "month")}
		d.Day = rapid.IntRange(1, monthDays(d.Year, d.Month)).Draw(t, "day")
		form := rapid.SampledFrom([]string{"%d年%d月%d日", "%d.%d.%d", "%d-%02d-%02d", "%d/%d/%d", "%d 年 %d 月 %d 日", "%d．%d．%d"}).Draw(t, "form")
		text := fmt.Sprintf(form, d.Year, d.Month, d.Day)
		if rapid.Bool().Draw(t, "han") {
			text = hanDate(d)
		}
		before := rapid.SampledFrom([]string{"", "填报日期：", "截至", "（", "第3期，"}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", "成立", "）", "，共5人"}).Draw(t, "after")
		f, ok := FindDate(FoldString(before+text+after), 0)
		if !ok || f.Date != d {
			t.Fatalf("FindDate(%q) = %v, %v, want %v", before+text+after, f, ok, d)
		}
	})
}

func hanDate(d Date) string {
	digits := []rune("〇一二三四五六七八九")
	var b strings.Builder
	for _, c := range fmt.Sprint(d.Year) {
		b.WriteRune(digits[c-'0'])
	}
	small := func(n int) string {
		s := ""
		if n >= 20 {
			s += string(digits[n/10])
		}
		if n >= 10 {
			s += "十"
		}
		if n%10 > 0 {
			s += string(digits[n%10])
		}
		return s
	}
	return b.String() + "年" + small(d.Month) + "月" + small(d.Day) + "日"
}

func FuzzFindDate(f *testing.F) {
	for _, s := range []string{"2023年6月28日", "2023.6.28", "二〇二三年六月二十八日", "2 0 2 3年1", "2023228日", "一九九九年十"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		TornDate(s)
		for from := 0; from <= len(s); {
			d, ok := FindDate(s, from)
			if !ok {
				return
			}
			if d.Start < from || d.End <= d.Start || d.End > len(s) || !d.Valid() || d.Month == 0 {
				t.Fatalf("FindDate(%q, %d) = %+v", s, from, d)
			}
			from = d.End
		}
	})
}
