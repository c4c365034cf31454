package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
)

// doubtMoney returns what speaks against an amount.
func (s *script) doubtMoney(c *candidate, p *phrase, ctx *context) (minus float64) {
	total := c.key == "expenditure.total" || c.key == "revenue.total" || c.key == "budget.adjusted" || c.key == "budget.initial"
	if c.part && total && !(c.key == "budget.initial" && ctx.total == "budget.adjusted") && !s.ofThisYear(p) { // 全年预算12万元(年初10万元)
		minus += 0.18
	}
	if c.key == "expenditure.total" && ctx.total == incomeBudget && s.text[p.start:p.end] == "支出" {
		minus += 0.5 // 部门预算收入12万元，支出12万元
	}
	if ctx.subunit {
		minus += 0.2
	}
	if ctx.other && total && !p.features.Any(s.words.total) {
		minus += 0.4
	}
	if ctx.underBudget() && ctx.parts && (c.key == "expenditure.basic" || c.key == "expenditure.project" || c.key == "expenditure.three_public") && !p.features.Any(s.words.executed) {
		minus += 0.5
	}
	if c.key == "revenue.fiscal" && ctx.total == incomeBudget {
		minus += 0.15 // as long as no outturn is told
	} else if c.key == "revenue.fiscal" && !p.features.Any(s.words.income) && (ctx.underBudget() || ctx.total == "expenditure.total" && ctx.parts) {
		minus += 0.5 // the fund that a budget or an outturn came from
	}
	if c.rule == "money-project-funds" && p.features.Any(s.words.total) {
		minus -= 0.12
	}
	if p.unknownAt {
		minus += s.doubtBefore(c, p)
		if ctx.parts && total {
			minus += 0.4
			ctx.other = true
		}
	}
	if c.key == "expenditure.total" && !p.features.Any(s.words.total) {
		minus += s.forCost(c, p)
		if s.scope == lexicon.Overall {
			minus += s.forOneThing(p)
		}
	}
	if s.scope == lexicon.Overall && (c.key == "expenditure.total" || c.key == "budget.initial" || c.key == "budget.adjusted") && s.ofOneFund(p) {
		minus += 0.15
	}
	if total && (s.leftOut(&c.figure) || s.ofFunction(c.figure.Start)) {
		minus += 0.5
	}
	return minus + s.doubtAmount(c, p, ctx)
}

// ofFunction reports whether the amount at byte i is told of one heading of the budget,
// 教育支出(类)普通教育(款)。年初预算为12万元, and not of all of it.
func (s *script) ofFunction(i int) bool {
	const reach = 240 // bytes
	from := max(s.from[s.passage(i)], i-reach)
	words := s.text[from:i]
	k := -1
	for _, level := range []string{"(类)", "(款)", "(项)"} {
		if at := strings.LastIndex(words, level); at >= 0 {
			k = max(k, at+len(level))
		}
	}
	if k < 0 || strings.Contains(strings.TrimPrefix(words[k:], "。"), "。") {
		return false
	}
	heading := words[:k]
	for _, stop := range []string{"。", ";"} {
		if at := strings.LastIndex(heading, stop); at >= 0 {
			heading = heading[at+len(stop):]
		}
	}
	return !zh.ContainsAny(heading, []string{",", ":", "元"}) // 支出800万元,用于教育支出(类)
}

