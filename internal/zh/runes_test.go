package zh

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// A text of what decides: characters of one to four bytes that share bytes.
var mixed = rapid.StringOf(rapid.OneOf(rapid.SampledFrom([]rune("号另叶绩纩效敁。a1é𠀀")), rapid.Rune()))

func TestRuneCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := mixed.Draw(t, "s")
		if got, want := RuneCount(s), utf8.RuneCountInString(s); got != want {
			t.Errorf("RuneCount(%q) = %d, want %d", s, got, want)
		}
	})
}

func TestContains(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := mixed.Draw(t, "s")
		word := rapid.SampledFrom([]string{"", "号", "绩效", "。", "a", mixed.Draw(t, "word")}).Draw(t, "one")
		if rapid.Bool().Draw(t, "in") {
			s += word
		}
		if got, want := Contains(s, word), strings.Contains(s, word); got != want {
			t.Errorf("Contains(%q, %q) = %v, want %v", s, word, got, want)
		}
	})
}

// What is passed as ideographs is ideographs, whatever bytes a text has.
func TestSkipHan(t *testing.T) {
	for _, c := range []struct {
		in   string
		want int
	}{{"", 0}, {"年初abc", 6}, {"\xe400", 0}, {"年\xe4\xb8", 3}, {"年\xe4\xb80", 3}, {"年\xe40\x80", 3}, {"预、算", 3}, {"a年", 0}} {
		if got := SkipHan(c.in, 0); got != c.want {
			t.Errorf("SkipHan(%q) = %d, want %d", c.in, got, c.want)
		}
	}
}
