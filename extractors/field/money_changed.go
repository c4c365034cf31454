package field

import (
	"math/big"
	"strings"

	"jixiao/internal/zh"
)

// A budget is often told step by step: 年初预算90万元，追加15万元，收回5万元，合计100万元.
// What the steps come to is the budget after its changes, whatever it is called.

var (
	addedWords = []string{"追加", "增补", "增加", "调增", "新增", "补充下达", "追加下达", "补助", "增拨", "追拨", "另下达"}
	cutWords   = []string{"追减", "调减", "压减", "核减", "减少", "收回", "削减", "调剂出", "缩减"}
	comesTo    = []string{"合计", "共计", "总计", "总额", "共", "全年", "全年共", "全年共计", "全年合计", "达到", "达", "累计", "增至", "调整后", "最终", "年末"}
)

// Bounds on the amounts that change one budget, and on the figures among them.
const (
	maxSteps   = 5
	maxBetween = 30
)

// readChanged proposes figure i as the budget that the amounts before it come to.
func (s *script) readChanged(i int, ctx *context) {
	f := &s.figs[i]
	if f.Kind != zh.Money || f.Bad || ctx.item || i < 2 || ctx.public3 {
		return
	}
	from := max(s.figs[i-1].End, s.clauseFrom(f.Start))
	label := strings.TrimRight(s.text[from:f.Start], ":为¥")
	word, ok := endsWith(label, comesTo...)
	if !ok || strings.TrimLeft(label[:len(label)-len(word)], "元,;、→->。两三四次项笔批以上") != "" {
		if word = s.budgetIn(from, from+len(label)); word == "" {
			return
		}
	}
	base := s.stepsTo(i)
	if base < 0 {
		return
	}
	for k := range s.cands {
		first := &s.cands[k]
		if first.figure.Start != s.figs[base].Start || first.key != "budget.initial" && first.key != "budget.adjusted" {
			continue
		}
		c := *first
		c.key, c.rule, c.figure, c.number, c.extra = "budget.adjusted", "money-changed", *f, f.Yuan(), nil
		c.label = [2]int{from + len(label) - len(word), from + len(label)}
		c.score, c.part, c.inner = 0.9-s.place(i), false, false
		if first.key == "budget.adjusted" { // the first of them was that of the year's start
			first.key = "budget.initial"
			s.byKey["budget.initial"] = append(s.byKey["budget.initial"], k)
			s.byKey["budget.adjusted"] = without(s.byKey["budget.adjusted"], k)
		}
		s.propose(c)
		return
	}
}

// budgetIn returns the words text[i:j] from 预算 on if they say nothing of the amount
// behind them but that it is one.
func (s *script) budgetIn(i, j int) string {
	t := s.words
	f := s.wordsIn(i, j)
	k := strings.LastIndex(s.text[i:j], "预算")
	if k < 0 || j-i > maxClause || f.Any(t.executed|t.spend|t.income|t.carry|t.arrive|t.last|t.basic|t.project|t.public3|t.mother|t.delta|t.initial) {
		return ""
	}
	return s.text[i+k : j]
}

// without returns list less the element k.
func without(list []int, k int) []int {
	out := make([]int, 0, len(list))
	for _, x := range list {
		if x != k {
			out = append(out, x)
		}
	}
	return out
}

// stepsTo returns the amount from which those between it and figure i, each said to
// be added or taken away, lead to it; -1 if there is none.
func (s *script) stepsTo(i int) int {
	want, change := s.figs[i].Yuan().Rat(), new(big.Rat)
	line := s.from[s.passage(s.figs[i].Start)]
	step := -1 // the amount whose words are to be looked at
	for k, n := i-1, 0; k >= max(0, i-maxBetween) && n <= maxSteps && s.figs[k].Start >= line && want != nil; k-- {
		f := &s.figs[k]
		if f.Kind != zh.Money {
			continue
		}
		v := f.Yuan().Rat()
		if v == nil || f.Bad {
			return -1
		}
		if step >= 0 {
			words := s.text[f.End:s.figs[step].Start]
			by := s.figs[step].Yuan().Rat()
			switch {
			case zh.ContainsAny(words, cutWords):
				change.Sub(change, by)
			case zh.ContainsAny(words, addedWords):
				change.Add(change, by)
			default:
				return -1
			}
			if new(big.Rat).Add(v, change).Cmp(want) == 0 {
				return k
			}
		}
		step, n = k, n+1
	}
	return -1
}
