package field

import (
	"strings"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/internal/zh"
)

// ahead begin the sentences in which a report turns from a problem to what it
// will do about it.
var ahead = []string{"下一步", "今后", "下步", "接下来", "针对以上", "针对上述", "针对存在的", "针对该问题", "针对这一", "改进措施", "整改措施"}

// The words of a sentence that turns ahead, in the order in which they stand:
// 对此,我局明年拟….
var (
	aheadLeads    = zh.NewWords("为此", "对此", "鉴于此", "有鉴于此", "基于此", "据此", "因此")
	aheadTimes    = zh.NewWords("明年", "次年", "来年", "下年", "下年度", "下一年", "下一年度", "新的一年", "下半年", "下阶段", "下一阶段", "后续", "下一步", "今后")
	aheadSubjects = zh.NewWords("我局", "我单位", "我中心", "我院", "我校", "我办", "我馆", "我站", "我镇", "我乡", "我县", "我市", "我区", "我委", "我所", "我处", "我部", "我会", "我队", "我社",
		"本局", "本单位", "本部门", "本中心", "本院", "本校", "我们", "我部门", "我厅", "各单位", "县局", "区局", "市局", "街道", "项目单位")
	aheadModals = zh.NewWords("将", "将要", "拟", "要", "计划", "准备", "打算", "争取", "必须", "应", "应当", "会", "考虑", "需", "需要")
)

// looksAhead reports whether the sentence s of a report on year tells of what
// will be done.
func looksAhead(s string, year int) bool {
	if zh.HasAnyPrefix(s, ahead) {
		return true
	}
	rest, led := cutLead(s)
	rest, timed := cutWord(rest, aheadTimes)
	if at, n := yearExpression(rest, 0); !timed && n > 0 && at == 0 {
		if yearIn(rest[:n]) <= year {
			return false
		}
		rest, timed = strings.TrimPrefix(rest[n:], ","), true
	}
	rest, sure := cutWord(rest, aheadSubjects)
	return (led || timed || sure) && intends(rest)
}

// cutLead cuts what leads from a problem to its remedy off s: 对此, or a clause
// such as 为改变这一状况.
func cutLead(s string) (string, bool) {
	if rest, ok := cutWord(s, aheadLeads); ok {
		return rest, true
	}
	const longest = 60 // bytes
	i := strings.IndexByte(s, ',')
	if i < 0 || i > longest || !zh.HasAnyPrefix(s, []string{"为", "针对", "对于"}) || !zh.HasAnySuffix(s[:i], []string{"问题", "状况", "局面", "现象", "情况", "不足", "困难"}) {
		return s, false
	}
	return s[i+1:], true
}

// cutWord cuts the one of words that s begins with off, and a comma behind it.
func cutWord(s string, words *zh.Words) (string, bool) {
	w := words.Before(s)
	return strings.TrimPrefix(s[len(w):], ","), len(w) > 0
}

// lookingAhead takes the sentences about the future out of regions of problems
// and makes regions of measures of them, where a heading announces both or the
// report has no other place for measures.
func (r *Reading) lookingAhead(list []region) []region {
	apart := false
	for _, g := range list {
		apart = apart || g.key == measures
	}
	var out []region
	for _, g := range list {
		if g.key != problems || apart && !r.announcesBoth(g) {
			out = append(out, g)
			continue
		}
		out = append(out, r.partAhead(g)...)
	}
	return out
}

// announcesBoth reports whether the words above g speak of measures as well.
func (r *Reading) announcesBoth(g region) bool {
	if g.label.Len() == 0 {
		return false
	}
	x, ok := r.pieceOf(g.label.Start, g.label.End)
	return ok && section.BothRoles(r.words(x))
}

// partAhead parts g at the sentences that look ahead, up to the end of
// their paragraph.
func (r *Reading) partAhead(g region) []region {
	stay := g
	stay.pieces = nil
	year, both := r.number("year"), r.announcesBoth(g)
	var out []region
	for k, x := range g.pieces {
		if n := len(out); n > 0 && k > 0 && x.from == 0 && endsAt(out[n-1].pieces, g.pieces[k-1]) && r.tornAfter(x.p-1) == x.p {
			out[n-1].pieces = append(out[n-1].pieces, x) // the line before was wrapped
			continue
		}
		if i, n := arrow(r.words(x)); n > 0 {
			stay.pieces = append(stay.pieces, piece{x.p, x.from, x.from + i})
			out = append(out, region{key: measures, rule: "arrow.measures", pieces: []piece{{x.p, x.from + i + n, x.to}}})
			continue
		}
		for _, y := range aheadParts(r.words(x), year, both) {
			part := piece{x.p, x.from + y.from, x.from + y.to}
			if !y.ahead {
				stay.pieces = append(stay.pieces, part)
				continue
			}
			out = append(out, region{key: measures, rule: "ahead.measures", pieces: []piece{part}})
		}
	}
	return append([]region{stay}, out...)
}

// endsAt reports whether the last of pieces reaches to the end of x.
func endsAt(pieces []piece, x piece) bool {
	last := pieces[len(pieces)-1]
	return last.p == x.p && last.to == x.to
}

