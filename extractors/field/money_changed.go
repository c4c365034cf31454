package field

import (
	"math/big"
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh"
)

// A budget is often told step by step: 年初预算90万元，追加15万元，收回5万元，合计100万元.
// What the steps come to is the budget after its changes, whatever it is called.

var (
	addedWords = []string{"追加", "增补", "增加", "调增", "新增", "补充下达", "追加下达", "补助", "增拨", "追拨", "另下达", "调入", "划入", "拨入", "增列", "补拨"}
	cutWords   = []string{"追减", "调减", "压减", "核减", "减少", "收回", "削减", "调剂出", "缩减", "调出", "划出", "缴回", "交回", "退回", "上缴", "扣减", "扣回"}
	comesTo    = []string{"最后核定为", "最后调整为", "最后确定为", "最后锁定在", "最终核定为", "最终调整为", "最终确定为", "最终锁定在", "最后定在", "最后定为", "最后核定", "最后落在", "最后达到", "最终定在", "最终定为", "最终核定", "最终落在", "最终达到", "全年共计", "全年合计", "最后为", "最后达", "最终为", "最终达", "全年共", "调整后", "核定为", "锁定在", "稳定在", "合计", "共计", "总计", "总额", "全年", "达到", "累计", "增至", "最终", "年末", "定在", "定为", "核定", "变为", "变成", "落在", "最后", "共", "达"}
)

// comesToEnds are the last characters of comesTo.
const comesToEnds = "为在定到达计后额年至末终成共"

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
	word, ok := "", false
	if r, _ := utf8.DecodeLastRuneInString(label); strings.ContainsRune(comesToEnds, r) {
		word, ok = endsWith(label, comesTo...)
	}
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
		s.makeInitial(k)
		s.propose(c)
		return
	}
}

// makeInitial makes candidate k, a budget that was changed, that of the year's start.
func (s *script) makeInitial(k int) {
	if c := &s.cands[k]; c.key == "budget.adjusted" {
		c.key = "budget.initial"
		s.byKey["budget.initial"] = append(s.byKey["budget.initial"], k)
		s.byKey["budget.adjusted"] = without(s.byKey["budget.adjusted"], k)
	}
}

// wasFirst reports whether the last budget told before figure i is that of the year's
// start, or a project's undivided one, which becomes that now: 预算78万元，调增至85万元.
func (s *script) wasFirst(i int) bool {
	for k := len(s.cands) - 1; k >= 0; k-- {
		c := &s.cands[k]
		if !strings.HasPrefix(c.key, "budget.") || c.figure.Start >= s.figs[i].Start {
			continue
		}
		if c.key == "budget.initial" {
			return true
		}
		if !strings.HasPrefix(c.rule, "money-project-") {
			return false
		}
		s.makeInitial(k)
		return true
	}
	return false
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
