// Package section finds the headings of a report and what part each one heads.
//
// Headings are known by their numbering, by their words and by their place: a
// numbered line without a full stop, a title of the fixed vocabulary with or
// without a number, a title that runs into its text. Items of a list look
// much alike; inside problems and measures a numbered line is an item unless
// it continues the numbering of the heading above it or is a title itself.
package section

import (
	"strings"

	"jixiao/extractors/passage"
	"jixiao/internal/zh"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// The roles of sections that readers ask for.
const (
	Cover    = "cover"    // title, labels and dates before the first heading
	Contents = "contents" // a table of contents: no reader looks into it
	Basics   = "basics"   // who the unit is, its people
	Goals    = "goals"    // what it was to do
	Money    = "money"    // what came in and went out
	Process  = "process"  // how the evaluation was done
	Score    = "score"    // result and score
	Analysis = "analysis" // indicators one by one
	Problems = "problems"
	Measures = "measures"
	Other    = "other"
	Sign     = "signature" // unit and date at the end
)

// A Tree is the outline of one document.
type Tree struct {
	Sections []record.Section // outermost ones, in order, covering the text
	Role     []string         // per passage of the Doc: the role of the innermost section with one
	Heading  []bool           // per passage: it is (or begins with) a heading
	Body     []int            // per passage: where in its folded text the heading ends; 0 without one
}

// Outline returns the outline of d.
func Outline(d *passage.Doc) *Tree {
	o := &outliner{doc: d, items: map[passage.Style]passage.Marker{}, tree: &Tree{
		Role: make([]string, len(d.Passages)), Heading: make([]bool, len(d.Passages)), Body: make([]int, len(d.Passages)),
	}}
	o.contents()
	for i := range d.Passages {
		o.passage(i)
	}
	levels(o.heads)
	o.tree.Sections = build(o.heads, d)
	return o.tree
}

// A head is one heading, or another place where a section begins.
type head struct {
	passage int
	marker  passage.Marker
	title   string // as in the source, without number and final punctuation
	role    string
	start   int // byte offset in the document's text
	level   int // from 1
}

// An outliner walks through the passages once.
type outliner struct {
	doc      *passage.Doc
	tree     *Tree
	heads    []head
	open     []head                           // the headings above the current passage, outermost first
	stackEnd int                              // the passage behind the last list whose cells stand one a line
	apart    *passage.Table                   // the last one in which a list has a header's row
	items    map[passage.Style]passage.Marker // of the last list item of each style under the innermost heading
}

// passage decides what passage i is and gives it its role.
func (o *outliner) passage(i int) {
	p := &o.doc.Passages[i]
	if o.tree.Role[i] == Contents {
		return
	}
	if p.Table >= 0 {
		o.cell(i)
		return
	}
	if i < o.stackEnd || o.stackedList(i) {
		return
	}
	if h, end, ok := o.heading(i); ok {
		o.add(i, h, end)
	} else if o.signature(i) {
		o.add(i, head{passage: i, role: Sign, start: p.Span.Start, marker: passage.Marker{Style: passage.Part}}, 0)
		o.tree.Heading[i] = false
	}
	o.tree.Role[i] = o.role()
}

// add opens the section of h, which closes those beside and under it.
func (o *outliner) add(i int, h head, end int) {
	if o.explains(h) {
		h.role = Other
	}
	depth := o.depth(h)
	if depth < len(o.open) {
		o.open = o.open[:depth]
	}
	if h.marker.Style == passage.Part && h.role == Sign {
		o.open = o.open[:0]
	}
	h.level = len(o.open) + 1
	o.open = append(o.open, h)
	o.heads = append(o.heads, h)
	clear(o.items)
	o.tree.Heading[i] = true
	o.tree.Body[i] = end
}

// explains reports whether h heads nothing but the causes of the problems that
// the part before it, of the same numbering, has listed.
func (o *outliner) explains(h head) bool {
	if h.role != Problems || h.marker.Num < 2 || zh.ContainsAny(h.title, []string{"问题", "問題", "不足", "困难", "困難", "偏差", "偏离", "未完成", "扣分", "失分"}) || !zh.ContainsAny(h.title, []string{"原因", "成因"}) {
		return false
	}
	for k := len(o.heads) - 1; k >= 0; k-- {
		if m := o.heads[k].marker; m.Style == h.marker.Style && m.Depth == h.marker.Depth {
			return o.heads[k].role == Problems && m.Num+1 == h.marker.Num
		}
	}
	return false
}

// depth returns how many of the open headings stay open above a heading with
// marker m: those outside of its sibling or, if it has none, all that are not
// of a deeper kind. A heading without number is a sibling of the innermost, or
// its child if it says the same again.
func (o *outliner) depth(h head) int {
	const deepest = 8 // levels; nothing sensible has more
	m := h.marker
	if n := len(o.open); m.Style == passage.NoStyle {
		if n > 0 && n < deepest && o.open[n-1].role == h.role && o.open[n-1].passage == h.passage-1 {
			return n
		}
		return max(n-1, 0)
	}
	for k, h := range o.open {
		if h.marker.Style == m.Style && h.marker.Depth == m.Depth || outer(m, h.marker) {
			return k
		}
	}
	return len(o.open)
}

// outer reports whether m is of a style that always stands outside of n's.
func outer(m, n passage.Marker) bool {
	rank := func(m passage.Marker) int {
		switch m.Style {
		case passage.Part:
			return 1 + m.Depth
		case passage.Han:
			return 3
		case passage.HanParen:
			return 4
		}
		return 5
	}
	if m.Style == passage.Decimal && n.Style == passage.Decimal {
		return m.Depth < n.Depth
	}
	if m.Style == passage.Number && n.Style == passage.Decimal {
		return m.Num != 1 // 1. under 1.2 begins a list of its own
	}
	return rank(m) < rank(n)
}

// role returns the role of the innermost open section that has one.
func (o *outliner) role() string {
	for k := len(o.open) - 1; k >= 0; k-- {
		if r := o.open[k].role; r != "" {
			return r
		}
	}
	if len(o.heads) == 0 {
		return Cover
	}
	return ""
}

// signature reports whether passage i begins the lines that close a report:
// the unit's name above or below a bare date, or the people who sign.
func (o *outliner) signature(i int) bool {
	if len(o.heads) == 0 || o.role() == Sign {
		return false
	}
	ps := o.doc.Passages
	t := ps[i].Text
	if Signer(t) {
		return true
	}
	const tail = 5 // passages at the end of a text
	if len(ps)-i <= tail {
		if _, ok := SignedDate(t); ok {
			return true
		}
	}
	next := ""
	if i+1 < len(ps) {
		next = ps[i+1].Text
	}
	if i*2 < len(ps) && len(ps)-i >= tail {
		return organLine(t) && BareDate(next) && i+2 < len(ps) && strings.HasPrefix(ps[i+2].Text, "附")
	}
	if BareDate(t) { // a cell of a flattened table can be a date as well
		return len(ps)-i <= tail || organLine(next) || organLine(ps[i-1].Text) || Signer(next)
	}
	return organLine(t) && (BareDate(next) || i+1 == len(ps))
}

// spans of a heading's section ends where the next head of its level or above begins.
func build(heads []head, d *passage.Doc) []record.Section {
	end := len(d.Layout.Text)
	first := end
	if len(heads) > 0 {
		first = heads[0].start
	}
	var out []record.Section
	if strings.TrimSpace(d.Layout.Text[:first]) != "" {
		out = append(out, record.Section{Role: Cover, Level: 1, Span: layout.Span{Start: 0, End: first}, Children: []record.Section{}})
	}
	return append(out, nest(heads, end)...)
}

// nest makes sections of heads, which all lie before end.
func nest(heads []head, end int) []record.Section {
	out := []record.Section{}
	for i := 0; i < len(heads); {
		j := i + 1
		for j < len(heads) && heads[j].level > heads[i].level {
			j++
		}
		stop := end
		if j < len(heads) {
			stop = heads[j].start
		}
		h := heads[i]
		out = append(out, record.Section{
			Role: h.role, Level: h.level, Title: h.title, Span: layout.Span{Start: h.start, End: stop}, Children: nest(heads[i+1:j], stop),
		})
		i = j
	}
	return out
}
