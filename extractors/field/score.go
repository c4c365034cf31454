package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/extractors/section"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
)

// readScore proposes figure i as the overall mark or its full mark.
func (s *script) readScore(i int, p phrase, ctx *context) {
	t, f := s.words, &s.figs[i]
	if i > 0 {
		s.noteSubscore(ctx, i)
	}
	if f.Kind == zh.Points {
		s.readOwned(i, ctx)
	}
	if s.scoreTurned(i, ctx) {
		return
	}
	if p.end == 0 && p.inParen && p.unknown == 0 && !s.bounded(f) {
		s.scoreInBrackets(i, &p, ctx)
	}
	if f.Kind == zh.Points && !ctx.item {
		s.scoreAsSum(i, ctx)
		s.scoreAsResult(i, ctx)
		s.scoreAsAnswer(i, ctx)
		s.scoreConverted(i, ctx)
		s.scoreAsEquation(i, ctx)
	}
	if p.end == 0 || ctx.item || s.bounded(f) || f.Bad && f.Kind == zh.Plain || s.oneOfSeveral(i, &p) {
		return
	}
	if p.features.Any(t.full) && p.features.Any(t.score) && p.mode == 0 {
		p.features = s.nearest(p, i)
	}
	if p.features.Any(t.sub) && s.valueOfGrade(i, &p) {
		p.features = p.features&^t.sub | t.self // 等级为优,分值为96分
	}
	label, ok := s.lex.Label(catalog.Points, p.features|p.far&(t.last|t.target), s.scope)
	if !ok {
		return
	}
	c := candidate{key: label.Key, rule: label.ID, figure: *f, number: f.Number, label: [2]int{p.start, p.end}}
	c.score = label.Weight - 0.03*float64(p.unknown) - s.markOfOtherYear(&p, ctx)
	if c.rule == "score-sum" && f.Number == "100" {
		return // the weights add up
	}
	if c.key == "score" {
		if c.rule == "score-sum" && s.isResult(i) {
			c.score = 0.86
		}
		c.score -= s.doubtScore(i, &c, &p, ctx)
		s.fullBehind(&c, i)
	}
	s.propose(c)
}

// scoreInBrackets proposes a mark that follows its grade: 自评等级:优(95分).
func (s *script) scoreInBrackets(i int, p *phrase, ctx *context) {
	at := p.begin - 1
	if at < 0 || s.text[at] != '(' || s.figs[i].Kind != zh.Points {
		return
	}
	q := s.before(at, i)
	if q.unknown == 0 || q.unknown > 2 || !q.features.Any(s.words.grade|s.words.self) {
		return
	}
	f := &s.figs[i]
	s.propose(candidate{key: "score", rule: "score-brackets", figure: *f, number: f.Number, label: [2]int{q.start, q.end}, score: 0.76 - s.otherYear(&q, ctx)})
}

// nearest returns the features of the word next to the figure where a phrase
// speaks of both mark and full mark.
func (s *script) nearest(p phrase, i int) lexicon.Features {
	k := s.lastHit(s.figs[i].Start)
	for ; k >= 0 && s.hits[k].Start >= p.begin; k-- {
		if x := s.hits[k].Features; x.Any(s.words.full | s.words.score | s.words.sub) {
			return x
		}
	}
	return p.features
}

// noteSubscore remembers that the passage has spoken of a part of the marks:
// (50分), 满分21分.
func (s *script) noteSubscore(ctx *context, i int) {
	prev := &s.figs[i-1]
	if prev.Kind != zh.Points || s.passage(prev.Start) != ctx.passage || prev.Number.Float() >= 100 {
		return
	}
	r, _ := s.lastRune(prev.Start)
	if q := s.before(prev.Start, i-1); r == '(' || q.features.Any(s.words.full|s.words.sub) {
		ctx.subscore = prev.Number
	}
}

// markOfOtherYear returns what speaks against a mark because of the year it is of;
// 今年自评得92分 is of the year reported, whatever year was told before it.
func (s *script) markOfOtherYear(p *phrase, ctx *context) float64 {
	clause := s.text[s.sentence(p.begin):max(p.begin, p.end)]
	clause = clause[strings.LastIndexAny(clause, ",;:。\n")+1:]
	if p.year == 0 && zh.ContainsAny(clause, []string{"今年", "本年", "本次", "此次"}) {
		return 0
	}
	return s.otherYear(p, ctx)
}

