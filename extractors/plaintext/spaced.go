package plaintext

import (
	"strings"
	"unicode"

	"jixiao/schemas/layout"
)

// A table copied from a web page often keeps but one space between its cells.
// One space says little, so the shape must say the rest: a line of short words
// without a figure, and right under it rows of as many cells, the same columns
// of which hold figures.
const (
	minSpacedCols = 3
	minSpacedRows = 2
	maxSpacedCell = 150 // bytes
	maxSpacedHead = 60  // bytes of a cell of the header
)

// A kind is what the cells of a column are.
type kind uint8

const (
	mixed kind = iota
	words
	figures
)

// spacedRows returns the rows of the table that starts at lines[i] and whose
// cells are set apart by single spaces. Rows that lack cells, as those of a
// total do, are taken where they can stand in one way.
func spacedRows(text string, lines []line, i int, apart bool) (rows []row, next int) {
	head := row{first: i, last: i}
	if isBarred(lines[i]) || !head.cutAtSpaces(text, &lines[i]) || len(head.cells) < minSpacedCols || !head.isHead(text) {
		return nil, i
	}
	rows = append(rows, head)
	n, full := len(head.cells), 0
	var short []int // rows that lack cells
	for k := i + 1; k < len(lines) && (apart || !lines[k].gap); k++ {
		r := row{first: k, last: k}
		if isBarred(lines[k]) || !r.cutAtSpaces(text, &lines[k]) || !r.hasFigure(text) {
			break
		}
		if k == i+1 && r.leadsFigures(text, n) { // the head of the labels stands a line higher
			at := head.cells[0].Start
			rows[0].cells = append([]layout.Span{{Start: at, End: at}}, head.cells...)
			n++
		}
		r.joinLabel(text, n)
		if len(r.cells) > n || len(r.cells) < 2 {
			break
		}
		if len(r.cells) < n {
			short = append(short, len(rows))
		} else {
			full++
		}
		rows = append(rows, r)
	}
	if full < minSpacedRows {
		if rows = ragged(text, rows, n); rows == nil {
			return nil, i
		}
		return rows, rows[len(rows)-1].last + 1
	}
	of := kinds(text, rows, n)
	if !hasKind(of[1:], figures) {
		return nil, i
	}
	for _, k := range short {
		if !rows[k].fill(text, of) && !(mayLack(&rows[k], n) && rows[k].agrees(text, of)) {
			rows = rows[:k]
			break
		}
	}
	return rows, rows[len(rows)-1].last + 1
}

// isBarred reports whether l holds a bar; a plus may stand in a header: ③=①+②.
func isBarred(l line) bool { return l.has(bar | box) }

// cutAtSpaces divides l at all white space; false if there is no space, or a cell
// is too long to be one.
func (r *row) cutAtSpaces(text string, l *line) bool {
	if !l.has(space) {
		return false
	}
	s := l.Span
	for at := s.Start; at < s.End; {
		end := s.End
		if n := strings.IndexFunc(text[at:s.End], unicode.IsSpace); n >= 0 {
			end = at + n
		}
		if end-at > maxSpacedCell || len(r.cells) >= maxCols {
			return false
		}
		if end > at {
			r.cells = append(r.cells, layout.Span{Start: at, End: end})
		}
		at = s.End - len(strings.TrimLeftFunc(text[end:s.End], unicode.IsSpace))
	}
	return true
}

// leadsFigures reports whether r is a label and exactly n figures.
func (r *row) leadsFigures(text string, n int) bool {
	k := len(r.cells) - n
	if k < 1 || k > 2 {
		return false
	}
	for i, c := range r.cells {
		if isFigure(text[c.Start:c.End]) != (i >= k) {
			return false
		}
	}
	return true
}

// joinLabel makes one cell of the two that a space inside its label parts, if r
// has one cell more than n: 合 计, ① 项目支出.
func (r *row) joinLabel(text string, n int) {
	if len(r.cells) != n+1 || isFigure(text[r.cells[0].Start:r.cells[0].End]) || isFigure(text[r.cells[1].Start:r.cells[1].End]) {
		return
	}
	r.cells[1].Start = r.cells[0].Start
	r.cells = r.cells[1:]
}

// isHead reports whether the cells of r can head columns: short words, none of
// which is a figure or ends a sentence.
func (r *row) isHead(text string) bool {
	for _, c := range r.cells {
		cell := text[c.Start:c.End]
		if len(cell) > maxSpacedHead || isFigure(cell) || strings.ContainsAny(cell, "。；，：;:") {
			return false
		}
	}
	return !r.hasFigure(text)
}

// isFigure reports whether a cell holds a figure and nothing else.
func isFigure(cell string) bool {
	return strings.ContainsAny(cell, "0123456789") && strings.Trim(cell, "0123456789.,%- ％，") == ""
}

// kinds returns of what kind each of the n columns is, by the rows under the
// header that lack no cell.
func kinds(text string, rows []row, n int) []kind {
	of := make([]kind, n)
	for c := range of {
		seen, with := 0, 0
		for _, r := range rows[1:] {
			if len(r.cells) != n {
				continue
			}
			seen++
			if isFigure(text[r.cells[c].Start:r.cells[c].End]) {
				with++
			}
		}
		switch with {
		case seen:
			of[c] = figures
		case 0:
			of[c] = words
		}
	}
	return of
}

func hasKind(of []kind, want kind) bool {
	for _, k := range of {
		if k == want {
			return true
		}
	}
	return false
}

// totals returns the row of a total at lines[k] that ends a table of the given
// rows and lacks some of its cells.
func totals(text string, lines []line, k int, rows []row) (row, bool) {
	r := row{first: k, last: k}
	n := len(rows[0].cells)
	if k >= len(lines) || isBarred(lines[k]) || !r.cutAtSpaces(text, &lines[k]) {
		return r, false
	}
	r.joinLabel(text, n)
	if len(r.cells) < 2 || len(r.cells) >= n || !r.hasFigure(text) {
		return r, false
	}
	label := text[r.cells[0].Start:r.cells[0].End]
	if !strings.HasSuffix(label, "计") {
		return r, false
	}
	return r, r.fill(text, kinds(text, rows, n))
}

// fill gives r, which lacks cells, empty ones at its left or its right, so that
// its cells stand in columns of their kind; false if it fits in neither way, or
// in both.
func (r *row) fill(text string, of []kind) bool {
	lack := len(of) - len(r.cells)
	left, right := r.agrees(text, of[lack:]), r.agrees(text, of)
	if left == right {
		return false
	}
	cells := make([]layout.Span, 0, len(of))
	if left {
		at := r.cells[0].Start
		for range lack {
			cells = append(cells, layout.Span{Start: at, End: at})
		}
	}
	r.cells = append(cells, r.cells...)
	return true
}

// agrees reports whether the cells of r, from the first on, are of the kinds of
// the columns.
func (r *row) agrees(text string, of []kind) bool {
	for c, s := range r.cells {
		cell := text[s.Start:s.End]
		if isFigure(cell) && of[c] == words || !isFigure(cell) && of[c] == figures && strings.Trim(cell, "-—/") != "" {
			return false
		}
	}
	return true
}
