package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
)

// readRealized reads figure i in 行政编制34人，实际32人: how many of the posts named
// right before are filled. 实际 alone says nothing about people.
func (s *script) readRealized(i int) bool {
	if i == 0 || len(s.cands) == 0 || s.figs[i].Kind != zh.Count {
		return false
	}
	f, posts := &s.figs[i], &s.cands[len(s.cands)-1]
	kind, ok := strings.CutPrefix(posts.key, "headcount.authorized.")
	if !ok || posts.figure.Start != s.figs[i-1].Start {
		return false
	}
	words := s.text[posts.figure.End:f.Start]
	if !fillsPosts(strings.TrimRight(strings.TrimLeft(words, ",、("), "为有了:")) {
		return false
	}
	c := *posts
	c.key, c.figure, c.number = "headcount.actual."+kind, *f, f.Value()
	c.label, c.score = [2]int{posts.figure.End + len(words) - len(strings.TrimLeft(words, ",、(")), f.Start}, posts.score-0.05
	s.propose(c)
	return true
}

// fillsPosts reports whether words, between posts and a number, say that so many
// of them are filled: 编制41名，现已配备38人.
func fillsPosts(words string) bool {
	for _, when := range []string{"年末", "年底", "目前", "现", "现已", "已"} {
		words = strings.TrimPrefix(words, when)
	}
	switch words {
	case "实际", "配备", "实际配备", "实配":
		return true
	}
	return false
}

// clarify takes what brackets beside f say into its phrase: people who are told
// by their work, 专业技术人员(事业编)166人, are of the kind in the brackets, and
// people taken on, 公开招聘的工作人员17名(合同制), are so under a contract.
func (s *script) clarify(f *zh.Figure, p *phrase) {
	t := s.words
	if strings.HasSuffix(s.text[:f.Start], ")") && p.features.Any(t.pother) && !strings.Contains(s.text[p.begin:f.Start], "参") {
		open := strings.LastIndexByte(s.text[p.begin:f.Start], '(')
		if open >= 0 && s.wordsIn(p.begin+open, f.Start).Any(t.kinds) {
			p.features &^= t.pother
		}
	}
	if !strings.HasPrefix(s.text[f.End:], "(") {
		return
	}
	k := s.lastHit(f.End) + 1
	if k >= len(s.hits) || s.hits[k].Start != f.End+1 || !s.hits[k].Features.Any(t.contract) || !strings.HasPrefix(s.text[s.hits[k].End:], ")") {
		return
	}
	if p.features.Any(t.pveto) && (!strings.Contains(s.text[p.begin:f.Start], "招聘") || zh.ContainsAny(s.text[p.begin:f.Start], []string{"新", "增", "拟", "计划", "年"})) {
		return
	}
	p.features = t.contract
	if p.end == 0 || s.text[p.start:p.end] == "招聘" {
		p.start, p.end = s.hits[k].Start, s.hits[k].End
	}
}

// jobs takes into phrase p, before number f, the contract at the start of the clause
// under which the people of several jobs work: 劳务派遣的讲解、安保人员12名.
func (s *script) jobs(f *zh.Figure, p *phrase) {
	t := s.words
	if f.Kind != zh.Count || p.features.Any(t.modes|t.weak|t.kinds|t.contract|t.retired|t.pveto) {
		return
	}
	const longest = 90 // bytes
	from := max(s.sentence(f.Start), f.Start-longest)
	clause := s.text[from:f.Start]
	from += strings.LastIndexAny(clause, ",;:()\n|") + 1
	if clause = s.text[from:f.Start]; strings.ContainsAny(clause, "0123456789") {
		return
	}
	hits := s.hitsIn(from, f.Start)
	for k := range hits {
		switch h := &hits[k]; {
		case h.Features.Any(t.pveto | t.subunit | t.retired | t.weak | t.authorized):
			return
		case h.Features.Any(t.contract) && listsJobs(s.text[h.End:f.Start]):
			p.features = t.contract
			p.start, p.end = h.Start, h.End
			return
		case h.Features.Any(t.actual | t.kinds):
			return
		}
	}
}

// listsJobs reports whether s, behind a kind of contract, is several jobs done under
// it: 的讲解、安保人员. Advice that is bought is none, nor what such people are given.
func listsJobs(s string) bool {
	return zh.Shorter(s, 20) && zh.ContainsAny(s, []string{"、", "及", "和"}) &&
		!zh.ContainsAny(s, []string{"律师", "会计师", "顾问", "讲师", "教授", "导师", "发放", "缴纳", "办理", "组织", "检查", "参加", "补贴", "补助", "等级"})
}

// countedAtYearEnd reports whether the sentence up to byte i last said 年末, and
// not of posts: people counted then are in post.
func (s *script) countedAtYearEnd(i int) bool {
	from := s.sentence(i)
	for k := s.lastHit(i); k >= 0 && s.hits[k].Start >= from; k-- {
		h := &s.hits[k]
		if h.Features.Any(s.words.modes | s.words.weak) {
			return false
		}
		switch s.text[h.Start:h.End] {
		case "年末", "年底", "期末":
			return true
		}
	}
	return false
}

