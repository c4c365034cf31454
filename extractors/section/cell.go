package section

import (
	"sort"
	"strings"
	"unicode/utf8"

	"jixiao/extractors/passage"
	"jixiao/internal/zh"
)

// cell gives a cell its role. A cell whose words are a title of problems or
// measures heads the cells to its right or, where it is alone in its row, the
// row below, or its column if its row is the header of a table.
func (o *outliner) cell(i int) {
	p := &o.doc.Passages[i]
	if role := labelRole(p.Text); role != "" && o.labels(i, role) {
		return
	}
	if o.tree.Role[i] == "" {
		o.tree.Role[i] = o.role()
	}
}

// labelRole returns Problems or Measures if t, folded, is a label of that.
func labelRole(t string) string {
	if len(t) < len("问题") {
		return "" // most cells are short figures
	}
	l := takeApart(strings.TrimRight(t, "0123456789")) // 措施1
	if l.body || !l.formal || l.runes > 26 || l.role != Problems && l.role != Measures || zh.ContainsAny(t, denials) {
		return "" // 未发现问题 is what a label asks for
	}
	return l.role
}

// denials are in what says that there is nothing, and in no title.
var denials = []string{"未发现", "不存在", "没有", "未偏离", "未出现", "无"}

// labels gives role to the cells that the label cell i heads and reports
// whether there are any.
func (o *outliner) labels(i int, role string) bool {
	p := &o.doc.Passages[i]
	t := &o.doc.Tables[p.Table]
	c := t.Cells[p.Cell]
	if o.headerRow(t, c.Row) {
		o.setApart(t, c.Row)
		if o.tellsCause(t, p) || !o.below(p, role) {
			return false
		}
	} else if !o.beside(t, p, role) && !o.underAll(t, p, role) && !o.blank(t, p) && !o.below(p, role) {
		return false
	}
	l := takeApart(p.Text)
	o.tree.Role[i], o.tree.Heading[i], o.tree.Body[i] = role, true, len(p.Text)
	h := head{passage: i, role: role, start: p.Span.Start, title: clean(p.Source(l.from, l.from+len(l.title)))}
	h.level = len(o.open) + 1
	o.heads = append(o.heads, h)
	return true
}

// beside gives role to the cells to the right of the label p in its rows. A
// label with others of its kind beside it under which figures stand is the
// header of a column and heads nothing here.
func (o *outliner) beside(t *passage.Table, p *passage.Passage, role string) (heads bool) {
	c := t.Cells[p.Cell]
	stop := maxRow
	from, to := cellsOf(t, c.Row, c.Row+max(c.RowSpan, 1))
	for k := from; k < to; k++ {
		if k == p.Cell || t.Cells[k].Col <= c.Col {
			continue
		}
		q := &o.doc.Passages[t.Passage[k]]
		if labelRole(q.Text) != "" || len(q.Text) > 3 && !zh.ContainsAny(q.Text, denials) && utf8.RuneCountInString(q.Text) < 6 && Formal(q.Text) {
			stop = t.Cells[k].Col
			break
		}
		o.tree.Role[t.Passage[k]] = role
		heads = heads || q.Text != ""
	}
	if heads {
		o.goesOnBelow(t, p, stop, role)
	}
	return heads
}

// goesOnBelow gives role to the cells between the label p and column stop in the
// rows below that have no label of their own and go on with the list.
func (o *outliner) goesOnBelow(t *passage.Table, p *passage.Passage, stop int, role string) {
	c := t.Cells[p.Cell]
	last := -1 // the passage of the list before
	if from, to := cellsOf(t, c.Row, c.Row+1); p.Cell+1 < to && p.Cell >= from {
		last = t.Passage[p.Cell+1]
	}
	for row := c.Row + max(c.RowSpan, 1); ; row++ {
		from, to := cellsOf(t, row, row+1)
		item := -1
		for k := from; k < to; k++ {
			text := o.doc.Passages[t.Passage[k]].Text
			switch col := t.Cells[k].Col; {
			case (col == c.Col || col == 0) && text != "":
				return
			case col > c.Col && col < stop && text != "" && item < 0:
				item = k
			}
		}
		if item < 0 {
			return
		}
		next := t.Passage[item]
		text := o.doc.Passages[next].Text
		counted := item+1 < to && t.Cells[item+1].Col < stop && len(text) <= 2 && strings.Trim(text, "0123456789") == ""
		if !counted && passage.LeadingMarker(text).Style == passage.NoStyle && (last < 0 || o.doc.WrappedTo(last) != next) {
			return
		}
		for k := from; k < item; k++ {
			if x := t.Passage[k]; t.Cells[k].Col >= c.Col && o.doc.Passages[x].Text == "" {
				o.tree.Role[x] = role // the list is one
			}
		}
		if counted { // its number has a cell of its own
			o.tree.Role[t.Passage[item+1]] = role
		}
		o.tree.Role[next], last = role, next
	}
}

// blank reports whether the row of the label p has cells to its right, all empty.
func (o *outliner) blank(t *passage.Table, p *passage.Passage) bool {
	c := t.Cells[p.Cell]
	found := false
	from, to := cellsOf(t, c.Row, c.Row+1)
	for k := from; k < to; k++ {
		if t.Cells[k].Col > c.Col {
			if o.doc.Passages[t.Passage[k]].Text != "" {
				return false
			}
			found = true
		}
	}
	return found
}

