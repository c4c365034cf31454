// Package arrange turns glyphs and rulings, which is all that a PDF really
// holds, into text: lines, paragraphs, tables and columns in reading order.
//
// It knows no PDF library. Each engine hands it pages in one coordinate system:
// PDF points, origin top left, y downwards, turned as a viewer shows the page.
package arrange

import "math"

// A Turn says which way a glyph's text runs, in quarter turns clockwise from
// left-to-right.
type Turn uint8

// The turns of text. Skewed text runs in none of the four directions: a
// watermark, mostly.
const (
	Upright Turn = iota
	Down         // top to bottom, heads to the right
	Flipped      // right to left, upside down
	Up           // bottom to top, heads to the left
	Skewed
)

// A Glyph is one drawn character, or the few that one ligature stands for.
type Glyph struct {
	Text string
	// X0, Y0, X1, Y1 is the loose box: as wide as the glyph's advance, as high
	// as its font.
	X0, Y0, X1, Y1 float64
	// OX, OY is the origin, a point on the base line.
	OX, OY float64
	Size   float64 // of the font, in points; 0 if not known
	Turn   Turn
}

// A Rule is a thin horizontal or vertical stroke: a line of a table, mostly.
type Rule struct{ X0, Y0, X1, Y1 float64 }

// A Page is what is drawn on one page.
type Page struct {
	Width, Height float64 // as a viewer shows it, points
	Glyphs        []Glyph
	Rules         []Rule
}

// settle makes every coordinate a number within reach: a damaged file may have
// any, and sums and JSON want finite ones.
func (p *Page) settle() {
	settle(&p.Width, &p.Height)
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		settle(&g.X0, &g.Y0, &g.X1, &g.Y1, &g.OX, &g.OY, &g.Size)
		g.X1, g.Y1 = max(g.X0, g.X1), max(g.Y0, g.Y1)
		g.Size = max(0, g.Size)
	}
	for i := range p.Rules {
		r := &p.Rules[i]
		settle(&r.X0, &r.Y0, &r.X1, &r.Y1)
	}
}

func settle(values ...*float64) {
	const reach = 1e5 // points; the largest page has 14,400
	for _, v := range values {
		if math.IsNaN(*v) {
			*v = 0
		}
		*v = min(max(*v, -reach), reach)
	}
}

// Thin is the widest that a drawn box may be, in points, to count as a rule.
const Thin = 3

// shortest rule that can be a cell's side, in points.
const shortest = 4

// AddRule adds the box from (x0, y0) to (x1, y1), in either order, if it is thin
// and long enough to be a line.
func (p *Page) AddRule(x0, y0, x1, y1 float64) {
	x0, x1 = min(x0, x1), max(x0, x1)
	y0, y1 = min(y0, y1), max(y0, y1)
	w, h := x1-x0, y1-y0
	if (w >= shortest && h < Thin) || (h >= shortest && w < Thin) {
		p.Rules = append(p.Rules, Rule{x0, y0, x1, y1})
	}
}

// TurnOf returns the direction in which text runs whose base line has the
// direction (dx, dy), y downwards.
func TurnOf(dx, dy float64) Turn {
	const slack = 0.1 // tangent of about 6°: scanned or slightly tilted text
	switch ax, ay := math.Abs(dx), math.Abs(dy); {
	case ay <= slack*ax && dx >= 0:
		return Upright
	case ay <= slack*ax:
		return Flipped
	case ax <= slack*ay && dy > 0:
		return Down
	case ax <= slack*ay:
		return Up
	default:
		return Skewed
	}
}
