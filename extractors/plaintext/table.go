package plaintext

import (
	"strings"

	"jixiao/schemas/layout"
)

// Limits on what is taken for a table; beyond them lines stay paragraphs.
const (
	maxCols     = 200     // cells in a row
	maxCells    = 300_000 // cells in a document
	maxRowLines = 20      // lines of one row
)

// A row is one row of a table, made of one line, or of several where a cell
// holds line feeds.
type row struct {
	first, last int           // indices of lines
	cells       []layout.Span // trimmed
	leading     bool          // it starts with a separator
	trailing    bool          // it ends with one
}

// filled counts the cells that are not empty.
func (r *row) filled() int {
	n := 0
	for _, c := range r.cells {
		if c.Len() > 0 {
			n++
		}
	}
	return n
}

// findTables returns the tables among lines and marks what it used.
//
// Rows are lines with bars (|, or one of its full-width and box-drawing kin),
// with tabs inside, with quotes and commas (see delimited.go), or with columns set
// apart by white space (see columns.go). A bar at the end closes the last cell. A bar at the start
// is a border if all rows of the table have it, as in Markdown; else it says
// that the first cell is empty, mostly because the one above reaches down.
// Rows may have different numbers of cells.
func findTables(text string, lines []line) []layout.Table {
	var out []layout.Table
	budget := maxCells
	tabbed := strings.Contains(text, "\t")
	closed := closedRows(text, lines)
	apart := doubleSpaced(lines)
	for i := 0; i < len(lines); {
		if lines[i].has(drawn) && isRule(text[lines[i].Start:lines[i].End]) {
			lines[i].use = rule
			i++
			continue
		}
		rows, next := barRows(text, lines, i, closed, apart)
		if len(rows) == 0 && tabbed {
			rows, next = tabRows(text, lines, i, apart)
		}
		if len(rows) == 0 {
			rows, next = delimitedRows(text, lines, i, apart)
		}
		if len(rows) == 0 {
			rows, next = pairRows(text, lines, i, apart)
		}
		if len(rows) == 0 {
			rows, next = gapRows(text, lines, i, apart)
		}
		if len(rows) == 0 {
			var end int
			if rows, end = spacedRows(text, lines, i, apart); len(rows) > 0 {
				next = end
			}
		}
		if len(rows) == 0 {
			i = max(next, i+1)
			continue
		}
		if t, ok := table(text, mend(text, rows), &budget); ok {
			t.Span = layout.Span{Start: lines[rows[0].first].Start, End: lines[rows[len(rows)-1].last].End}
			widen(&t)
			mark(lines[rows[0].first:rows[len(rows)-1].last+1], inTable)
			out = append(out, t)
		}
		i = next
	}
	return out
}

func mark(lines []line, u use) {
	for i := range lines {
		lines[i].use = u
	}
}

// widen makes the table's span hold empty cells that stand in white space at
// the ends of its lines.
func widen(t *layout.Table) {
	for _, c := range t.Cells {
		t.Start, t.End = min(t.Start, c.Start), max(t.End, c.End)
	}
}

// table makes a grid of rows, within the budget of cells.
func table(text string, rows []row, budget *int) (layout.Table, bool) {
	bordered, n := true, 0
	for i := range rows {
		bordered = bordered && rows[i].leading
		n += len(rows[i].cells)
	}
	t := layout.Table{Rows: len(rows), Cells: make([]layout.Cell, 0, n)}
	repeats := repeatsMerged(text, rows)
	for r := range rows {
		cells := rows[r].cells
		if bordered {
			cells = cells[1:]
		}
		if *budget -= len(cells); *budget < 0 {
			return t, false
		}
		t.Cols = max(t.Cols, len(cells))
		for c := 0; c < len(cells); {
			span := 1
			if repeats {
				span = columnsOf(text, cells[c:])
			}
			t.Cells = append(t.Cells, layout.Cell{Span: cells[c], Row: r, Col: c, RowSpan: 1, ColSpan: span})
			c += span
		}
	}
	return t, len(t.Cells) > 0
}

// barRows returns the rows of the table that starts at lines[i], and the index
// of the line after what was looked at. Two rows of several cells make a
// table; one alone must have at least three cells or be closed by a bar.
func barRows(text string, lines []line, i, closed int, apart bool) (rows []row, next int) {
	single, several := 0, 0 // rows of one cell at the end, rows of more
	k := i
	for k < len(lines) && (k == i || apart || !lines[k].gap) {
		s := text[lines[k].Start:lines[k].End]
		if several > 0 && lines[k].has(drawn) && isRule(s) {
			lines[k].use = rule
			k++
			continue
		}
		r, ok := barRow(text, lines, k, closed)
		if !ok {
			break
		}
		if len(r.cells) > 1 {
			several++
			single = 0
		} else if single++; several == 0 || single > 2 {
			break // a table flattened to one cell a line
		}
		rows = append(rows, r)
		k = r.last + 1
	}
	if single > 2 { // the third was not appended
		single--
	}
	rows = rows[:max(0, len(rows)-single)]
	if several == 0 || several == 1 && len(rows[0].cells) < 3 && !rows[0].trailing {
		return nil, i
	}
	return rows, rows[len(rows)-1].last + 1
}

