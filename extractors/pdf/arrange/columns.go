package arrange

import (
	"cmp"
	"math"
	"slices"
)

// What makes text columns: a gutter that many lines keep free, with running
// text, not table cells, on both sides of it.
const (
	gutter      = 0.8 // least width, in sizes of the text
	columnLines = 4   // least lines on either side
	columnWidth = 8   // least width of a column, in sizes
	columnFill  = 0.6 // of a column's width that half of its lines reach
	nesting     = 4   // columns within columns
)

// A span is a range of x.
type span struct{ a, b float64 }

// blocksOf puts lines, given from top to bottom, into reading order: blocks one
// after the other, each of lines below each other.
func blocksOf(lines []line, depth int) [][]line {
	var out [][]line
	var cur []line
	for i := 0; i < len(lines); {
		n, cut := columnsAt(lines[i:])
		if n == 0 || depth >= nesting {
			cur = append(cur, lines[i])
			i++
			continue
		}
		if len(cur) > 0 {
			out, cur = append(out, cur), nil
		}
		left, right := split(lines[i:i+n], cut)
		out = append(out, blocksOf(left, depth+1)...)
		out = append(out, blocksOf(right, depth+1)...)
		i += n
	}
	if len(cur) > 0 {
		out = append(out, cur)
	}
	return out
}

// columnsAt returns how many lines from the first on stand in two columns or
// more, and where the widest gutter between them is; 0 if they do not.
func columnsAt(lines []line) (n int, cut float64) {
	if len(lines) < columnLines {
		return 0, 0
	}
	free := []span{{math.Inf(-1), math.Inf(1)}}
	for n < len(lines) {
		next := meet(free, lines[n].free())
		if !slices.ContainsFunc(next, inner(lines[:n+1])) && n+1 >= columnLines {
			break
		}
		free = next
		n++
	}
	best := span{}
	isInner := inner(lines[:n])
	for _, f := range free {
		if isInner(f) && f.b-f.a > best.b-best.a {
			best = f
		}
	}
	if best.b == best.a {
		return 0, 0
	}
	cut = (best.a + best.b) / 2
	n = lastBoth(lines[:n], cut)
	if !inColumns(lines[:n], cut) {
		return 0, 0
	}
	return n, cut
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

// lastBoth cuts the lines below the columns: a column may go on alone after the
// other ends, but only at the same pace.
func lastBoth(lines []line, cut float64) int {
	last, pace := 0, 0.0
	for i := range lines {
		if lines[i].x0 < cut && lines[i].x1 > cut {
			last = i
		}
		if i > 0 && i <= last {
			pace = max(pace, lines[i].y0-lines[i-1].y0)
		}
	}
	n := last + 1
	for n < len(lines) && lines[n].y0-lines[n-1].y0 <= 1.1*pace {
		n++
	}
	return n
}

// inColumns reports whether both sides of cut hold running text.
func inColumns(lines []line, cut float64) bool {
	left, right := split(lines, cut)
	return isProse(left) && isProse(right)
}

func isProse(lines []line) bool {
	if len(lines) < columnLines {
		return false
	}
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
