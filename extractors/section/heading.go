package section

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"jixiao/extractors/passage"
	"jixiao/internal/zh"
)

// heading reports whether passage i is or begins with a heading, and where in
// its folded text the text after it begins.
func (o *outliner) heading(i int) (head, int, bool) {
	p := &o.doc.Passages[i]
	l := takeApart(p.Text)
	l.spaced(p, o)
	l.jammed()
	l.glued()
	if l.runes == 0 || l.runes > maxTitle {
		return head{}, 0, false
	}
	l.gap(p)
	if l.marker.Style == passage.NoStyle && !l.formal {
		return head{}, 0, false // as most lines are: without a number only set words make a heading
	}
	label := l.term == ":" && !l.body && l.role != "" || l.apart(p) // 存在问题: on a line of its own, whatever stands above
	if l.marker.Style == passage.NoStyle && (l.term != "]" && !label && !l.stands() && o.goesOn(i) || !l.body && o.column(i, l)) || !o.isHeading(l) {
		return head{}, 0, false
	}
	if o.repliesTo(l) {
		l.role = Measures
	}
	if r := o.role(); l.marker.Style == passage.Asked && l.role == "" && (r == Problems || r == Measures) {
		l.role = Other // the next question is about something else
	}
	h := head{passage: i, marker: l.marker, role: l.role, start: p.Origin(0, 1).Start}
	h.title = clean(o.source(p, l.from, l.from+len(l.title)))
	if l.end >= len(p.Text) {
		l.end = len(p.Text)
	}
	return h, l.end, true
}

// countsOn reports whether m, which only a space parts from its title, counts on
// from the last heading numbered alike. A title of other than set words is one only
// if nothing but a space stood behind that number, too; behind figures, which number
// items as well, only a title that may reply to problems is.
func (o *outliner) countsOn(m passage.Marker, formal bool) bool {
	for k := len(o.heads) - 1; k >= 0; k-- {
		h := &o.heads[k]
		if h.marker.Style != m.Style {
			continue
		}
		if m.Style == passage.Number {
			return formal && h.role == Problems && h.marker.Num+1 == m.Num
		}
		behind := hanDigits.TrimLeft(o.doc.Passages[h.passage].Text)
		return h.marker.Num+1 == m.Num && (formal || numberEnds.TrimLeft(behind) == behind)
	}
	return false
}

// repliesTo reports whether l, by its place and its words, heads what is done
// about the problems that the heading before it in the same numbering tells:
// 五、应对思路 says nothing of improvement, but behind 四、存在的困难 it means it.
func (o *outliner) repliesTo(l line) bool {
	if l.role != "" && l.role != Goals && l.role != Analysis || l.body && l.term == "" || !zh.ContainsAny(l.title, replies) || zh.ContainsAny(l.title, []string{"完成", "成效", "情况", "目标"}) {
		return false
	}
	for k := len(o.heads) - 1; k >= 0; k-- {
		if h := &o.heads[k]; h.marker.Style == l.marker.Style && h.marker.Depth == l.marker.Depth && l.marker.Style != passage.NoStyle {
			return h.role == Problems && h.marker.Num+1 == l.marker.Num
		}
	}
	return false
}

// replies are words of titles that only behind problems speak of measures.
var replies = []string{"思路", "路径", "方向", "举措", "安排", "计划", "规划", "策略", "办法", "提升", "优化", "完善", "加强", "强化", "推进", "改善", "破解", "重点", "应对", "未来", "做法", "承诺", "整治", "防范", "保障", "意见", "诉求", "设想", "构想"}

// source returns the untouched words of p.Text[i:j] with a quotation mark that
// stands before them.
func (o *outliner) source(p *passage.Passage, i, j int) string {
	s := p.Origin(i, j)
	if i > 0 {
		s.Start = p.Origin(i-1, i).End
	}
	return o.doc.Layout.Text[s.Start:s.End]
}

// goneOn are the marks behind which a line does not go on in the next.
var goneOn = zh.NewRuneSet("。;:!?|)…")

// pageNumber has what a page number is made of.
var pageNumber = zh.NewRuneSet("-—0123456789 ")

// titleEnds are what the titles of reports end with.
var titleEnds = []string{"报告", "自评表", "情况表", "评价表", "说明", "总结"}

