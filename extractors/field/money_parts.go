package field

import (
	"math/big"
	"strings"

	"jixiao/internal/zh"
	"jixiao/schemas/record"
)

// Right behind what was spent its two parts may be told in short, without the word
// for spending or without a unit: 支出1,309.6万元(基本842.7，项目466.9). That they
// add up says what they are.

var (
	basicNames   = []string{"基本", "基本支出", "基本经费", "人员和公用", "人员及公用", "人员公用", "人员及运转", "人员和运转", "人员运转"}
	projectNames = []string{"项目", "项目支出", "项目经费", "专项", "专项支出", "专项经费"}
)

// readParts proposes the two figures behind figure i, if that is the expenditure, as
// its parts.
func (s *script) readParts(i int) {
	if i+2 >= len(s.figs) || len(s.cands) == 0 {
		return
	}
	total, a, b := &s.cands[len(s.cands)-1], &s.figs[i+1], &s.figs[i+2]
	if total.key != "expenditure.total" || total.figure.Start != s.figs[i].Start || total.figure.Kind != zh.Money || b.Start-total.figure.End > 3*maxUnknown*4 {
		return
	}
	first := s.nameBetween(total.figure.End, a.Start)
	second := s.nameBetween(a.End, b.Start)
	keys := [2]string{partNamed(s.text[first.i:first.j]), partNamed(s.text[second.i:second.j])}
	if keys[0] == "" || keys[1] == "" || keys[0] == keys[1] {
		return
	}
	if s.tellsItself(a, first) && s.tellsItself(b, second) {
		return
	}
	x, y := s.inUnitOf(a, total), s.inUnitOf(b, total)
	if p, q, sum := x.Rat(), y.Rat(), total.number.Rat(); p == nil || q == nil || sum == nil || new(big.Rat).Add(p, q).Cmp(sum) != 0 {
		return
	}
	for k, f := range []*zh.Figure{a, b} {
		name, number := first, x
		if k == 1 {
			name, number = second, y
		}
		c := candidate{key: keys[k], rule: "money-parts", figure: *f, number: number, label: [2]int{name.i, name.j}, score: min(total.score, 0.93)}
		if f.Kind == zh.Plain {
			c.extra = []proof{{record.RoleUnitHeader, total.figure.NumEnd, total.figure.End}}
		}
		s.used[i+1+k] = true
		s.propose(c)
	}
}

// tellsItself reports whether f has a unit and a name that needs nothing else.
func (s *script) tellsItself(f *zh.Figure, name part) bool {
	return f.Kind == zh.Money && s.wordsIn(name.i, name.j).Any(s.words.basic|s.words.project)
}

// nameBetween returns the words in text[i:j] without the marks and words around them.
func (s *script) nameBetween(i, j int) part {
	words := strings.TrimLeft(s.text[i:j], "(,;:、+和及 ")
	words = strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(words, "其中"), "包括"), ":, ")
	from := j - len(words)
	return part{from, from + len(strings.TrimRight(words, ":为 "))}
}

func partNamed(name string) string {
	for _, w := range basicNames {
		if name == w {
			return "expenditure.basic"
		}
	}
	for _, w := range projectNames {
		if name == w {
			return "expenditure.project"
		}
	}
	return ""
}

// inUnitOf returns f in yuan; one without a unit has that of total.
func (s *script) inUnitOf(f *zh.Figure, total *candidate) zh.Decimal {
	if f.Kind == zh.Money {
		return f.Yuan()
	}
	if f.Kind != zh.Plain || f.Bad || total.figure.NumEnd >= total.figure.End {
		return ""
	}
	return f.Number.Shift(total.figure.Power).AtLeast(2)
}
