package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/extractors/section"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
)

// readMoney proposes figure i as an amount.
func (s *script) readMoney(i int, p phrase, ctx *context) {
	f := &s.figs[i]
	s.readSaidBehind(i, ctx)
	s.readOwned(i, ctx)
	if f.Kind == zh.Money && s.readTurned(i, ctx) {
		return
	}
	if ctx.public3 && p.features&^(s.words.fill|s.words.own|s.words.total|s.words.complete) == 0 && (p.unknown == 0 || s.onlyActual(f, &p)) && !p.unknownAt && f.Kind == zh.Money && !p.inParen {
		p.features |= s.words.public3
		if p.end == 0 {
			p.start, p.end = p.begin, p.begin
		}
	} else if p.end == 0 {
		s.readUnnamed(i, &p, ctx)
		return
	}
	if s.bounded(f) || f.Weak && p.unknown > 0 || s.changedThing(i) {
		return
	}
	s.dropHeading(f, &p)
	if s.scope == lexicon.Project {
		p.features |= s.namedFunds(&p)
	}
	if ctx.parts && p.unknownAt && !p.orgBefore && !p.features.Any(s.words.heads()&^(s.words.modes|s.words.categories|s.words.weak|s.words.spend)|s.words.total) {
		ctx.otherAt = f.Start
	}
	amount, header, ok := s.amount(f, &p)
	if !ok {
		return
	}
	if p.features.Any(s.words.both) && !ctx.item {
		s.readBoth(i, &p, amount, header, ctx)
		return
	}
	if s.noteBudget(&p, ctx) || s.oneOfSeveral(i, &p) {
		return
	}
	s.completeMoney(i, &p, ctx)
	label, ok := s.lex.Label(catalog.Money, p.features|p.far, s.scope)
	if !ok || ctx.item {
		s.readFund(i, &p, ctx)
		return
	}
	c := candidate{key: s.moneyKey(label, &p, ctx), rule: label.ID, figure: *f, number: amount, label: [2]int{p.start, p.end}, extra: header,
		part: p.inParen || p.features.Any(s.words.parts), inner: ctx.brackets > 0}
	if c.key == noKey || s.isChange(&c, label.Key) {
		return
	}
	s.weighMoney(i, &c, label, &p, ctx)
	s.restateExactly(i, &c)
	s.propose(c)
	s.readSource(f, &c)
	s.readParts(i)
}

// moneyKey returns what an amount announced by label tells here, noKey if nothing.
func (s *script) moneyKey(label *lexicon.Label, p *phrase, ctx *context) string {
	key := label.Key
	if ctx.public3 && key != "expenditure.three_public" {
		if key = s.underPublic3(label, p); key == "" {
			return noKey
		}
	}
	if ctx.budgetOf != "" && key == "expenditure.total" && !p.features.Any(s.words.total) {
		return ctx.budgetOf // 基本支出年初预算402万元，决算数398万元
	}
	return key
}

// isChange reports whether the sign before c says by how much something was changed,
// or that a balance, announced as key, may be below nothing.
func (s *script) isChange(c *candidate, key string) bool {
	sign, _ := s.lastRune(c.figure.Start)
	if key == "carryover" {
		return sign == '-'
	}
	return sign == '+' || strings.HasPrefix(string(c.number), "-")
}

// weighMoney scores the amount c, of figure i, and keeps what the next ones have to know of it.
func (s *script) weighMoney(i int, c *candidate, label *lexicon.Label, p *phrase, ctx *context) {
	c.score = label.Weight - 0.04*float64(p.unknown) - s.placeOfMoney(i, c) - s.otherYear(p, ctx)
	c.score -= s.doubtMoney(c, p, ctx) + s.ofYearBefore(p, ctx)
	ctx.noteTotal(c.key, p.features.Any(s.words.income))
	if c.key == "revenue.total" && p.features.Any(s.words.budget) && !p.features.Any(s.words.executed) {
		ctx.total = incomeBudget // 收入预算12万元，其中财政拨款11万元
	}
	if c.key == "budget.initial" && p.features.Any(s.words.income) {
		ctx.total = incomeBudget // 年初预算收入12万元，其中财政拨款11万元
	}
	ctx.lastKey = c.key
}

