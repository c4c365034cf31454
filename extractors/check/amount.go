package check

import (
	"fmt"
	"math"
	"math/big"
	"strings"

	"jixiao/internal/zh"
	"jixiao/schemas/record"
)

// sums holds basic and project expenditure against the total.
func (r *report) sums() {
	const total, basic, project = "expenditure.total", "expenditure.basic", "expenditure.project"
	if r.addUp(total, basic, project) {
		return
	}
	t, b, p := r.number(total), r.number(basic), r.number(project)
	if !r.overall() || t == nil || b == nil || p == nil {
		return
	}
	diff := new(big.Rat).Add(b, p)
	if diff.Sub(diff, t).Sign() == 0 {
		return
	}
	slack := new(big.Rat).Add(r.grain(basic), r.grain(project))
	slack.Add(slack, r.grain(total))
	if diff.Sign() < 0 && r.spendsOtherwise() {
		return
	}
	if diff.Abs(diff).Cmp(slack) > 0 {
		r.add("sum_mismatch", record.Warn, fmt.Sprintf("%s与%s之和不等于%s", r.words(basic), r.words(project), r.words(total)), total, basic, project)
	}
}

// addUp reports whether a and b for certain make whole.
func (r *report) addUp(whole, a, b string) bool {
	n, known := r.fixed(whole)
	x, ok := r.fixed(a)
	y, both := r.fixed(b)
	return known && ok && both && x+y == n
}

// spendsOtherwise reports whether the report speaks of kinds of expenditure
// that are neither basic nor for projects, so that the two need not make it up.
func (r *report) spendsOtherwise() bool {
	if r.doc == nil {
		return false
	}
	for _, w := range []string{"经营支出", "上缴上级", "附属单位补助", "其他支出", "债务还本"} {
		if strings.Contains(r.doc.Text, w) {
			return true
		}
	}
	return false
}

// wholes lists, for each whole, the parts that cannot be larger.
var wholes = []struct {
	whole string
	parts []string
}{
	{"expenditure.total", []string{"expenditure.basic", "expenditure.project", "expenditure.three_public"}},
	{"revenue.total", []string{"revenue.fiscal"}},
	{"headcount.authorized.total", []string{"headcount.authorized.admin", "headcount.authorized.institution", "headcount.authorized.logistics"}},
	{"headcount.actual.total", []string{"headcount.actual.admin", "headcount.actual.institution", "headcount.actual.logistics"}},
}

// parts holds every part against its whole, and the parts of a headcount
// together against it: more they cannot be, fewer they often are.
func (r *report) parts() {
	for _, w := range wholes {
		together := strings.HasPrefix(w.whole, "headcount.")
		if r.within(w.whole, w.parts, together) {
			continue
		}
		whole := r.number(w.whole)
		if whole == nil {
			continue
		}
		sum, keys := new(big.Rat), []string{w.whole}
		over := false
		for _, p := range w.parts {
			part := r.number(p)
			if part == nil {
				continue
			}
			sum.Add(sum, part)
			keys = append(keys, p)
			if part.Cmp(whole) > 0 && r.beyond(part, whole, p, w.whole) {
				over = true
				r.add("part_exceeds_whole", record.Warn, fmt.Sprintf("%s大于%s", r.words(p), r.words(w.whole)), w.whole, p)
			}
		}
		if !over && together && sum.Cmp(whole) > 0 {
			r.add("sum_mismatch", record.Warn, fmt.Sprintf("各类人员之和大于%s", r.words(w.whole)), keys...)
		}
	}
}

// beyond reports whether part is larger than whole by more than the last digits
// of the two as written.
func (r *report) beyond(part, whole *big.Rat, partKey, wholeKey string) bool {
	limit := new(big.Rat).Add(r.grain(wholeKey), r.grain(partKey))
	return part.Cmp(limit.Add(limit, whole)) > 0
}

// rateSlack is how far a stated rate may lie from the computed one, in percent
// points: amounts are rounded, and so is the rate.
var rateSlack = big.NewRat(6, 100)

