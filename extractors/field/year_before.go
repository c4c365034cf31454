package field

import (
	"strings"

	"jixiao/internal/zh"
)

// A sentence that begins with the year before goes on with it, clause after
// clause, until it comes to this one: 上年预算50万元，支出40万元，今年支出48万元.

// yearBeforeWords open such a sentence, thisYearWords end what it says of that year.
var (
	yearBeforeWords = []string{"上年度", "上年", "去年", "上一年度", "上一年", "前一年"}
	thisYearWords   = []string{"今年", "本年", "当年", "全年", "年末", "本期"}
)

// opensYearBefore reports whether the words at byte i open a clause as the year before
// itself, not as money left of it, 上年结转, nor as what is compared with.
func (s *script) opensYearBefore(i int) bool {
	if i > 0 && !zh.HasAnySuffix(s.text[:i], []string{"\n", ",", "。", ";", ":", ")"}) {
		return false
	}
	word, ok := startsWith(s.text[i:], yearBeforeWords...)
	return ok && !zh.HasAnyPrefix(s.text[i+len(word):], []string{"末", "底", "结", "剩", "余", "未", "以来", "起"})
}

// ofYearBefore returns what a sentence about the year before takes off a figure
// whose phrase names no year of its own.
func (s *script) ofYearBefore(p *phrase, ctx *context) float64 {
	if !ctx.before || p.year != 0 || ctx.year != 0 {
		return 0
	}
	words := s.text[max(0, p.begin-len("今年")):max(p.begin, p.end)]
	for _, w := range thisYearWords {
		if strings.Contains(words, w) {
			return 0
		}
	}
	return 0.5
}
