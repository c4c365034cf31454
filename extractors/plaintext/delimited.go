package plaintext

import (
	"strings"

	"jixiao/schemas/layout"
)

// Spreadsheets come as text whose cells are parted by commas, quoted or not, by
// semicolons, or by the arrows that a word processor prints for tabs. Such a mark
// stands in sentences as well, so what is quoted, or the shape of several rows
// that follow each other, must say that it parts cells.
const (
	minQuotedRows = 2
	minPlainRows  = 3
	minPlainCols  = 4 // of rows parted by what also parts clauses
	minArrowCols  = 3
	maxPlainCell  = 240 // bytes of a cell that is not quoted
	maxHeadRows   = 6   // rows without a figure before the first that has one
)

// A divider is what parts the cells of a row.
type divider struct {
	mark   string
	kind   sign
	clause bool // it parts clauses, too
}

// dividers in the order in which they are tried.
var dividers = [...]divider{
	{"→", arrow, false}, {"⇥", tabArrow, false}, {",", comma, true}, {"，", wideComma, true}, {";", semicolon, true}, {"；", wideSemicolon, true},
}

// delimitedRows returns the rows of the table of quoted cells, or of cells parted
// by one of the dividers, that starts at lines[i].
func delimitedRows(text string, lines []line, i int, apart bool) (rows []row, next int) {
	if !lines[i].has(parted) {
		return nil, i
	}
	s := text[lines[i].Start:lines[i].End]
	if hasQuotedCell(s) {
		if rows, next = quotedRows(text, lines, i, apart); len(rows) > 0 {
			return rows, next
		}
	} else if lines[i].has(stop) {
		return nil, i // a sentence
	}
	for k := range dividers {
		c := &dividers[k]
		if !lines[i].has(c.kind) || strings.Count(s, c.mark) < minArrowCols-1 {
			continue
		}
		if rows, next = plainRows(text, lines, i, apart, c); len(rows) > 0 {
			return rows, next
		}
	}
	return nil, i
}

// quotedRows returns rows some cells of which are quoted. All of them must be well
// formed, and those of one table have the same number of cells unless all are quoted.
func quotedRows(text string, lines []line, i int, apart bool) (rows []row, next int) {
	for k := i; k < len(lines) && (k == i || apart || !lines[k].gap); {
		r, ok := quotedRow(text, lines, k)
		if !ok || len(rows) > 0 && len(r.cells) != len(rows[0].cells) && !allQuoted(text, lines, &r) {
			break
		}
		rows = append(rows, r)
		k = r.last + 1
	}
	if len(rows) < minQuotedRows {
		return nil, i
	}
	return rows, rows[len(rows)-1].last + 1
}

// allQuoted reports whether r looks like a row each cell of which is quoted.
func allQuoted(text string, lines []line, r *row) bool {
	return text[lines[r.first].Start] == '"' && text[lines[r.last].End-1] == '"'
}

// quotedRow reads the row that starts at lines[k]; a quoted cell may hold commas
// and line feeds.
func quotedRow(text string, lines []line, k int) (row, bool) {
	r := row{first: k, last: k}
	for at := lines[k].Start; ; {
		cell, next, ok := quotedCell(text, lines, at, &r)
		if !ok || len(r.cells) >= maxCols {
			return r, false
		}
		r.cells = append(r.cells, cell)
		if next >= lines[r.last].End {
			if strings.HasSuffix(text[:next], ",") { // an empty cell ends the row
				r.cells = append(r.cells, layout.Span{Start: next, End: next})
			}
			return r, len(r.cells) > 1
		}
		at = next
	}
}

// quotedCell returns the cell at byte at of the row and where the next one begins.
func quotedCell(text string, lines []line, at int, r *row) (cell layout.Span, next int, ok bool) {
	if text[at] != '"' {
		end := lines[r.last].End
		n := strings.IndexByte(text[at:end], ',')
		if n < 0 {
			return trimCell(text, layout.Span{Start: at, End: end}), end, end-at <= maxPlainCell
		}
		return trimCell(text, layout.Span{Start: at, End: at + n}), at + n + 1, n <= maxPlainCell
	}
	at++
	for j := at; ; j++ {
		for j >= lines[r.last].raw.End { // the cell goes on in the next line
			if r.last+1 >= len(lines) || r.last-r.first >= maxRowLines {
				return cell, j, false
			}
			r.last++
			j = lines[r.last].Start
		}
		if text[j] != '"' {
			continue
		}
		if j+1 < len(text) && text[j+1] == '"' { // two stand for one
			j++
			continue
		}
		cell = trimCell(text, layout.Span{Start: at, End: j})
		if j+1 >= lines[r.last].End {
			return cell, j + 1, true
		}
		return cell, j + 2, text[j+1] == ','
	}
}

// plainRows returns rows of as many cells each, parted by c, most of which hold
// figures or empty cells. Where c parts clauses as well, some cell must be quoted,
// or the first row must be short words and two rows hold cells that are figures, as
// no sentences do.
func plainRows(text string, lines []line, i int, apart bool, c *divider) (rows []row, next int) {
	figures, quoted := 0, !c.clause
	for k := i; k < len(lines) && (k == i || apart || !lines[k].gap); {
		if figures == 0 && len(rows) > maxHeadRows || len(rows) == 1 && !quoted && !rows[0].isHead(text) {
			return nil, i
		}
		r := row{first: k, last: k}
		if !lines[k].has(parted) || !r.cutBy(text, lines, c) || len(rows) > 0 && len(r.cells) != len(rows[0].cells) {
			break
		}
		if r.hasFigure(text) {
			figures++
		}
		quoted = quoted || hasQuotedCell(text[lines[k].Start:lines[k].End])
		rows = append(rows, r)
		k = r.last + 1
	}
	least, cols := minPlainRows, minPlainCols
	if quoted {
		least, cols = minQuotedRows, minArrowCols
	}
	if len(rows) < least || len(rows[0].cells) < cols || figures < least-1 || !quoted && !rows[0].isHead(text) {
		return nil, i
	}
	return rows, rows[len(rows)-1].last + 1
}

// hasQuotedCell reports whether a cell of the row s is quoted.
func hasQuotedCell(s string) bool { return strings.HasPrefix(s, `"`) || strings.Contains(s, `,"`) }

// cutBy divides the row that begins in r's first line where c stands; false if
// it is none, as where a sentence ends in it.
func (r *row) cutBy(text string, lines []line, c *divider) (ok bool) {
	l := lines[r.first]
	if c.mark != "," || !hasQuotedCell(text[l.Start:l.End]) {
		return !l.has(stop) && r.cutAt(text, l.Span, c.mark)
	}
	*r, ok = quotedRow(text, lines, r.first)
	return ok
}

// cutAt divides the text at s where mark stands; false if a cell is too long to be
// one.
func (r *row) cutAt(text string, s layout.Span, mark string) bool {
	for at := s.Start; ; {
		n := strings.Index(text[at:s.End], mark)
		end := s.End
		if n >= 0 {
			end = at + n
		}
		if end-at > maxPlainCell || len(r.cells) >= maxCols {
			return false
		}
		r.cells = append(r.cells, trimCell(text, layout.Span{Start: at, End: end}))
		if n < 0 {
			return len(r.cells) >= minArrowCols
		}
		at = end + len(mark)
	}
}
