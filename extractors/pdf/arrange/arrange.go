package arrange

import (
	"jixiao/schemas/layout"
)

// Arrange lays out the pages of a document. The text has a line for each
// paragraph and for each row of a table, whose cells are parted by tabs; what
// is joined over the end of a line or of a page stands in one piece. Running
// heads, feet and page numbers are left out.
//
// The returned pages are numbered from 1 and have no Engine and no Problem.
// Coordinates that are no numbers, or far off any page, are corrected in pages.
func Arrange(pages []Page) (string, []layout.Page) {
	sheets := make([]*sheet, len(pages))
	tables := make([][]*grid, len(pages))
	lines := make([][]line, len(pages))
	for i := range pages {
		pages[i].settle()
		sheets[i] = newSheet(&pages[i])
		var rest []Glyph
		tables[i], rest = sheets[i].tables()
		lines[i] = linesOf(rest)
	}
	dropHeads(sheets, lines)
	joinRows(sheets, lines, tables)
	w := newWriter(pages)
	flow := newFlow(w, lines)
	for i, s := range sheets {
		flow.page(i, s, lines[i], tables[i])
	}
	flow.flush()
	return w.finish()
}

// tables finds the tables and gives each cell its glyphs; rest are those outside.
func (s *sheet) tables() (tables []*grid, rest []Glyph) {
	grids := gridsOf(s.rules)
	if len(grids) == 0 {
		return nil, s.main
	}
	for _, g := range grids {
		// Two cells with text, or one and room for more: the rest of a row that
		// began on the page before can be that.
		if n := g.filled(s.main, s.aside); n >= 2 || n == 1 && len(g.cells) > 3 {
			tables = append(tables, g)
		}
	}
	s.main, rest = nil, s.main
	for _, g := range tables {
		s.aside = g.take(s.aside)
		rest = g.take(rest)
		g.splitTallRows()
	}
	s.main = rest
	return tables, rest
}

// filled counts the cells that glyphs stand in.
func (g *grid) filled(lists ...[]Glyph) int {
	seen := map[*cell]bool{}
	for _, gs := range lists {
		for i := range gs {
			if c := g.under(&gs[i]); c != nil {
				seen[c] = true
			}
		}
	}
	return len(seen)
}

// under returns the cell that a glyph stands in, nil if in none.
func (g *grid) under(x *Glyph) *cell {
	y := x.mid()
	if x.Turn != Upright {
		y = (x.Y0 + x.Y1) / 2
	}
	return g.at((x.X0+x.X1)/2, y)
}

// take moves the glyphs that stand in cells into them and returns the others.
func (g *grid) take(gs []Glyph) (rest []Glyph) {
	for i := range gs {
		if c := g.under(&gs[i]); c != nil {
			c.glyphs = append(c.glyphs, gs[i])
		} else {
			rest = append(rest, gs[i])
		}
	}
	return rest
}
