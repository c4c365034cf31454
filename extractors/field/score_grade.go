package field

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
	"jixiao/schemas/record"
)

// A grade is one word for a result, as the report writes it.
type grade struct {
	value string // 优, 良, 中 or 差
	i, j  int    // bytes of the script
	label [2]int
	score float64
}

// gradeWords are the words for each grade, longer ones first.
var gradeWords = []struct{ word, value string }{
	{"优秀", "优"}, {"优等", "优"}, {"优", "优"}, {"良好", "良"}, {"良等", "良"}, {"良", "良"}, {"中等", "中"}, {"一般", "中"}, {"中", "中"},
	{"较差", "差"}, {"差等", "差"}, {"差", "差"},
}

// gradeCues announce a grade without the word 等级.
var gradeCues = []string{"评为", "评定为", "评价为", "定级为", "定为", "结论为", "结果为", "属于", "列", "被评", "达到", "结果:", "结论:", "评定", "得分为", "对应", ",属", "处于", "处在"}

// readGrade reads the grade: after 等级 and its kin, after a cue, or right
// behind the mark.
func (s *script) readGrade() {
	best := s.tableGrade
	look := func(at int, label [2]int, score float64) {
		if score <= best.score {
			return
		}
		if g, ok := s.gradeAfter(at, label, score); ok {
			best = g
		}
	}
	for k := range s.hits {
		h := &s.hits[k]
		if h.Features.Any(s.words.self) && zh.HasAnySuffix(s.text[h.Start:h.End], []string{"结果", "结论"}) {
			look(h.End, [2]int{h.Start, h.End}, 0.84)
		}
		if h.Features.Any(s.words.grade) {
			look(h.End, [2]int{h.Start, h.End}, 0.93)
		}
	}
	for i := range s.cands {
		if c := &s.cands[i]; c.key == "score" && c.score >= doubt {
			look(s.pastFullMark(c.figure.End), [2]int{}, c.score-0.04)
		}
	}
	for _, cue := range gradeCues {
		for at := 0; best.score < 0.85; {
			i := strings.Index(s.text[at:], cue)
			if i < 0 {
				break
			}
			at += i + len(cue)
			if g, ok := s.gradeAfter(at, [2]int{at - len(cue), at}, 0.85); ok && !strings.HasPrefix(s.text[g.j:], "标准") && s.tellsResult(at) { // 服务达到优秀标准 is no result
				best = g
			}
		}
	}
	if best.score >= threshold && !s.gradesSeveral() {
		s.emitGrade(&best)
	}
}

// tellsResult reports whether the sentence before byte at is about an evaluation or a mark:
// 水质达到良好 is not.
func (s *script) tellsResult(at int) bool {
	sentence := s.text[s.sentence(at):at]
	if zh.ContainsAny(sentence, []string{"自评", "绩效", "得分", "总分", "评分", "等级", "等次", "定级"}) {
		return true
	}
	return zh.ContainsAny(sentence, []string{"评", "结论", "结果", "分,", "分("}) && !zh.ContainsAny(sentence, []string{"评议", "质量", "水质", "施工", "验收", "满意", "考核", "评审", "评比", "测评"})
}

// gradesSeveral reports whether the marks told are of several projects, none of
// the whole: so are the grades.
func (s *script) gradesSeveral() bool {
	first, several := "", false
	for _, k := range s.byKey["score"] {
		name := s.subject(&s.cands[k])
		if name == "" {
			return false
		}
		several = several || first != "" && name != first
		first = name
	}
	return several
}

// pastFullMark passes what the mark that ends at byte at is out of, where brackets
// tell it: 92分(满分100分),等次为良.
func (s *script) pastFullMark(at int) int {
	const widest = 40 // bytes
	rest := strings.TrimPrefix(s.text[at:min(len(s.text), at+widest)], "分")
	in, _, closed := strings.Cut(rest, ")")
	if !closed || !zh.HasAnyPrefix(in, []string{"(满分", "(总分", "(百分制"}) {
		return at
	}
	return min(len(s.text), at+widest) - len(rest) + len(in) + len(")")
}

