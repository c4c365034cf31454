package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
)

// What stands beside a number of people and decides what it counts: posts in brackets
// behind them, who took them on, the bodies before them, others in the same row.

// postsWords stand, in brackets right behind people in post, before how many posts
// there are for them: 工勤10名(编制11名).
var postsWords = []string{"编制", "编制数", "编制为", "编制数为", "核定", "核定编制", "核定编制数", "定编", "核编", "核定为", "批准编制", "应有编制", "编制共"}

// readPostsBehind reads figure i as the posts for the people told right before the
// bracket that it stands in.
func (s *script) readPostsBehind(i int, ctx *context) bool {
	if i == 0 || s.figs[i].Kind != zh.Count || s.figs[i-1].Kind != zh.Count {
		return false
	}
	people, f := &s.figs[i-1], &s.figs[i]
	words, ok := strings.CutPrefix(s.text[people.End:f.Start], "(")
	if !ok || !isOneOf(words, postsWords) {
		return false
	}
	if k := len(s.cands) - 1; k >= 0 && s.cands[k].figure.Start == people.Start {
		c := s.cands[k]
		kind, ok := strings.CutPrefix(c.key, "headcount.actual.")
		if !ok || kind == "contract" || kind == "retired" {
			return false
		}
		c.key, c.figure, c.number = "headcount.authorized."+kind, *f, f.Value()
		c.label, c.score, c.part, c.inner = [2]int{people.End + len("("), f.Start}, c.score-0.03, false, false
		ctx.mode = s.words.actual // the sentence goes on with people
		s.propose(c)
		return true
	}
	return s.before(people.Start, i-1).features.Any(s.words.categories) // posts of those that no key asks for
}

// hiredWords say, before 的, how the people came to work for the unit.
var hiredWords = []string{"招录的", "招聘的", "招考的", "选聘的", "聘用的", "录用的", "招收的", "招用的", "选派的"}

// hired takes out of phrase p, before number f, who took the people on, and leaves what
// they are: 省院统一招录的聘用制书记员7人. Those taken on this year are none of it.
func (s *script) hired(f *zh.Figure, p *phrase) {
	t := s.words
	if f.Kind != zh.Count || !p.features.Any(t.contract) || !p.features.Any(t.pveto) {
		return
	}
	from := s.clauseFrom(f.Start)
	clause := s.text[from:f.Start]
	for _, w := range hiredWords {
		k := strings.Index(clause, w)
		if k < 0 || zh.ContainsAny(clause[:k], []string{"新", "拟", "计划", "今年", "本年", "全年", "当年", "年内"}) {
			continue
		}
		hits := s.hitsIn(from+k, f.Start)
		for len(hits) > 0 && !hits[0].Features.Any(t.contract) {
			hits = hits[1:]
		}
		if set := featuresOf(hits); set.Any(t.contract) && !set.Any(t.pveto) && s.text[hits[len(hits)-1].End:f.Start] == "" {
			p.features, p.unknown, p.unknownAt = set, 0, false
			p.start, p.end = hits[0].Start, f.Start
		}
		return
	}
}

// rankPolice takes people of a police force, told beside those of other kinds and in no
// sum, 实有民警96名,事业人员8名, as those in the posts of the force.
func (s *script) rankPolice() {
	for _, k := range s.byKey["headcount.actual.total"] {
		c := &s.cands[k]
		if c.part || c.label[1] > c.figure.Start || !zh.ContainsAny(s.text[c.label[0]:c.figure.Start], []string{"民警", "干警"}) || !s.besideKinds(k) {
			continue
		}
		c.key = "headcount.actual.admin"
	}
}

// besideKinds reports whether candidate k is followed, in the same breath, by people in
// post of another kind, and by none of the force's own.
func (s *script) besideKinds(k int) bool {
	c, beside := &s.cands[k], false
	for j := k + 1; j < len(s.cands) && s.sameSentence(c, &s.cands[j]); j++ {
		o := &s.cands[j]
		between := s.text[c.figure.End:o.figure.Start]
		if strings.ContainsAny(between, ";") {
			break
		}
		switch {
		case o.key == "headcount.actual.admin", strings.Contains(between, "其中"), strings.Contains(between, ":"), o.part && o.key == "headcount.actual.institution":
			return false
		case o.key == "headcount.actual.institution" && !o.part, o.key == "headcount.actual.logistics" && !o.part && !strings.Contains(between, "内含"):
			beside = true
		}
	}
	return beside
}

func featuresOf(hits []lexicon.Hit) (set lexicon.Features) {
	for _, h := range hits {
		set |= h.Features
	}
	return set
}

// modeOfRow says whether the row of the cell that f stands in, among others, is about posts
// or about people in post: 编制数 | 386 | 其中:行政31、事业343.
func (s *script) modeOfRow(f *zh.Figure) lexicon.Features {
	p := s.passage(f.Start)
	of := &s.r.Doc.Passages[p]
	if of.Table < 0 {
		return 0
	}
	cells := s.r.Doc.Tables[of.Table].Cells
	for q, k := p-1, of.Cell-1; k >= 0 && q >= 0 && cells[k].Row == cells[of.Cell].Row; q, k = q-1, k-1 {
		set := s.cellFeatures(q)
		if m := set & s.words.modes; m == s.words.authorized || m == s.words.actual {
			return m
		}
		if set.Any(s.words.contract | s.words.retired | s.words.budget | s.words.spend) {
			return 0
		}
	}
	return 0
}

// afterBodies takes out of phrase p, before number f, the bodies whose number it follows:
// 局机关及2个事业单位共核定编制86名 are no posts of a kind.
func (s *script) afterBodies(f *zh.Figure, p *phrase) {
	const bodies = "事业单位"
	if !p.features.Any(s.words.institution) {
		return
	}
	k := strings.LastIndex(s.text[p.begin:f.Start], bodies)
	if k < 0 || !zh.HasAnySuffix(s.text[:p.begin+k], []string{"个", "家", "所"}) {
		return
	}
	from := p.begin + k + len(bodies)
	hits := s.hitsIn(from, f.Start)
	p.features, p.begin = featuresOf(hits), from
	if p.mode = p.features & s.words.modes; len(hits) > 0 {
		p.start = max(p.start, from)
	}
}

// staffEnds end what people who work for a unit are called, othersEnds what others are.
var (
	staffEnds  = []string{"警", "师", "工", "员", "干部", "官", "同志", "医生", "护士", "医护", "编", "岗", "人才", "力量", "队伍", "人手", "总数", "总计", "合计", "总量", "人数", "数", "情况", "末", "底", "日", "月"}
	othersEnds = []string{"学员", "会员", "网格员", "党员", "团员", "社员", "成员", "人大代表", "志愿者"}
)

// namesStaff reports whether text[i:j], unknown words between people in post and their
// number, can be what these are called: 现有干警27人, not 现有寄宿老人86人.
func (s *script) namesStaff(i, j int) bool {
	name := strings.TrimRight(s.text[i:j], ":()共有为是约计的")
	return name == "" || zh.HasAnySuffix(name, staffEnds) && !zh.HasAnySuffix(name, othersEnds)
}
