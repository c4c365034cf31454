package zh

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Words is a list of words that a text is searched for all at once.
type Words struct {
	first RuneSet // the characters that they begin with
	by    RuneMap[[]string]
	signs Signs // each word has one of them; 0 if some have none
}

// NewWords returns the list of words, none of which is empty.
func NewWords(words ...string) *Words {
	w := new(Words)
	words = slices.Clone(words)
	signless := false
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	for _, word := range words {
		r, _ := utf8.DecodeRuneInString(word)
		w.first.Add(r)
		w.by.Set(r, append(w.by.Get(r), word))
		sign := signOf(word)
		signless = signless || sign == 0
		w.signs |= sign
	}
	if signless {
		w.signs = 0
	}
	return w
}

// In reports whether one of the words stands in s.
func (w *Words) In(s string) bool {
	for i := w.first.Next(s, 0); i < len(s); {
		r, n := Next(s, i)
		if w.at(s[i:], r) != "" {
			return true
		}
		i = w.first.Next(s, i+n)
	}
	return false
}

// Before returns the longest of the words that s begins with, "" if there is none.
func (w *Words) Before(s string) string {
	r, _ := Next(s, 0)
	if !w.first.Has(r) {
		return ""
	}
	return w.at(s, r)
}

// MayBegin reports whether one of the words begins with the first character of s.
func (w *Words) MayBegin(s string) bool {
	r, _ := Next(s, 0)
	return w.first.Has(r)
}

// at is Before for an s whose first character is r.
func (w *Words) at(s string, r rune) string {
	for _, word := range w.by.Get(r) {
		if strings.HasPrefix(s, word) {
			return word
		}
	}
	return ""
}