func (s *script) emitGrade(g *grade) {
	ev := []record.Evidence{s.r.Quote(record.RoleValue, s.span(g.i, g.j))}
	if g.label[0] < g.label[1] {
		ev = append(ev, s.r.Quote(record.RoleLabel, s.span(g.label[0], g.label[1])))
	}
	s.r.Fields = append(s.r.Fields, record.Field{Key: "grade", Value: record.Text(g.value), Raw: s.source(g.i, g.j),
		Confidence: g.score, Rule: rule("grade"), Evidence: ev})
}

// gradeAfter reads the grade at byte at, past the words that may stand between
// it and its label. A key to the grades (优、良、中、差; 90分以上为优) is none.
func (s *script) gradeAfter(at int, label [2]int, score float64) (grade, bool) {
	at = s.pastScale(at)
	if boxes := s.skipTo(at, ":", "为", "是"); strings.HasPrefix(s.text[boxes:], "(") {
		at = boxes // the first of a row of boxes made of brackets
	}
	if g, ok := s.ticked(at); ok && s.text[at] == '(' {
		g.label, g.score = label, score
		return g, true
	}
	at = s.skipToGrade(at)
	if g, ok := s.ticked(at); ok {
		g.label, g.score = label, score
		return g, true
	}
	for _, w := range gradeWords {
		if !strings.HasPrefix(s.text[at:], w.word) {
			continue
		}
		end := at + len(w.word)
		if strings.HasSuffix(w.word, "等") && strings.HasPrefix(s.text[end:], "次") || strings.HasPrefix(s.text[end:], "级") {
			continue // 良等次: the grade is 良
		}
		if !gradeEnds(s.text[end:]) && !s.gapEnds(end) || s.legend(at) || s.otherYearAt(at) || s.byOthers(at) {
			return grade{}, false
		}
		return grade{value: w.value, i: at, j: end, label: label, score: score}, true
	}
	return grade{}, false
}

// byOthers reports whether the clause before byte at is about the evaluation by
// somebody else, or of something else.
func (s *script) byOthers(at int) bool {
	if s.scope == lexicon.Overall && s.ofNamedProject(at) {
		return true
	}
	if s.byTreasury(at) {
		return true
	}
	from := s.sentence(at)
	clause := s.text[from+max(0, strings.LastIndexByte(s.text[from:at], ';')) : at]
	return zh.ContainsAny(clause, []string{"第三方评价", "第三方机构评价", "财政复评", "财政评价", "复评得分", "复评等", "抽评", "再评价", "内控评价", "内部控制评价", "信用评价", "质量评价", "评比", "年度考核", "目标考核", "督查考核"}) && !strings.Contains(clause, "自评")
}

// treasuries are those who look over what the unit said of itself.
var treasuries = []string{"财政局", "财政厅", "财政部门", "财政所", "绩效评价中心", "第三方机构", "中介机构", "会计师事务所"}

// byTreasury reports whether the sentence before byte at says that one of them evaluates:
// 区财政局对我部门开展重点评价，评价得分91分. What is asked for by them, or told to them,
// the unit still says itself.
func (s *script) byTreasury(at int) bool {
	const reach = 300 // bytes
	near := s.text[max(0, at-reach):at]
	if !strings.Contains(near, "财政") && !strings.Contains(near, "机构") && !strings.Contains(near, "事务所") && !strings.Contains(near, "评价中心") {
		return false // as nearly all
	}
	sentence := s.text[s.sentence(at):at]
	if strings.Contains(sentence, "自评") {
		return false
	}
	for _, who := range treasuries {
		_, after, ok := strings.Cut(sentence, who)
		if ok && zh.ContainsAny(after, []string{"重点评价", "抽查", "抽评", "复核", "复评", "再评价", "开展评价", "进行评价", "开展绩效评价", "进行绩效评价", "核定得分"}) && !zh.HasAnyPrefix(after, []string{"关于", "的要求", "要求", "《", "备案", "印发", "下发"}) {
			return true
		}
	}
	return false
}

