package field

import (
	"math/big"
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
)

// sumWords stand before an amount that sums up those before it.
var sumWords = []string{"合计", "共计", "总计", "累计", "总共", "小计", "共", "合计为", "共计为", "总计为"}

// readSum proposes figure i as the sum of the amounts told right before it, and
// as what these are: 支出:中央10万元、省级5万元，合计15万元.
func (s *script) readSum(i int, p *phrase, ctx *context) {
	f := &s.figs[i]
	if f.Kind != zh.Money || f.Bad || i < 2 || ctx.item || p.features&^(s.words.fill|s.words.own|s.words.total|s.words.complete|s.words.sub) != 0 {
		return
	}
	word, ok := endsWith(strings.TrimRight(s.text[max(0, f.Start-24):f.Start], ":"), sumWords...)
	if !ok {
		return
	}
	first := s.sumOf(i, 1)
	if first < 0 {
		first = s.sumOf(i, 2) // 中央10万元，支出9万元;省级5万元，支出5万元;合计15万元
	}
	if first < 0 {
		return
	}
	from := s.sentence(s.figs[first].Start)
	if k := strings.LastIndexByte(s.text[from:s.figs[first].Start], ';'); k >= 0 {
		from += k + 1
	}
	lead := part{from, s.figs[first].Start}
	set := s.wordsIn(lead.i, lead.j) &^ (s.words.mother | s.words.fiscal)
	if s.scope == lexicon.Project && zh.ContainsAny(s.text[lead.i:lead.j], []string{"来源", "资金", "下达"}) && !set.Any(s.words.executed|s.words.spend) {
		set |= s.words.funds
	}
	if s.namesPublic3(s.text[from:f.Start]) {
		s.propose(candidate{key: "expenditure.three_public", rule: "money-three-public", figure: *f, number: f.Yuan(), label: [2]int{f.Start - len(word), f.Start}, score: 0.8 - s.place(i) - s.otherYear(&phrase{}, ctx)})
		return
	}
	if words := s.text[from:f.Start]; strings.Contains(words, "接待") && zh.ContainsAny(words, []string{"公车", "公务用车", "会议费"}) {
		return // some of the expenses of an office
	}
	if s.sumsBoth(first, i) {
		s.propose(candidate{key: "expenditure.total", rule: "money-sum", figure: *f, number: f.Yuan(), label: [2]int{f.Start - len(word), f.Start}, score: 0.86 - s.place(i) - s.otherYear(&phrase{}, ctx)})
		return
	}
	if name := s.sumNamed(lead); name != "" {
		s.propose(candidate{key: name, rule: "money-sum", figure: *f, number: f.Yuan(), label: [2]int{f.Start - len(word), f.Start}, score: 0.86 - s.place(i) - s.otherYear(&phrase{}, ctx)})
		return
	}
	label, ok := s.lex.Label(catalog.Money, set, s.scope)
	if !ok || set.Any(s.words.basic|s.words.project|s.words.public3) {
		return
	}
	for _, k := range s.byKey[label.Key] {
		if c := &s.cands[k]; c.figure.Start >= lead.j {
			c.score -= 0.3 // one of its parts
		}
	}
	at := len(strings.TrimRight(s.text[:f.Start], ":")) - len(word)
	s.propose(candidate{key: label.Key, rule: label.ID, figure: *f, number: f.Yuan(), label: [2]int{at, at + len(word)},
		score: min(label.Weight, 0.86) - s.placeOfMoney(i, &candidate{rule: label.ID}) - s.otherYear(&phrase{}, ctx)})
}

// sumsBoth reports whether figure first is basic and one between it and i project
// expenditure: 基本支出845万元,项目支出335万元,总计1180万元.
func (s *script) sumsBoth(first, i int) bool {
	told := func(key string, from, to int) bool {
		for _, k := range s.byKey[key] {
			if at := s.cands[k].figure.Start; at >= from && at < to {
				return true
			}
		}
		return false
	}
	return told("expenditure.basic", s.figs[first].Start, s.figs[first].End) && told("expenditure.project", s.figs[first].End, s.figs[i].Start)
}

