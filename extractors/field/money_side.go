package field

import (
	"strings"

	"jixiao/internal/zh"
)

// outturnWords say that something became of a budget and not of which side of the
// account: 收入预算100万元，决算98万元.
var outturnWords = []string{"决算", "决算数", "决算金额", "执行数", "全年执行数", "实际执行", "实际执行数", "实际完成", "实际完成数", "完成数", "预算执行数"}

// underIncome reports whether phrase p, a bare outturn, is that of the income whose
// budget the line has told, or which its heading names.
func (s *script) underIncome(p *phrase) bool {
	if p.end == 0 || !p.features.Any(s.words.executed) || p.features.Any(s.words.spend|s.words.income) {
		return false
	}
	label := s.text[p.start:p.end]
	if word, ok := startsWith(label, outturnWords...); !ok || !isOneOf(label, outturnWords) && word != label {
		return false
	}
	t, planned := s.words, false
	from := max(s.from[s.passage(p.start)], p.start-maxSide)
	for k := s.lastHit(p.start); k >= 0 && s.hits[k].Start >= from; k-- {
		h := &s.hits[k]
		switch f := h.Features; {
		case f.Any(t.spend | t.executed | t.basic | t.project | t.public3 | t.carry | t.mother | t.both):
			return false
		case f.Any(t.income):
			return planned || zh.HasAnyPrefix(s.text[h.End:], []string{"方面", "情况", ":", "预算"})
		case f.Any(t.budget):
			planned = true
		}
	}
	return false
}

// maxSide is how far back, in bytes, the side of an account is looked for.
const maxSide = 240

func isOneOf(s string, words []string) bool {
	for _, w := range words {
		if s == w {
			return true
		}
	}
	return false
}

// ofOneFund reports whether the line of p begins with money of the treasury alone, or
// with one class of spending, of which the amounts that follow are:
// 一般公共预算财政拨款支出72万元。年初预算为60万元.
func (s *script) ofOneFund(p *phrase) bool {
	const near = 90 // bytes from the start of the line
	line := s.from[s.passage(p.begin)]
	if lead := s.text[line:min(line+maxSide, p.begin)]; strings.Contains(lead, "(项)") || strings.Contains(lead, "(款)") {
		return true
	}
	for _, h := range s.hitsIn(line, min(line+near, p.begin)) {
		if strings.Contains(s.text[h.Start:h.End], "公共预算财政拨款") {
			return true
		}
		if h.Features.Any(s.words.heads() | s.words.budget | s.words.executed) {
			return false
		}
	}
	return false
}
