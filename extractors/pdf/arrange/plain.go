package arrange

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// What makes a table without vertical rulings: rows below each other that keep
// the same gaps free.
const (
	plainRows    = 3
	plainColumns = 3   // two may be a label and its figure
	plainSpace   = 2.5 // most white space between two rows, in sizes
	plainGap     = 0.2 // least width of what all rows keep free, in sizes
)

// plainTable returns the table that lines begin with and how many lines it
// takes; 0 if they begin with none.
func plainTable(lines []line) (*grid, int) {
	region, cuts := plainRegion(lines)
	if len(region) < plainRows {
		return nil, 0
	}
	rows := rowsOf(region, cuts)
	if i := slices.IndexFunc(rows, isSentence); i >= 0 {
		rows = rows[:i]
	}
	for len(rows) > 0 && !slices.ContainsFunc(rows[len(rows)-1], func(l *line) bool { return l.apart() }) {
		rows = rows[:len(rows)-1] // what follows the table and fits below its first column
	}
	if len(rows) < plainRows {
		return nil, 0
	}
	n := 0
	for _, r := range rows {
		n += len(r)
	}
	g := plainGrid(rows, cuts)
	if g.allWide(columnWidth * lines[0].size) {
		return nil, 0 // columns of running text
	}
	return g, n
}

// allWide reports whether no column is narrower than least.
func (g *grid) allWide(least float64) bool {
	for c := range g.columns() {
		if g.xs[c+1]-g.xs[c] < least {
			return false
		}
	}
	return true
}

// isSentence reports whether a row is but one line that ends a sentence or
// announces what follows: text between two tables.
func isSentence(row []*line) bool {
	if len(row) > 1 || len(row[0].free()) > 2 {
		return false
	}
	end, _ := utf8.DecodeLastRuneInString(row[0].text)
	return strings.ContainsRune("。：；:;", end)
}

// apart reports whether a line is at least three things far from each other.
func (l *line) apart() bool { return len(l.free()) >= 2+plainColumns-1 }

// plainRegion returns the lines from the first on that can be one table, and
// where its columns part.
func plainRegion(lines []line) (region []line, cuts []float64) {
	if len(lines) == 0 || !lines[0].apart() {
		return nil, nil
	}
	lines = lines[:min(len(lines), longest)]
	var inked []span
	rows := 0 // lines that can only be rows
	for n := range lines {
		l := &lines[n]
		if n > 0 && l.y0-lines[n-1].y1 > plainSpace*l.size {
			break
		}
		next := addInk(inked, l)
		kept := gapsOf(next, plainGap*l.size)
		lost := len(cuts) - len(kept)
		if len(kept) < plainColumns-1 || lost > 0 && rows >= plainRows && (!l.apart() || 2*lost > len(cuts)) {
			break
		}
		if l.apart() {
			rows++
		}
		inked, cuts, region = next, kept, lines[:n+1]
	}
	if rows < plainRows {
		return nil, nil
	}
	return region, cuts
}

// addInk returns the ranges of x that have ink with those of l added, ordered
// and disjoint.
func addInk(inked []span, l *line) []span {
	all := slices.Clone(inked)
	for i := range l.glyphs {
		all = append(all, span{l.glyphs[i].X0, l.glyphs[i].X1})
	}
	slices.SortFunc(all, func(p, q span) int { return cmp.Compare(p.a, q.a) })
	out := all[:0:0]
	for _, s := range all {
		if n := len(out); n > 0 && s.a <= out[n-1].b {
			out[n-1].b = max(out[n-1].b, s.b)
			continue
		}
		out = append(out, s)
	}
	return out
}

// gapsOf returns the middles of the gaps between inked ranges.
func gapsOf(inked []span, least float64) (cuts []float64) {
	for i := 1; i < len(inked); i++ {
		if inked[i].a-inked[i-1].b >= least {
			cuts = append(cuts, (inked[i-1].b+inked[i].a)/2)
		}
	}
	return cuts
}

// plainGrid makes the grid of rows, each of one line or more, parted at cuts.
func plainGrid(rows [][]*line, cuts []float64) *grid {
	left, right := math.Inf(1), math.Inf(-1)
	g := &grid{}
	bottom := 0.0
	for i, r := range rows {
		top, end := math.Inf(1), math.Inf(-1)
		for _, l := range r {
			left, right = min(left, l.x0), max(right, l.x1)
			top, end = min(top, l.y0), max(end, l.y1)
		}
		if i > 0 {
			top = (bottom + top) / 2
		}
		g.ys, bottom = append(g.ys, top), end
	}
	g.ys = append(g.ys, bottom)
	g.xs = append(append([]float64{left}, cuts...), right)
	g.fill(rows)
	return g
}

// fill makes a cell for each place of the grid and gives it its glyphs.
func (g *grid) fill(rows [][]*line) {
	n := g.columns()
	g.cells = make([]cell, 0, len(rows)*n)
	g.owner = make([]int, len(rows)*n)
	for r := range rows {
		for c := range n {
			g.owner[r*n+c] = len(g.cells)
			g.cells = append(g.cells, cell{r0: r, c0: c, r1: r, c1: c})
		}
		for _, l := range rows[r] {
			for _, glyph := range l.glyphs {
				x := &g.cells[r*n+columnOf(g.xs[1:n], glyph)]
				x.glyphs = append(x.glyphs, glyph)
			}
		}
	}
}

// columnOf returns the column that a glyph stands in, given where columns part.
func columnOf(cuts []float64, g Glyph) int {
	n, _ := slices.BinarySearch(cuts, (g.X0+g.X1)/2)
	return n
}
