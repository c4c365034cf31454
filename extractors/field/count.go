package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
)

// readCount proposes figure i as a number of posts or of staff.
//
// Its words name a kind of people (行政, 离退休), or whether they are posts or
// people in post, or both; what the phrase leaves open the sentence has said
// before: 核定编制26人，其中行政5人.
func (s *script) readCount(i int, p phrase, ctx *context) {
	t, f := s.words, &s.figs[i]
	if s.readRealized(i) || s.readPostsBehind(i, ctx) || s.formerly(i) || s.countsBodies(f) || s.ofOtherUnit(f) {
		return
	}
	if s.newly(i) {
		from, _ := endsWith(s.text[:s.figs[i-1].Start], fromWords...)
		p = s.before(s.figs[i-1].Start-len(from), i-1)
	}
	s.clarify(f, &p)
	s.afterBodies(f, &p)
	s.jobs(f, &p)
	s.hired(f, &p)
	if s.postsOfBodies(f, &p) {
		p.features = p.features&^t.subunit | t.institution | t.weak
	}
	behind, behindEnd := s.behind(f)
	if f.Kind == zh.Plain && !p.features.Any(t.modes|t.categories|t.weak) && !s.sumsKinds(i, &p) {
		return
	}
	if p.crossed && behind.Any(t.modes|t.categories) {
		p = phrase{begin: f.Start, stop: '\n'} // the line above is about something else
	}
	set := p.features
	if behind != 0 && f.Kind == zh.Count && !p.features.Any(t.categories) && !behind.Any(t.fill) {
		set |= behind
		if p.end == 0 {
			p.start, p.end = f.End, behindEnd
		}
	}
	if p.unknownAt && !set.Any(t.categories) && p.far.Any(t.kinds) {
		set |= p.far & t.kinds // 行政执法类编制
	}
	if set.Any(t.kinds) && !set.Any(t.modes) && ctx.mode == 0 {
		ctx.mode = s.modeOfRow(f)
	}
	set, weight, ok := s.people(set, &p, ctx)
	if !ok {
		return
	}
	label, ok := s.lex.Label(catalog.Count, set, s.scope)
	if !ok || f.Kind == zh.Count && behind.Any(t.pveto) {
		return
	}
	c := candidate{key: label.Key, rule: label.ID, figure: *f, number: f.Value(), label: [2]int{p.start, p.end},
		loose: s.loose(&p), part: p.inParen || p.features.Any(t.parts), inner: ctx.brackets > 0}
	c.score = label.Weight + weight - 0.03*float64(p.unknown) - s.place(i) - s.otherYear(&p, ctx)/2
	c.score -= s.doubtCount(&c, &p, ctx)
	s.propose(c)
}

// behind returns the features of the words right behind f: 17名行政编制.
func (s *script) behind(f *zh.Figure) (set lexicon.Features, end int) {
	at := f.End
	if strings.HasPrefix(s.text[at:], "的") {
		at += len("的")
	}
	for k := s.lastHit(at) + 1; k < len(s.hits) && s.hits[k].Start <= at; k++ {
		if s.hits[k].Start == at && s.hits[k].Features.Any(s.words.parts) {
			break // 23人其中行政8人
		}
		if s.hits[k].Start == at && set != 0 && isOneOf(s.text[at:s.hits[k].End], []string{"均", "均为", "为", "是", "已", "都"}) {
			break // 20名事业编制均已满编
		}
		if s.hits[k].Start == at {
			set |= s.hits[k].Features
			at = s.hits[k].End
		}
	}
	if a, _ := s.figsIn(at, at+1); a < len(s.figs) && s.figs[a].Start == at {
		return 0, at // the words are the next figure's
	}
	return set, at
}