// goesOn reports whether passage i is the wrapped rest of the long paragraph
// before it, which stopped in the middle of a sentence.
func (o *outliner) goesOn(i int) bool {
	const wrap = 24 // characters; a shorter line was not wrapped
	i--
	if i > 0 && pageNumber.TrimLeft(o.doc.Passages[i].Text) == "" {
		i-- // a page number
	}
	if i < 0 || o.tree.Heading[i] || o.doc.Passages[i].Table >= 0 || o.tree.Role[i] == Contents {
		return false
	}
	t := o.doc.Passages[i].Text
	if o.tree.Role[i] == Cover && zh.HasAnySuffix(t, titleEnds) {
		return false
	}
	last, _ := zh.Last(t)
	return !zh.Shorter(t, wrap) && !goneOn.Has(last)
}

// stands reports whether l is a whole title of a list, or of what follows one:
// no sentence that was wrapped goes on, and ends, with these words alone.
func (l *line) stands() bool {
	const shortest = 4 // characters
	if !l.formal || l.body || l.term != "" || l.runes < shortest {
		return false
	}
	return (l.role == Problems || l.role == Measures) && zh.HasAnySuffix(l.title, listNouns) || l.role == Other && strings.Contains(l.title, "说明")
}

// column reports whether l, passage i, which speaks of causes, is the header of
// a table's column whose cells stand one on a line, and not the label of a text.
func (o *outliner) column(i int, l line) bool {
	if l.role != Problems || strings.Contains(l.title, "问题") || i+1 >= len(o.doc.Passages) {
		return false
	}
	below := o.doc.Passages[i+1].Text
	return below != "" && zh.Shorter(below, 8) && !strings.HasPrefix(below, "无")
}

func (o *outliner) isHeading(l line) bool {
	if l.marker.Style == passage.Asked {
		return true
	}
	sentence := l.term == ";" || strings.HasSuffix(l.title, ",") || tooMuchFigures(withoutBrackets(l.title))
	if r := o.role(); r == Problems || r == Measures {
		if !sentence && o.inList(l) {
			return true
		}
		o.items[l.marker.Style] = l.marker
		return false
	}
	if sentence {
		return false
	}
	switch l.marker.Style {
	case passage.NoStyle, passage.Bullet:
		return plain(l)
	case passage.Part:
		return !l.body
	case passage.Han:
		return !l.body && (l.term != "。" || l.role != "") || l.body && l.role != "" && (l.formal || l.runes <= 16)
	case passage.HanParen:
		return !l.body && (l.term == "" || l.role != "" && l.runes <= 30) || l.body && l.role != "" && (l.formal || l.runes <= 14)
	case passage.Stem, passage.Roman:
		return !l.body && l.formal && l.role != ""
	case passage.Number, passage.Decimal, passage.NumParen:
		return !l.body && l.role != "" && (l.term == "" && l.runes <= 40 || l.formal) || l.body && l.formal && l.role != "" && l.term != ""
	}
	return false
}

// plain reports whether a line without number is a heading by its words alone.
func plain(l line) bool {
	if !l.formal || l.role == "" || l.runes > 26 || l.runes < 2 {
		return false
	}
	listed := l.role == Problems || l.role == Measures
	if l.body || l.term == ":" {
		return listed && (l.term == ":" || l.term == "|" || l.term == "?" || l.term == "。" && l.speaks())
	}
	if l.term == "。" {
		return listed && l.runes <= 16
	}
	return listed || zh.HasAnySuffix(l.title, titleNouns)
}

// speaks reports whether l, a sentence of its own before what it announces, is a
// title such as 工作中的困难和不足, and not the start of an item such as 人员不足.
func (l *line) speaks() bool {
	return l.runes <= 16 && (names(*l) || strings.Contains(l.title, "的"))
}

// titleNouns are what the titles of parts end with.
var titleNouns = []string{"情况", "概况", "概述", "结论", "结果", "分析", "目标", "成效", "说明", "目录", "小组", "事项", "过程", "引言", "经验", "做法", "附件"}