// vague reports whether the label of c, such as 教职工, only says that there are
// people somewhere: a report about a project describes with them the place
// where it is.
func (s *script) vague(p *phrase, c *candidate) bool {
	if p.end == 0 {
		return false
	}
	words := s.text[p.begin:c.figure.Start]
	if words = strings.TrimRight(words, ":为有共"); zh.HasAnySuffix(words, []string{"在册", "实有", "现有", "在册数", "实有数"}) {
		return true // who is on the list the text has said before: pupils, the insured
	}
	return zh.ContainsAny(words, []string{"职工", "员工", "教师"}) && !zh.ContainsAny(words, []string{"在职", "实有", "现有", "在岗", "在编", "在册", "年末", "期末", "到岗", "正式"})
}

// modeInBrackets reports whether the sentence before byte i spoke of people in
// post only within brackets that are closed again: 行政编制35名(实有33名),事业编制….
func (s *script) modeInBrackets(i int) bool {
	from := s.sentence(i)
	k, depth := s.lastHit(i), 0
	for at := i; at > from; at-- {
		switch s.text[at-1] {
		case ')':
			depth++
		case '(':
			depth = max(0, depth-1)
		}
		for k >= 0 && s.hits[k].Start >= at {
			k--
		}
		if k >= 0 && s.hits[k].Start == at-1 && s.hits[k].Features.Any(s.words.actual) && !s.hits[k].Features.Any(s.words.weak) && depth == 0 && !s.nowPosts(k) {
			return false
		}
	}
	return true
}

// nowPosts reports whether hit k is 现有 right before posts: 现有行政编制12名 are
// posts, not people. So are 实有行政编制12名 if those in post are told behind them.
func (s *script) nowPosts(k int) bool {
	if k < 0 || k+1 >= len(s.hits) || s.hits[k+1].Start != s.hits[k].End || !s.hits[k+1].Features.Any(s.words.weak) {
		return false
	}
	switch s.text[s.hits[k].Start:s.hits[k].End] {
	case "现有":
		return true
	case "实有", "年末实有", "现实有":
		return s.staffBehind(s.hits[k+1].End)
	}
	return false
}

// staffBehind reports whether the line goes on, behind byte i, with people in post
// under words that no posts have: 在职, 在岗.
func (s *script) staffBehind(i int) bool {
	end := min(s.from[s.passage(i)+1], i+maxSentence)
	for k := s.lastHit(i) + 1; k < len(s.hits) && s.hits[k].Start < end; k++ {
		h := &s.hits[k]
		if h.Features.Any(s.words.actual) && !h.Features.Any(s.words.weak|s.words.authorized) && zh.ContainsAny(s.text[h.Start:h.End], []string{"在职", "在岗", "在编", "在册", "到岗"}) {
			return true
		}
	}
	return false
}

// postsGoOn reports whether posts of kinds, named at byte i behind people in post,
// go on a row of posts each followed by who fills them: the sentence has told
// posts of another kind, none of this, and no parts of a sum.
func (s *script) postsGoOn(kinds lexicon.Features, i int, ctx *context) bool {
	if ctx.parts || ctx.brackets > 0 {
		return false
	}
	from, others := s.sentence(i), false
	for k := len(s.cands) - 1; k >= 0 && s.cands[k].figure.Start >= from; k-- {
		c := &s.cands[k]
		if !strings.HasPrefix(c.key, "headcount.authorized.") || strings.HasSuffix(c.key, ".total") {
			continue
		}
		if s.wordsIn(c.label[0], c.label[1]).Any(kinds) {
			return false
		}
		others = true
	}
	return others
}

// doubtWords returns what the words right before a number of people take off.
func (s *script) doubtWords(c *candidate, p *phrase) (minus float64) {
	words := s.text[p.begin:c.figure.Start]
	if strings.Contains(words, "分别") { // the first of several, each of which counts something else
		minus += 0.5
	}
	if c.label[0] < c.label[1] && s.text[c.label[0]:c.label[1]] == "工人" && p.unknownAt { // 施工单位投入工人60人
		minus += 0.5
	}
	if strings.HasSuffix(c.key, ".retired") && s.amongMoves(c.figure.Start) && !zh.HasAnySuffix(s.text[:c.figure.Start], []string{"增至", "达", "达到", "增加到", "增加至", "共", "累计", "现有"}) {
		minus += 0.5
	}
	if strings.HasSuffix(c.key, ".contract") && zh.ContainsAny(words, []string{"控制数", "额度", "限额", "指标数"}) {
		minus += 0.5
	}
	if zh.ContainsAny(s.text[max(0, p.begin-9):c.figure.Start], []string{"年初", "期初"}) {
		minus += 0.2
	}
	return minus
}

