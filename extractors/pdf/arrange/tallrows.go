package arrange

import (
	"regexp"
	"slices"
)

// What shows that one ruled row holds several that are not ruled apart.
const (
	tallRows    = 3   // rows at least
	tallColumns = 3   // columns that have text in most of them
	tallShare   = 0.6 // of the rows
)

// splitTallRows parts ruled rows in which columns of short lines stand side by
// side: tables often have vertical rulings and a frame, and no more.
func (g *grid) splitTallRows() {
	for r := 0; r < g.rows(); r++ {
		cells := g.within(r)
		if len(cells) < tallColumns {
			continue
		}
		var all []Glyph
		var cuts []float64
		for i, c := range cells {
			all = append(all, c.glyphs...)
			if i > 0 {
				cuts = append(cuts, g.xs[c.c0])
			}
		}
		lines := linesOf(slices.DeleteFunc(all, func(x Glyph) bool { return x.Turn != Upright }))
		if len(lines) < tallRows || len(lines) > longest {
			continue
		}
		if rows := rowsOf(lines, cuts); g.areRows(rows, cells, cuts) {
			g.split(r, rows)
			r += len(rows) - 1
		}
	}
}

// within returns the cells that lie in row r alone, from left to right.
func (g *grid) within(r int) []*cell {
	var out []*cell
	for i := range g.cells {
		if c := &g.cells[i]; c.r0 == r && c.r1 == r {
			out = append(out, c)
		}
	}
	return out
}

// areRows reports whether columns enough have text in most of rows, and at least
// two of them what cannot be one wrapped text.
func (g *grid) areRows(rows [][]*line, cells []*cell, cuts []float64) bool {
	if len(rows) < tallRows {
		return false
	}
	inked, listed := 0, 0
	for c, x := range cells {
		n := 0
		for _, r := range rows {
			if slices.ContainsFunc(r, func(l *line) bool { s := newStrip(l, cuts); return s.has(c) }) {
				n++
			}
		}
		if float64(n) < tallShare*float64(len(rows)) {
			continue
		}
		inked++
		if isList(linesOf(x.glyphs), g.xs[x.c1+1]-g.xs[x.c0]-cellPadding) {
			listed++
		}
	}
	return inked >= tallColumns && listed >= 2
}

var figure = regexp.MustCompile(`^[-+≥≤]?[0-9][0-9,.]*[%％]?$`)

// isList reports whether lines in a cell of the given inner width are items
// below each other: many had room for more, or most are figures.
func isList(lines []line, inner float64) bool {
	const someRoom, mostFigures = 0.3, 0.6
	room, figures := 0, 0
	for i := range lines {
		l := &lines[i]
		if figure.MatchString(l.text) {
			figures++
		}
		if i+1 < len(lines) && l.x1-l.x0+lines[i+1].chunk() < inner {
			room++
		}
	}
	n := float64(len(lines))
	return float64(room) >= someRoom*n || float64(figures) >= mostFigures*n
}

// split makes row r into as many as rows has.
func (g *grid) split(r int, rows [][]*line) {
	more := len(rows) - 1
	var ys []float64
	for i := 1; i < len(rows); i++ {
		above := rows[i-1][len(rows[i-1])-1]
		ys = append(ys, (above.y1+rows[i][0].y0)/2)
	}
	slices.Sort(ys)
	g.ys = slices.Insert(g.ys, r+1, ys...)
	var cells []cell
	var glyphs []Glyph
	for _, c := range g.cells {
		switch {
		case c.r0 > r:
			c.r0, c.r1 = c.r0+more, c.r1+more
		case c.r0 == r && c.r1 == r:
			glyphs = append(glyphs, c.glyphs...)
			for i := range rows {
				cells = append(cells, cell{r0: r + i, c0: c.c0, r1: r + i, c1: c.c1})
			}
			continue
		case c.r1 >= r:
			c.r1 += more
		}
		cells = append(cells, c)
	}
	slices.SortStableFunc(cells, func(a, b cell) int {
		if a.r0 != b.r0 {
			return a.r0 - b.r0
		}
		return a.c0 - b.c0
	})
	g.cells = cells
	g.own()
	g.take(glyphs)
}