// inList decides for a line within problems or measures, where most numbered
// lines are items. A heading there continues the numbering of the heading
// above, or is of an outer style, or is a title of the fixed vocabulary.
func (o *outliner) inList(l line) bool {
	deed := zh.HasAnyPrefix(l.title, deeds) && !zh.ContainsAny(l.title, listNouns)
	titled := l.formal && !deed && l.role != "" && (!l.body && l.term != "。" && names(l) || l.term == ":" || l.term == "|" || o.turns(l))
	if l.marker.Style == passage.NoStyle || l.marker.Style == passage.Bullet && l.formal && !l.body {
		if deed {
			return false
		}
		if l.formal && l.role == Other && l.runes <= 20 && (l.term != "。" || !l.body) {
			return true
		}
		return plain(l) && l.term != ":" && (names(l) || l.role != o.role()) // a label within the list; the list's reader parts it
	}
	if last, ok := o.items[l.marker.Style]; ok && last.Depth == l.marker.Depth && l.marker.Num == last.Num+1 && !titled {
		return false // the list goes on, whatever the headings' style
	}
	for k := len(o.open) - 1; k >= 0; k-- {
		h := o.open[k].marker
		same := h.Style == l.marker.Style && h.Depth == l.marker.Depth
		switch {
		case same && l.marker.Num > h.Num:
			return !l.body && (l.term != "。" || l.role != "") || l.role != "" && (l.formal || l.runes <= 20)
		case outer(l.marker, h) && l.marker.Style <= passage.HanParen && o.outside(l.marker, k):
			return !l.body || l.role != "" && (l.formal || l.runes <= 16)
		}
	}
	if l.marker.Style == passage.Part || l.formal && !l.body && zh.ContainsAny(l.title, []string{"成效", "成绩", "主要绩效"}) {
		return !l.body // what was achieved is told before the problems
	}
	if l.role == Other && l.formal && zh.ContainsAny(l.title, []string{"应用", "经验", "做法", "其他事项"}) {
		return true // how last year's result was used is told among the problems of some forms
	}
	return titled && (l.role == Problems || l.role == Measures)
}

// deeds begin what somebody will do: an item, and no title.
var deeds = []string{"加强", "完善", "提高", "优化", "强化", "细化", "健全", "加快", "规范", "落实", "做好", "继续", "建立", "推进", "严格", "增强", "深化", "抓好", "提升", "进一步"}

// names reports whether l, within a list, is the title of a part rather than a
// short item such as 经费不足.
func names(l line) bool {
	return l.role != Problems && l.role != Measures || zh.ContainsAny(l.title, listNouns) || !zh.ContainsAny(l.title, subjects)
}

// listNouns are what titles of lists are built around.
var listNouns = []string{"问题", "措施", "建议", "对策", "意见", "打算", "方向", "下一步", "整改"}

// turns reports whether l, a title that a full stop ends, begins a part of its
// own: the other of problems and measures, or one without a subject matter,
// which an item always has.
func (o *outliner) turns(l line) bool {
	if l.role != Problems && l.role != Measures {
		return !l.body && l.role != o.role() && l.runes <= 16
	}
	return l.runes <= 16 && (l.role != o.role() || !zh.ContainsAny(l.title, subjects))
}

// subjects are what problems and measures are about.
var subjects = []string{"预算", "绩效", "管理", "资金", "项目", "支出", "资产", "财务", "编制", "执行", "目标", "指标", "评价", "人员", "业务", "采购",
	"经费", "收入", "决算", "组织", "工作", "单位", "部门"}

// outside reports whether a marker can stand outside of the k innermost open
// headings: something of its own style has been a heading before.
func (o *outliner) outside(m passage.Marker, k int) bool {
	const most = 200 // headings looked back at
	for _, h := range o.heads[max(0, len(o.heads)-most):] {
		if h.marker.Style == m.Style && m.Num > h.marker.Num {
			return true
		}
	}
	return o.open[k].marker.Style == passage.NoStyle && m.Num > 1
}

// tooMuchFigures tells an item such as 新增馆藏2664册 from a title.
func tooMuchFigures(s string) bool {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n > 0 && n*6 > utf8.RuneCountInString(s) && !strings.Contains(s, "年")
}

// clean drops white space, which wrapped and padded titles are full of.
func clean(s string) string {
	if strings.IndexFunc(s, unicode.IsSpace) < 0 {
		return s
	}
	return strings.Join(strings.Fields(s), "")
}
