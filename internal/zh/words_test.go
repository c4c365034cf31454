package zh_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"jixiao/internal/zh"
)

func TestWordsFindWhatContainsFinds(t *testing.T) {
	list := []string{"问题", "问", "措施", "建议", "a", "①", "A.b"}
	words := zh.NewWords(list...)
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"问", "题", "措", "施", "建", "议", "b", "A.", "。", "x", "\xe9", "\xe9\x97", "𠀀"})).Draw(t, "text"), "")
		want := slices.ContainsFunc(list, func(w string) bool { return strings.Contains(s, w) })
		if got := words.In(s); got != want {
			t.Fatalf("In(%q) = %v", s, got)
		}
		longest := ""
		for _, w := range list {
			if strings.HasPrefix(s, w) && len(w) > len(longest) {
				longest = w
			}
		}
		if got := words.Before(s); got != longest {
			t.Fatalf("Before(%q) = %q, want %q", s, got, longest)
		}
	})
}

func FuzzNext(f *testing.F) {
	for _, s := range []string{"单", "\xed\xa0\x80", "\xe0\x80\x80", "\xef\xbb\xbf", "\xff", "a", "\xe5\x8d", "é", "𠀀"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for i := range len(s) {
			r, n := zh.Next(s, i)
			if wr, wn := utf8.DecodeRuneInString(s[i:]); r != wr || n != wn {
				t.Fatalf("Next(%q, %d) = %q, %d, want %q, %d", s, i, r, n, wr, wn)
			}
		}
	})
}

func TestRuneMap(t *testing.T) {
	var m zh.RuneMap[string]
	if got := m.Get('一'); got != "" {
		t.Errorf("an empty map has %q", got)
	}
	want := map[rune]string{}
	for _, r := range "一二①a𠀀一" {
		want[r] = string(r) + want[r]
		m.Set(r, string(r)+m.Get(r))
	}
	delete(want, '𠀀') // beyond the basic plane
	for r := range utf8.MaxRune {
		if got := m.Get(r); got != want[r] {
			t.Errorf("Get(%q) = %q", r, got)
		}
	}
}

func TestShorter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, n := rapid.String().Draw(t, "text"), rapid.IntRange(0, 40).Draw(t, "n")
		if got := zh.Shorter(s, n); got != (utf8.RuneCountInString(s) < n) {
			t.Fatalf("Shorter(%q, %d) = %v", s, n, got)
		}
	})
}

func TestRuneSet(t *testing.T) {
	set := zh.NewRuneSet("一二①a𠀀")
	for r := range utf8.MaxRune {
		if got, want := set.Has(r), strings.ContainsRune("一二①a", r); got != want {
			t.Errorf("Has(%q) = %v", r, got)
		}
	}
	if text := "三四\xe4\xb8二"; !set.In(text) || set.In(text[:8]) || set.In("") {
		t.Error("a character was not found, or one that is not there")
	}
	if set.Has(-1) || set.Has(utf8.MaxRune+1) {
		t.Error("it has what is no character")
	}
}
