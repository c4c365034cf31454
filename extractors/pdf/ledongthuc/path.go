package ledongthuc

import "jixiao/extractors/pdf/arrange"

const maxPoints = 50_000 // of one path

// A path is the one being built: its subpaths as points on the page.
type path struct {
	parts  [][][2]float64
	curved bool
	points int
}

func (p *path) begin(x, y float64) { p.parts = append(p.parts, [][2]float64{{x, y}}) }

func (p *path) to(x, y float64) {
	if n := len(p.parts); n > 0 && p.points < maxPoints {
		p.points++
		p.parts[n-1] = append(p.parts[n-1], [2]float64{x, y})
	}
}

func (p *path) close() {
	if n := len(p.parts); n > 0 {
		first := p.parts[n-1][0]
		p.to(first[0], first[1])
	}
}

// paths carries out op if it builds or paints a path.
func (p *program) paths(op string) {
	m := p.state.ctm
	switch op {
	case "m":
		p.path.begin(m.apply(p.num(0), p.num(1)))
	case "l":
		p.path.to(m.apply(p.num(0), p.num(1)))
	case "c", "v", "y":
		p.path.curved = true
	case "h":
		p.path.close()
	case "re":
		x, y, w, h := p.num(0), p.num(1), p.num(2), p.num(3)
		p.path.begin(m.apply(x, y))
		p.path.to(m.apply(x+w, y))
		p.path.to(m.apply(x+w, y+h))
		p.path.to(m.apply(x, y+h))
		p.path.close()
	case "s", "b", "b*":
		p.path.close()
		p.paint(true)
	case "S", "B", "B*":
		p.paint(true)
	case "f", "F", "f*":
		p.paint(false)
	case "n":
		p.path = path{}
	}
}

// paint takes the rules out of the path: thin shapes as a whole, and the sides
// of what is stroked.
func (p *program) paint(stroked bool) {
	parts := p.path.parts
	if p.path.curved {
		p.page.Drawings++
		parts = nil // a drawing or a glyph's outline
	}
	p.path = path{}
	for _, pts := range parts {
		x0, y0, x1, y1 := pts[0][0], pts[0][1], pts[0][0], pts[0][1]
		for _, q := range pts {
			x0, y0, x1, y1 = min(x0, q[0]), min(y0, q[1]), max(x1, q[0]), max(y1, q[1])
		}
		if x1-x0 < arrange.Thin || y1-y0 < arrange.Thin {
			p.page.AddRule(x0, y0, x1, y1)
			continue
		}
		for i := 1; stroked && i < len(pts); i++ {
			p.page.AddRule(pts[i-1][0], pts[i-1][1], pts[i][0], pts[i][1])
		}
	}
}
