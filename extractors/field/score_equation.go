package field

import (
	"math/big"
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh"
)

// A mark may be told as a sum: 10+27.6+33.9+23=94.5分, 基础分91.5+加分2-扣分1=92.5分.

// scoreAsEquation proposes figure i if it is what such a sum makes.
func (s *script) scoreAsEquation(i int, ctx *context) {
	f := &s.figs[i]
	if f.Bad || f.Start == 0 || s.text[f.Start-1] != '=' || !s.wholeValue(i) || f.Number == "100" {
		return
	}
	first, ok := s.equation(i)
	if !ok || f.Kind != zh.Points && !strings.HasPrefix(s.text[f.NumEnd:], "(分") && !s.wordsIn(s.sentence(f.Start), f.Start).Any(s.words.score|s.words.self) {
		return
	}
	s.propose(candidate{key: "score", rule: "score-equation", figure: *f, number: f.Number, score: 0.9 - s.otherYear(&phrase{}, ctx),
		label: [2]int{s.figs[first].Start, f.Start}})
}

// equation returns the first term of the sum whose result is figure i. The terms
// may have names, of letters alone.
func (s *script) equation(i int) (first int, ok bool) {
	const most = 12 // terms
	sum, end := new(big.Rat), s.figs[i].Start-1
	for k := i - 1; k >= max(0, i-most); k-- {
		f := &s.figs[k]
		number := f.Number.Rat()
		if number == nil || f.Bad || f.Kind == zh.Percent || !isTermEnd(s.text[f.NumEnd:end]) {
			return 0, false
		}
		at, minus := s.operatorBefore(f.Start)
		if minus {
			number = new(big.Rat).Neg(number)
		}
		sum.Add(sum, number)
		if at < 0 {
			want := s.figs[i].Number.Rat()
			return k, want != nil && k < i-1 && sum.Cmp(want) == 0
		}
		end = at
	}
	return 0, false
}

// isTermEnd reports whether nothing but a unit or a note stands behind a term.
func isTermEnd(behind string) bool {
	behind = strings.TrimPrefix(behind, "分")
	return behind == "" || strings.HasPrefix(behind, "(") && strings.HasSuffix(behind, ")")
}

// operatorBefore returns where the operator stands that joins the term whose number
// begins at byte at to those before it, past the term's name; -1 if there is none.
func (s *script) operatorBefore(at int) (i int, minus bool) {
	const longest = 60 // bytes of a name
	for i = at; i > 0 && at-i < longest; {
		r, n := utf8.DecodeLastRuneInString(s.text[:i])
		i -= n
		switch {
		case r == '+':
			return i, false
		case r == '-', r == '−', r == '–':
			return i, true
		case r < 0x4e00 || r > 0x9fff:
			return -1, false
		}
	}
	return -1, false
}
