package arrange

// cellPadding is what the two sides of a cell keep free together, in points.
const cellPadding = 12

// cellLines returns the lines of a cell, those of its commonest direction first.
func (g *grid) cellLines(x *cell, page int, s *sheet) []piece {
	var out []piece
	for _, group := range byTurn(x.glyphs) {
		out = append(out, s.turnedLines(group, page)...)
	}
	return out
}

// turnedLines puts glyphs of one direction into lines. Skewed ones stay in the
// order they were drawn in, which is the only one known.
func (s *sheet) turnedLines(gs []Glyph, page int) []piece {
	if len(gs) == 0 {
		return nil
	}
	t := gs[0].Turn
	if t == Skewed {
		return s.skewedLines(gs, page)
	}
	own := &sheet{width: s.width, height: s.height, turn: t}
	if t == Down || t == Up {
		own.width, own.height = s.height, s.width
	}
	turned := make([]Glyph, len(gs))
	for i, g := range gs {
		turned[i] = g.turned(t, s.width, s.height)
	}
	var out []piece
	for _, l := range linesOf(turned) {
		if l.text == "" {
			continue
		}
		b := own.onPage(l.x0, l.y0, l.x1, l.y1) // on this sheet
		out = append(out, piece{l, page, s.onPage(b[0], b[1], b[2], b[3])})
	}
	return out
}

func (s *sheet) skewedLines(gs []Glyph, page int) []piece {
	var out []piece
	for len(gs) > 0 {
		n := 1
		for n < len(gs) && near(&gs[n-1], &gs[n]) {
			n++
		}
		l := line{size: medianHeight(gs[:n]), glyphs: gs[:n]}
		l.measure()
		for i := range l.glyphs {
			l.text += clean(l.glyphs[i].Text)
		}
		if l.text != "" {
			out = append(out, piece{l, page, s.onPage(l.x0, l.y0, l.x1, l.y1)})
		}
		gs = gs[n:]
	}
	return out
}

// near reports whether two glyphs can be neighbours in one skewed line.
func near(a, b *Glyph) bool {
	d := 2 * max(a.height(), b.height())
	return b.OX-a.OX < d && a.OX-b.OX < d && b.OY-a.OY < d && a.OY-b.OY < d
}

// cellSeam is what stands between two lines of a cell of the given inner width:
// nothing if the text was wrapped, a space if it was ended by hand, so that two
// figures below each other do not become one.
func cellSeam(a, b *line, inner float64) string {
	if a.x1-a.x0+b.chunk() < inner && !stacked(a, b) {
		return " "
	}
	return seam(a.text, b.text)
}