// rates holds the stated execution rate against spent over budget, of the whole
// and of every project. It agrees if it fits either budget. Where more was
// spent than the initial budget and no other is known, the rate is of that other.
func (r *report) rates() {
	if !r.rateFits() {
		r.rate()
	}
	for i := range r.fields {
		if r.fields[i].Key == "projects" {
			r.projectRate(&r.fields[i])
		}
	}
}

// budgets are what the execution rate may be of.
var budgets = []string{"budget.adjusted", "budget.initial"}

// rateFits reports whether the execution rate is clearly that of a budget.
func (r *report) rateFits() bool {
	rate, spent := r.float("execution_rate"), r.float("expenditure.total")
	for _, k := range budgets {
		if b := r.float(k); b > 0 && clearlyNear(rate, spent, b) {
			return true
		}
	}
	return false
}

// rate is rates for the whole.
func (r *report) rate() {
	rate, spent := r.number("execution_rate"), r.number("expenditure.total")
	if rate == nil || spent == nil {
		return
	}
	var keys []string
	fits := false
	for _, k := range budgets {
		if b := r.number(k); b != nil && b.Sign() > 0 {
			keys = append(keys, k)
			fits = fits || r.agrees(rate, spent, b) || k == "budget.initial" && len(keys) == 1 && spent.Cmp(b) > 0
		}
	}
	if len(keys) > 0 && !fits {
		r.add("rate_mismatch", record.Warn, fmt.Sprintf("%s，按%s与%s计算为%s%%", r.words("execution_rate"), r.words("expenditure.total"), r.words(keys[0]), percent(spent, r.number(keys[0]))),
			"execution_rate", "expenditure.total", keys[0])
	}
}

func (r *report) projectRate(f *record.Field) {
	v := &f.Value
	stated, executed, planned := zh.Decimal(v.Member("rate")), zh.Decimal(v.Member("executed")), zh.Decimal(v.Member("budget"))
	if clearlyNear(stated.Float(), executed.Float(), planned.Float()) {
		return
	}
	rate, spent, budget := stated.Rat(), executed.Rat(), planned.Rat()
	if rate == nil || spent == nil || budget == nil || budget.Sign() <= 0 || near(rate, spent, budget) {
		return
	}
	if cutOff(string(stated), rate, spent, budget) {
		return
	}
	r.findings = append(r.findings, record.Finding{Code: "rate_mismatch", Severity: record.Warn, Keys: []string{"projects"},
		Message: fmt.Sprintf("项目“%s”的执行率%s%%，按金额计算为%s%%", v.Member("name"), stated, percent(spent, budget)), Evidence: f.Evidence})
}

// agrees reports whether rate, the execution rate, is that of spent and budget.
func (r *report) agrees(rate, spent, budget *big.Rat) bool {
	f := r.byKey["execution_rate"]
	return near(rate, spent, budget) || cutOff(f.Value.String(), rate, spent, budget)
}

// cutOff reports whether rate, written so, differs from the percentage of budget
// that was spent only in digits that it does not have: 99% for 99.99%.
func cutOff(written string, rate, spent, budget *big.Rat) bool {
	_, decimals, _ := strings.Cut(written, ".")
	if len(decimals) > 1 {
		return false
	}
	grain := big.NewRat(1, 1)
	if len(decimals) == 1 {
		grain = big.NewRat(1, 10)
	}
	d := new(big.Rat).Sub(rate, quotient(spent, budget))
	return d.Abs(d).Cmp(grain) < 0
}

func quotient(a, b *big.Rat) *big.Rat {
	q := new(big.Rat).Quo(a, b)
	return q.Mul(q, big.NewRat(100, 1))
}

// near reports whether rate is the percentage of budget that was spent, up to
// rateSlack.
func near(rate, spent, budget *big.Rat) bool {
	d := new(big.Rat).Sub(rate, quotient(spent, budget))
	return d.Abs(d).Cmp(rateSlack) <= 0
}

// clearlyNear is near where floating-point numbers leave no doubt, as they nearly
// always do: fractions of amounts have long denominators.
func clearlyNear(rate, spent, budget float64) bool {
	const clear, large = 0.05, 1e6
	return math.Abs(rate) < large && math.Abs(rate-100*spent/budget) < clear
}

func percent(a, b *big.Rat) string { return quotient(a, b).FloatString(2) }