// people completes the features of a phrase by what the sentence has said.
func (s *script) people(set lexicon.Features, p *phrase, ctx *context) (lexicon.Features, float64, bool) {
	t := s.words
	mode, cat := set&t.modes, set&t.categories
	if mode == t.modes { // 在职人员编制: the word next to the figure rules
		mode = p.mode
		if p.mode == t.modes || set.Any(t.weak) { // 核定教职工事业编制
			mode = t.authorized
		}
	}
	kinds := cat &^ (t.contract | t.retired | t.pother)
	if mode == t.actual && set.Any(t.weak) && p.end > 0 && s.nowPosts(s.lastHit(p.start)+1) {
		mode = t.authorized // 现有行政编制12名
	}
	switch {
	case mode != 0:
		return set&^t.modes&^weakOf(t, cat) | mode, 0, true
	case kinds != 0 && !set.Any(t.weak) && p.end > 0 && s.countedAtYearEnd(p.end):
		return set | t.actual, -0.03, true
	case kinds != 0 && ctx.mode == t.actual && set.Any(t.weak) && p.end > 0 && (s.modeInBrackets(p.start) || s.postsGoOn(kinds, p.start, ctx)):
		return set | t.authorized, -0.02, true
	case kinds != 0 && ctx.mode != 0 && !(ctx.modeFar && set.Any(t.weak)):
		return set | ctx.mode, -0.02, true
	case kinds != 0 && set.Any(t.weak):
		return set | t.authorized, -0.01, true
	case cat != 0:
		return set, 0, true
	case set.Any(t.total) && ctx.mode != 0 && (!ctx.modeFar || p.end > 0 && s.wordsIn(s.sentence(p.start), p.start).Any(t.modes|t.weak)) && p.unknown == 0 && !p.unknownAt:
		if ctx.mode == t.actual && p.end > 0 && s.modeInBrackets(p.start) {
			return set | t.authorized, -0.15, true
		}
		return set | ctx.mode, -0.15, true
	}
	return set, 0, false
}

// weakOf keeps the feature weak for totals: 在职行政编制 is a kind of people, but
// a bare 编制 word of one kind is no total.
func weakOf(t *vocabulary, cat lexicon.Features) lexicon.Features {
	if cat != 0 {
		return t.weak
	}
	return 0
}

// loose reports whether the words of p may count retired or contract staff too.
func (s *script) loose(p *phrase) bool {
	if p.end == 0 {
		return false
	}
	label := s.text[p.start:p.end]
	return !strings.Contains(label, "正式") && !strings.Contains(label, "在职") && !strings.Contains(label, "在岗") && !strings.Contains(label, "在编")
}

// doubtCount returns what speaks against a number of people.
func (s *script) doubtCount(c *candidate, p *phrase, ctx *context) (minus float64) {
	total := strings.HasSuffix(c.key, ".total")
	if c.part && total {
		minus += 0.25
	}
	if c.part && c.key == "headcount.actual.contract" && s.partOfContract(c) {
		minus += 0.2
	}
	if total && s.ofVetoed(c) {
		minus += 0.5
	}
	switch {
	case total && (p.features | p.far).Any(s.words.subunit):
		minus += 0.5
	case ctx.subunit && strings.Contains(s.text[s.sentence(c.figure.Start):c.figure.Start], "个:"):
		minus += 0.6 // 下属单位3个:甲站,编制10名;乙所,编制8名
	case ctx.subunit && total && s.beginsWithSubunit(c.figure.Start):
		minus += 0.5
	case ctx.subunit || p.far.Any(s.words.subunit):
		minus += 0.3
	}
	minus += s.doubtWords(c, p)
	if c.key == "headcount.actual.total" && p.unknown > 0 && p.end > 0 && p.end <= c.figure.Start && !p.crossed && !s.namesStaff(p.end, c.figure.Start) {
		minus += 0.5
	}
	if total && s.scope == lexicon.Project && s.vague(p, c) {
		minus += 0.5
	}
	if ctx.abroad || c.figure.Start < ctx.abroadTo || paidElsewhere(s.text[c.figure.End:]) {
		minus += 0.5
	}
	if p.unknownAt {
		switch {
		case p.orgBefore || p.year != 0:
			minus += 0.03
		case total:
			minus += 0.12
		default:
			minus += 0.06
		}
	}
	if c.figure.Kind == zh.Plain {
		minus += 0.05
	}
	if ctx.modeFar && !p.features.Any(s.words.modes) {
		minus += 0.03
	}
	return minus
}

// partOfContract reports whether c is a part of the hired staff told right before it:
// 招录辅警52人(其中勤务辅警40人).
func (s *script) partOfContract(c *candidate) bool {
	if len(s.cands) == 0 {
		return false
	}
	all := &s.cands[len(s.cands)-1]
	return all.key == c.key && !all.part && s.sameSentence(all, c) && all.number.Float() > c.number.Float()
}

// numberEnds end what is told of a number of people.
var numberEnds = zh.NewRuneSet("。;\n")

