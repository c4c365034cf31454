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
