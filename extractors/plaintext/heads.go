package plaintext

import (
	"strings"
	"unicode/utf8"

	"jixiao/schemas/layout"
)

// The heads above columns that white space sets apart may stand on two lines, one of
// which groups those of the other, so that neither has as many cells as the rows:
//
//	            2021决算      2022预算        2022决算
//	                        年初    调整
//	收入合计      618.2      583.0   637.5      642.1
//
// Where they are printed says which columns they head.
const (
	maxHeadLines = 2
	maxHeadWidth = 24 // columns of a cell
)

// extent is where something is printed on its line, in columns.
type extent struct{ from, to int }

func (e extent) meets(f extent) bool { return e.from < f.to && f.from < e.to }

// apart is twice the distance between the middles of e and f.
func (e extent) apart(f extent) int {
	d := e.from + e.to - f.from - f.to
	return max(d, -d)
}

// withHeads returns rows below the lines above lines[i] that head their columns.
func withHeads(text string, lines []line, i int, rows []row) []row {
	if i == 0 || lines[i].gap || rows[0].first != i {
		return rows
	}
	cols := columnExtents(text, lines, rows)
	var heads []row // from the lowest up
	for k := i - 1; k >= 0 && k >= i-maxHeadLines; k-- {
		if lines[k].use != prose || lines[k].has(drawn) || k+1 < i && lines[k+1].gap {
			break
		}
		cells, where, ok := headCells(text, lines[k])
		if !ok {
			break
		}
		var below *row
		if len(heads) > 0 {
			below = &heads[len(heads)-1]
		}
		r, ok := placeHeads(cells, where, cols, below)
		if !ok {
			break
		}
		r.first, r.last = k, k
		heads = append(heads, r)
	}
	if len(heads) == 0 || len(heads) == 1 && heads[0].filled() < 2 {
		return rows
	}
	out := make([]row, 0, len(heads)+len(rows))
	for k := len(heads) - 1; k >= 0; k-- {
		out = append(out, heads[k])
	}
	return append(out, rows...)
}

// columnExtents returns where the columns of rows are printed.
func columnExtents(text string, lines []line, rows []row) []extent {
	cols := make([]extent, len(rows[0].cells))
	for k := range rows {
		l := lines[rows[k].first]
		for c, s := range rows[k].cells {
			if c >= len(cols) || s.Len() == 0 {
				continue
			}
			e := extentOf(text, l, s)
			if cols[c] == (extent{}) {
				cols[c] = e
			}
			cols[c] = extent{min(cols[c].from, e.from), max(cols[c].to, e.to)}
		}
	}
	return cols
}

// extentOf returns where the text at s is printed on its line l.
func extentOf(text string, l line, s layout.Span) (e extent) {
	for _, r := range text[l.raw.Start:s.Start] {
		e.from += columns(r)
	}
	e.to = e.from
	for _, r := range text[s.Start:s.End] {
		e.to += columns(r)
	}
	return e
}

// headCells returns the cells of l and where they are printed, if all are short words,
// or years with them, and the line is no caption.
func headCells(text string, l line) (cells []layout.Span, where []extent, ok bool) {
	r := row{}
	r.cutAtGaps(text, l.Span, minGap-1) // how many there are does not matter here
	for _, s := range r.cells {
		cell := text[s.Start:s.End]
		e := extentOf(text, l, s)
		if e.to-e.from > maxHeadWidth || strings.ContainsAny(cell, "：:。；，;") || strings.HasSuffix(cell, "表") || isFigure(cell) && !isYear(cell) {
			return nil, nil, false
		}
		cells, where = append(cells, s), append(where, e)
	}
	return cells, where, len(cells) > 0
}

// isYear reports whether cell is a year alone.
func isYear(cell string) bool {
	return utf8.RuneCountInString(cell) == 4 && strings.HasPrefix(cell, "20")
}

// placeHeads gives each of cells, printed at where, the columns it heads: those that it
// stands over or, if below is the line of heads under it, those of them that no cell
// stands over and that are nearest to it. It fails where a cell heads none, or two cells
// head one.
func placeHeads(cells []layout.Span, where, cols []extent, below *row) (row, bool) {
	of := make([]int, len(cols)) // column -> one more than its cell
	for c := range cols {
		for k := range cells {
			if !where[k].meets(cols[c]) {
				continue
			}
			if of[c] != 0 {
				return row{}, false
			}
			of[c] = k + 1
		}
	}
	for c := 1; c < len(cols) && below != nil; c++ {
		if of[c] != 0 || below.cells[c].Len() == 0 {
			continue
		}
		of[c] = 1
		for k := range cells {
			if where[k].apart(cols[c]) < where[of[c]-1].apart(cols[c]) {
				of[c] = k + 1
			}
		}
	}
	r := row{cells: make([]layout.Span, len(cols))}
	used := make([]bool, len(cells))
	for c, k := range of {
		if r.cells[c] = (layout.Span{Start: cells[0].Start, End: cells[0].Start}); k > 0 {
			r.cells[c], used[k-1] = cells[k-1], true
		}
	}
	for _, u := range used {
		if !u {
			return row{}, false
		}
	}
	return r, true
}

// printed is where the columns of a table are printed, as far as its rows were looked at.
type printed struct {
	cols []extent
	rows int // that were looked at
}

const minPlacedCols = 5 // of a table whose rows may lack cells

// place gives r, which has fewer cells than the rows above it, empty ones where nothing
// is printed under the heads, as under a level that reaches down from the row above;
// false if one of its cells stands under no head, or under two.
func (p *printed) place(text string, lines []line, rows []row, r *row) bool {
	n := len(rows[0].cells)
	if n < minPlacedCols || len(r.cells) >= n || !r.hasFigure(text) || !rows[0].isHead(text) {
		return false
	}
	for ; p.rows < len(rows); p.rows++ {
		p.widen(columnExtents(text, lines, rows[p.rows:p.rows+1]))
	}
	cells := make([]layout.Span, n)
	at := 0 // first column that is free
	for _, s := range r.cells {
		e, under := extentOf(text, lines[r.first], s), -1
		for c, col := range p.cols {
			if !col.meets(e) {
				continue
			}
			if under >= 0 {
				return false
			}
			under = c
		}
		if under < at {
			return false
		}
		for ; at < under; at++ {
			cells[at] = layout.Span{Start: s.Start, End: s.Start}
		}
		cells[under], at = s, under+1
	}
	for ; at < n; at++ {
		cells[at] = layout.Span{Start: lines[r.first].End, End: lines[r.first].End}
	}
	r.cells = cells
	return true
}

// widen makes the columns as wide as more, what one row has of them, shows them to be.
func (p *printed) widen(more []extent) {
	if p.cols == nil {
		p.cols = more
		return
	}
	for c, e := range more {
		if e != (extent{}) {
			p.cols[c] = extent{min(p.cols[c].from, e.from), max(p.cols[c].to, e.to)}
		}
	}
}
