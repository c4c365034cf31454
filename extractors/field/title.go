package field

import (
	"strings"
	"unicode/utf8"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/internal/zh"
)

// A title is the name of the report, which covers often print on several lines.
type title struct {
	text   string  // folded, lines joined
	pieces []piece // the lines
	starts []int   // where each begins in text
}

// at returns the piece of the document that makes up text[i:j]; the words of a
// name do not break across lines often, and if they do the part that stands on
// the first line is returned as well as the rest.
func (t *title) at(i, j int) []piece {
	var out []piece
	for k, x := range t.pieces {
		from, to := t.starts[k], t.starts[k]+x.to-x.from
		if to <= i || from >= j {
			continue
		}
		off := x.from - from
		out = append(out, piece{x.p, max(from, i) + off, min(to, j) + off})
	}
	return out
}

// titleZone is how many passages from the start a title is looked for in.
const titleZone = 40

// findTitle returns the report's title and the passage on which its words end;
// -1 if there is none.
func (r *Reading) findTitle() (title, int) {
	best, score, where := title{}, 0, -1
	ps := r.Doc.Passages
	for i := range ps[:min(titleZone, len(ps))] {
		if !ps[i].MayHave(subjectWords) || !isTitleLine(r.line(i)) || r.Tree.Role[i] == section.Contents {
			continue
		}
		t := r.joinTitle(i, 0)
		s := titleScore(t.text)
		if r.Tree.Heading[i] {
			s -= 2
		}
		if s > score {
			best, score, where = t, s, i
		}
		if where >= 0 && i > where+12 {
			break
		}
	}
	return best, where
}

var (
	titleTopics = []string{"绩效自评", "绩效评价", "绩效自我评价", "绩效报告", "自评报告", "自评表", "自评结果", "绩效情况", "自评情况", "绩效评估",
		"评价报告", "自评工作", "自评综述", "自评总结"}
	titleEnds = []string{"报告", "自评表", "评价表", "结果", "情况", "说明", "总结", "的函", "报告书", "情况表", "附件", "公开", "汇报", "报告表", "自评", "综述",
		"材料", "问答", "简报", "简表", "一览表", "登记表", "明细表", "汇总表", "打分表", "小结", "公示", "自评书", "说明书"}
)

// line returns the words of passage i up to the first caption behind them: some
// layouts join the cover's labels to the title above them.
func (r *Reading) line(i int) string {
	const widest = 300 // bytes of a title with a label behind it
	p := &r.Doc.Passages[i]
	if len(p.Text) > 2*widest || !p.Any(zh.ColonSign) || !p.Has(subjectWords) {
		return p.Text
	}
	if at, _, n := nextCaption(p, 0); n > 0 && at > 0 {
		return p.Text[:at]
	}
	return p.Text
}

// subjectWords say what every report of this kind is about.
var subjectWords = zh.NewWords("绩效", "自评", "评价")

// titleBreaks are the marks that no title has.
var titleBreaks = zh.NewRuneSet(":;|。")

// isTitleLine reports whether the folded line s can be (the last line of) a title.
func isTitleLine(s string) bool {
	if i := strings.IndexByte(s, ':'); i > 0 && zh.IsOrgan(s[:i]) && yearIn(s) > 0 {
		s = s[i+1:] // 某县水务局:2022年度…报告
	}
	if len(s) < 12 || len(s) > 270 || zh.RuneCount(s) > 90 || strings.HasSuffix(s, ",") || titleBreaks.In(s) || !subjectWords.In(s) {
		return false
	}
	m := passage.LeadingMarker(s)
	if m.Style != passage.NoStyle && m.Style != passage.Letter || zh.HasAnyPrefix(s, []string{"根据", "按照", "依据", "为", "现将", "附件:", "对照", "经"}) {
		return false
	}
	core := titleCore(s)
	return zh.ContainsAny(core, titleTopics) && zh.HasAnySuffix(core, titleEnds) || s == "自评报告" || s == "绩效报告"
}

// titleCore cuts a file's extension and remarks in brackets off the end of s.
func titleCore(s string) string {
	for _, w := range []string{".pdf", ".docx", ".doc", ".txt", ".wps"} {
		s = strings.TrimSuffix(s, w)
	}
	for strings.HasSuffix(s, ")") {
		i := strings.LastIndexByte(s, '(')
		if i <= 0 {
			break
		}
		s = s[:i]
	}
	return s
}

