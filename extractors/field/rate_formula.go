package field

import (
	"math"
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/extractors/passage"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
)

// readFormula proposes figure i where it is what a formula comes to that a rate of
// execution begins: 预算完成率=1,183.2万元/1,200万元×100%=98.6%,
// 预算执行率(5分):294.87/302.80×100%=97.38%.
func (s *script) readFormula(i int, ctx *context) bool {
	f, t := &s.figs[i], s.words
	if f.Kind != zh.Percent || f.Bad || ctx.item || ctx.public3 || !zh.HasAnySuffix(s.text[:f.Start], []string{"=", "=约", "≈"}) {
		return false
	}
	name, formula := s.formulaOf(f)
	if name.i >= name.j || !zh.ContainsAny(formula, []string{"/", "÷", "×", "*"}) {
		return false
	}
	set := s.wordsIn(name.i, name.j)
	label, ok := s.lex.Label(catalog.Percent, set, s.scope)
	if !ok || !set.Any(t.ratehead) || s.scope == lexicon.Overall && set.Any(t.project|t.basic) {
		return false
	}
	s.propose(candidate{key: label.Key, rule: label.ID, figure: *f, number: f.Number, label: [2]int{name.i, name.j}, score: label.Weight - 0.04 - s.place(i) - s.otherYear(&phrase{}, ctx)})
	return true
}

// formulaOf returns the formula that comes to f and what it is called, before the first
// sign of equality or before a colon.
func (s *script) formulaOf(f *zh.Figure) (name part, formula string) {
	from := s.clauseFrom(f.Start)
	k := strings.IndexByte(s.text[from:f.Start], '=')
	if k <= 0 {
		return part{}, ""
	}
	if from+k+1 < f.Start {
		return part{from, from + k}, s.text[from+k+1 : f.Start]
	}
	formula = s.text[from : from+k]
	if from == 0 || s.text[from-1] != ':' {
		return part{}, ""
	}
	end := from - 1
	if open := strings.LastIndexByte(s.text[max(0, end-maxClause):end], '('); open >= 0 && s.text[end-1] == ')' {
		end = max(0, end-maxClause) + open
	}
	at := s.clauseFrom(end)
	at += passage.LeadingMarker(s.text[at:end]).Len
	if end-at > maxClause {
		return part{}, ""
	}
	return part{at, end}, formula
}

// readFormulas looks, in a report that tells no rate of execution otherwise, for one
// alone in its line that a formula in one of the lines above it comes to, where the
// indicator these lines are about is that rate: 预算完成率, 294.87/302.80×100%, 97.38%.
func (s *script) readFormulas() {
	for i := range s.figs {
		f := &s.figs[i]
		if f.Kind != zh.Percent || f.Bad || f.Start == 0 || s.text[f.Start-1] != '\n' || !s.endsLine(f.End) {
			continue
		}
		if name := s.formulaAbove(f); name >= 0 {
			s.propose(candidate{key: "execution_rate", rule: "rate-indicator", figure: *f, number: f.Number, label: [2]int{s.from[name], s.from[name+1] - 1}, score: 0.72})
			return
		}
	}
}

// formulaAbove returns the line that names the rate of execution above the formula that
// f comes to; -1 if there is none.
func (s *script) formulaAbove(f *zh.Figure) int {
	const near = 8 // lines
	borne := false
	p := s.passage(f.Start)
	for q := p - 1; q >= max(0, p-near) && !s.inTable(q); q-- {
		switch line := s.line(q); {
		case strings.HasSuffix(line, "×100%") || strings.HasSuffix(line, "*100%"):
			if borne = s.formulaGives(q, f.Number.Float()); !borne {
				return -1
			}
		case borne && s.isRateName(q):
			return q
		}
	}
	return -1
}

// formulaGives reports whether line p is a quotient of two figures that is rate percent.
func (s *script) formulaGives(p int, rate float64) bool {
	const exact = 0.0101
	a, b := s.figsOf(p)
	if b-a < 2 || s.figs[a].Start != s.from[p] {
		return false
	}
	x, y := &s.figs[a], &s.figs[a+1]
	if sign := s.text[x.End:y.Start]; sign != "/" && sign != "÷" || y.Number.Float() == 0 {
		return false
	}
	return math.Abs(x.Number.Float()/y.Number.Float()*100-rate) < exact
}
