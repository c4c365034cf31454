package check

import (
	"fmt"
	"math/big"

	"jixiao/internal/zh"
	"jixiao/schemas/record"
)

// lowest is the least mark, of a hundred, that each grade begins with on the
// scale that nearly all provinces use.
var lowest = map[string]int64{"优": 90, "良": 80, "中": 60, "差": 0}

// next is the grade above.
var next = map[string]string{"差": "中", "中": "良", "良": "优"}

// scores holds the mark against its full mark and against the grade, and the
// marks of the indicators against their weights.
func (r *report) scores() {
	score, full := r.number("score"), r.number("score_full")
	if score != nil {
		keys := []string{"score"}
		if full == nil {
			full = big.NewRat(100, 1)
		} else {
			keys = append(keys, "score_full")
		}
		if score.Cmp(full) > 0 {
			r.add("score_over_full", record.Warn, fmt.Sprintf("%s超过满分%s", r.words("score"), full.FloatString(0)), keys...)
		} else if full.Sign() > 0 {
			r.grade(quotient(score, full))
		}
	}
	for i := range r.fields {
		if f := &r.fields[i]; f.Key == "indicators" {
			r.indicator(f)
		}
	}
}

func (r *report) grade(score *big.Rat) {
	g := r.byKey["grade"]
	if g == nil {
		return
	}
	name := g.Value.String()
	low, ok := lowest[name]
	if !ok {
		return
	}
	high, capped := lowest[next[name]]
	if score.Cmp(big.NewRat(low, 1)) < 0 || capped && score.Cmp(big.NewRat(high, 1)) >= 0 {
		r.add("grade_mismatch", record.Warn, fmt.Sprintf("%s与等级“%s”不符", r.words("score"), name), "score", "grade")
	}
}

func (r *report) indicator(f *record.Field) {
	v := &f.Value
	got, most := zh.Decimal(v.Member("score")), zh.Decimal(v.Member("weight"))
	if got == most || got.Float() < most.Float() { // the usual: a mark that is less when rounded is less
		return
	}
	score, weight := got.Rat(), most.Rat()
	if score != nil && weight != nil && score.Cmp(weight) > 0 {
		r.findings = append(r.findings, record.Finding{Code: "score_over_full", Severity: record.Warn, Keys: []string{"indicators"},
			Message: fmt.Sprintf("指标“%s”得分%s，超过分值%s", v.Member("level3"), got, most), Evidence: f.Evidence})
	}
}

// staff holds those in post against the posts.
func (r *report) staff() {
	for _, kind := range []string{"total", "admin", "institution", "logistics"} {
		posts, people := "headcount.authorized."+kind, "headcount.actual."+kind
		if r.within(posts, []string{people}, false) {
			continue
		}
		a, b := r.number(posts), r.number(people)
		if a != nil && b != nil && b.Cmp(a) > 0 {
			r.add("actual_over_authorized", record.Info, fmt.Sprintf("%s多于%s", r.words(people), r.words(posts)), people, posts)
		}
	}
}
