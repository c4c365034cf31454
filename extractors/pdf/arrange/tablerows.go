package arrange

import (
	"math"
	"slices"
)

// A strip is one visual line of a table: what it has in each column.
type strip struct {
	line    *line
	columns []span // ink in each column; empty where b < a
}

// A rowing puts the visual lines of a table into rows.
type rowing struct {
	widest []float64 // ink of each column
	usual  float64   // space between rows, see rowSpace
	least  float64   // space, see leastSpace
}

// rowsOf puts the visual lines of a table without horizontal rulings into rows.
// A wrapped cell makes more lines than its row has otherwise, and if cells are
// set to the middle they lie between each other's lines. Lines are of one row
// if they overlap in height or are closer than rows are; where no rows can be
// told for sure, if a line has only what a full cell above it leaves over.
func rowsOf(lines []line, cuts []float64) [][]*line {
	strips := make([]strip, len(lines))
	t := rowing{widest: make([]float64, len(cuts)+1)}
	for i := range lines {
		strips[i] = newStrip(&lines[i], cuts)
		for c, s := range strips[i].columns {
			t.widest[c] = max(t.widest[c], s.b-s.a)
		}
	}
	t.usual, t.least = rowSpace(strips), leastSpace(strips)
	var rows [][]*line
	first := 0 // strip that begins the current row
	for i := range strips {
		if i == 0 || !t.sameRow(strips[first:i], &strips[i]) {
			rows, first = append(rows, nil), i
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], strips[i].line)
	}
	return rows
}

func newStrip(l *line, cuts []float64) strip {
	s := strip{line: l, columns: make([]span, len(cuts)+1)}
	for c := range s.columns {
		s.columns[c] = span{1, 0}
	}
	for _, g := range l.glyphs {
		x := &s.columns[columnOf(cuts, g)]
		if x.b < x.a {
			*x = span{g.X0, g.X1}
		}
		x.a, x.b = min(x.a, g.X0), max(x.b, g.X1)
	}
	return s
}

func (s *strip) has(c int) bool { return s.columns[c].b >= s.columns[c].a }

// count returns how many columns have ink.
func (s *strip) count() (n int) {
	for c := range s.columns {
		if s.has(c) {
			n++
		}
	}
	return n
}

// rowSpace returns the white space between lines that are surely rows, both with
// most of what a full row has. It is below zero if there are none.
func rowSpace(strips []strip) float64 {
	counts := make([]int, len(strips))
	for i := range strips {
		counts[i] = strips[i].count()
	}
	sorted := slices.Sorted(slices.Values(counts))
	most := max(2, (3*sorted[len(sorted)*4/5]+4)/5)
	var gaps []float64
	for i := 1; i < len(strips); i++ {
		space := strips[i].line.y0 - strips[i-1].line.y1
		if counts[i-1] >= most && counts[i] >= most && space >= 0 {
			gaps = append(gaps, space)
		}
	}
	if len(gaps) == 0 {
		return -1
	}
	return median(gaps)
}

// leastSpace returns the least white space between two lines of one column.
func leastSpace(strips []strip) float64 {
	least := math.Inf(1)
	for i := range strips {
		for c := range strips[i].columns {
			if above := lastIn(strips[:i], c); above != nil && strips[i].has(c) {
				least = min(least, max(0, strips[i].line.y0-above.line.y1))
			}
		}
	}
	return least
}

// sameRow reports whether s goes on with the row that the strips before it make.
func (t *rowing) sameRow(row []strip, s *strip) bool {
	const overlap, closer = 0.1, 0.12 // of the size
	size := s.line.size
	space := s.line.y0 - row[len(row)-1].line.y1
	switch {
	case space < -overlap*size:
		return true
	case t.usual >= 0:
		return space < t.usual-closer*size
	case newItem.MatchString(s.line.text):
		return false
	}
	had := 0
	for c := range s.columns {
		above := lastIn(row, c)
		if above != nil {
			had++
		}
		if !s.has(c) {
			continue
		}
		if above == nil || above.columns[c].b-above.columns[c].a+size < t.widest[c] ||
			s.line.y0-above.line.y1 > t.least+closer*size {
			return false
		}
	}
	return s.count() < had
}

// lastIn returns the lowest strip that has ink in column c, nil if none has.
func lastIn(row []strip, c int) *strip {
	for i := len(row) - 1; i >= 0; i-- {
		if row[i].has(c) {
			return &row[i]
		}
	}
	return nil
}
