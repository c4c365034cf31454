package field

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/internal/zh"
	"jixiao/schemas/layout"
)

// The keys of lists, which are the roles of their sections as well.
const (
	problems = section.Problems
	measures = section.Measures
)

// A region is a stretch of text in which the items of one list stand.
type region struct {
	key    string
	rule   string
	label  layout.Span // the words that announce it; empty if it has none of its own
	group  int         // the same for regions that were parted from one stretch
	pieces []piece
}

// regions returns where problems and measures are told: the sections and cells
// with those roles and, elsewhere, what a label such as 存在的主要问题: announces.
func (r *Reading) regions() []region {
	var out []region
	ps := r.Doc.Passages
	for i := 0; i < len(ps); i++ {
		role := r.Tree.Role[i]
		if role != problems && role != measures {
			var found []region
			found, i = r.inlineRegions(i)
			out = append(out, found...)
			continue
		}
		g := region{key: role, rule: "section." + role, group: i}
		if ps[i].Table >= 0 {
			g.rule = "cell." + role
		}
		from, head := 0, i
		if r.Tree.Heading[i] {
			from = r.Tree.Body[i]
			g.label = ps[i].Origin(0, max(from, 1))
		}
		g.pieces = r.appendPiece(g.pieces, i, from)
		for i+1 < len(ps) && r.Tree.Role[i+1] == role && !r.Tree.Heading[i+1] {
			i++
			if r.isRunningHead(i) {
				continue
			}
			if r.endsList(i) || signedTail(ps[i-1].Text) > 0 {
				i = r.skipTo(i, role)
				break
			}
			g.pieces = r.appendPiece(g.pieces, i, 0)
		}
		if r.retold(head, i+1) {
			continue
		}
		out = append(out, r.cutLabels(g)...)
	}
	return out
}

// retold reports whether the heading next begins, below heading i, the part that
// tells what both announce: what stands between them only leads to it.
func (r *Reading) retold(i, next int) bool {
	ps := r.Doc.Passages
	if next >= len(ps) || next == i+1 || !r.Tree.Heading[i] || !r.Tree.Heading[next] || r.Tree.Role[next] != r.Tree.Role[i] || ps[i].Table >= 0 || ps[next].Table >= 0 {
		return false
	}
	over, under := passage.LeadingMarker(ps[i].Text), passage.LeadingMarker(ps[next].Text)
	return over.Style != passage.NoStyle && under.Num == 1 && under.Style > over.Style
}

// appendPiece adds passage i from offset from on, cut at bars, which part the
// cells of flattened tables.
func (r *Reading) appendPiece(list []piece, i, from int) []piece {
	t := r.Doc.Passages[i].Text
	if n := signedTail(t); n > from {
		t = t[:n]
	}
	for from < len(t) {
		n := strings.IndexByte(t[from:], '|')
		if n < 0 {
			return append(list, piece{i, from, len(t)})
		}
		if n > 0 {
			list = append(list, piece{i, from, from + n})
		}
		from += n + 1
	}
	return list
}

// endsList reports whether passage i is no longer of the list although its
// section goes on: who signs, what is attached, a table.
func (r *Reading) endsList(i int) bool {
	p := &r.Doc.Passages[i]
	if p.Table >= 0 {
		return i > 0 && r.Doc.Passages[i-1].Table < 0
	}
	if kind, _, colon, ok := captionAt(p.Text); ok && colon && kind != projectUnit && (kind != otherCaption || zh.Shorter(p.Text, 30)) {
		return true // a form goes on below the list; 责任单位: belongs to it
	}
	if kind, n, _, ok := captionAt(p.Text); ok && kind == fillCaption && section.BareDate(p.Text[n:]) {
		return true // 填报日期2023年3月30日
	}
	if isTitleLine(p.Text) || zh.Shorter(p.Text, 16) && zh.ContainsAny(p.Text, []string{"签名", "签字"}) {
		return true
	}
	return section.Signer(p.Text) || zh.HasAnyPrefix(p.Text, pageWords) || zh.HasAnyPrefix(p.Text, []string{"注:", "备注:", "说明:", "附件", "附表", "附:", "联系人:"})
}

// isRunningHead reports whether passage i is the report's title, printed at the
// top or the foot of a page, and not that of a further report.
func (r *Reading) isRunningHead(i int) bool {
	ps := r.Doc.Passages
	if i <= r.frontAt || len(ps[i].Text) < 12 || ps[i].Text != r.front.text {
		return false
	}
	return !r.beginsReport(i)
}

