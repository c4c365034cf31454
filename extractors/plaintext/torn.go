package plaintext

import (
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh"
	"jixiao/schemas/layout"
)

// Lines that a program broke somewhere, not where words end: what stands on both
// sides of the break says that it belongs together.

// unitStarts are what follows a number right away and begins no line.
var unitStarts = zh.NewRuneSet("万亿元人名分年月日个%％‰户次件项天平公")

// tornFigure reports whether a number goes on from the end of s to the start of
// t: in a sentence by its digits or its unit, anywhere if both make a year.
func tornFigure(s, t string) bool {
	tail := digitsBefore(s)
	if tail == "" || zh.Shorter(t, 2) {
		return false
	}
	head := digitsAt(t)
	next, _ := utf8.DecodeRuneInString(t[len(head):])
	if year := tail + head; head != "" && len(head) < 4 && len(year) == 4 && (year[:2] == "20" || year[:2] == "19") && next == '年' {
		return true
	}
	if !proseMarks.In(s) || !proseMarks.In(t) {
		return false
	}
	if head == "" {
		point := next == '.' || next == ','
		rest := strings.TrimLeft(t, ".,")
		return point && len(rest) < len(t) && digitsAt(rest) != "" || unitStarts.Has(next)
	}
	rest := strings.TrimLeft(t[len(head):], "0123456789.,")
	next, _ = utf8.DecodeRuneInString(rest)
	return unitStarts.Has(next)
}

func digitsAt(s string) string {
	return s[:len(s)-len(strings.TrimLeft(s, "0123456789"))]
}

// digitsBefore returns the digits that s ends with, or would if a point did not
// follow them.
func digitsBefore(s string) string {
	if n := len(s); n > 1 && (s[n-1] == '.' || s[n-1] == ',') && s[n-2] >= '0' && s[n-2] <= '9' {
		s = s[:n-1]
	}
	at := len(s)
	for at > 0 && isDigit(s[at-1]) {
		at--
	}
	return s[at:]
}

// A shape is what most rows of a table have in common.
type shape struct {
	cells             int
	rows              int
	leading, trailing int // rows that begin, that end with a separator
}

// rare reports whether n rows are few of all.
func (of shape) rare(n int) bool { return n*4 <= of.rows }

// most reports whether n rows are most of all.
func (of shape) most(n int) bool { return n*3 >= of.rows*2 }

// mend joins rows that a break tore: two that follow each other have fewer
// cells than the table's, make one with just as many, and the break runs
// through a number, before a bracket's end, or along a bar.
func mend(text string, rows []row) []row {
	of := shapeOf(rows)
	if of.cells < 3 {
		return rows
	}
	out := rows[:0:0]
	for i := 0; i < len(rows); i++ {
		if i+1 < len(rows) {
			if r, ok := joined(text, &rows[i], &rows[i+1], of); ok {
				out = append(out, r)
				i++
				continue
			}
		}
		out = append(out, rows[i])
	}
	return out
}

// shapeOf returns the shape of rows: as many cells as half of them have, or as
// the widest have if there are two of these; none if neither is so.
func shapeOf(rows []row) (of shape) {
	var count [maxCols + 2]int
	of.rows = len(rows)
	widest, most := 0, 0
	for i := range rows {
		n := min(len(rows[i].cells), maxCols+1)
		count[n]++
		widest = max(widest, n)
		if count[n] > count[most] {
			most = n
		}
		if rows[i].leading {
			of.leading++
		}
		if rows[i].trailing {
			of.trailing++
		}
	}
	switch {
	case count[most] > 1 && count[most]*2 >= len(rows):
		of.cells = most
	case count[widest] > 1:
		of.cells = widest
	}
	return of
}

// joined returns the row that a and b make, if they make one of shape of.
func joined(text string, a, b *row, of shape) (row, bool) {
	p, q := len(a.cells), len(b.cells)
	if b.first != a.last+1 || p < 2 || q < 2 || p >= of.cells || q >= of.cells {
		return row{}, false
	}
	r := row{first: a.first, last: b.last, leading: a.leading, trailing: b.trailing, cells: make([]layout.Span, 0, of.cells)}
	after := a.trailing && (of.rare(of.trailing) || of.most(of.leading) && !b.leading)
	before := b.leading && (of.rare(of.leading) || of.most(of.trailing) && !a.trailing)
	if p+q == of.cells && after {
		r.cells = append(append(r.cells, a.cells...), b.cells...) // broken behind a bar
		return r, true
	}
	middle, ok := mended(text, a.cells[p-1], b.cells[0])
	if edge := a.cells[p-1].Len() == 0 || b.cells[0].Len() == 0; p+q-1 != of.cells || !ok || edge && !after && !before {
		return row{}, false
	}
	r.cells = append(append(append(r.cells, a.cells[:p-1]...), middle), b.cells[1:]...)
	return r, true
}

// mended returns the cell that was torn into last and first, or parted from its
// neighbour there.
func mended(text string, last, first layout.Span) (layout.Span, bool) {
	switch {
	case last.Len() == 0:
		return first, first.Len() > 0
	case first.Len() == 0:
		return last, true
	}
	return layout.Span{Start: last.Start, End: first.End}, tornCell(text[last.Start:last.End], text[first.Start:first.End])
}

// tornCell reports whether s and t, the ends of two lines, are one cell.
func tornCell(s, t string) bool {
	first, _ := utf8.DecodeRuneInString(t)
	last := lastRune(s)
	if strings.ContainsRune(")）%％.", first) || strings.ContainsRune("(（", last) {
		return true
	}
	digit := func(r rune) bool { return r >= '0' && r <= '9' }
	return digit(first) && (digit(last) || last == '.' || last == ',') || digit(last) && unitStarts.Has(first)
}
