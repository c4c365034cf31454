package field

import (
	"math"
	"math/big"
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
)

// saidBehind stand between an amount and what it is called behind it:
// 人员和公用331万元属基本支出, 其中960万元为财政拨款.
var saidBehind = []string{"属于", "属", "即为", "均为", "为", "是", "系", "列入", "列为", "列作", "列", "归入", "归", "计入", "作为"}

// saidEnds are the marks, all but the full stop, that such a name ends before.
const saidEnds = ",;)\n"

// readSaidBehind proposes figure i as what the words right behind it say it is: a part of
// the outturn or of the income, and, where it begins its clause, a budget or an outturn too.
func (s *script) readSaidBehind(i int, ctx *context) {
	f, t := &s.figs[i], s.words
	if f.Kind != zh.Money || f.Bad || ctx.item || ctx.public3 {
		return
	}
	if r, _ := zh.Next(s.text, min(f.End, len(s.text)-1)); !strings.ContainsRune("属即均为是系列归计作", r) {
		return // as behind nearly all amounts
	}
	word, ok := startsWith(s.text[f.End:], saidBehind...)
	if !ok || s.severalBefore(i) {
		return
	}
	at := f.End + len(word)
	k := s.lastHit(at) + 1
	if k >= len(s.hits) || s.hits[k].Start != at {
		return
	}
	h := &s.hits[k]
	rest := s.text[h.End:]
	if rest != "" && !strings.ContainsAny(rest[:1], saidEnds) && !strings.HasPrefix(rest, "。") || h.Features.Any(t.last|t.delta) {
		return
	}
	key := s.keySaid(f, h.Features, ctx)
	if key == "" {
		return
	}
	s.propose(candidate{key: key, rule: "money-said-behind", figure: *f, number: f.Yuan(), label: [2]int{h.Start, h.End}, part: ctx.parts,
		score: 0.86 - s.place(i) - s.otherYear(&phrase{}, ctx)})
}

// keySaid returns the key of amount f, behind which a name with features set stands; "" if
// none asks for it.
func (s *script) keySaid(f *zh.Figure, set lexicon.Features, ctx *context) string {
	t := s.words
	switch {
	case set.Any(t.basic|t.project) && !set.Any(t.budget) && !ctx.underBudget():
		return keyOfPart(t, set)
	case set.Any(t.fiscal) && !set.Any(t.spend|t.executed) && (ctx.total == "revenue.total" || s.wordsIn(s.sentence(f.Start), f.Start).Any(t.income)):
		return "revenue.fiscal"
	case !s.opensClause(f.Start) || set.Any(t.basic|t.project|t.fiscal|t.income):
		return ""
	}
	if label, ok := s.lex.Label(catalog.Money, set, s.scope); ok {
		return label.Key
	}
	return ""
}

// opensClause reports whether nothing of its clause stands before byte i.
func (s *script) opensClause(i int) bool {
	return i == 0 || strings.ContainsAny(s.text[i-1:i], ",;\n") || strings.HasSuffix(s.text[:i], "。")
}

// readOwned proposes figure i as what is said to have it: 845万元的基本支出, 11.2万元的三公经费.
func (s *script) readOwned(i int, ctx *context) {
	f, t := &s.figs[i], s.words
	rest, ok := strings.CutPrefix(s.text[f.End:], "的")
	if ok && f.Kind == zh.Points {
		s.readOwnedMark(i, rest, ctx)
		return
	}
	if !ok || f.Bad || ctx.item || ctx.brackets > 0 || ctx.underBudget() || !s.opensClause(f.Start) || s.bounded(f) {
		return
	}
	at := len(s.text) - len(rest)
	if k := s.lastHit(at) + 1; k < len(s.hits) && s.hits[k].Start == at {
		h, key := &s.hits[k], ""
		set := h.Features
		switch {
		case zh.HasAnyPrefix(s.text[h.End:], []string{"目标", "要求", "标准", "预算", "任务", "指标", "缺口"}), set.Any(t.budget | t.last | t.delta | t.target | t.rateother):
		case f.Kind == zh.Percent && set.Any(t.ratehead):
			key = "execution_rate"
		case f.Kind == zh.Money && set.Any(t.public3):
			key = "expenditure.three_public"
		case f.Kind == zh.Money && set.Any(t.basic), f.Kind == zh.Money && set.Any(t.project) && s.wordsIn(s.sentence(f.Start), f.Start).Any(t.basic):
			key = keyOfPart(t, set)
		}
		if key == "" {
			return
		}
		c := candidate{key: key, rule: "owned", figure: *f, number: f.Number, label: [2]int{h.Start, h.End}, score: 0.72 - s.place(i) - s.otherYear(&phrase{}, ctx)}
		if f.Kind == zh.Money {
			c.number = f.Yuan()
		}
		s.propose(c)
	}
}