// readUnnamed proposes figure i, before which no word tells anything, by what stands
// around it.
func (s *script) readUnnamed(i int, p *phrase, ctx *context) {
	s.readYearEnd(i, p, ctx)
	s.readCarriedOn(i, p, ctx)
	if s.readFund(i, p, ctx); ctx.parts && p.unknown > 0 {
		ctx.otherAt = s.figs[i].Start
	}
}

// completeMoney completes and corrects the features of the phrase before amount i by
// what the lines and the sentence have said.
func (s *script) completeMoney(i int, p *phrase, ctx *context) {
	t := s.words
	if ctx.group != 0 && p.stop == '\n' && p.features.Any(t.basic|t.project|t.public3) && !p.features.Any(t.budget|t.executed) {
		p.features |= ctx.group
	}
	s.recall(i, p, ctx)
	if s.underIncome(p) {
		p.features = p.features&^t.executed | t.income
	}
	if s.scope == lexicon.Project && s.ofThisProject(p) {
		p.features = p.features&^t.project | t.spend
	}
}

// onlyActual reports whether nothing but 实际 stands before f.
func (s *script) onlyActual(f *zh.Figure, p *phrase) bool {
	switch strings.TrimRight(s.text[p.begin:f.Start], ":为") {
	case "实际", "实支", "实用", "实际发生", "实际使用", "降至", "降到", "减至", "减到":
		return true
	}
	return false
}

// ofThisProject reports whether p calls the outlay of the one project that the report
// is about 项目支出.
func (s *script) ofThisProject(p *phrase) bool {
	switch s.text[p.start:p.end] {
	case "项目总支出", "项目支出合计":
		return true
	}
	return false
}

// noteBudget remembers whose budget phrase p tells, for the outturn follows. It
// reports whether that is one project's, which no key of a whole unit asks for.
func (s *script) noteBudget(p *phrase, ctx *context) bool {
	if !p.features.Any(s.words.budget) {
		return false
	}
	if p.features.Any(s.words.basic|s.words.project) && s.scope == lexicon.Overall {
		ctx.budgetOf = keyOfPart(s.words, p.features)
	}
	if p.features.Any(s.words.mother) {
		ctx.budgetOf = noKey
	}
	if p.inParen && partOf(ctx.lastKey) {
		return true // 基本支出845万元(预算850万元)
	}
	if s.scope == lexicon.Overall && (p.unknownAt && s.ofProject(p) || s.ofProjectClass(p)) {
		ctx.budgetOf = noKey
		return true
	}
	return false
}

// ofProjectClass reports whether the sentence of p has begun with one class of projects:
// 人员类项目7个，预算总额668万元.
func (s *script) ofProjectClass(p *phrase) bool {
	lead := s.text[s.sentence(p.begin):p.begin]
	k := strings.Index(lead, "类项目")
	return k >= 0 && k < 30 && !zh.ContainsAny(lead, []string{"整体", "全部", "各类"})
}

// placeOfMoney returns what the section takes off an amount: where goals are
// handed down, the money that goes with them is.
func (s *script) placeOfMoney(i int, c *candidate) float64 {
	if c.rule == "money-project-funds" && s.role(s.passage(s.figs[i].Start)) == section.Goals {
		return 0.06
	}
	return s.place(i)
}