// paidElsewhere reports whether the words behind a number of people say that
// somebody else employs them: 另有社区工作者76名，由民政部门统一招聘.
func paidElsewhere(behind string) bool {
	behind = behind[:numberEnds.Next(behind, 0)]
	if zh.HasAnyPrefix(behind, []string{"的额度", "额度", "的名额", "名额", "的指标"}) {
		return true // room for people, not people
	}
	behind = behind[:min(len(behind), 3*maxElsewhere)]
	for _, w := range []string{"不属", "不在我", "不在本", "不由我", "不由本", "不占我", "不占本", "不占用我", "不占用本", "不在机关", "不由机关", "不在单位", "不由单位"} {
		if i := strings.Index(behind, w); i >= 0 && ofSame(behind[:i]) {
			return true
		}
	}
	if reportedElsewhere(behind) || wagesElsewhere(behind) {
		return true
	}
	by := strings.Index(behind, ",由")
	if strings.HasPrefix(behind, "、") { // 公益岗12人、网格员96人由街道管理
		if k := strings.Index(behind, "人由"); k >= 0 && !strings.ContainsAny(behind[:k], ",;") {
			behind = behind[k+len("人"):]
		}
	}
	if strings.HasPrefix(behind, "由") { // 网格员88名由各社区管理
		behind, by = ","+behind, 0
	}
	if by < 0 || strings.ContainsAny(behind[:by], "0123456789") || zh.HasAnyPrefix(behind[by+len(",由"):], []string{"我", "本", "单位"}) {
		return false
	}
	rest := behind[by:]
	for _, w := range []string{"招聘", "聘用", "管理", "派驻", "发薪", "领薪"} {
		if strings.Contains(rest, w) {
			return !strings.Contains(rest, "劳务") // a labour company's people work for the unit
		}
	}
	return false
}

// wagesElsewhere reports whether the words behind a number of people say that others
// pay them: 社区工作者76名由民政局核定员额，工资由各社区专户发放. The treasury pays for
// the unit, and so does a company that lends workers.
func wagesElsewhere(behind string) bool {
	for _, what := range []string{"工资由", "薪酬由", "报酬由", "工资均由", "薪酬均由", "报酬均由"} {
		k := strings.Index(behind, what)
		if k < 0 || !ofSame(behind[:k]) {
			continue
		}
		payer := behind[k+len(what):]
		payer = payer[:strings.IndexAny(payer+",", ",")]
		return zh.ContainsAny(payer, []string{"发放", "支付", "承担", "负担", "发给"}) && !zh.ContainsAny(payer, []string{"我", "本", "单位", "机关", "财政", "国库", "公司", "劳务", "派遣", "自筹", "自行"})
	}
	return false
}

// reportedElsewhere reports whether the words behind a number of people say that
// these are in a report of their own, 由各单位分别填报, and not that others are.
func reportedElsewhere(behind string) bool {
	for _, how := range []string{"分别", "另行", "单独", "自行"} {
		k := strings.Index(behind, how)
		if k < 0 || !zh.HasAnyPrefix(behind[k+len(how):], []string{"填报", "报送", "自评", "编报"}) {
			continue
		}
		return !zh.ContainsAny(behind[:k], []string{"我", "本", "下属", "所属", "局属", "直属", "下辖", "二级", "其他", "其余"})
	}
	return false
}

// ofSame reports whether what stands behind words, which follow a number of
// people, is told of these people too: no other number stands between, or only
// such as are told in one breath, 协管员35人、联防员12人.
func ofSame(words string) bool {
	if strings.HasPrefix(words, "、") {
		words = words[max(0, strings.IndexByte(words, ',')):]
	}
	return !strings.ContainsAny(words, "0123456789")
}

// maxElsewhere is how many characters behind a number are looked at for whose
// people they are.
const maxElsewhere = 24

// rankStaff prefers, where a count of everybody is followed by those in post
// and the retired and they add up to it, those in post.
func (s *script) rankStaff() {
	const key = "headcount.actual.total"
	for i := range s.cands {
		all := &s.cands[i]
		if all.key != key || !all.loose || all.part {
			continue
		}
		for j := range s.cands {
			part := &s.cands[j]
			if part.key != key || part.loose || !s.sameSentence(all, part) {
				continue
			}
			if s.completes(all, part) || s.holdsRetired(all, part) {
				part.score, all.score = all.score, all.score-0.3
			}
		}
	}
}