// severalBefore reports whether figure i is the last of several amounts that what
// follows may be said of: 工资500万元、办公费100万元属基本支出.
func (s *script) severalBefore(i int) bool {
	if i == 0 || s.figs[i-1].Kind != zh.Money {
		return false
	}
	words := s.text[s.figs[i-1].End:s.figs[i].Start]
	return strings.HasPrefix(words, "、") || strings.HasPrefix(words, "和") || strings.HasPrefix(words, "及") || strings.HasPrefix(words, "与")
}

// restateExactly takes for c the amount in brackets right behind it if that is the same,
// told more exactly: 0.83亿元(8,316.42万元).
func (s *script) restateExactly(i int, c *candidate) {
	if i+1 >= len(s.figs) || c.figure.Kind != zh.Money || s.figs[i+1].Kind != zh.Money {
		return
	}
	f, g := &s.figs[i], &s.figs[i+1]
	if g.Start-f.End > len("(折合人民币") || g.Bad || g.Approx || !strings.HasPrefix(s.text[g.End:], ")") {
		return
	}
	switch s.text[f.End:g.Start] {
	case "(", "(即", "(合", "(折合", "(计", "(共", "(实为", "(具体为", "(准确数为", "(精确数为", "(合计":
	default:
		return
	}
	if !roundsTo(g.Yuan(), f) {
		return
	}
	c.figure, c.number, s.used[i+1] = *g, g.Yuan(), true
}

// roundsTo reports whether exact, in yuan, rounded or cut off at the last figure of f, is
// f and tells more than f does.
func roundsTo(exact zh.Decimal, f *zh.Figure) bool {
	_, fraction, _ := strings.Cut(string(f.Number), ".")
	x, y := exact.Rat(), f.Yuan().Rat()
	if x == nil || y == nil || f.Power < len(fraction) {
		return false // told to the yuan
	}
	if f.Approx && math.Abs(exact.Float()/f.Yuan().Float()-1) < 0.01 {
		return x.Cmp(y) != 0 // 近1200万元(1,196.40万元)
	}
	step := zh.Decimal("1").Shift(f.Power - len(fraction)).Rat()
	more := new(big.Rat).Sub(x, y) // what was left out, or added in rounding if below nothing
	return more.Sign() != 0 && more.Cmp(step) < 0 && new(big.Rat).Add(more, more).Cmp(new(big.Rat).Neg(step)) >= 0
}

// readOwnedMark proposes figure i as the mark that a result was told to have:
// 以95分的成绩完成自评.
func (s *script) readOwnedMark(i int, rest string, ctx *context) {
	f := &s.figs[i]
	word, ok := startsWith(rest, "成绩", "得分", "总分", "自评", "分数", "总成绩")
	if !ok || ctx.item || s.bounded(f) || !zh.HasAnySuffix(s.text[:f.Start], []string{"以", "得了", "取得", "获得", "得到", "打出", "给出"}) {
		return
	}
	_, end := s.clauseAround(f.Start)
	if words := s.text[s.sentence(f.Start):end]; !strings.Contains(words, "自评") || zh.ContainsAny(words, otherMarks) {
		return
	}
	at := len(s.text) - len(rest)
	s.propose(candidate{key: "score", rule: "owned", figure: *f, number: f.Number, label: [2]int{at, at + len(word)}, score: 0.78 - s.otherYear(&phrase{}, ctx)})
}
