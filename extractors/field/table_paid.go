package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
)

// Tables of policies and subsidies call what was spent by what was done with it, beside
// the budget: 年份 | 预算(万元) | 兑现(万元) | 兑现率.

var (
	paidNames     = []string{"兑现", "兑现金额", "兑现数", "兑付", "兑付金额", "发放", "发放金额", "发放数", "到户金额", "补贴金额", "奖励金额"}
	paidRateNames = []string{"兑现率", "兑付率", "发放率", "使用率", "拨付率", "报账率"}
)

// readPaid proposes the figure at a place of the row about the whole, under a head of
// what was paid out, as the outturn, and under its rate as the rate of execution. It
// reports whether the column is such a one: so is a rate that the two figures before it
// bear out.
func (s *script) readPaid(g *grid, at place, label int, whole bool) bool {
	head := g.header(at.col + at.shift)
	if len(head) == 0 || s.scope != lexicon.Project {
		return false
	}
	name, _, _ := strings.Cut(s.line(head[len(head)-1]), "(")
	paid, rate := isOneOf(name, paidNames), isOneOf(name, paidRateNames)
	if !paid && !rate || !s.budgetsBeside(g) && !(rate && s.isRateOfRow(g.cell[at.row], at.col)) {
		return false
	}
	if !whole {
		return true
	}
	f := s.figs[at.figure]
	c := candidate{figure: f, extra: s.cellProof(s.part(label), s.parts(head)), raw: s.source(f.Start, f.End)}
	switch {
	case paid:
		s.proposeCell(c, s.words.executed, s.part(label), s.parts(head))
	case f.Kind == zh.Percent:
		c.key, c.rule, c.number, c.score = "execution_rate", "rate-of-use", f.Number, 0.72
		s.propose(c)
	}
	return true
}

// budgetsBeside reports whether a column of g is of a budget and none is of what was
// spent under its usual names.
func (s *script) budgetsBeside(g *grid) bool {
	all := s.headerFeatures(g)
	return all.Any(s.words.budget|s.words.funds) && !all.Any(s.words.executed|s.words.spend)
}

// rowYear says whether row r is told to be of the year evaluated, or of another, by a
// number alone under 年度.
func (s *script) rowYear(g *grid, r int) int {
	head := g.header(0)
	for len(head) > 1 && !s.filled(head[len(head)-1]) {
		head = head[:len(head)-1] // 年度 stands over two rows
	}
	i := s.number(g.cell[r][0])
	if i < 0 || len(head) == 0 || s.reportedYear == 0 {
		return anyYear
	}
	switch s.line(head[len(head)-1]) {
	case "年度", "年份", "年":
	default:
		return anyYear
	}
	n, whole := s.figs[i].Number.Whole()
	switch {
	case !whole || n < 1990 || n > 2100:
		return anyYear
	case int(n) == s.reportedYear:
		return thisYear
	}
	return otherYear
}