// isResult reports whether figure i, called a sum, is the result of the evaluation:
// it says what it is out of, its grade follows, or it adds up the marks before it.
func (s *script) isResult(i int) bool {
	f := &s.figs[i]
	if s.outOfHundred(i) || s.wholeValue(i) && s.sumsMarks(i) { // 合计 96.1/100
		return true
	}
	end := s.pastFullMark(f.End)
	if end > f.End {
		return true // 合计92.1分(满分为100分)
	}
	_, graded := s.gradeAfter(end, [2]int{}, 1)
	return graded && s.wholeValue(i)
}

// outOfHundred reports whether figure i is followed by a hundred it is out of.
func (s *script) outOfHundred(i int) bool {
	if i+1 >= len(s.figs) || s.figs[i+1].Number != "100" {
		return false
	}
	between := s.text[s.figs[i].NumEnd:s.figs[i+1].Start]
	return strings.TrimPrefix(between, "分") == "/"
}

// otherMarks are what other marks than that of the evaluation are of.
var otherMarks = []string{"满意度", "满意率", "安全感", "知晓率", "测评", "营商环境", "党建", "平安建设", "文明创建", "文明城市", "审计", "信用", "内控", "内部控制", "质量考核", "工作考核", "综合考核", "年度考核", "目标考核", "月评", "月考核", "日常考核", "竞赛", "考试", "体检"}

// ofOther reports whether the words before phrase p say that its mark is of
// something else: 群众安全感满意度综合得分, not 产出和满意度四个方面综合得分.
func (s *script) ofOther(p *phrase) bool {
	const most = 45 // bytes between such a word and the figure
	clause := s.text[s.sentence(p.begin):max(p.begin, p.end)]
	clause = clause[strings.LastIndexAny(clause, ",;:。\n")+1:]
	if zh.ContainsAny(clause, []string{"自评", "绩效", "整体"}) {
		return false
	}
	for _, w := range otherMarks {
		if k := strings.LastIndex(clause, w); k >= 0 {
			rest := clause[k+len(w):]
			return len(rest) <= most && !zh.ContainsAny(rest, []string{"等", "方面", "指标", "维度", "部分", "类", "项"})
		}
	}
	return false
}

// ofNamedProject reports whether the sentence before byte at reports on one project
// by its name: 社区运转经费项目绩效自评综述:…自评得分为96.2分, 对某项目开展部门评价,评价得分….
func (s *script) ofNamedProject(at int) bool {
	sentence := s.text[s.sentence(at):at]
	if evaluatesProject(sentence) {
		return true
	}
	k := strings.Index(sentence, "综述:")
	if k < 0 {
		return false
	}
	return strings.Contains(sentence[:k], "项目") && !zh.ContainsAny(sentence[:k], []string{"整体", "各项目", "所有项目"})
}

// evaluatesProject reports whether sentence says that a single project is evaluated.
func evaluatesProject(sentence string) bool {
	_, after, ok := strings.Cut(sentence, "对")
	name, rest, found := strings.Cut(after, "项目")
	if !ok || !found || name == "" || zh.ContainsAny(name, []string{",", ";", "整体", "各", "所有", "全部", "本", "我"}) {
		return false
	}
	if name[0] >= '0' && name[0] <= '9' {
		return false // 对12个项目开展评价
	}
	return zh.HasAnyPrefix(rest, []string{"开展", "进行", "实施", "组织"}) && strings.Contains(rest, "评价")
}

// doubtScore returns what speaks against an overall mark.
func (s *script) doubtScore(i int, c *candidate, p *phrase, ctx *context) (minus float64) {
	if c.figure.Start >= s.annex || s.ofOther(p) || s.scope == lexicon.Overall && s.ofNamedProject(p.begin) || s.byTreasury(c.figure.Start) {
		minus += 0.5
	}
	if p.touch { // 投入15分得14分
		minus += 0.4
	}
	if p.inParen {
		minus += 0.25
	}
	if ctx.subscore != "" && c.number.Float() <= ctx.subscore.Float() {
		minus += 0.35
	}
	if s.scope == lexicon.Overall && p.features.Any(s.words.basic|s.words.project) && !strings.Contains(s.text[p.begin:c.figure.Start], "整体") {
		minus += 0.12 // 基本支出自评得分98分,…,综合得分97分
	}
	if c.number.Float() < 40 {
		minus += 0.4 // no unit gives itself so little
	}
	if p.unknownAt && !p.orgBefore {
		minus += 0.1
	}
	if c.number.Float() < 60 && !wholeMark(s.text[p.begin:c.figure.Start]) {
		minus += 0.45 // 决策得分18分
	}
	if p.crossed || c.figure.Kind == zh.Plain {
		minus += 0.03
	}
	switch s.role(s.passage(c.figure.Start)) {
	case section.Score:
		minus -= 0.03
	case section.Problems, section.Measures, section.Goals:
		minus += 0.2
	}
	return minus
}