// otherYearAt reports whether the sentence of byte at is about another year.
func (s *script) otherYearAt(at int) bool {
	from := s.sentence(at)
	hits := s.hitsIn(from, at)
	for k := len(hits) - 1; k >= 0; k-- {
		if hits[k].Features.Any(s.words.last) {
			return !zh.ContainsAny(s.text[hits[k].End:at], []string{"今年", "本年", "本次", "此次"})
		}
	}
	a, b := s.figsIn(from, at)
	for i := b - 1; i >= a; i-- {
		if zh.ContainsAny(s.text[s.figs[i].End:at], []string{"今年", "本年", "本次", "此次"}) {
			return false
		}
		if f := &s.figs[i]; f.Kind == zh.YearOf && s.reportedYear > 0 && !zh.HasAnySuffix(s.text[:f.Start], []string{"比", "较", "于", "与"}) {
			n, _ := f.Number.Whole()
			return int(n) != s.reportedYear
		}
	}
	return false
}

// comparedWith reports whether year f is only what another is compared with:
// 比2020年度的88分提高3分.
func (s *script) comparedWith(f *zh.Figure) bool {
	h := s.lastHit(f.Start)
	return h >= 0 && s.hits[h].End == f.Start && s.hits[h].Features.Any(s.words.compare)
}

// maxSentence bounds how far back, in bytes, a sentence is looked at.
const maxSentence = 900

// sentence returns where the sentence of byte i begins.
func (s *script) sentence(i int) int {
	from := max(0, i-maxSentence)
	for k := i - 1; k > from; k-- {
		if c := s.text[k]; c == '\n' || c == "。"[0] && strings.HasPrefix(s.text[k:i], "。") {
			return k
		}
	}
	return from
}

// between are the words that may stand between a label or a mark and the grade.
var between = zh.NewWords(":", "]", "/", "财政支出", "整体支出", "部门整体支出", "项目支出", "…", "为", "是", "评定", "达到", "属于", "属", "确定", "综合", "等级", "等次", "档次", "评价", "评级", "绩效", "结果", "自评", "级别", "评", "列", "A级", "B级", "C级", "D级", "A(", "B(", "C(", "D(", "(", ",", "、", ";", "|", "\n", "定", "应", "被")

// pastScale passes the grades that a form offers behind its label: 等次(优、良、中、差):优.
func (s *script) pastScale(at int) int {
	in, _, closed := strings.Cut(s.text[at:min(len(s.text), at+len("(优秀、良好、中等、较差)"))], ")")
	if !closed || !strings.HasPrefix(in, "(") || !strings.Contains(in, "良") || !strings.ContainsAny(in, "、/,") || tickedBoxes.In(in) {
		return at
	}
	return at + len(in) + len(")")
}

// skipTo passes at most one of words at byte at.
func (s *script) skipTo(at int, words ...string) int {
	if w, ok := startsWith(s.text[at:], words...); ok {
		return at + len(w)
	}
	return at
}

// skipToGrade passes at most six such words.
func (s *script) skipToGrade(at int) int {
	for range 6 {
		at += len(between.Before(s.text[at:]))
	}
	return at
}

// gradeEnds reports whether a grade may end before rest.
func gradeEnds(rest string) bool {
	if rest == "" {
		return true
	}
	for _, p := range []string{"等级", "等次", "标准", "档", "的档次", "的等次", "的等级", "的级别", "级", "等,", "等。", "次", "。"} {
		if strings.HasPrefix(rest, p) {
			return true
		}
	}
	r, _ := utf8.DecodeRuneInString(rest)
	if r == '、' || r == '/' || r == '(' && isRange(rest) && moreGrades(rest) {
		return false
	}
	return r < 0x4e00 || r > 0x9fff
}

