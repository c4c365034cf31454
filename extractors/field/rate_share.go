package field

import (
	"strings"

	"jixiao/internal/zh"
)

// shareWords stand between what something is a share of and the share.
var shareWords = []string{"的比例", "的比重", "的百分比", "比例", "比重"}

// readShareOf proposes figure i where it is the share that the expenditure has in the
// budget: 支出占调整预算的比例为95.39%.
func (s *script) readShareOf(i int, ctx *context) bool {
	f, t := &s.figs[i], s.words
	if f.Kind != zh.Percent || f.Bad || ctx.item || ctx.public3 || s.bounded(f) {
		return false
	}
	from := s.clauseFrom(f.Start)
	words := strings.TrimRight(s.text[from:f.Start], "为是达到约:")
	word, ok := endsWith(words, shareWords...)
	k := strings.LastIndex(words, "占")
	if !ok || k < 0 {
		return false
	}
	end := from + len(words) - len(word)
	of, what := s.wordsIn(from+k, end), s.wordsIn(from, from+k)
	if !of.Any(t.budget) || of.Any(t.initial|t.last|t.income|t.mother) || what.Any(t.basic|t.project|t.public3|t.mother|t.last|t.carry|t.income|t.delta) {
		return false
	}
	if !what.Any(t.spend|t.executed) && ctx.lastKey != "expenditure.total" {
		return false
	}
	s.propose(candidate{key: "execution_rate", rule: "rate-share", figure: *f, number: f.Number, label: [2]int{from + k, end}, score: 0.84 - s.place(i) - s.otherYear(&phrase{}, ctx)})
	return true
}

// clauseFrom returns where the clause of byte i begins. Commas within a number end none.
func (s *script) clauseFrom(i int) int {
	from := s.sentence(i)
	for end := i; ; {
		k := strings.LastIndexAny(s.text[from:end], ",;:\n")
		if k < 0 {
			return from
		}
		at := from + k
		if s.text[at] != ',' || at == from || at+1 >= len(s.text) || !isDigit(s.text[at-1]) || !isDigit(s.text[at+1]) {
			return at + 1
		}
		end = at
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// yearEndWords say that a rate is that of the whole year, behind those of its parts.
var yearEndWords = []string{"全年", "12月末", "12月底", "年末", "年底", "年终", "截至年底", "12月"}

// readYearEndRate proposes figure i as the rate of the year where the sentence has told
// it for earlier months too: 执行率:6月末45%，9月末72%，12月末97.31%.
func (s *script) readYearEndRate(i int, ctx *context) bool {
	f := &s.figs[i]
	if f.Kind != zh.Percent || f.Bad || ctx.item || ctx.public3 || ctx.subunit || s.bounded(f) {
		return false
	}
	from := s.clauseFrom(f.Start)
	words := strings.TrimRight(strings.TrimLeft(s.text[from:f.Start], "、"), "为达到:")
	if k := strings.LastIndex(words, "、"); k >= 0 {
		words = words[k+len("、"):]
	}
	if !zh.HasAnySuffix(words, yearEndWords) || len(words) > len("截至12月底") {
		return false
	}
	for k := i - 1; k >= 0 && s.figs[k].Start >= s.sentence(f.Start); k-- {
		if s.figs[k].Kind == zh.Percent {
			return s.proposeRateOf(i, s.figs[k].Start, 0.1, ctx)
		}
	}
	return false
}

// readRateRow proposes the value that a row of indicators gives for the execution rate,
// under the head of what was reached: 预算完成率 | 10 | 100% | 94.72% | 8. Reports that
// state the rate elsewhere state it better.
func (s *script) readRateRow(g *grid, r int) {
	t := s.words
	for c, p := range g.cell[r] {
		i := s.number(p)
		if i < 0 || s.figs[i].Kind != zh.Percent || s.figs[i].Bad {
			continue
		}
		if col := s.headFeatures(g, c); !col.Any(t.actualcol|t.executed) || col.Any(t.targetcol|t.scorecol|t.weight) {
			continue
		}
		label := s.rateLabel(g, r, c)
		if label < 0 {
			continue
		}
		f, head := s.figs[i], g.header(c)
		s.propose(candidate{key: "execution_rate", rule: "rate-indicator", figure: f, number: f.Number, score: 0.66, extra: s.cellProof(s.part(label), s.parts(head))})
		return
	}
}

// rateLabel returns the cell of row r, left of column c, that is the name of the rate
// of execution of the whole budget and nothing else; -1 if none is.
func (s *script) rateLabel(g *grid, r, c int) int {
	for x := c - 1; x >= 0; x-- {
		p := g.cell[r][x]
		if !s.filled(p) {
			continue
		}
		if s.isRateName(p) {
			return p
		}
	}
	return -1
}

// isRateName reports whether line p is what the indicator of the execution of the whole
// budget is called.
func (s *script) isRateName(p int) bool {
	name := strings.TrimPrefix(s.line(p), "部门")
	if k := strings.IndexByte(name, '('); k > 0 {
		name = name[:k]
	}
	return isOneOf(name, rateNames) && !s.cellFeatures(p).Any(s.words.rateother)
}

// readFlatRate proposes what was reached by the indicator of that rate in a flattened
// row.
func (s *script) readFlatRate(cells map[string]int) {
	name, ok := cells["level3"]
	actual, reached := cells["actual"]
	if !ok || !reached || !s.isRateName(name) {
		return
	}
	i := s.number(actual)
	if i < 0 || s.figs[i].Kind != zh.Percent || s.figs[i].Bad {
		return
	}
	s.propose(candidate{key: "execution_rate", rule: "rate-indicator", figure: s.figs[i], number: s.figs[i].Number, score: 0.66, extra: s.cellProof(s.part(name), nil)})
}

// rateNames are what indicators of the rate of execution are called.
var rateNames = []string{"预算执行率", "预算完成率", "整体预算执行率", "预算资金执行率", "资金执行率", "整体支出预算执行率", "年度预算执行率", "预算资金支出率", "整体支出执行率"}