// rankPairs reads 行政编制20人，实有19人；事业编制35人，实有33人: where each kind of
// posts is followed by those in post, the latter are of that kind.
func (s *script) rankPairs() {
	var pairs [][2]int
	for j := range s.cands {
		b := &s.cands[j]
		if b.key != "headcount.actual.total" || j == 0 {
			continue
		}
		a := &s.cands[j-1]
		if strings.HasPrefix(a.key, "headcount.authorized.") && a.key != "headcount.authorized.total" && b.figure.Start-a.figure.End < 36 && s.sameSentence(a, b) {
			pairs = append(pairs, [2]int{j - 1, j})
		}
	}
	if len(pairs) == 1 && (s.goesOnWithKinds(pairs[0]) || s.policeInPosts(pairs[0])) {
		s.cands[pairs[0][1]].key = "headcount.actual." + strings.TrimPrefix(s.cands[pairs[0][0]].key, "headcount.authorized.")
	}
	if len(pairs) < 2 || !s.sameSentence(&s.cands[pairs[0][0]], &s.cands[pairs[1][0]]) {
		return
	}
	for _, p := range pairs {
		s.cands[p[1]].key = "headcount.actual." + strings.TrimPrefix(s.cands[p[0]].key, "headcount.authorized.")
	}
}

// goesOnWithKinds reports whether the sentence of p, posts of a kind and people
// in post, goes on with another kind: those in post were of the first alone.
func (s *script) goesOnWithKinds(p [2]int) bool {
	posts, people := &s.cands[p[0]], &s.cands[p[1]]
	if people.number.Float() > posts.number.Float() {
		return false
	}
	for i := p[1] + 1; i < len(s.cands); i++ {
		c := &s.cands[i]
		kind := strings.TrimPrefix(strings.TrimPrefix(c.key, "headcount.authorized."), "headcount.actual.")
		if (kind == "admin" || kind == "institution") && !strings.HasSuffix(posts.key, kind) && !c.part && s.sameSentence(people, c) {
			return true
		}
	}
	return false
}

// policeInPosts reports whether p, posts of one kind and people in post, are the
// posts of a police force or a court and the only ones told: 政法专项编制96名,实有民警91名.
func (s *script) policeInPosts(p [2]int) bool {
	posts, people := &s.cands[p[0]], &s.cands[p[1]]
	if posts.key != "headcount.authorized.admin" || people.label[1] > people.figure.Start || !zh.ContainsAny(s.text[people.label[0]:people.figure.Start], []string{"民警", "干警"}) {
		return false
	}
	from := s.sentence(posts.figure.Start)
	for i := range s.cands {
		if c := &s.cands[i]; i != p[0] && strings.HasPrefix(c.key, "headcount.authorized.") && c.figure.Start >= from && c.figure.Start < people.figure.Start {
			return false
		}
	}
	return true
}

// completes reports whether part and the retired or contract staff of the same
// sentence add up to all.
func (s *script) completes(all, part *candidate) bool {
	rest := all.number.Float() - part.number.Float()
	if rest <= 0 {
		return false
	}
	sum := 0.0
	for i := range s.cands {
		c := &s.cands[i]
		if (c.key == "headcount.actual.retired" || c.key == "headcount.actual.contract") && s.sameSentence(all, c) && c.figure.Start > all.figure.Start {
			if sum += c.number.Float(); sum == rest || c.number.Float() == rest {
				return true
			}
		}
	}
	return false
}

// holdsRetired reports whether part is told, behind 其中, beside retired people,
// so that all counts these as well.
func (s *script) holdsRetired(all, part *candidate) bool {
	if !part.part || part.figure.Start < all.figure.Start {
		return false
	}
	for i := range s.cands {
		c := &s.cands[i]
		if c.key == "headcount.actual.retired" && c.figure.Start > part.figure.Start && s.sameSentence(all, c) &&
			!strings.ContainsAny(s.text[part.figure.End:c.figure.Start], ";") && !strings.Contains(s.text[part.figure.End:c.figure.Start], "另") {
			return part.number.Float()+c.number.Float() <= all.number.Float()
		}
	}
	return false
}

// sameSentence reports whether no full stop or line feed parts a and b.
func (s *script) sameSentence(a, b *candidate) bool {
	i, j := a.figure.Start, b.figure.Start
	if i > j {
		i, j = j, i
	}
	return j-i < maxSentence && !strings.ContainsAny(s.text[i:j], "。\n")
}