// amongMoves reports whether the sentence tells before byte i who came and who went in
// the year: 比年初增加3人，其中调入4人、退休1人.
func (s *script) amongMoves(i int) bool {
	words := s.text[s.sentence(i):i]
	if k := strings.LastIndexByte(words, ';'); k >= 0 {
		words = words[k:]
	}
	for _, w := range []string{"调入", "调出", "调离", "新录", "录用", "招录", "新进", "辞职", "转入", "转出", "考入", "去世", "死亡"} {
		if k := strings.Index(words, w); k >= 0 && !strings.HasPrefix(words[k+len(w):], "的") { // 招录的书记员7人 are who they are
			return true
		}
	}
	return false
}

// countsBodies reports whether f counts what ends like 单位 or 村, not people:
// 事业单位6个, 行政村56个.
func (s *script) countsBodies(f *zh.Figure) bool {
	if f.Kind != zh.Count || !zh.HasAnySuffix(s.text[:f.Start], []string{"单位", "村", "机构", "部门", "科室", "学校", "机构数", "单位数", "部门数"}) {
		return false
	}
	unit := s.text[f.NumEnd:f.End]
	return strings.HasPrefix(unit, "个") || strings.HasPrefix(unit, "家") || strings.HasPrefix(unit, "所")
}

// changes are the words between a former and a new number: 由35名调整为33名.
var changes = []string{"调整为", "调整到", "调整至", "变更为", "增加到", "增加至", "增至", "减少到", "减少至", "减少为", "增加为", "调减为", "调增为", "减至", "核减为", "核增为", "核减至", "变为"}

// formerly reports whether figure i is a number that has changed since.
func (s *script) formerly(i int) bool { return i+1 < len(s.figs) && s.newly(i+1) }

// newly reports whether figure i is what the figure before it was changed to.
func (s *script) newly(i int) bool {
	if i == 0 || s.figs[i].Kind != zh.Count {
		return false
	}
	a, b := &s.figs[i-1], &s.figs[i]
	return b.Start-a.End < 24 && zh.HasAnySuffix(strings.TrimSuffix(strings.TrimSuffix(s.text[a.End:b.Start], "年末的"), "年底的"), changes) && zh.HasAnySuffix(s.text[:a.Start], fromWords)
}

// ofVetoed reports whether c is, behind 其中, a part of people that are not the
// unit's staff as it stands, 招聘教师30人，其中在编教师20人, or fills the posts of
// units under this one: 下属事业单位编制86人，实有79人.
func (s *script) ofVetoed(c *candidate) bool {
	i, _ := s.figsIn(c.figure.Start, c.figure.Start+1)
	if i == 0 || s.figs[i-1].Kind != zh.Count || s.passage(s.figs[i-1].Start) != s.passage(c.figure.Start) {
		return false
	}
	all := &s.figs[i-1]
	between := s.text[all.End:c.figure.Start]
	if strings.ContainsAny(between, ";\n") || strings.Contains(between, "。") {
		return false
	}
	q := s.before(all.Start, i-1)
	if q.features.Has(s.words.subunit | s.words.authorized) {
		return strings.HasPrefix(c.key, "headcount.actual.")
	}
	return strings.Contains(between, "其中") && q.features.Any(s.words.pveto)
}

// beginsWithSubunit reports whether the clause of byte i, from the last
// semicolon on, begins with units under this one: 下属单位3个，编制88人.
func (s *script) beginsWithSubunit(i int) bool {
	from := s.sentence(i)
	if k := strings.LastIndexByte(s.text[from:i], ';'); k >= 0 {
		from += k
	}
	h := s.hitsIn(from, i)
	return len(h) > 0 && h[0].Features.Any(s.words.subunit) && h[0].Start-from <= 3*len("所")
}

// dutyUpTo returns where the clause ends in which text[i:j], a word for a whole
// town or county, only says what the unit does for it, 主管全市水利工作; 0 if the
// clause, and what follows, may tell of people all over it.
func (s *script) dutyUpTo(i, j int) int {
	const reach = 150 // bytes
	from := max(s.sentence(i), i-reach)
	if k := strings.LastIndexAny(s.text[from:i], ",;:"); k >= 0 {
		from += k + 1
	}
	rest := s.text[j:min(len(s.text), j+reach)]
	n := strings.IndexAny(rest, ",;\n")
	if n < 0 {
		return 0
	}
	clause := rest[:n]
	if strings.Contains(clause, "。") {
		return 0
	}
	if zh.ContainsAny(s.text[from:i], dutyVerbs) || !strings.ContainsAny(clause, "0123456789") && zh.HasAnySuffix(clause, dutyEnds) {
		return j + n
	}
	return 0
}

// Words that say what a unit does: before the town or county it does it for, and
// at the end of the clause.
var (
	dutyVerbs = []string{"负责", "主管", "承担", "管理", "服务", "指导", "组织", "监管", "监督", "统筹", "协调", "履行", "保障", "分管", "牵头", "职责", "职能"}
	dutyEnds  = []string{"工作", "事业", "事务", "职能", "职责", "任务", "管理", "监管", "部门", "单位", "机构", "建设", "保障", "服务"}
)