// pageWords begin the lines that a web page puts below a text.
var pageWords = []string{"上一篇", "下一篇", "上一条", "下一条", "责任编辑", "分享到", "关闭窗口", "打印本页", "[打印", "[关闭", "版权所有", "主办单位", "扫一扫", "相关附件", "相关链接", "展开阅读全文", "展开全文", "阅读全文", "相关文档", "相关资源", "版权声明", "下载文档", "猜你喜欢"}

// skipTo returns the last passage of the stretch with the given role that i is in.
func (r *Reading) skipTo(i int, role string) int {
	for i+1 < len(r.Tree.Role) && r.Tree.Role[i+1] == role && !r.Tree.Heading[i+1] {
		i++
	}
	return i
}

// listWords are in every label of a list.
var listWords = zh.NewWords("问题", "不足", "差距", "措施", "建议", "困难", "对策", "整改")

// inlineRegions looks for labels of lists within passage i, whose section is
// about something else, and returns the last passage they use.
func (r *Reading) inlineRegions(i int) ([]region, int) {
	start := i
	speaks := r.Doc.Passages[i].Has(listWords)
	for next := r.tornAfter(i); next > 0; next = r.tornAfter(i) {
		i = next
		speaks = speaks || r.Doc.Passages[i].Has(listWords)
	}
	if !speaks || !r.mayAnnounce(start) {
		return nil, i
	}
	pieces := r.appendPiece(nil, start, 0)
	for k := start; k < i; {
		k = r.tornAfter(k)
		pieces = r.appendPiece(pieces, k, 0)
	}
	cuts := r.cutLabels(region{rule: "label", group: start, pieces: pieces})
	var out []region
	for _, g := range cuts {
		if g.key == "" {
			continue
		}
		out = append(out, g)
	}
	if n := len(out); n > 0 && len(out[n-1].pieces) == 0 {
		last := &out[n-1]
		for i+1 < len(r.Doc.Passages) && r.goesOn(last, i+1) {
			i++
			last.pieces = r.appendPiece(last.pieces, i, 0)
		}
	}
	return out, i
}

// clauseEnds are the marks that end a sentence, a label or a cell.
var clauseEnds = zh.NewRuneSet("。;:!?|")

// tornAfter returns the paragraph in which paragraph i, which stops in the
// middle of a sentence, goes on; 0 if it does not.
func (r *Reading) tornAfter(i int) int {
	const wrap = 24 // characters; a shorter line was not wrapped
	ps := r.Doc.Passages
	t := ps[i].Text
	last, _ := zh.Last(t)
	if ps[i].Table >= 0 || clauseEnds.Has(last) || zh.Shorter(t, wrap) {
		return 0
	}
	next := i + 1
	if next < len(ps) && isPageNumber(ps[next].Text) {
		next++
	}
	if next >= len(ps) || ps[next].Table >= 0 || r.Tree.Heading[next] || r.Tree.Role[next] != r.Tree.Role[i] || passage.LeadingMarker(ps[next].Text).Style != passage.NoStyle {
		return 0
	}
	return next
}

// lastYear are the words for a year that is not the report's own.
var lastYear = zh.NewWords("上年度", "上一年度", "以前年度")

// mayAnnounce reports whether a list can be announced in passage i.
func (r *Reading) mayAnnounce(i int) bool {
	p := &r.Doc.Passages[i]
	switch r.Tree.Role[i] {
	case section.Contents, section.Goals:
		return false
	case section.Cover:
		return len(r.Tree.Sections) < 2
	}
	if p.Table >= 0 && zh.Shorter(p.Text, 30) {
		return false
	}
	return !p.Has(lastYear)
}

// goesOn reports whether passage i is an item of g, a list that was announced
// at the end of the passage before it; without markers it has one item.
func (r *Reading) goesOn(g *region, i int) bool {
	m := passage.LeadingMarker(r.Doc.Passages[i].Text)
	if r.Tree.Heading[i] || r.Doc.Passages[i].Table >= 0 {
		return false
	}
	if len(g.pieces) == 0 {
		return m.Num <= 1
	}
	first := passage.LeadingMarker(r.Doc.Passages[g.pieces[0].p].Text)
	return m.Style == first.Style && m.Style != passage.NoStyle
}

