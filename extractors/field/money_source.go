package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
)

// namedFunds returns the feature of funds where the phrase p before an amount
// ends in a fund that the lexicon does not know, and the clause begins with what
// hands it down: 下达林业改革发展资金共计.
func (s *script) namedFunds(p *phrase) lexicon.Features {
	t := s.words
	if !p.unknownAt || p.features.Any(t.figures()|t.funds|t.last|t.delta|t.arrive|t.parts) {
		return 0
	}
	if part := s.text[p.begin:max(p.begin, p.end)]; !strings.Contains(part, "资金") && !strings.Contains(part, "经费") && !strings.Contains(part, "补助") {
		return 0
	}
	const longest = 90 // bytes from the start of the clause
	from := max(0, p.begin-longest, s.sentence(p.begin))
	if i := strings.LastIndexAny(s.text[from:p.begin], ",;(\n"); i >= 0 {
		from += i + 1
	}
	f := s.wordsIn(from, p.begin)
	if !f.Any(t.funds) || f.Any(t.mother|t.last|t.delta|t.arrive|t.parts|t.executed|t.spend|t.subunit) {
		return 0
	}
	return t.funds
}

// fundNames are the ends of what money handed down is called.
var fundNames = []string{"资金", "经费", "补助", "补贴", "公益金", "奖金", "专款", "专项款"}

// grantedBy say, as all that stands before an amount in its clause, that the treasury gave
// a project so much.
var grantedBy = []string{"财政批复", "财政局批复", "财政核定", "财政局核定", "财政批准", "县财政批复", "市财政批复", "区财政批复", "省财政批复", "旗财政批复", "县财政核定", "市财政核定", "区财政核定", "批复金额", "财政安排", "财政下达", "实际批复", "最终批复", "县财政安排", "市财政安排", "区财政安排"}

// readFund proposes figure i, right behind the name of a fund that the lexicon
// does not know, as the money of the project if the clause begins with what
// hands it down: 省上下达我县彩票公益金260万元.
func (s *script) readFund(i int, p *phrase, ctx *context) {
	f, t := &s.figs[i], s.words
	if s.scope != lexicon.Project || f.Kind != zh.Money || ctx.item || p.stop == '(' || p.features.Any(t.last|t.delta|t.parts) {
		return
	}
	const longest = 120 // bytes from the start of the clause
	from := max(0, f.Start-longest, s.sentence(f.Start))
	if k := strings.LastIndexAny(s.text[from:f.Start], ",;(\n"); k >= 0 {
		from += k + 1
	}
	clause := strings.TrimRight(s.text[from:f.Start], "共计为:")
	if isOneOf(clause, grantedBy) {
		s.propose(candidate{key: "budget.adjusted", rule: "money-project-funds", figure: *f, number: f.Yuan(), label: [2]int{from, from + len(clause)},
			score: 0.66 - s.placeOfMoney(i, &candidate{rule: "money-project-funds"}) - s.otherYear(&phrase{}, ctx)})
		return
	}
	if !zh.HasAnySuffix(clause, fundNames) || strings.Contains(clause, "其中") {
		return
	}
	set := s.wordsIn(from, f.Start)
	if !set.Any(t.funds) || set.Any(t.mother|t.last|t.delta|t.arrive|t.executed|t.spend|t.subunit|t.compare) {
		return
	}
	label, ok := s.lex.Label(catalog.Money, t.funds, s.scope)
	if !ok {
		return
	}
	s.propose(candidate{key: label.Key, rule: label.ID, figure: *f, number: f.Yuan(), label: [2]int{from, from + len(clause)},
		score: label.Weight - 0.06 - s.placeOfMoney(i, &candidate{rule: label.ID}) - s.otherYear(&phrase{}, ctx)})
}

// readSource proposes an income as money of the treasury where the words behind
// it say that it is nothing else: 收入12万元,均为财政拨款.
func (s *script) readSource(f *zh.Figure, c *candidate) {
	if c.key != "revenue.total" {
		return
	}
	rest := strings.TrimLeft(s.text[f.End:], ",(")
	for _, w := range []string{"均为", "均系", "均是", "全部为", "全部是", "全为", "全部来自", "全部来源于", "全额为", "皆为", "都是"} {
		if !strings.HasPrefix(rest, w) {
			continue
		}
		at := len(s.text) - len(rest) + len(w)
		h := s.hitsIn(at, at+1)
		if len(h) > 0 && h[0].Start == at && h[0].Features.Any(s.words.fiscal) && !h[0].Features.Any(s.words.mother) {
			source := *c
			source.key, source.rule, source.label = "revenue.fiscal", "money-source", [2]int{h[0].Start, h[0].End}
			s.propose(source)
		}
		return
	}
}

// changeWords begin what is said of an amount that another is compared with.
var changeWords = []string{"增加", "增长", "减少", "下降", "上升", "降低", "增支", "减支", "超支", "节约", "多", "少", "增", "减", "超"}

