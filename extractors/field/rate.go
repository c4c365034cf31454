package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
)

// readRate proposes figure i as the execution rate of the whole.
func (s *script) readRate(i int, p phrase, ctx *context) {
	t, f := s.words, &s.figs[i]
	if f.Kind == zh.Plain && !p.features.Any(t.ratehead) {
		return
	}
	s.readShare(i, ctx)
	s.readOwned(i, ctx)
	if s.readRateBehind(i, ctx) || s.readShareOf(i, ctx) || s.readYearEndRate(i, ctx) || s.readFormula(i, ctx) {
		return
	}
	r, _ := s.lastRune(f.Start)
	if p.end == 0 || ctx.item || ctx.public3 || s.bounded(f) || r == '×' || r == '*' {
		return
	}
	label, ok := s.lex.Label(catalog.Percent, p.features|p.far, s.scope)
	if !ok || p.stop == '(' && p.touch {
		return
	}
	c := candidate{key: label.Key, rule: label.ID, figure: *f, number: f.Number, label: [2]int{p.start, p.end}}
	c.score = label.Weight - 0.04*float64(p.unknown) - s.place(i) - s.otherYear(&p, ctx) - s.ofYearBefore(&p, ctx)
	if s.scope == lexicon.Overall && p.features.Any(t.project|t.basic) {
		c.score -= 0.5
	}
	if ctx.otherAt > 0 && i > 0 && s.figs[i-1].Start == ctx.otherAt && !p.features.Any(t.total) && !strings.Contains(s.text[p.start:p.end], "预算") {
		c.score -= 0.5 // 其中疫苗补助到位36万元，支付率88%
	}
	if ctx.budgetOf != "" || label.ID == "rate-of-budget" && partOf(ctx.lastKey) {
		c.score -= 0.5 // 项目支出100万元，完成预算的98%
	}
	if p.features.Any(t.parts) {
		c.score -= 0.2
	}
	c.score += s.ofWhole(p.begin)
	if startsWithWhole(s.text[p.start:p.end]) {
		c.score += 0.03
	}
	if p.unknownAt && !p.orgBefore {
		c.score -= 0.12
		if s.scope == lexicon.Overall && s.ofProject(&p) {
			c.score -= 0.4
		}
	}
	if s.midYear(p.begin) || strings.Contains(s.text[p.begin:f.Start], "季度") {
		c.score -= 0.5
	}
	if s.severalRates(i) {
		c.score -= 0.5
	}
	if ctx.later {
		c.score -= 0.1 // the rate at the year's end says more
	}
	if ctx.subunit {
		c.score -= 0.2
	}
	if f.Kind == zh.Plain {
		c.score -= 0.06
	}
	s.propose(c)
}

// severalRates reports whether figure i is the first of several rates that one name
// stands for: 两项补助支付率分别为100%、83.33%. None is of the whole.
func (s *script) severalRates(i int) bool {
	f := &s.figs[i]
	if i+1 >= len(s.figs) || s.figs[i+1].Kind != zh.Percent || !zh.HasAnySuffix(s.text[:f.Start], []string{"分别为", "分别是", "分别达", "分别达到"}) {
		return false
	}
	names := s.text[s.clauseFrom(f.Start):f.Start]
	return isOneOf(s.text[f.End:s.figs[i+1].Start], []string{"、", "和", "与", "及", ","}) && !zh.ContainsAny(names, []string{"、", "和", "与", "及"})
}

// startsWithWhole reports whether label says that the rate is of everything.
func startsWithWhole(label string) bool {
	_, ok := startsWith(label, "总体", "整体", "综合", "总执行率", "部门整体", "合计")
	return ok
}

// ofWhole says how much the clause up to byte i, from the last semicolon on, speaks
// for a rate of the whole: it tells a total, or one of several sources of money.
func (s *script) ofWhole(i int) float64 {
	from := s.sentence(i)
	k := strings.LastIndexByte(s.text[from:i], ';')
	if k < 0 && !strings.Contains(s.text[i:min(len(s.text), i+maxClause)], ";") {
		return 0
	}
	f := s.wordsIn(from+k+1, i)
	switch {
	case f.Any(s.words.total):
		return 0.03
	case f.Any(s.words.mother):
		return -0.15
	}
	return 0
}

// maxClause bounds how far ahead the end of a clause is looked for, in bytes.
const maxClause = 60

// partOf reports whether key is the amount of a part of the expenditure.
func partOf(key string) bool {
	switch key {
	case "expenditure.basic", "expenditure.project", "expenditure.three_public", "carryover":
		return true
	}
	return false
}

// ofProject reports whether phrase p, which follows a name, goes on with what a
// project is: 河道清淤项目执行率.
func (s *script) ofProject(p *phrase) bool {
	for _, w := range []string{"项目", "经费", "专项", "补助", "工程"} {
		if strings.HasPrefix(s.text[p.begin:], w) {
			return true
		}
	}
	return false
}

// readShare proposes the rate behind the budget it is a share of:
// 占全年预算12万元的98%.
func (s *script) readShare(i int, ctx *context) {
	f := &s.figs[i]
	if i == 0 || f.Kind != zh.Percent || ctx.item || ctx.public3 || ctx.budgetOf != "" || partOf(ctx.lastKey) {
		return
	}
	of := &s.figs[i-1]
	if of.Kind != zh.Money || s.text[of.End:f.Start] != "的" || s.bounded(f) {
		return
	}
	p := s.before(of.Start, i-1)
	if p.unknown > 0 || !p.features.Has(s.words.budget|s.words.complete) {
		return
	}
	label, ok := s.lex.Label(catalog.Percent, p.features|p.far, s.scope)
	if !ok || label.ID != "rate-of-budget" || s.scope == lexicon.Overall && p.features.Any(s.words.project|s.words.basic) {
		return
	}
	s.propose(candidate{key: label.Key, rule: label.ID, figure: *f, number: f.Number, label: [2]int{p.start, p.end},
		score: label.Weight - 0.04 - s.place(i) - s.otherYear(&p, ctx)})
}
