package zh

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseNumeral(t *testing.T) {
	tests := map[string]string{
		"零": "0", "十": "10", "十五": "15", "二十": "20", "五十七": "57", "一百零八": "108", "一百一十": "110", "两百": "200", "三千二百": "3200",
		"三千零五": "3005", "一万": "10000", "两万三千": "23000", "一亿二千万": "120000000", "一百二十点五": "120.5", "零点三零": "0.30",
		"二〇二三": "2023", "二零一四": "2014", "贰拾叁": "23", "九千九百九十九": "9999", "十万": "100000", "一百二十万零三百": "1200300",
		"": "", "点五": "", "十百": "", "五二百": "", "两百五": "", "百": "", "一点": "", "一十百": "", "万": "", "一点五点六": "",
	}
	for in, want := range tests {
		t.Run(in, func(t *testing.T) {
			got, ok := ParseNumeral(in)
			if string(got) != want || ok != (want != "") {
				t.Errorf("ParseNumeral(%q) = %q, %v, want %q", in, got, ok, want)
			}
		})
	}
}

// spell writes n < 10^12 the way people do.
func spell(n int) string {
	if n == 0 {
		return "零"
	}
	var parts []string
	for _, unit := range []struct {
		value int
		mark  string
	}{{1e8, "亿"}, {1e4, "万"}, {1, ""}} {
		part := n / unit.value
		n %= unit.value
		if part == 0 {
			continue
		}
		s := spellFour(part)
		if len(parts) > 0 && part < 1000 {
			s = "零" + s
		}
		parts = append(parts, s+unit.mark)
	}
	return strings.Join(parts, "")
}

func spellFour(n int) string {
	names := []rune("零一二三四五六七八九")
	out, zero := "", false
	for _, unit := range []struct {
		value int
		mark  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / unit.value % 10
		if d == 0 {
			zero = out != ""
			continue
		}
		if zero {
			out += "零"
			zero = false
		}
		out += string(names[d]) + unit.mark
	}
	return out
}

func TestNumeralRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.IntRange(0, 9999), rapid.IntRange(0, 99_999_999), rapid.IntRange(0, 999_999_999_999)).Draw(t, "n")
		got, ok := ParseNumeral(spell(n))
		if !ok || string(got) != strconv.Itoa(n) {
			t.Fatalf("%s is read as %q, want %d", spell(n), got, n)
		}
	})
}

func FuzzParseNumeral(f *testing.F) {
	for _, s := range []string{"五十七", "一百二十点五", "二〇二三", "一亿二千万", "十百", "点"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := ParseNumeral(s)
		if !ok {
			if d != "" {
				t.Errorf("ParseNumeral(%q) = %q and not ok", s, d)
			}
			return
		}
		if again, ok := ParseDecimal(string(d)); !ok || again != d {
			t.Errorf("ParseNumeral(%q) = %q, which is no plain decimal", s, d)
		}
	})
}
