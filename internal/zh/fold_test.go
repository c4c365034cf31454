package zh

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"jixiao/schemas/layout"
)

func TestFold(t *testing.T) {
	tests := map[string]struct{ src, want string }{
		"full_width":      {"（２０２３）年１，２３４．５万元", "(2023)年1,234.5万元"},
		"spaces_in_han":   {"预 算　编\n码：12 34", "预算编码:12 34"},
		"quotes_dropped":  {"“三公”经费", "三公经费"},
		"brackets":        {"湛财绩〔2021〕5号", "湛财绩[2021]5号"},
		"invisible":       {"\ufeff单\u200b位", "单位"},
		"space_at_number": {"2020 年 88 人", "2020年88人"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := Fold(tt.src, 100)
			if f.Text != tt.want {
				t.Fatalf("Fold(%q) = %q, want %q", tt.src, f.Text, tt.want)
			}
			if s := f.Origin(0, len(f.Text)); s.Start < 100 || s.End > 100+len(tt.src) {
				t.Errorf("Origin of all = %v, outside of the source", s)
			}
			for i, r := range f.Text {
				s := f.Origin(i, i+len(string(r)))
				if got := FoldString(tt.src[s.Start-100 : s.End-100]); r != ' ' && got != string(r) {
					t.Errorf("character %q at %d comes from %q", r, i, got)
				}
			}
		})
	}
}

// plainFold is folding as its description says it, character by character and
// with where each one starts and ends.
func plainFold(s string) (text string, from, to []int) {
	last, space := rune(0), false
	put := func(r rune, i, j int) {
		text += string(r)
		for range utf8.RuneLen(r) {
			from, to = append(from, i), append(to, j)
		}
		last = r
	}
	for i, r := range s {
		_, n := utf8.DecodeRuneInString(s[i:])
		switch r = lookUp(r); r {
		case 0:
		case ' ':
			space = true
		default:
			if space && isWordASCII(last) && isWordASCII(r) {
				put(' ', to[len(to)-1], i)
			}
			space = false
			put(r, i, i+n)
		}
	}
	return text, from, to
}

func TestFoldIsPlainFold(t *testing.T) {
	char := rapid.OneOf(rapid.RuneFrom([]rune("预算１a9 \u3000\n\"“（⺠⼾\u200b·〇—%\ufffd𠀀")), rapid.Rune())
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(char).Draw(t, "s") + strings.Repeat("绩 效", rapid.IntRange(0, 80).Draw(t, "more"))
		if rapid.Bool().Draw(t, "bad") {
			s += "\xff\xe7单"
		}
		text, from, to := plainFold(s)
		f := Fold(s, 7)
		if f.Text != text || FoldString(s) != text {
			t.Fatalf("Fold(%q) = %q, FoldString = %q, want %q", s, f.Text, FoldString(s), text)
		}
		for k := range text {
			if got, want := f.Origin(k, k+1), (layout.Span{Start: 7 + from[k], End: 7 + to[k]}); got != want {
				t.Fatalf("byte %d of %q, folded from %q, is from %v, want %v", k, text, s, got, want)
			}
		}
	})
}

// The parts of one document share memory, which the next document gets.
func TestFolderFoldsLikeFold(t *testing.T) {
	char := rapid.OneOf(rapid.RuneFrom([]rune("預算绩１a9 \u3000\n“（⺠—")), rapid.Rune())
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.StringOf(char)).Draw(t, "parts")
		folder := NewFolder(rapid.IntRange(0, 100).Draw(t, "size"))
		defer folder.Release()
		var got []Folded
		for i, s := range parts {
			got = append(got, folder.Simplified(s, i))
		}
		for i, s := range parts {
			want := Fold(s, i)
			if got[i].Text != Simplify(want.Text) {
				t.Fatalf("part %d, %q, folded to %q, want %q", i, s, got[i].Text, Simplify(want.Text))
			}
			for k := range want.Text {
				if g, w := got[i].Origin(k, k+1), want.Origin(k, k+1); g != w {
					t.Fatalf("byte %d of %q is from %v, want %v", k, s, g, w)
				}
			}
		}
	})
}

func TestWideGap(t *testing.T) {
	char := rapid.RuneFrom([]rune("预9a \u3000“，"))
	rapid.Check(t, func(t *rapid.T) {
		f := Fold(rapid.StringOf(char).Draw(t, "s"), 0)
		n := rapid.IntRange(1, 7).Draw(t, "n")
		want := len(f.Text)
		for k := len(f.Text) - 1; k > 0; k-- {
			if f.Gap(k) >= n {
				want = k
			}
		}
		if got := f.WideGap(1, len(f.Text), n); len(f.Text) > 0 && got != want {
			t.Fatalf("WideGap of %d in %q = %d, want %d", n, f.Text, got, want)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	s := strings.Repeat("全年预算数1,286.40万元，执行数1,251.77万元，预算执行率97.31%。其中：财政拨款（本级）、上年结转“结余”。", 60)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		Fold(s, 0)
	}
}
