package field

import (
	"strings"

	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
)

// fromWords lead to what something was before: 由年初的50万元降至20万元.
var fromWords = []string{"由年初的", "从年初的", "由年初", "从年初", "由期初的", "从期初的", "由最初的", "从最初的", "由原来的", "从原来的", "由原", "从原", "由上年的", "从上年的", "由上年", "从上年", "由去年的", "从去年的", "由", "从"}

// turnedTo end what is said between that and what it became.
var turnedTo = append([]string{"扩大到", "扩大至", "缩减到", "缩减至", "减少到", "减少至", "下调到", "下调至", "上调到", "上调至", "变为", "变成", "压降到", "压降至"}, append(becameWords, raisedTo...)...)

// turned returns the words before amount i-1 that say what it was an amount of, if figure i
// is what that became, and what led to it; -1 if it is none.
func (s *script) turned(i int) (subject part, from string, ok bool) {
	if i == 0 {
		return part{}, "", false
	}
	f, end := &s.figs[i], s.figs[i].Start
	if s.figs[i-1].Kind == zh.YearOf && i > 1 { // 由2021年的1120万元增加到2022年的1180万元
		if s.text[s.figs[i-1].End:f.Start] != "的" {
			return part{}, "", false
		}
		end, i = s.figs[i-1].Start, i-1
	}
	a := &s.figs[i-1]
	if a.Kind != f.Kind || a.Bad || f.Bad || f.Start-a.End > maxClause || f.Start == 0 {
		return part{}, "", false
	}
	if r, _ := s.lastRune(end); !strings.ContainsRune("到至为成的", r) {
		return part{}, "", false // as before nearly all amounts
	}
	between := strings.TrimSuffix(strings.TrimSuffix(s.text[a.End:end], "年末的"), "年底的")
	if !zh.HasAnySuffix(between, turnedTo) || strings.ContainsAny(between, ";:\n") || strings.Contains(between, "。") {
		return part{}, "", false
	}
	end = a.Start
	if i > 1 && s.figs[i-2].Kind == zh.YearOf && s.text[s.figs[i-2].End:a.Start] == "的" {
		end = s.figs[i-2].Start
	}
	if from, ok = endsWith(s.text[:end], fromWords...); !ok {
		return part{}, "", false
	}
	at := end - len(from)
	if end < a.Start {
		from = "由上年"
	}
	return part{s.clauseFrom(at), at}, from, true
}

// readTurned proposes amount i as what the thing that the clause begins with became, and a
// budget's amount before as that of the year's start. It reports whether it is such.
func (s *script) readTurned(i int, ctx *context) bool {
	if ctx.item || ctx.public3 {
		return false
	}
	subject, from, ok := s.turned(i)
	if !ok {
		return false
	}
	t := s.words
	set := s.wordsIn(subject.i, subject.j)
	old := zh.ContainsAny(from, []string{"上年", "去年"})
	budget := set.Any(t.budget) && !set.Any(t.executed|t.income|t.basic|t.project|t.public3|t.mother|t.carry|t.last)
	switch {
	case budget && !old && !set.Any(t.adjusted):
		s.proposeTurned(i-1, "budget.initial", subject, ctx)
		s.proposeTurned(i, "budget.adjusted", subject, ctx)
		return true
	case budget && set.Any(t.adjusted), set.Any(t.last | t.mother):
		return false
	}
	label, ok := s.lex.Label(catalog.Money, set, s.scope)
	if !ok || strings.HasPrefix(label.Key, "budget.") && !old {
		return false
	}
	s.proposeTurned(i, label.Key, subject, ctx)
	return true
}

func (s *script) proposeTurned(i int, key string, subject part, ctx *context) {
	f := &s.figs[i]
	s.propose(candidate{key: key, rule: "money-turned", figure: *f, number: f.Yuan(), label: [2]int{subject.i, subject.j},
		score: 0.82 - s.place(i) - s.otherYear(&phrase{}, ctx)})
}
