package arrange

import (
	"math"
	"slices"

	"jixiao/schemas/layout"
)

// A sheet is a page turned so that most of its text runs left to right.
type sheet struct {
	width, height float64
	turn          Turn    // how much the sheet's text is turned on the page
	size          float64 // of most of its glyphs, those in tables included
	main          []Glyph // upright on the sheet
	aside         []Glyph // turned by quarters against it
	over          []Glyph // skewed, or large and printed over the text: watermarks
	rules         []Rule
}

func newSheet(p *Page) *sheet {
	t := mainTurn(p.Glyphs)
	s := &sheet{width: p.Width, height: p.Height, turn: t}
	if t == Down || t == Up {
		s.width, s.height = p.Height, p.Width
	}
	s.main = make([]Glyph, 0, len(p.Glyphs))
	for _, g := range p.Glyphs {
		if g.Text == "" {
			continue
		}
		switch g = g.turned(t, p.Width, p.Height); g.Turn {
		case Upright:
			s.main = append(s.main, g)
		case Skewed:
			s.over = append(s.over, g)
		default:
			s.aside = append(s.aside, g)
		}
	}
	s.liftOverprint()
	s.size = medianHeight(s.main)
	s.rules = make([]Rule, len(p.Rules))
	for i, r := range p.Rules {
		x0, y0, x1, y1 := turnBox(r.X0, r.Y0, r.X1, r.Y1, t, p.Width, p.Height)
		s.rules[i] = Rule{x0, y0, x1, y1}
	}
	return s
}

// mainTurn returns the direction of most glyphs; upright wins a tie.
func mainTurn(gs []Glyph) Turn {
	var n [Skewed]int
	for _, g := range gs {
		if g.Turn < Skewed {
			n[g.Turn]++
		}
	}
	best := Upright
	for t := Down; t < Skewed; t++ {
		if n[t] > n[best] {
			best = t
		}
	}
	return best
}

// turned returns g as it stands when a page of w by h is turned back by t.
func (g Glyph) turned(t Turn, w, h float64) Glyph {
	if t == Upright {
		return g
	}
	g.X0, g.Y0, g.X1, g.Y1 = turnBox(g.X0, g.Y0, g.X1, g.Y1, t, w, h)
	g.OX, g.OY = turnPoint(g.OX, g.OY, t, w, h)
	if g.Turn < Skewed {
		g.Turn = (g.Turn + 4 - t) % 4
	}
	return g
}

// turnPoint turns the page of w by h back by t, so that text of that turn
// becomes upright.
func turnPoint(x, y float64, t Turn, w, h float64) (float64, float64) {
	switch t {
	case Down:
		return y, w - x
	case Flipped:
		return w - x, h - y
	case Up:
		return h - y, x
	default:
		return x, y
	}
}

func turnBox(x0, y0, x1, y1 float64, t Turn, w, h float64) (float64, float64, float64, float64) {
	ax, ay := turnPoint(x0, y0, t, w, h)
	bx, by := turnPoint(x1, y1, t, w, h)
	return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
}

// onPage returns the box of the sheet's rectangle on the page as shown.
func (s *sheet) onPage(x0, y0, x1, y1 float64) layout.Box {
	back := (4 - s.turn) % 4
	x0, y0, x1, y1 = turnBox(x0, y0, x1, y1, back, s.width, s.height)
	return layout.Box{x0, y0, x1, y1}
}

// byTurn groups glyphs by their direction, the commonest direction first.
func byTurn(gs []Glyph) [][]Glyph {
	groups := make([][]Glyph, Skewed+1)
	for _, g := range gs {
		groups[g.Turn] = append(groups[g.Turn], g)
	}
	groups = slices.DeleteFunc(groups, func(g []Glyph) bool { return len(g) == 0 })
	slices.SortStableFunc(groups, func(a, b []Glyph) int { return len(b) - len(a) })
	return groups
}

// liftOverprint takes glyphs that are printed over the text, much larger than
// it, out of the lines, where they would stand between its characters. All of
// a size go together.
func (s *sheet) liftOverprint() {
	const larger = 2.2 // than the text
	const most = 200   // such glyphs on a page; more are text
	least := larger * medianHeight(s.main)
	var large []int
	for i := range s.main {
		if s.main[i].height() > least {
			large = append(large, i)
		}
	}
	if len(large) == 0 || len(large) > most {
		return
	}
	sizes := map[float64]bool{}
	for _, i := range large {
		if g := &s.main[i]; !sizes[g.height()] && s.covers(g, least) {
			sizes[g.height()] = true
		}
	}
	if len(sizes) == 0 {
		return
	}
	text := s.main[:0:0]
	for _, g := range s.main {
		if sizes[g.height()] {
			s.over = append(s.over, g)
		} else {
			text = append(text, g)
		}
	}
	s.main = text
}

// covers reports whether g lies over glyphs lower than least.
func (s *sheet) covers(g *Glyph, least float64) bool {
	for i := range s.main {
		o := &s.main[i]
		x, y := (o.X0+o.X1)/2, o.mid()
		if o.height() <= least && g.X0 < x && x < g.X1 && math.Abs(y-g.mid()) < g.height()/2 {
			return true
		}
	}
	return false
}
