package field

import (
	"strings"

	"jixiao/internal/zh"
)

// What a project may spend is often not called by name: it is the amount that the
// outturn and the rate of execution told beside it bear out.

// planCalls are words for money that may be spent, fundCalls those that say that it is
// of another kind.
var (
	planCalls = []string{"到位", "下达", "下拨", "拨付我", "安排", "指标", "资金", "额度", "拨入", "投入", "补助"}
	fundCalls = []string{"收入", "上年", "合同", "支出", "结转", "结余", "上缴", "贷款", "采购", "追加", "其中"}
)

// readPlan proposes, where a report tells what was spent and the rate of execution and
// no budget, the amount before that these give, if it is called money that may be spent:
// 项目到位资金3,260万元;支出2,716.88万元,支出率83.34%.
func (s *script) readPlan() {
	rate, spent := s.best("execution_rate"), s.best("expenditure.total")
	if rate == nil || spent == nil || rate.score < doubt || spent.score < doubt || s.planTold() {
		return
	}
	const far = 16 // figures
	i := s.figureAt(spent.figure.Start)
	for k := i - 1; k >= max(0, i-far); k-- {
		f := &s.figs[k]
		if f.Kind != zh.Money || f.Bad || !bearsRate(f.Yuan(), spent.number, rate.number) {
			continue
		}
		from := s.clauseFrom(f.Start)
		if words := s.text[from:f.Start]; !zh.ContainsAny(words, planCalls) || zh.ContainsAny(words, fundCalls) {
			continue
		}
		for _, c := range s.byKey["budget.adjusted"] {
			s.cands[c].score -= 0.3
		}
		s.propose(candidate{key: "budget.adjusted", rule: "money-borne-out", figure: *f, number: f.Yuan(), label: [2]int{from + len(s.text[from:f.Start]) - len(strings.TrimLeft(s.text[from:f.Start], "。")), f.Start}, score: 0.76})
		return
	}
}

// rankPlans prefers, of several amounts called a project's money, the one that outturn and
// rate give: 项目总预算300万元,2022年安排100万元,支出97万元,执行率97%.
func (s *script) rankPlans() {
	rate, spent, plan := s.best("execution_rate"), s.best("expenditure.total"), s.best("budget.adjusted")
	if rate != nil && spent != nil && plan == nil {
		s.rankSecondPlan(rate, spent)
	}
	if rate == nil || spent == nil || plan == nil || !strings.HasPrefix(plan.rule, "money-project-") || bearsRate(plan.number, spent.number, rate.number) {
		return
	}
	for _, k := range s.byKey["budget.adjusted"] {
		if c := &s.cands[k]; c.score >= threshold && bearsRate(c.number, spent.number, rate.number) {
			c.score = plan.score + 0.01
			return
		}
	}
}

// rankSecondPlan takes a budget told without a word on when, which outturn and rate give,
// as that after its changes where another one was told before it: 预算批复1,100万元,执行中
// 调剂100万元,预算总额1,200万元.
func (s *script) rankSecondPlan(rate, spent *candidate) {
	var first *candidate
	for _, k := range s.byKey["budget.initial"] {
		c := &s.cands[k]
		switch {
		case c.score < threshold:
		case !bearsRate(c.number, spent.number, rate.number):
			first = c
		case first != nil && c.rule == "money-unit-budget" && s.sameSentence(first, c):
			c.key = "budget.adjusted"
			return
		}
	}
}

// planTold reports whether a budget is told by its name.
func (s *script) planTold() bool {
	for _, key := range []string{"budget.initial", "budget.adjusted"} {
		for _, k := range s.byKey[key] {
			if c := &s.cands[k]; c.score >= threshold && c.rule != "money-project-funds" {
				return true
			}
		}
	}
	rate, spent := s.best("execution_rate"), s.best("expenditure.total")
	for _, k := range s.byKey["budget.adjusted"] {
		if bearsRate(s.cands[k].number, spent.number, rate.number) {
			return true
		}
	}
	return false
}