// barRow reads the row that starts at lines[k]. If rows of this text are closed
// by a bar, closed in each, a row with fewer that does not end with one goes on
// to the line that does.
func barRow(text string, lines []line, k, closed int) (row, bool) {
	r := row{first: k, last: k}
	s := text[lines[k].Start:lines[k].End]
	if !lines[k].has(bar) {
		return r, false
	}
	if closed > 0 && !isBar(lastRune(s)) && bars(s) < closed {
		for j := k + 1; j < len(lines) && j-k < maxRowLines && !lines[j].gap; j++ {
			if t := text[lines[j].Start:lines[j].End]; lines[j].has(bar) {
				if isBar(lastRune(t)) && strings.IndexFunc(t, isBar) > 0 {
					r.last = j
				}
				break
			}
		}
	}
	whole := layout.Span{Start: lines[k].Start, End: lines[r.last].End}
	return r, r.cut(text, whole, isBar)
}

// cut divides the text at s into cells; false if they are too many.
func (r *row) cut(text string, s layout.Span, sep func(rune) bool) bool {
	r.cells = make([]layout.Span, 0, 8)
	from := s.Start
	for i, c := range text[s.Start:s.End] {
		if !sep(c) {
			continue
		}
		at := s.Start + i
		r.leading = r.leading || at == s.Start
		r.cells = append(r.cells, trimCell(text, layout.Span{Start: from, End: at}))
		from = at + len(string(c))
		if len(r.cells) > maxCols {
			return false
		}
	}
	if r.trailing = from == s.End; !r.trailing {
		r.cells = append(r.cells, trimCell(text, layout.Span{Start: from, End: s.End}))
	}
	return true
}

// trimCell trims s; an empty cell keeps the place where it starts.
func trimCell(text string, s layout.Span) layout.Span {
	if t := trim(text, s); t.Len() > 0 {
		return t
	}
	return layout.Span{Start: s.Start, End: s.Start}
}

// tabRows returns the rows of the table of tabs that starts at lines[i]. A row
// has a tab between two cells, or as many cells as the row above it.
func tabRows(text string, lines []line, i int, apart bool) (rows []row, next int) {
	for k := i; k < len(lines) && (k == i || apart || !lines[k].gap); k++ {
		r := row{first: k, last: k}
		if !strings.Contains(text[lines[k].raw.Start:lines[k].raw.End], "\t") || !r.cut(text, lines[k].raw, isTab) {
			break
		}
		if r.trailing { // a tab parts cells, unlike a bar it never closes the last
			r.cells = append(r.cells, layout.Span{Start: lines[k].raw.End, End: lines[k].raw.End})
		}
		if r.filled() < 2 && (len(rows) == 0 || len(rows[len(rows)-1].cells) != len(r.cells)) {
			break
		}
		rows = append(rows, r)
	}
	if len(rows) < 2 {
		return nil, i
	}
	return rows, rows[len(rows)-1].last + 1
}

func isTab(r rune) bool { return r == '\t' }

// closedRows returns how many bars the rows of the text have that end with one,
// if most do: the number that most of them have. 0 says that rows are not closed.
func closedRows(text string, lines []line) int {
	with, without := 0, 0
	var count [maxCols + 2]int
	for i := range lines {
		s := text[lines[i].Start:lines[i].End]
		switch {
		case !lines[i].has(bar):
		case isBar(lastRune(s)):
			with++
			if n := bars(s); n > 1 { // one alone may end a row that was broken
				count[min(n, maxCols+1)]++
			}
		default:
			without++
		}
	}
	if with < 2 || with <= without {
		return 0
	}
	most := 1
	for n := range count {
		if count[n] > count[most] {
			most = n
		}
	}
	return most
}

// bars counts the bars in s.
func bars(s string) (n int) {
	for _, r := range s {
		if isBar(r) {
			n++
		}
	}
	return n
}

// doubleSpaced reports whether the text has a blank line between most of its
// lines, which then says nothing about where a table ends.
func doubleSpaced(lines []line) bool {
	gaps := 0
	for i := range lines {
		if lines[i].gap {
			gaps++
		}
	}
	return gaps*10 > len(lines)*8
}

// isRule reports whether s is a border of a table, as |---|:--:| or ├──┼──┤.
func isRule(s string) bool {
	dashes, joints := 0, 0
	for _, r := range s {
		switch {
		case r == '-' || r == '=' || r == '─' || r == '━' || r == '═' || r == '—':
			dashes++
		case r == '+' || isBar(r) || isBox(r):
			joints++
		case r != ':' && r != ' ':
			return false
		}
	}
	return dashes > 1 && joints > 0
}