// recall completes the phrase before figure i by what surrounds it: an amount
// that another is compared with is stated all the same, 较年初预算10万元增加2万元,
// and a count of projects parts 年初预算项目14个，预算资金28万元.
func (s *script) recall(i int, p *phrase, ctx *context) {
	t, f := s.words, &s.figs[i]
	if p.features.Any(t.compare) && p.features.Any(t.budget) && p.features.Any(t.initial|t.adjusted) && !ctx.public3 && !strings.HasPrefix(ctx.lastKey, "revenue.") &&
		zh.HasAnyPrefix(strings.TrimLeft(s.text[f.End:], ",相比"), changeWords) {
		p.features &^= t.compare
		p.unknown++
	}
	if p.end > 0 && !p.features.Any(t.initial|t.adjusted) && zh.HasAnyPrefix(s.text[f.End:], []string{"(调整后", "(年初", "(其中年初", "(其中:年初", "(含年初"}) {
		p.features |= t.adjusted
	}
	if i > 0 && (ctx.lastKey == "budget.initial" || ctx.lastKey == "budget.adjusted") && !p.features.Any(t.initial) && s.becomes(i, p) && s.wasFirst(i) {
		p.features = p.features&^t.delta | t.adjusted | t.budget // 年初预算90万元，年中调减为80万元
	}
	if p.stop != ',' || i == 0 || p.features.Any(t.initial|t.adjusted) || !p.features.Any(t.budget) {
		return
	}
	count := &s.figs[i-1]
	if (count.Kind == zh.Count || count.Kind == zh.Measure) && strings.HasPrefix(s.text[count.NumEnd:], "个") && count.NumEnd+len("个,") == p.begin && strings.HasSuffix(s.text[:count.Start], "项目") {
		p.features |= s.before(count.Start, i-1).features & (t.initial | t.adjusted)
	}
}

// becameWords end what is said of an amount before what it was changed to.
var becameWords = []string{"调整为", "调整到", "调整至", "调减为", "调减至", "调增为", "调增至", "追加至", "追加到", "增加到", "增加至", "压减至", "压减为", "核减为", "核减至"}

// becomes reports whether figure i is what the amount before it was changed to,
// in a clause that speaks of nothing else: neither of a part nor of another
// amount, 会议费由20万元调整为12万元.
func (s *script) becomes(i int, p *phrase) bool {
	prev, words := &s.figs[i-1], s.words
	if p.end == 0 {
		return false
	}
	j := i - 1
	if prev.Kind == zh.Measure || prev.Kind == zh.YearOf || prev.Kind == zh.Plain { // 8月
		j--
	}
	if j < 0 || s.figs[j].Kind != zh.Money || s.passage(s.figs[j].Start) != s.passage(s.figs[i].Start) {
		return false
	}
	between := s.text[s.figs[j].End:s.figs[i].Start]
	return strings.HasPrefix(between, ",") && zh.HasAnySuffix(between, becameWords) && strings.Count(between, ",") == 1 && !strings.ContainsAny(between, "。;:") &&
		!zh.ContainsAny(between, []string{"由", "从"}) && !s.wordsIn(s.figs[j].End, s.figs[i].Start).Any(words.parts|words.basic|words.project|words.public3|words.mother|words.income|words.last|words.target)
}

// changedThing reports whether figure i is what another amount than a budget was
// changed to: 补助标准由300元调整为450元.
func (s *script) changedThing(i int) bool {
	if i == 0 || s.figs[i-1].Kind != zh.Money {
		return false
	}
	prev := &s.figs[i-1]
	if !zh.HasAnySuffix(s.text[:prev.Start], []string{"由", "从"}) || !zh.HasAnySuffix(s.text[prev.End:s.figs[i].Start], becameWords) || strings.ContainsAny(s.text[prev.End:s.figs[i].Start], ",;。") {
		return false
	}
	return !s.before(prev.Start, i-1).features.Any(s.words.budget | s.words.initial)
}

// readYearEnd proposes figure i as what is carried forward where the sentence has
// told the same of the year's begin: 年初结转结余3万元，年末为1万元.
func (s *script) readYearEnd(i int, p *phrase, ctx *context) {
	f := &s.figs[i]
	if i == 0 || f.Kind != zh.Money || f.Bad || p.unknown > 0 || p.stop != ',' || ctx.item {
		return
	}
	words := s.text[p.begin:f.Start]
	if !zh.HasAnyPrefix(words, []string{"年末", "期末", "年底", "年终"}) || len(words) > len("年末余额为") {
		return
	}
	prev := &s.figs[i-1]
	q := s.before(prev.Start, i-1)
	if prev.Kind != zh.Money || !q.features.Any(s.words.last) || !zh.ContainsAny(s.text[q.begin:prev.Start], []string{"年初结转", "年初结余", "期初结转", "期初结余"}) {
		return
	}
	s.propose(candidate{key: "carryover", rule: "money-carryover", figure: *f, number: f.Yuan(), label: [2]int{p.begin, f.Start},
		score: 0.8 - s.place(i) - s.otherYear(p, ctx)})
}
