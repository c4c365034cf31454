package passage

import (
	"math"
	"slices"
	"strings"

	"jixiao/internal/zh"
	"jixiao/schemas/layout"
)

// continues returns the table that t goes on with from the page before, or nil:
// nothing stands between them, they have the same columns in the same places,
// and t does not begin like a table of its own.
func (d *Doc) continues(t *layout.Table, page int) *Table {
	n := len(d.Tables) - 1
	if n < 0 || len(d.Passages) == 0 || d.Passages[len(d.Passages)-1].Table != n {
		return nil
	}
	before := &d.Tables[n]
	if before.Last != page-1 || before.Cols != t.Cols || !aligned(before.Box, t.Box) {
		return nil
	}
	if before.Rows == 1 || d.repeatedRows(before.Table, t) > 0 || d.beginsInside(t) {
		return before
	}
	return nil
}

// aligned reports whether two boxes have the same left and right edge.
func aligned(a, b layout.Box) bool {
	const tolerance = 6 // points; rulings of one table differ by less
	return math.Abs(a[0]-b[0]) <= tolerance && math.Abs(a[2]-b[2]) <= tolerance
}

// beginsInside reports whether the first row of t is none of a header: it holds
// a figure, or its first cell is empty.
func (d *Doc) beginsInside(t *layout.Table) bool {
	for i := range t.Cells {
		c := &t.Cells[i]
		text := d.Layout.Text[c.Start:c.End]
		if c.Row == 0 && (strings.ContainsAny(zh.FoldString(text), "0123456789") || c.Col == 0 && text == "") {
			return true
		}
	}
	return false
}

// repeatedRows returns how many rows at the top of t say what those of before
// say: a header that is printed on every page.
func (d *Doc) repeatedRows(before, t *layout.Table) int {
	const most = 3 // rows that a header has
	a, b := d.rows(before, most), d.rows(t, most)
	n := 0
	for n < min(len(a), len(b)) && a[n] != "" && a[n] == b[n] {
		n++
	}
	return n
}

// rows returns the folded text of each of the first rows of t.
func (d *Doc) rows(t *layout.Table, most int) []string {
	out := make([]string, min(t.Rows, most))
	for i := range t.Cells {
		if c := &t.Cells[i]; c.Row < len(out) {
			out[c.Row] += zh.FoldString(d.Layout.Text[c.Start:c.End]) + "\t"
		}
	}
	for i := range out {
		if strings.Trim(out[i], "\t") == "" {
			out[i] = ""
		}
	}
	return out
}

// extend adds the rows of t, which stands on the given page, to before. Empty
// cells at the left of its first row are the torn ends of merged cells.
func (d *Doc) extend(before *Table, t *layout.Table, page int) {
	skip := d.repeatedRows(before.Table, t)
	whole := *before.Table
	whole.Cells = slices.Clone(whole.Cells)
	whole.End = t.End
	shift := before.Rows - skip
	torn := 0 // columns of the first row whose cell goes on from above
	for i := range t.Cells {
		c := t.Cells[i]
		if c.Row < skip {
			continue
		}
		if c.Row == skip && c.Col == torn && c.Len() == 0 && skip == 0 && lengthen(whole.Cells, before.Rows-1, c) {
			torn += c.ColSpan
			continue
		}
		c.Row += shift
		before.Passage = append(before.Passage, len(d.Passages))
		q := d.passage(c.Span, page)
		q.Table, q.Cell = len(d.Tables)-1, len(whole.Cells)
		whole.Cells = append(whole.Cells, c)
		d.Passages = append(d.Passages, q)
	}
	whole.Rows += t.Rows - skip
	before.Table, before.Last = &whole, page
}

// lengthen lets the cell that ends at row and has the columns of part go on
// over the rows of part, and reports whether there is one with words in it.
func lengthen(cells []layout.Cell, row int, part layout.Cell) bool {
	for i := range cells {
		c := &cells[i]
		if c.Col == part.Col && c.ColSpan == part.ColSpan && c.Row+c.RowSpan-1 == row && c.Len() > 0 {
			c.RowSpan += part.RowSpan
			return true
		}
	}
	return false
}
