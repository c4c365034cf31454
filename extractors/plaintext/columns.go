package plaintext

import (
	"strings"
	"unicode"

	"jixiao/schemas/layout"
)

// What makes lines of words set apart by white space a table: white space is
// also used to indent, to fill in forms and to spread a title, so three rows of
// the same three or more columns are asked for, two of them with figures.
const (
	minGap      = 3 // columns of white space between two cells
	minGapCols  = 3
	minGapRows  = 3
	minFigures  = 2  // rows
	maxGapWidth = 80 // columns of a cell
)

// gapRows returns the rows of the table that starts at lines[i] and whose
// columns are set apart by white space, as pdftotext prints them.
func gapRows(text string, lines []line, i int, apart bool) (rows []row, next int) {
	figures := 0
	var at printed
	for k := i; k < len(lines) && (k == i || apart || !lines[k].gap); k++ {
		r := row{first: k, last: k}
		if !lines[k].gappy || lines[k].has(drawn) || !r.cutAtGaps(text, lines[k].Span, minGap) && len(rows) == 0 {
			break
		}
		if len(rows) > 0 && len(r.cells) != len(rows[0].cells) && !at.place(text, lines, rows, &r) &&
			!r.cutNarrow(text, lines[k].Span, len(rows[0].cells)) && !at.place(text, lines, rows, &r) {
			break
		}
		if r.hasFigure(text) {
			figures++
		}
		rows = append(rows, r)
	}
	if len(rows) < minGapRows || figures < minFigures {
		return nil, i + max(0, len(rows)-minGapRows) // none of the first ones starts a table either
	}
	if r, ok := totals(text, lines, rows[len(rows)-1].last+1, rows); ok {
		rows = append(rows, r)
	}
	next = rows[len(rows)-1].last + 1
	return withHeads(text, lines, i, rows), next
}

// cutNarrow divides the text at s into n cells where a gap is narrow because the
// cell before it is long.
func (r *row) cutNarrow(text string, s layout.Span, n int) bool {
	*r = row{first: r.first, last: r.last}
	return r.cutAtGaps(text, s, minGap-1) && len(r.cells) == n
}

// cutAtGaps divides the text at s where it has white space at least as wide.
func (r *row) cutAtGaps(text string, s layout.Span, least int) bool {
	from, blank, wide := s.Start, s.Start, 0 // start of the cell, of the white space after it, and how wide that is
	for i, c := range text[s.Start:s.End] {
		at := s.Start + i
		if unicode.IsSpace(c) {
			if wide == 0 {
				blank = at
			}
			wide += columns(c)
			continue
		}
		if wide >= least {
			r.cells = append(r.cells, layout.Span{Start: from, End: blank})
			from = at
		}
		wide = 0
	}
	r.cells = append(r.cells, layout.Span{Start: from, End: s.End})
	if len(r.cells) < minGapCols || len(r.cells) > maxCols {
		return false
	}
	for _, c := range r.cells {
		if cell := text[c.Start:c.End]; len(cell) > maxGapWidth*3/2 || sentenceMarks.In(cell) {
			return false
		}
	}
	return true
}

// hasFigure reports whether a cell of the row is a figure.
func (r *row) hasFigure(text string) bool {
	for _, c := range r.cells {
		cell := text[c.Start:c.End]
		if strings.ContainsAny(cell, "0123456789") && strings.Trim(cell, "0123456789.,%- ") == "" {
			return true
		}
	}
	return false
}