// titleScore prefers the title that says most.
func titleScore(s string) int {
	n := 2
	if zh.ContainsAny(s, []string{"报告", "自评表"}) {
		n += 2
	}
	if zh.ContainsAny(s, []string{"整体", "项目", "政策", "专项", "部门"}) {
		n++
	}
	if yearIn(s) > 0 {
		n++
	}
	if namesOwner(s) {
		n++
	}
	if zh.HasAnySuffix(s, []string{".pdf", ".docx", ".doc", ".txt"}) || zh.ContainsAny(s, []string{"指标体系", "评分表"}) {
		n -= 3
	}
	if strings.Contains(s, "通知") {
		n -= 2
	}
	return n
}

// namesOwner reports whether the title s names whose report it is.
func namesOwner(s string) bool {
	if len(zh.Places(s[min(len(s), afterYear(s)):])) > 0 {
		return true
	}
	at, n := yearExpression(s, 0)
	return n > 0 && zh.IsOrgan(strings.TrimPrefix(s[:at], "关于"))
}

// afterYear returns where in the title s the words behind the year begin that it
// begins with; 0 if it begins with none.
func afterYear(s string) int {
	if at, n := yearExpression(s, 0); at == 0 {
		return n
	}
	return 0
}

// joinTitle joins to the line i the lines above it that belong to the title,
// down to passage low, and a remark in brackets below.
func (r *Reading) joinTitle(i, low int) title {
	first, last := i, i
	for first > low && i-first < 3 && r.headsTitle(first-1, first) {
		first--
	}
	ps := r.Doc.Passages
	if last+1 < len(ps) && !endsTitle(r.line(last)) && isTitleTail(r.line(last+1)) {
		last++
	}
	if last+1 < len(ps) {
		if in, ok := inBrackets(ps[last+1].Text); ok && utf8.RuneCountInString(in) <= 40 && !isPrompt(ps[last+1].Text) {
			last++
		}
	}
	var t title
	var b strings.Builder
	for k := first; k <= last; k++ {
		words := r.line(k)
		t.pieces = append(t.pieces, piece{k, 0, len(words)})
		t.starts = append(t.starts, b.Len())
		b.WriteString(words)
	}
	t.text = b.String()
	return t
}

func endsTitle(s string) bool { return zh.HasAnySuffix(titleCore(s), []string{"报告", "表", "函"}) }

// isTitleTail reports whether s is the wrapped rest of a title.
func isTitleTail(s string) bool {
	return utf8.RuneCountInString(s) < 16 && zh.HasAnySuffix(s, []string{"报告", "自评表", "评价表"}) && !strings.ContainsAny(s, ":;,")
}

// headsTitle reports whether line k is the upper part of the title that goes
// on in line next.
func (r *Reading) headsTitle(k, next int) bool {
	ps := r.Doc.Passages
	s := ps[k].Text
	n := utf8.RuneCountInString(s)
	if ps[k].Table >= 0 || n < 3 || n > 45 || strings.ContainsAny(s, ":;|[>") || zh.ContainsAny(s, []string{"。", "附件", "附表", "发布", "来源", "首页", "当前位置", "索引"}) || isPageNumber(s) {
		return false
	}
	if passage.LeadingMarker(s).Style != passage.NoStyle || section.BareDate(s) || zh.HasAnySuffix(s, []string{".pdf", ".docx", ".doc", ".txt"}) || isTitleLine(s) && endsTitle(s) {
		return false
	}
	return zh.IsOrgan(s) || yearIn(s) > 0 || zh.ContainsAny(s, []string{"整体支出", "项目支出", "部门", "财政", "专项", "项目", "资金", "绩效"}) || len(zh.Places(s)) > 0 ||
		zh.HasAnyPrefix(ps[next].Text, []string{"绩效", "自评", "评价", "支出", "报告"})
}

// yearIn returns the first year of four figures in s that 年 follows; 0 if none.
func yearIn(s string) int {
	for i := 0; i < len(s); {
		if y, n := zh.YearAt(s[i:]); n > 0 && strings.HasPrefix(s[i+n:], "年") && (i == 0 || s[i-1] < '0' || s[i-1] > '9') {
			return y
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		i += n
	}
	return 0
}

// readTitle sets r.Title.
func readTitle(r *Reading) {
	r.front, r.frontAt = r.findTitle()
	var b strings.Builder
	for _, x := range r.front.pieces {
		b.WriteString(r.source(x))
	}
	r.Title = titleWithoutExtension(b.String())
}

func titleWithoutExtension(s string) string {
	for _, w := range []string{".pdf", ".docx", ".doc", ".txt", ".wps"} {
		s = strings.TrimSuffix(s, w)
	}
	return s
}