// readBoth proposes 收支总计 as income and as expenditure.
func (s *script) readBoth(i int, p *phrase, amount zh.Decimal, header []proof, ctx *context) {
	if p.features.Any(s.words.budget | s.words.last | s.words.delta | s.words.fiscal) {
		return
	}
	for _, key := range []string{"revenue.total", "expenditure.total"} {
		s.propose(candidate{key: key, rule: "money-both", score: 0.78 - s.place(i) - s.otherYear(p, ctx), figure: s.figs[i], number: amount,
			label: [2]int{p.start, p.end}, extra: header})
	}
}

// noKey stands for a part of the budget that no key asks for.
const noKey = "-"

// oneOfSeveral reports whether figure i is the first of several that one phrase
// announces: 分别为100万元、110万元.
func (s *script) oneOfSeveral(i int, p *phrase) bool {
	f := &s.figs[i]
	return i+1 < len(s.figs) && zh.ContainsAny(s.text[p.begin:f.Start], []string{"分别", "依次"}) && s.figs[i+1].Kind == f.Kind &&
		strings.HasPrefix(s.text[f.End:], "、") && s.figs[i+1].Start == f.End+len("、")
}

func keyOfPart(t *vocabulary, f lexicon.Features) string {
	if f.Any(t.basic) {
		return "expenditure.basic"
	}
	return "expenditure.project"
}

// incomeBudget stands for the income of a budget, which no key asks for.
const incomeBudget = "budget.income"

// noteTotal remembers which total the sentence is about; 全年预算收入 is as good as
// income.
func (ctx *context) noteTotal(key string, income bool) {
	switch {
	case income && !strings.HasPrefix(key, "expenditure."):
		ctx.total = "revenue.total"
	case key == "budget.initial", key == "budget.adjusted", key == "expenditure.total":
		ctx.total = key
	}
}

// underBudget reports whether the last total told was a budget: its parts are
// none of the outturn.
func (ctx *context) underBudget() bool { return strings.HasPrefix(ctx.total, "budget.") }

// underPublic3 returns the key of a plain amount in a sentence about 三公经费,
// or the label's own where its words name it beyond doubt.
func (s *script) underPublic3(label *lexicon.Label, p *phrase) string {
	switch {
	case label.Key == "expenditure.total" && !p.features.Any(s.words.total|s.words.parts):
		return "expenditure.three_public"
	case p.features.Any(s.words.basic | s.words.project | s.words.income | s.words.fiscal | s.words.carry):
		return label.Key
	}
	return ""
}

// amount returns f in yuan; a figure without a unit takes that of its label or
// of the caption above: 收入合计(万元), 单位:万元.
func (s *script) amount(f *zh.Figure, p *phrase) (zh.Decimal, []proof, bool) {
	if f.Kind == zh.Money {
		return f.Yuan(), nil, true
	}
	from := s.from[s.passage(p.start)]
	power, at, ok := s.unitBelow(f.End)
	if !ok {
		power, at, ok = s.unitIn(from, f.Start)
	}
	if !ok {
		power, at, ok = s.caption(s.passage(p.start))
	}
	if !ok {
		power, at, ok = s.unitOfAll()
	}
	if !ok {
		return "", nil, false
	}
	return f.Number.Shift(power).AtLeast(2), []proof{at}, true
}

// rankSums prefers, of several totals, the one that basic and project
// expenditure add up to.
func (s *script) rankSums() {
	for i := range s.cands {
		total := &s.cands[i]
		if total.key != "expenditure.total" {
			continue
		}
		if s.addsUp(total) {
			total.score = min(total.score+0.06, 0.99)
		}
	}
}

func (s *script) addsUp(total *candidate) bool {
	want := total.number.Rat()
	for i := range s.cands {
		basic := &s.cands[i]
		if basic.key != "expenditure.basic" {
			continue
		}
		for j := range s.cands {
			project := &s.cands[j]
			if project.key != "expenditure.project" {
				continue
			}
			if a, b := basic.number.Rat(), project.number.Rat(); a != nil && b != nil && want != nil && a.Add(a, b).Cmp(want) == 0 {
				return true
			}
		}
	}
	return false
}