// wholeMark reports whether label names the mark of the whole.
func wholeMark(label string) bool {
	for _, w := range []string{"自评", "总", "综合", "最终", "最后", "合计"} {
		if strings.Contains(label, w) {
			return true
		}
	}
	return false
}

// rankScores compares the marks with each other: the whole is no less than its
// parts, and 总分100分 beside a mark is the full mark.
func (s *script) rankScores() {
	most := 0.0
	for i := range s.cands {
		c := &s.cands[i]
		if c.key != "score" {
			continue
		}
		if s.isFull(c) {
			c.key, c.rule = "score_full", "score-full"
			continue
		}
		if v := c.number.Float(); v > most && v <= 100 {
			most = v
		}
	}
	for i := range s.cands {
		c := &s.cands[i]
		if c.key != "score" {
			continue
		}
		if s.summands[c.figure.Start] {
			c.score -= 0.3 // 预算执行9.6分，绩效指标86分，合计95.6分
		}
		switch v := c.number.Float(); {
		case v > 100:
			c.score -= 0.3
		case v < most*0.65:
			c.score -= 0.25
		}
	}
}

// isFull reports whether c, a round hundred called 总分 or 分值, stands beside a
// mark of its own.
func (s *script) isFull(c *candidate) bool {
	if v := c.number.Float(); v != 100 && v != 1000 && v != 110 && v != 120 || c.label[0] == c.label[1] {
		return false
	}
	if !zh.ContainsAny(s.text[c.label[0]:c.label[1]], []string{"总分", "分值"}) {
		return false
	}
	for i := range s.cands {
		b := &s.cands[i]
		if b.key == "score" && b.figure.Start > c.figure.Start && b.number.Float() < c.number.Float() && (s.sameSentence(b, c) || s.namesOutOf(b, c)) {
			return true
		}
	}
	return false
}

// namesOutOf reports whether c only says what the mark b of the whole, told in the
// sentences or the paragraph after it, is out of: 指标总分100分。…自评得分93分.
func (s *script) namesOutOf(b, c *candidate) bool {
	const near = 2 // paragraphs
	word := s.text[c.label[0]:c.label[1]]
	return !strings.Contains(word, "自评") && b.score >= doubt && wholeMark(s.text[b.label[0]:b.label[1]]) &&
		s.passage(b.figure.Start)-s.passage(c.figure.Start) <= near
}

// rankFull keeps a full mark only beside the overall mark it belongs to.
func (s *script) rankFull() {
	best := -1
	for i := range s.cands {
		if s.cands[i].key == "score" && (best < 0 || s.cands[i].score > s.cands[best].score) {
			best = i
		}
	}
	for i := range s.cands {
		if c := &s.cands[i]; c.key == "score_full" && !s.fullOf(c, best) {
			c.score = 0
		}
	}
}

// farAbove is how many passages above the mark what it is out of may stand.
const farAbove = 40

// fullOf reports whether full is no less than the mark cands[best] and stands
// in a passage, or a table, that states this mark.
func (s *script) fullOf(full *candidate, best int) bool {
	if best < 0 || full.number.Float() < s.cands[best].number.Float() || s.cands[best].rule == "score-converted" && full.number != "100" {
		return false
	}
	p := s.passage(full.figure.Start)
	for i := range s.cands {
		c := &s.cands[i]
		if c.key != "score" || !sameNumber(c.number, s.cands[best].number) {
			continue
		}
		q := s.passage(c.figure.Start)
		if q == p || s.inTable(p) && s.r.Doc.Passages[p].Table == s.r.Doc.Passages[q].Table || q-p <= 2 && p-q <= 2 {
			return true
		}
		if full.number == "100" && q > p && q-p <= farAbove && !s.inTable(p) {
			return true // 指标体系满分100分
		}
	}
	return false
}