// underAll gives role to the row below the label p, which is as wide as the
// table.
func (o *outliner) underAll(t *passage.Table, p *passage.Passage, role string) (heads bool) {
	c := t.Cells[p.Cell]
	if t.Cols == 0 || c.ColSpan < t.Cols && !(o.alone(t, c.Row) && o.alone(t, c.Row+max(c.RowSpan, 1))) {
		return false
	}
	next := c.Row + max(c.RowSpan, 1)
	from, to := cellsOf(t, next, next+1)
	for k := from; k < to; k++ {
		if labelRole(o.doc.Passages[t.Passage[k]].Text) == "" {
			o.tree.Role[t.Passage[k]], heads = role, true
		}
	}
	return heads
}

// alone reports whether nothing but the first cell of a row of t has words.
func (o *outliner) alone(t *passage.Table, row int) bool {
	filled := false
	from, to := cellsOf(t, row, row+1)
	for k := from; k < to; k++ {
		switch text := o.doc.Passages[t.Passage[k]].Text; {
		case text == "":
		case t.Cells[k].Col > 0:
			return false
		default:
			filled = true
		}
	}
	return filled
}

// headerRow reports whether row of t heads the columns of a list of problems:
// nothing but short titles stands in it, a label of problems or measures and
// another that such lists have, and there is text below.
func (o *outliner) headerRow(t *passage.Table, row int) bool {
	const highest = 4 // rows that a header cell spans at most
	titles, listed, below := 0, 0, false
	from, to := cellsOf(t, row, row+highest)
	for k := from; k < to; k++ {
		x := &t.Cells[k]
		text := o.doc.Passages[t.Passage[k]].Text
		switch {
		case x.Row == row+max(x.RowSpan, 1) || x.Row == row+1:
			below = below || text != ""
		case x.Row != row || text == "":
		case utf8.RuneCountInString(text) > 16 || zh.ContainsAny(text, denials):
			return false
		case labelRole(text) != "":
			titles++
		case zh.ContainsAny(text, columnWords):
			listed++
		case !Formal(text):
			return false
		}
	}
	return below && titles > 0 && titles+listed > 1 && titles+listed >= minTitles(t, row, o)
}

// setApart gives the cells of a list from its header's row on a role of their
// own: what no label heads, numbers and names of those responsible, is no item.
func (o *outliner) setApart(t *passage.Table, row int) {
	if o.apart == t {
		return // another header of the same list
	}
	o.apart = t
	from, to := cellsOf(t, row, maxRow)
	for k := from; k < to; k++ {
		if i := t.Passage[k]; o.tree.Role[i] == "" {
			o.tree.Role[i] = Other
		}
	}
}

// cellsOf returns the cells [a, b) of t that begin in the rows [from, to).
func cellsOf(t *passage.Table, from, to int) (a, b int) {
	before := func(row int) int {
		return sort.Search(len(t.Cells), func(k int) bool { return t.Cells[k].Row >= row })
	}
	return before(from), before(to)
}

// minTitles is how many cells of a header's row must be titles: all but one.
func minTitles(t *passage.Table, row int, o *outliner) int {
	n := 0
	from, to := cellsOf(t, row, row+1)
	for k := from; k < to; k++ {
		if o.doc.Passages[t.Passage[k]].Text != "" {
			n++
		}
	}
	return n - 1
}

// columnWords are in the headers of the other columns of a list of problems.
var columnWords = []string{"序号", "原因", "时限", "期限", "责任", "备注", "完成情况", "完成时间", "整改情况", "落实情况", "项目名称", "类别", "类型", "牵头", "领域", "环节", "单位", "部门", "科室", "股室", "进度", "进展", "状态", "时间", "编号"}

// tellsCause reports whether p, in a header's row, heads the causes of problems
// that another column tells.
func (o *outliner) tellsCause(t *passage.Table, p *passage.Passage) bool {
	if strings.Contains(p.Text, "问题") || !strings.Contains(p.Text, "原因") && !strings.Contains(p.Text, "成因") {
		return false
	}
	row := t.Cells[p.Cell].Row
	from, to := cellsOf(t, row, row+1)
	for k := from; k < to; k++ {
		if q := &o.doc.Passages[t.Passage[k]]; k != p.Cell && labelRole(q.Text) == Problems {
			return true
		}
	}
	return false
}

// below gives role to the cells below the header cell p, as in a table of
// problems and what is done about them.
func (o *outliner) below(p *passage.Passage, role string) bool {
	if zh.ContainsAny(p.Text, []string{"偏差", "未完成", "偏离", "扣分", "未达"}) {
		return false // the causes in a table of indicators
	}
	t := &o.doc.Tables[p.Table]
	c := t.Cells[p.Cell]
	heads := false
	end := o.blockEnd(t, c.Row)
	from, to := cellsOf(t, c.Row+1, end)
	for k := from; k < to; k++ {
		if t.Cells[k].Col != c.Col {
			continue
		}
		q := &o.doc.Passages[t.Passage[k]]
		if labelRole(q.Text) != "" {
			break
		}
		o.tree.Role[t.Passage[k]] = role
		heads = heads || q.Text != ""
	}
	return heads
}

// blockEnd returns the row in which the block that is headed in row ends: where
// the first column names the block beside its header and is empty below, forms
// go on with another block and other columns at the next name there.
func (o *outliner) blockEnd(t *passage.Table, row int) int {
	named := false
	from, to := cellsOf(t, row, maxRow)
	for k := from; k < to; k++ {
		x := &t.Cells[k]
		if x.Col != 0 {
			continue
		}
		empty := o.doc.Passages[t.Passage[k]].Text == ""
		switch {
		case x.Row == row:
			named = !empty
			if x.RowSpan > headRows {
				return row + x.RowSpan
			}
		case !named || x.Row == row+1 && !empty:
			return maxRow
		case !empty:
			return x.Row
		}
	}
	return maxRow
}

const (
	headRows = 2       // that a table's header takes up at most
	maxRow   = 1 << 30 // beyond the rows of any table
)