// arrow finds the only arrow in t, which points from a problem to its remedy.
func arrow(t string) (at, n int) {
	const least = 12 // bytes on either side
	for _, w := range []string{"→", "⇒", "➔", "->", "=>"} {
		if i := strings.Index(t, w); i >= least && len(t)-i-len(w) >= least && strings.Count(t, w) == 1 {
			return i, len(w)
		}
	}
	return 0, 0
}

// A tense is a stretch of a paragraph; ahead if it tells of what will be done.
type tense struct {
	extent
	ahead bool
}

// aheadParts parts the paragraph t of a report on year: each of its items, or all
// of it if it has no two, at the first words that look ahead.
func aheadParts(t string, year int, both bool) []tense {
	var out []tense
	add := func(from, to int, ahead bool) {
		if from < to {
			out = append(out, tense{extent{from, to}, ahead})
		}
	}
	for _, x := range itemsOf(t) {
		at := firstAhead(t[x.from:x.to], year, both)
		if at < 0 {
			add(x.from, x.to, false)
			continue
		}
		at += x.from
		add(x.from, at, false)
		if x.to == len(t) || restarts(t[at:]) {
			add(at, len(t), true)
			break
		}
		add(at, x.to, true)
	}
	return out
}

// itemsOf parts t at the markers of the list on its outermost level; t as a whole
// if there is none.
func itemsOf(t string) []extent {
	var out []extent
	from := 0
	ms := marks(t)
	if list := outerList(ms); len(list) > 1 {
		for _, k := range list {
			if at := ms[k].at; at > from {
				out = append(out, extent{from, at})
				from = at
			}
		}
	} else if strings.Count(t, ",建议") > 1 { // each clause has a problem and a remedy
		for i := range len(t) {
			if t[i] == ';' && i+1 < len(t) {
				out = append(out, extent{from, i + 1})
				from = i + 1
			}
		}
	}
	return append(out, extent{from, len(t)})
}

// restarts reports whether a list begins in t, which looks ahead, so that all of it
// does: 对此,我局将做好两项工作:一是…;二是….
func restarts(t string) bool {
	for _, m := range marks(t) {
		if m.Num == 1 {
			return true
		}
	}
	return false
}

// firstAhead returns where in t, of a report on year, the first sentence, or the
// first clause led by such a word, looks ahead; -1 if there is none. Where both
// problems and measures are announced, a sentence of advice does so, too.
func firstAhead(t string, year int, both bool) int {
	for _, x := range clauses(t) {
		s := t[x.from:x.to]
		if marker := passage.LeadingMarker(s).Len; looksAhead(s, year) || marker > 0 && turnsAhead(s[marker:]) {
			return x.from
		}
		if both && x.from > 0 && strings.HasPrefix(s, "建议") {
			return x.from
		}
		if at := turn(s); at > 0 {
			return x.from + at
		}
	}
	return -1
}

// turn returns where in the sentence s a clause begins that turns from a problem
// to what will be done: …未能完成,下一步,我县将…; 0 if there is none.
func turn(s string) int {
	const least = 12 // bytes of the problem
	for i := least; i < len(s); i++ {
		if s[i] != ',' && s[i] != ';' {
			continue
		}
		if rest := s[i+1:]; turnsAhead(rest) || s[i] == ';' && zh.HasAnyPrefix(rest, []string{"下一步", "下步"}) || strings.HasPrefix(rest, "建议") && len(rest) >= least {
			return i + 1
		}
	}
	return 0
}

// turnsAhead reports whether s begins with the time to come, set apart by a comma
// or going on with who will do what.
func turnsAhead(s string) bool {
	w := turns.Before(s)
	if w == "" {
		return false
	}
	rest, comma := strings.CutPrefix(s[len(w):], ",")
	rest, sure := cutWord(rest, aheadSubjects)
	return comma || sure || intends(rest) || zh.HasAnyPrefix(rest, deeds)
}

// intends reports whether s begins with 将 or its kin and what somebody means to
// do, not what will happen to him: 将影响验收.
func intends(s string) bool {
	w := aheadModals.Before(s)
	return w != "" && !zh.HasAnyPrefix(s[len(w):], []string{"影响", "导致", "造成", "面临", "难以", "无法", "带来", "使", "受到", "出现", "存在"})
}

// deeds begin what somebody will do.
var deeds = []string{"加强", "完善", "加快", "强化", "优化", "细化", "健全", "规范", "落实", "做好", "继续", "建立", "推进", "严格", "深化", "抓好", "提升", "提高", "进一步", "加大", "积极", "督促", "协调"}

// turns are the words for the time to come that can begin such a clause.
var turns = zh.NewWords("下一步", "下步", "下阶段", "下一阶段", "接下来", "今后", "后续", "明年", "下年度", "下一年度", "下一步工作中", "下一步工作", "今后工作中", "今后的工作中")

// clauses parts t at its full stops.
func clauses(t string) []extent {
	var out []extent
	from := 0
	for i, r := range t {
		if r == '。' {
			out = append(out, extent{from, i})
			from = i + len("。")
		}
	}
	if from < len(t) {
		out = append(out, extent{from, len(t)})
	}
	return out
}
