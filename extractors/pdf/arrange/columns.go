package arrange

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// What makes text columns: a gutter that many lines keep free, with running
// text, not table cells, on both sides of it.
const (
	gutter      = 0.8 // least width, in sizes of the text
	columnLines = 4   // least lines on either side
	columnWidth = 8   // least width of a column, in sizes
	columnFill  = 0.6 // of a column's width that half of its lines reach
	nesting     = 4   // columns within columns
	longest     = 400 // lines looked at together; no page of a report has more
)

// A span is a range of x.
type span struct{ a, b float64 }

// gutters are the places of gutters found in the document's running text. A page
// of short lines, a list or figures, keeps the columns of the pages around it.
type gutters []float64

// guttersOf looks through all pages for columns of running text.
func guttersOf(pages [][]line) gutters {
	var out gutters
	for _, lines := range pages {
		for i := 0; i < len(lines); {
			if _, n := plainTable(lines[i:]); n > 0 {
				i += n
				continue
			}
			n, cut := gutters(nil).columnsAt(lines[i:])
			if n > 0 {
				out = append(out, cut)
			}
			i += max(n, 1)
		}
	}
	return out
}

// known returns the known gutter that s holds.
func (k gutters) known(s span) (float64, bool) {
	for _, x := range k {
		if s.a < x && x < s.b {
			return x, true
		}
	}
	return 0, false
}

// A block is lines below each other that are read one after the other, or a
// table that they make.
type block struct {
	lines  []line
	column bool // one of several beside each other: its margins are its own
	table  *grid
}

// blocks puts lines, given from top to bottom, into reading order.
func (k gutters) blocks(lines []line, depth int) []block {
	var out []block
	var cur []line
	end := func() {
		if len(cur) > 0 {
			out, cur = append(out, block{lines: cur, column: depth > 0}), nil
		}
	}
	for i := 0; i < len(lines); {
		if t, n := plainTable(lines[i:]); n > 0 {
			end()
			out = append(out, block{table: t})
			i += n
			continue
		}
		n, cut := k.columnsAt(lines[i:])
		if n == 0 || depth >= nesting {
			cur = append(cur, lines[i])
			i++
			continue
		}
		end()
		left, right := split(lines[i:i+n], cut)
		out = append(out, k.blocks(left, depth+1)...)
		out = append(out, k.blocks(right, depth+1)...)
		i += n
	}
	end()
	return out
}

// columnsAt returns how many lines from the first on stand in two columns or
// more, and where the gutter between them is; 0 if they do not.
func (k gutters) columnsAt(lines []line) (n int, cut float64) {
	if len(lines) < columnLines {
		return 0, 0
	}
	lines = lines[:min(len(lines), longest)]
	free := []span{{math.Inf(-1), math.Inf(1)}}
	for n < len(lines) {
		next := meet(free, lines[n].free())
		if n+1 >= columnLines && !slices.ContainsFunc(next, inner(lines[:n+1])) {
			break
		}
		free = next
		n++
	}
	cut, known := k.widest(free, lines[:n])
	if cut == 0 {
		return 0, 0
	}
	n = together(lines[:n], cut)
	left, right := split(lines[:n], cut)
	for _, side := range [][]line{left, right} {
		if len(side) < columnLines || gapped(side) || !known && !isProse(side) {
			return 0, 0
		}
	}
	return n, cut
}

// widest returns the middle of the widest free span that has text of lines on
// both sides, or a known gutter's; 0 if there is none.
func (k gutters) widest(free []span, lines []line) (cut float64, known bool) {
	best := span{}
	isInner := inner(lines)
	for _, f := range free {
		if !isInner(f) {
			continue
		}
		if x, ok := k.known(f); ok {
			return x, true
		}
		if f.b-f.a > best.b-best.a {
			best = f
		}
	}
	return (best.a + best.b) / 2, false
}

// inner returns a test for gaps that have text on both sides.
func inner(lines []line) func(span) bool {
	x0, x1 := math.Inf(1), math.Inf(-1)
	for i := range lines {
		x0, x1 = min(x0, lines[i].x0), max(x1, lines[i].x1)
	}
	return func(s span) bool { return s.a >= x0 && s.b <= x1 }
}

// free returns the ranges that a line leaves free, wide enough for a gutter.
func (l *line) free() []span {
	out := []span{{math.Inf(-1), l.x0}}
	end := l.x0
	for i := range l.glyphs {
		if g := &l.glyphs[i]; g.X0-end >= gutter*l.size {
			out = append(out, span{end, g.X0})
		}
		end = max(end, l.glyphs[i].X1)
	}
	return append(out, span{end, math.Inf(1)})
}

// meet returns what is in both lists, each ordered and disjoint.
func meet(a, b []span) []span {
	const least = 4 // points
	var out []span
	for i, j := 0, 0; i < len(a) && j < len(b); {
		s := span{max(a[i].a, b[j].a), min(a[i].b, b[j].b)}
		if s.b-s.a >= least {
			out = append(out, s)
		}
		if a[i].b < b[j].b {
			i++
		} else {
			j++
		}
	}
	return out
}

// together cuts the lines below the columns: one column may go on after the
// other ends, but only at the same pace.
func together(lines []line, cut float64) int {
	const steady = 1.1
	var sides [2][]int // lines with text to the left and to the right
	for i := range lines {
		if lines[i].x0 < cut {
			sides[0] = append(sides[0], i)
		}
		if lines[i].x1 > cut {
			sides[1] = append(sides[1], i)
		}
	}
	both := min(sides[0][len(sides[0])-1], sides[1][len(sides[1])-1])
	pace := 0.0
	for _, side := range sides {
		for k := 1; k < len(side) && side[k] <= both; k++ {
			pace = max(pace, lines[side[k]].y0-lines[side[k-1]].y0)
		}
	}
	n := both + 1
	for _, side := range sides {
		for k := 1; k < len(side); k++ {
			if side[k] <= both {
				continue
			}
			if lines[side[k]].y0-lines[side[k-1]].y0 > steady*pace {
				break
			}
			n = side[k] + 1
		}
	}
	return n
}

// gapped reports whether lines have wide gaps as rows of a table do.
func gapped(lines []line) bool {
	n := 0
	for i := range lines {
		if strings.Contains(lines[i].text, "\t") {
			n++
		}
	}
	return 4*n > len(lines)
}

// isProse reports whether lines are long ones, as running text has.
func isProse(lines []line) bool {
	x0, x1 := math.Inf(1), math.Inf(-1)
	widths := make([]float64, 0, len(lines))
	sizes := make([]float64, 0, len(lines))
	for i := range lines {
		l := &lines[i]
		x0, x1 = min(x0, l.x0), max(x1, l.x1)
		widths = append(widths, l.x1-l.x0)
		sizes = append(sizes, l.size)
	}
	width := x1 - x0
	return width >= columnWidth*median(sizes) && median(widths) >= columnFill*width
}

// split parts lines at a gutter.
func split(lines []line, cut float64) (left, right []line) {
	for i := range lines {
		l := &lines[i]
		k, _ := slices.BinarySearchFunc(l.glyphs, cut, func(g Glyph, x float64) int { return cmp.Compare(g.X0, x) })
		if k > 0 {
			left = append(left, newLine(slices.Clone(l.glyphs[:k])))
		}
		if k < len(l.glyphs) {
			right = append(right, newLine(slices.Clone(l.glyphs[k:])))
		}
	}
	return left, right
}