// doubtAmount returns what speaks against an amount whatever it is a part of: how it is
// written, what its label says besides, and when it was told.
func (s *script) doubtAmount(c *candidate, p *phrase, ctx *context) (minus float64) {
	if c.figure.Kind == zh.Plain {
		minus += 0.05
	}
	if c.figure.Weak {
		minus += 0.1
	}
	if c.key == "revenue.fiscal" && s.scope == lexicon.Project && !p.features.Any(s.words.income) {
		minus += 0.5 // what pays for a project is no income
	}
	if (c.key == "revenue.total" || c.key == "expenditure.total") && strings.HasSuffix(s.text[p.start:p.end], "总计") {
		minus += 0.02 // what was carried over is counted in
	}
	if strings.Contains(s.text[p.start:p.end], "总投资") {
		minus += 0.12 // of all years
	}
	if c.key == "revenue.total" && p.features.Any(s.words.budget) && !p.features.Any(s.words.executed) {
		minus += 0.12 // 预算总收入: as long as no outturn is told
	}
	if s.midYear(p.begin) && !zh.HasAnySuffix(s.text[:c.figure.Start], becameWords) { // a budget is changed in the middle of the year
		minus += 0.25
	}
	if ctx.later {
		minus += 0.1 // what was spent at the year's end says more
	}
	if c.key == "revenue.fiscal" && s.takenByPlace(c) || c.key == "carryover" && s.givenBack(&c.figure) {
		minus += 0.5
	}
	if s.perHead(c) {
		minus += 0.5
	}
	if s.scope == lexicon.Project && c.key == "expenditure.total" && s.sinceStart(c) {
		minus += 0.3
	}
	if p.features.Any(s.words.carry) && p.features.Any(s.words.executed|s.words.spend) && c.key != "carryover" {
		minus += 0.3
	}
	return minus
}

// ofThisYear reports whether p names income or spending of this year alone, as
// part of all there was: 收入总计23万元，其中本年收入22万元.
func (s *script) ofThisYear(p *phrase) bool {
	words := s.text[p.begin:max(p.begin, p.end)]
	return strings.Contains(words, "本年") || strings.Contains(words, "当年")
}

// forOneThing returns what a bare 支出 or 拨付 takes off that may be about one
// thing the unit did rather than all it spent: 医疗救助支出8万元, 拨付维修资金3万元,
// 完成投资5万元.
func (s *script) forOneThing(p *phrase) float64 {
	words := s.text[p.start:p.end]
	switch {
	case strings.Contains(words, "投资"):
		return 0.45
	case strings.HasPrefix(words, "拨付"), strings.HasPrefix(words, "发放"), strings.HasPrefix(words, "列支"):
		if p.unknown > 0 {
			return 0.3
		}
	case words == "支出" && p.year == 0:
		if p.unknownAt && !p.orgBefore {
			return 0.3
		}
		return 0.05 // 全年总支出 says more
	}
	return 0
}

// forCost returns what 支付 takes off behind which a cost of its own is named, or
// which is told beside others: 另支付监理费9.6万元.
func (s *script) forCost(c *candidate, p *phrase) (minus float64) {
	if p.unknown > 0 && zh.HasAnySuffix(strings.TrimRight(s.text[p.end:c.figure.Start], "为:"), []string{"费", "款", "金", "租", "薪", "税", "工资", "利息"}) {
		minus += 0.45
	}
	if zh.HasAnyPrefix(s.text[p.begin:max(p.begin, p.end)], []string{"另", "还"}) || p.unknownAt && zh.HasAnySuffix(s.text[:p.begin], []string{",另", ";另", "。另", "另外", "此外", ",还"}) {
		minus += 0.3
	}
	return minus
}

// doubtBefore returns what unknown words right before the phrase take off:
// much where they can narrow a bare 支出 or 收入 down to a kind of it, little
// where they end like the name of a unit.
func (s *script) doubtBefore(c *candidate, p *phrase) float64 {
	key := c.key
	if p.orgBefore {
		return 0.06
	}
	bare := !p.features.Any(s.words.total)
	switch {
	case c.rule == "money-project-funds":
		return 0.04 // what the fund is called
	case key == "expenditure.three_public":
		return 0.03
	case key == "carryover", key == "expenditure.basic", key == "expenditure.project":
		return 0.12
	case bare && key == "revenue.total":
		return 0.36 // 种植业收入: of which there are many
	case bare && key == "expenditure.total":
		return 0.28
	}
	return 0.14
}