// A label is a place in a stream from where on a list of key is told.
type label struct {
	at, end int
	key     string
}

// cutLabels parts g at the labels within it. What stands before the first
// keeps the key of g.
func (r *Reading) cutLabels(g region) []region {
	s := newStream(r.Doc, g.pieces)
	labels := withReturns(s.text, g.key, findLabels(s.text))
	if len(labels) == 0 {
		return []region{g}
	}
	var out []region
	if head := s.spans(0, labels[0].at); len(head) > 0 || g.label.Len() > 0 {
		h := g
		h.pieces = head
		if h.key != "" && labels[0].key != h.key || len(head) > 0 {
			out = append(out, h)
		}
	}
	for k, l := range labels {
		to := len(s.text)
		if k+1 < len(labels) {
			to = labels[k+1].at
		}
		x := region{key: l.key, rule: "label." + l.key, group: g.group, pieces: s.spans(l.end, to)}
		if l.end > l.at {
			x.label = s.origin(l.at, l.end)
		}
		out = append(out, x)
	}
	return out
}

// withReturns adds to labels the places where the list of key, which a label of
// the other kind broke off, goes on: 1.… 改进措施:… 2.….
func withReturns(text, key string, labels []label) []label {
	if key == "" || len(labels) == 0 {
		return labels
	}
	ms := marks(text)
	out := labels
	for k, l := range labels {
		if l.key == key {
			continue
		}
		to := len(text)
		if k+1 < len(labels) {
			to = labels[k+1].at
		}
		if m, ok := returning(ms, l.at, to); ok {
			out = append(out[:len(out):len(out)], label{m.at, m.at, key})
		}
	}
	return tidy(out)
}

// returning finds the line in text[at:to] whose marker counts on from the last
// line before at, unless a list of the same style begins in between.
func returning(ms []mark, at, to int) (mark, bool) {
	last := -1
	for i, m := range ms {
		if m.first && m.at <= at {
			last = i
		}
	}
	if last < 0 {
		return mark{}, false
	}
	for _, m := range ms[last+1:] {
		if m.at >= to || m.at > at && sameKind(ms[last], m) && m.Num == 1 {
			break
		}
		if m.first && m.at > at && sameKind(ms[last], m) && m.Num == ms[last].Num+1 {
			return m, true
		}
	}
	return mark{}, false
}

// labelWords are in every label of a list, those of its next steps included.
var labelWords = zh.NewWords("问题", "不足", "差距", "措施", "建议", "困难", "对策", "整改", "打算", "下一步", "方向", "短板")

// findLabels returns the labels in text: phrases of the fixed vocabulary that
// speak of problems or measures, with a colon or the first item after them,
// and numbered topics such as 问题1:.
func findLabels(text string) []label {
	if !labelWords.In(text) {
		return nil
	}
	var out []label
	for _, m := range marks(text) {
		if m.Style == passage.Topic {
			if role := section.RoleOf(m.Topic); role == problems || role == measures {
				out = append(out, label{m.at, m.at + runOn(text, m), role})
			}
		} else if m.Num == 1 && !m.first {
			if l, ok := phraseBefore(text, phraseEnd(text, m.at)); ok {
				l.end = m.at
				out = append(out, l)
			}
		}
	}
	for i := nextColon(text, 0); i < len(text); i = nextColon(text, i+1) {
		if l, ok := phraseBefore(text, i); ok {
			l.end = i + 1
			out = append(out, l)
		}
	}
	return tidy(append(out, spokenLabels(text)...))
}

// nextColon returns where from byte i of text on a colon stands, its end if none does.
func nextColon(text string, i int) int {
	if n := strings.IndexByte(text[i:], ':'); n >= 0 {
		return i + n
	}
	return len(text)
}

// runOn returns the length of the title that the number of its list's first item
// runs into, 整改措施 of 整改措施1.…2.…; 0 if the marker m numbers the title itself.
func runOn(text string, m mark) int {
	const far = 2400 // bytes of an item
	word := len(m.Topic)
	if m.Num != 1 || !strings.HasPrefix(text[m.at:], m.Topic+"1") || passage.LeadingMarker(text[m.at+word:m.end]+"项").Style != passage.Number {
		return 0
	}
	for _, next := range marks(cutBytes(text[m.end:], far)) {
		if next.Num == 2 && (next.Style == passage.Number || next.Style == passage.Topic) {
			if next.Style == passage.Number {
				return word
			}
			return 0
		}
	}
	return 0
}