// sumNamed returns the key of basic or project expenditure where that and a colon are what
// begins lead, before the amounts that make it up: 基本支出:人员经费700万元,…小计845万元.
func (s *script) sumNamed(lead part) string {
	words := strings.TrimLeft(s.text[lead.i:lead.j], "\n。其中,;")
	name, _, ok := strings.Cut(words, ":")
	if !ok {
		name, _, ok = strings.Cut(words, "中")
	}
	if !ok {
		return ""
	}
	return partNamed(strings.TrimLeft(name, "()一二三四五六七八九十1234567890.、"))
}

// namesPublic3 reports whether words, which amounts that are added up stand in, name the
// three expenses and speak of no budget: 公务接待费2万元、公车运维费9万元,三项合计11万元.
func (s *script) namesPublic3(words string) bool {
	return strings.Contains(words, "接待") && zh.ContainsAny(words, []string{"公车", "公务用车", "公务车"}) && !zh.ContainsAny(words, []string{"预算", "上年", "压减", "节约", "会议费", "培训费"})
}

// sumOf returns the first of the amounts before figure i, two at least and in
// its sentence, that add up to it, taking every one or every second; -1 if none do.
func (s *script) sumOf(i, step int) int {
	want, sum := s.figs[i].Yuan().Rat(), new(big.Rat)
	from := s.sentence(s.figs[i].Start)
	for k, n, seen := i-1, 0, 0; k >= 0 && s.figs[k].Start >= from && want != nil; k-- {
		f := &s.figs[k]
		if f.Kind != zh.Money {
			continue
		}
		if seen++; seen%step != 0 {
			continue
		}
		part := f.Yuan().Rat()
		if part == nil || f.Bad {
			return -1
		}
		n++
		if c := sum.Add(sum, part).Cmp(want); c == 0 && n >= 2 {
			return k
		} else if c > 0 {
			return -1
		}
	}
	return -1
}

// rankWholes prefers, where amounts told for one key are followed in their
// sentence by their sum, the sum: 中央支出10万元;省级支出5万元;共支出15万元.
func (s *script) rankWholes() {
	for i := range s.cands {
		if c := &s.cands[i]; c.key == "expenditure.total" || c.key == "budget.adjusted" || c.key == "budget.initial" {
			s.rankWhole(i)
		}
	}
}

// rankWhole takes from what is told before candidate i and adds up to it.
func (s *script) rankWhole(i int) {
	whole := &s.cands[i]
	of := s.byKey[whole.key]
	if len(of) < 3 {
		return
	}
	want, sum := whole.number.Rat(), new(big.Rat)
	var parts []int
	for k := len(of) - 1; k >= 0 && want != nil; k-- {
		c := &s.cands[of[k]]
		if c.figure.Start >= whole.figure.Start {
			continue
		}
		part := c.number.Rat()
		if !s.sameSentence(c, whole) || part == nil || c.label[0] == c.label[1] {
			return
		}
		if n := len(parts); n > 0 && s.cands[parts[n-1]].figure.Start == c.figure.Start {
			continue // two labels for one figure
		}
		parts = append(parts, of[k])
		switch sum.Add(sum, part).Cmp(want) {
		case 0:
			if len(parts) > 1 {
				for _, p := range parts {
					s.cands[p].score -= 0.3
				}
			}
			return
		case 1:
			return
		}
	}
}

// wholeOutturns are what an outturn is called that no part of it is.
var wholeOutturns = []string{"共支出", "总支出", "合计支出", "支出合计", "支出总额", "支出共计", "合并支出", "汇总支出", "共计支出", "一共支出", "全年支出", "全年总支出"}

// rankSaidWhole prefers an outturn that is said to be of all to a smaller one that is
// called nothing but 支出: 动物防疫支出186万元。…共支出3,902万元.
func (s *script) rankSaidWhole() {
	const key = "expenditure.total"
	of := s.byKey[key]
	for _, k := range of {
		whole := &s.cands[k]
		if len(of) < 2 || whole.key != key || whole.score < doubt || whole.part || !isOneOf(s.text[whole.label[0]:whole.label[1]], wholeOutturns) {
			continue
		}
		for _, j := range of {
			if c := &s.cands[j]; c.key == key && s.text[c.label[0]:c.label[1]] == "支出" && c.number.Float() < whole.number.Float() && !s.addsUp(c) {
				c.score -= 0.1
			}
		}
	}
}
