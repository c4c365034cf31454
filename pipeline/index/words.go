package index

import (
	"slices"
	"unicode/utf8"

	"jixiao/internal/zh/segment"
)

// Words returns the segmenter's words, for ranking and statistics: those of two
// characters or more, without punctuation, each as often as it stands there.
func (c Cut) Words() []string {
	var out []string
	var tokens []segment.Token
	for i := range c.texts {
		s := c.texts[i].norm
		tokens = segment.Default().Cut(slices.Grow(tokens[:0], len(s)/4), s)
		out = slices.Grow(out, len(tokens)/2)
		for _, t := range tokens {
			if w := s[t.Start:t.End]; isRankWord(w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// isRankWord leaves out single characters, which say little, and whatever holds
// no letter or digit.
func isRankWord(w string) bool {
	if len(w) > maxTerm || utf8.RuneCountInString(w) < 2 {
		return false
	}
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf || isWord(w[i]) {
			return true
		}
	}
	return false
}
