package field

import (
	"strings"

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
	if kind, n, _, ok := captionAt(p.Text); ok && kind == fillCaption && section.BareDate(beforeFiller(p.Text[n:])) {
		return true // 填报日期2023年3月30日
	}
	if zh.HasAnyPrefix(p.Text, fillers) && len(p.Text) < 120 && zh.ContainsAny(p.Text, []string{"日期", "电话", "负责人"}) && !strings.ContainsAny(p.Text, ",;。") {
		return true // 填表人 孙某  联系电话 -
	}
	if isTitleLine(p.Text) || zh.Shorter(p.Text, 16) && zh.ContainsAny(p.Text, []string{"签名", "签字"}) {
		return true
	}
	return section.Signer(p.Text) || zh.HasAnyPrefix(p.Text, pageWords) || zh.HasAnyPrefix(p.Text, []string{"注:", "备注:", "说明:", "附件", "附表", "附:", "联系人:"})
}

// fillers are who fills a form in.
var fillers = []string{"填报人", "填表人", "制表人", "经办人", "联系人"}

// beforeFiller returns s up to who filled the form in, whose row the date shares:
// 2021年3月5日 of 2021年3月5日填报人孙某.
func beforeFiller(s string) string {
	const longest = 60 // bytes of a date
	head := s[:min(len(s), longest)]
	for _, w := range append([]string{"联系电话", "负责人", "审核人"}, fillers...) {
		if i := strings.Index(head, w); i > 0 {
			head = head[:i]
		}
	}
	if len(head) == longest {
		return s
	}
	return head
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
var listWords = zh.NewWords("问题", "不足", "差距", "措施", "建议", "困难", "对策", "整改", "改进")

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
