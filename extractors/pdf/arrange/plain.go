package arrange

import "math"

// What makes a table without vertical rulings: rows below each other that keep
// the same gaps free.
const (
	plainRows  = 3
	plainGaps  = 2   // gaps, so three columns; two may be a label and its figure
	plainSpace = 2.5 // most white space between two rows, in sizes
)

// plainTable returns the table that lines begin with and how many lines it
// takes; 0 if they begin with none.
func plainTable(lines []line) (*grid, int) {
	gaps, n := keptGaps(lines)
	if n < plainRows {
		return nil, 0
	}
	rows := lines[:n]
	g := &grid{}
	left, right := math.Inf(1), math.Inf(-1)
	for i := range rows {
		left, right = min(left, rows[i].x0), max(right, rows[i].x1)
		if i > 0 {
			g.ys = append(g.ys, (rows[i-1].y1+rows[i].y0)/2)
		}
	}
	g.ys = append(append([]float64{rows[0].y0}, g.ys...), rows[n-1].y1)
	g.xs = []float64{left}
	for _, s := range gaps {
		g.xs = append(g.xs, (s.a+s.b)/2)
	}
	g.xs = append(g.xs, right)
	g.fill(rows)
	return g, n
}

// keptGaps returns how many lines from the first on keep gaps, and which.
func keptGaps(lines []line) (gaps []span, n int) {
	lines = lines[:min(len(lines), longest)]
	free := []span{{math.Inf(-1), math.Inf(1)}}
	for n < len(lines) {
		own := lines[n].free()
		if len(own) < 4 && n == 0 || len(own) < 3 { // the spaces beside the line are free as well
			break
		}
		if n > 0 && lines[n].gap > plainSpace*lines[n].size {
			break
		}
		next := meet(free, own)
		kept := innerOf(next, lines[:n+1])
		if len(kept) < plainGaps || 2*len(kept) < len(gaps) {
			break
		}
		free, gaps = next, kept
		n++
	}
	return gaps, n
}

func innerOf(free []span, lines []line) []span {
	var out []span
	isInner := inner(lines)
	for _, s := range free {
		if isInner(s) {
			out = append(out, s)
		}
	}
	return out
}

// fill makes a cell for each place of the grid, one row for each line.
func (g *grid) fill(rows []line) {
	n := g.columns()
	g.cells = make([]cell, 0, len(rows)*n)
	g.owner = make([]int, len(rows)*n)
	for r := range rows {
		for c := range n {
			g.owner[r*n+c] = len(g.cells)
			g.cells = append(g.cells, cell{r0: r, c0: c, r1: r, c1: c})
		}
		for _, glyph := range rows[r].glyphs {
			c := max(0, slot(g.xs, (glyph.X0+glyph.X1)/2))
			x := &g.cells[r*n+c]
			x.glyphs = append(x.glyphs, glyph)
		}
	}
}