// gapEnds reports whether white space parts a grade that ends at byte i from what follows,
// and that is no other grade: 等级:优 评价人:, not 等级:优 良 中 差.
func (s *script) gapEnds(i int) bool {
	if i >= len(s.text) || !s.gapBefore(i) {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(s.r.Doc.Layout.Text[s.span(i-len("优"), i).End:]); !unicode.IsSpace(r) {
		return false // a quotation mark: “优”的7个
	}
	for _, w := range gradeWords {
		if strings.HasPrefix(s.text[i:], w.word) {
			return false
		}
	}
	return true
}

// moreGrades reports whether another grade follows the brackets that rest begins
// with: a key to the grades goes on, a grade with its range does not.
func moreGrades(rest string) bool {
	_, after, _ := strings.Cut(rest, ")")
	after = strings.TrimLeft(after, ",;、\n")
	for _, w := range gradeWords {
		if strings.HasPrefix(after, w.word) {
			return true
		}
	}
	return false
}

// isRange reports whether rest begins with a range of marks: (90-100分), (≥90).
func isRange(rest string) bool {
	in, _, _ := strings.Cut(rest[1:], ")")
	return strings.ContainsAny(in, "0123456789") && (strings.ContainsAny(in, "-~≥≤<>—") || strings.Contains(in, "以") || strings.Contains(in, "含"))
}

// legend reports whether the grade at byte at follows a range of marks.
func (s *script) legend(at int) bool {
	from := max(0, at-36)
	for from > 0 && !utf8.RuneStart(s.text[from]) {
		from++
	}
	if i := strings.LastIndexAny(s.text[from:at], ";\n"); i >= 0 {
		from += i + 1
	}
	part := s.text[from:at]
	if i := strings.LastIndex(part, "。"); i >= 0 {
		part = part[i+len("。"):]
	}
	if i := strings.LastIndexByte(part, ')'); i >= 0 && zh.ContainsAny(part[i:], []string{"等级", "等次", "级别", "评定", "评为"}) {
		return false // (…,60分以下为差),等级为良
	}
	if zh.HasAnyPrefix(part, []string{"以上", "综上", "综合以上"}) {
		return false // 以上合计92分,属优
	}
	for _, w := range []string{"以上", "以下", "—", "~", "≥", "≤", "<", "(含)", "含)", "分为"} {
		if strings.Contains(part, w) && strings.ContainsAny(part, "0123456789") && (w != "分为" || strings.HasSuffix(part, "分为")) {
			return w != "分为" || strings.HasSuffix(part, "0分为")
		}
	}
	return false
}

const (
	tickedBox = "☑☒√■✓✔"
	emptyBox  = "□☐口"
)

var (
	tickedBoxes = zh.NewRuneSet(tickedBox)
	boxes       = zh.NewRuneSet(tickedBox + emptyBox[:len("□☐")])
)

// ticked reads the grade that is marked in a row of boxes: 优□ 良☑ 中□.
func (s *script) ticked(at int) (grade, bool) {
	line := s.text[at:min(len(s.text), at+90)]
	line, _, _ = strings.Cut(line, "\n")
	if g, ok := bracketTick(line); ok {
		g.i, g.j = g.i+at, g.j+at
		return g, true
	}
	ticks := tickedBox
	if lostTick(line) {
		ticks = "R"
	} else if !tickedBoxes.In(line) {
		return grade{}, false
	}
	first, _ := utf8.DecodeRuneInString(line)
	boxFirst := strings.ContainsRune(ticks+emptyBox, first)
	for _, w := range gradeWords {
		i := strings.Index(line, w.word)
		if i < 0 {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(line[:i])
		after, _ := utf8.DecodeRuneInString(line[i+len(w.word):])
		if boxFirst && strings.ContainsRune(ticks, before) || !boxFirst && strings.ContainsRune(ticks, after) {
			return grade{value: w.value, i: at + i, j: at + i + len(w.word)}, true
		}
	}
	return grade{}, false
}

// bracketTick reads a row of boxes made of brackets: [√]优 [ ]良, 优(√) 良( ).
func bracketTick(line string) (grade, bool) {
	if !strings.ContainsAny(line, "([") || !strings.Contains(line, "√") && !strings.Contains(line, "✓") {
		return grade{}, false
	}
	first := strings.IndexAny(line, "([")
	for _, w := range gradeWords {
		i := strings.Index(line, w.word)
		if i < 0 {
			continue
		}
		box := line[i+len(w.word):]
		if first == 0 {
			box = line[max(0, i-len("(√)")):i]
		}
		if zh.HasAnyPrefix(box, []string{"(√)", "[√]", "(✓)", "[✓]"}) {
			return grade{value: w.value, i: i, j: i + len(w.word)}, true
		}
	}
	return grade{}, false
}

// lostTick reports whether a tick in the row of boxes has become the letter R, as
// that of a symbol font does: □优 R良 □中. One of the others must still be a box.
func lostTick(row string) bool {
	if strings.Count(row, "R") != 1 || !strings.Contains(row, "□") {
		return false
	}
	before, after, _ := strings.Cut(row, "R")
	for _, w := range gradeWords {
		if strings.HasPrefix(after, w.word) || strings.HasSuffix(before, w.word) {
			return true
		}
	}
	return false
}