// phraseEnd returns where the label ends behind which the marker at text[i]
// begins: before the comma of 在存在问题方面,一是 and 主要问题有两个,一是.
func phraseEnd(text string, i int) int {
	const most = 36 // bytes of what stands at the label's end
	before, ok := strings.CutSuffix(text[:i], ",")
	if !ok {
		return i
	}
	tail := before[max(0, len(before)-most):]
	if zh.HasAnySuffix(tail, []string{"方面", "如下", "以下几点", "几个", "主要有", "主要是"}) {
		return len(before)
	}
	for _, w := range []string{"个", "条", "项", "点", "个方面"} {
		if head, ok := strings.CutSuffix(tail, w); ok && zh.HasAnySuffix(head, []string{"二", "两", "三", "四", "五", "六", "几", "2", "3", "4", "5", "6"}) {
			return len(before)
		}
	}
	return i
}

// What stands before the words of a label, and before the sentence it is in.
var (
	phraseEnds   = zh.NewRuneSet("。;:!?|,(\n")
	sentenceEnds = zh.NewRuneSet("。;!?|\n")
)

// phraseWords are in every title that is a label.
var phraseWords = zh.NewWords("问题", "不足", "差距", "困难", "短板", "措施", "建议", "对策", "整改", "改进", "打算", "下一步", "方向")

// phraseBefore returns the label that ends at text[i]: the words since the last
// clause or marker, if they are a title of problems or measures.
func phraseBefore(text string, i int) (label, bool) {
	const most = 96 // bytes
	low := max(0, i-most)
	start := i
	for start > low {
		r, n := zh.Last(text[:start])
		if phraseEnds.Has(r) {
			break
		}
		start -= n
	}
	phrase := text[start:i]
	if passage.LeadingMarker(text[start:min(len(text), i+1)]).Style == passage.Topic {
		return label{}, false // 问题一: is a marker
	}
	if m := passage.LeadingMarker(phrase); m.Style != passage.Topic {
		phrase = phrase[m.Len:]
	}
	if n := utf8.RuneCountInString(phrase); n < 2 || n > 24 {
		return label{}, false
	}
	if !phraseWords.In(phrase) {
		return label{}, false
	}
	role := section.RoleOf(phrase)
	if role != problems && role != measures || !section.Formal(phrase) {
		return label{}, false
	}
	if start > 0 && text[start-1] == '(' {
		return label{at: start - 1, key: role}, true // (改进措施:…)
	}
	return label{at: sentenceStart(text, start), key: role}, true
}

// sentenceStart returns where the sentence of the label at text[i] begins if
// what stands before the label only leads to it: 针对上述问题,拟采取的措施:.
func sentenceStart(text string, i int) int {
	const most = 300 // bytes
	from := i
	for from > max(0, i-most) {
		r, n := zh.Last(text[:from])
		if sentenceEnds.Has(r) {
			break
		}
		from -= n
	}
	lead := text[from:i]
	if m := passage.LeadingMarker(lead); m.Style != passage.Topic {
		lead = lead[m.Len:]
	}
	if zh.HasAnyPrefix(lead, leadWords) || zh.HasAnyPrefix(text[i:], turnWords) {
		return from
	}
	return i
}

// leadWords begin clauses that only lead to what a label announces.
var leadWords = []string{"针对", "根据", "通过", "从", "为", "经", "结合", "按照", "对照", "自评中", "本次", "综合", "在自评", "在绩效", "但", "虽然", "会议",
	"同时", "此外", "目前", "我", "本"}

// turnWords begin a label behind what went well: 成效较好,但仍有不足:.
var turnWords = []string{"但", "然而", "不过", "可", "仍", "还", "也", "却"}

// tidy puts labels in order and drops those within others.
func tidy(list []label) []label {
	slices.SortStableFunc(list, func(a, b label) int { return cmp.Compare(a.at, b.at) })
	out := list[:0]
	for _, l := range list {
		if n := len(out); n > 0 && l.at < out[n-1].end {
			continue
		}
		if n := len(out); n > 0 && l.at == out[n-1].at {
			out[n-1].end = max(out[n-1].end, l.end)
			continue
		}
		out = append(out, l)
	}
	return out
}
