package field

import (
	"math"
	"strings"

	"jixiao/internal/zh"
)

// Three figures of which two give the third bear each other out: a budget, what
// was spent of it, and the rate. Where two of them are told by their names, the
// third need not be.

// readBorneOut proposes a rate called 完成率 that budget and outturn give, and an
// outturn under another name that budget and rate give:
// 年度预算420万元，补助到户399万元，预算执行率95%.
func (s *script) readBorneOut() {
	if rate := s.best("execution_rate"); rate == nil || rate.score < doubt {
		s.readCompletion()
		if s.best("execution_rate") == nil {
			s.readFormulas()
		}
	}
	if s.best("expenditure.total") == nil {
		s.readOutturn()
	}
	s.readPlan()
}

// best returns the candidate of most weight for key that is believed, or nil.
func (s *script) best(key string) (best *candidate) {
	for _, k := range s.byKey[key] {
		if c := &s.cands[k]; best == nil || c.score > best.score {
			best = c
		}
	}
	return best
}

// readCompletion looks for the rate of completion behind the outturn, in its line.
func (s *script) readCompletion() {
	spent, plan := s.best("expenditure.total"), s.best("budget.adjusted")
	if plan == nil {
		plan = s.best("budget.initial")
	}
	if spent == nil || plan == nil {
		return
	}
	const near = 4 // figures
	i, _ := s.figsIn(spent.figure.Start, spent.figure.Start+1)
	for k := i + 1; k < len(s.figs) && k <= i+near && s.passage(s.figs[k].Start) == s.passage(spent.figure.Start); k++ {
		f := &s.figs[k]
		if f.Kind != zh.Percent || f.Bad || s.bounded(f) || !bearsRate(plan.number, spent.number, f.Number) {
			continue
		}
		p := s.before(f.Start, k)
		if s.shareOfFunds(spent, f) {
			s.propose(candidate{key: "execution_rate", rule: "rate-borne-out", figure: *f, number: f.Number, label: [2]int{spent.figure.End + len(","), f.Start}, score: 0.84 - s.place(k)})
			return
		}
		if p.unknown > 0 || p.unknownAt || !p.features.Any(s.words.completion) || p.features.Any(s.words.target|s.words.last|s.words.rateother) {
			continue
		}
		s.propose(candidate{key: "execution_rate", rule: "rate-borne-out", figure: *f, number: f.Number, label: [2]int{p.start, p.end}, score: 0.84 - s.place(k)})
		return
	}
}

// shareOfFunds reports whether rate is told right behind spent as its share of
// the money there was: 支出186万元，占下达资金的93%.
func (s *script) shareOfFunds(spent *candidate, rate *zh.Figure) bool {
	if spent.figure.End > rate.Start {
		return false
	}
	words, ok := strings.CutPrefix(s.text[spent.figure.End:rate.Start], ",占")
	if ok && (words == "" || words == "比" || words == "比为") {
		return true
	}
	const longest = 36 // bytes
	return ok && len(words) <= longest && strings.HasSuffix(words, "的") && zh.ContainsAny(words, []string{"资金", "预算", "总额", "补助"}) && !strings.ContainsAny(words, ",;。、")
}

// notSpent are words for money that others put in or that work brought in.
var notSpent = []string{"带动", "撬动", "吸引", "引进", "争取", "社会资本", "社会资金", "自筹", "投资", "创收", "追回", "挽回", "合同", "采购", "节约"}

// readOutturn looks for an amount without a name that is known between a budget
// and the rate of its execution.
func (s *script) readOutturn() {
	rate := s.best("execution_rate")
	if rate == nil || rate.score < doubt && rate.rule != "rate-of-use" {
		return
	}
	i, _ := s.figsIn(rate.figure.Start, rate.figure.Start+1)
	if i < 2 || s.used[i] || rate.label[0] >= rate.label[1] {
		return
	}
	f := &s.figs[i-1]
	if f.Kind != zh.Money || f.Bad || f.Start < s.sentence(rate.figure.Start) {
		return
	}
	p := s.before(f.Start, i-1)
	words := s.text[p.begin:f.Start]
	if p.features.Any(s.words.last|s.words.delta|s.words.carry|s.words.arrive|s.words.compare|s.words.public3|s.words.mother|s.words.parts) || strings.TrimSpace(words) == "" || zh.ContainsAny(words, notSpent) {
		return
	}
	from := s.sentence(f.Start)
	called := strings.HasSuffix(strings.TrimRight(words, "共为:"), "支出")
	if called {
		from = 0 // 部门预算支出117万元 is an outturn if a budget told anywhere bears it out
	}
	for _, key := range []string{"budget.adjusted", "budget.initial"} {
		for _, k := range s.byKey[key] {
			plan := &s.cands[k]
			if plan.score < doubt || plan.figure.Start < from || plan.figure.Start >= f.Start || !bearsRate(plan.number, f.Yuan(), rate.number) {
				continue
			}
			if called {
				s.noBudget(f)
			}
			s.propose(candidate{key: "expenditure.total", rule: "money-borne-out", figure: *f, number: f.Yuan(), label: [2]int{p.begin, f.Start}, score: 0.8 - s.place(i-1)})
			return
		}
	}
}

// noBudget takes back that amount f is a budget.
func (s *script) noBudget(f *zh.Figure) {
	for i := range s.cands {
		if c := &s.cands[i]; c.figure.Start == f.Start && strings.HasPrefix(c.key, "budget.") {
			c.score = 0
		}
	}
}

// bearsRate reports whether spent is rate percent of plan, as exactly as rates of
// two decimals say.
func bearsRate(plan, spent, rate zh.Decimal) bool {
	const exact = 0.06 // points: some cut what others round
	p := plan.Float()
	return p > 0 && math.Abs(spent.Float()/p*100-rate.Float()) < exact
}
