package arrange

import (
	"cmp"
	"math"
	"slices"
)

const (
	touch    = 3      // points: lines nearer than this meet
	maxCells = 20_000 // of one table
	maxLines = 4_000  // rulings of one page, once merged; more make a drawing
	maxGrids = 200    // of one page
)

// A stroke is a ruling from a to b at c: from left to right at a height, or from
// top to bottom at a distance from the left.
type stroke struct{ a, b, c float64 }

// A grid is a table's lines and its cells.
type grid struct {
	xs, ys []float64 // left to right, top to bottom
	cells  []cell    // in row order
	owner  []int     // row*columns+column -> index into cells
}

// A cell covers rows r0 to r1 and columns c0 to c1, both included.
type cell struct {
	r0, c0, r1, c1 int
	glyphs         []Glyph
	more           []piece // its lines on the next page
}

func (g *grid) rows() int    { return len(g.ys) - 1 }
func (g *grid) columns() int { return len(g.xs) - 1 }

// at returns the cell at a point, nil outside the grid.
func (g *grid) at(x, y float64) *cell {
	c, r := slot(g.xs, x), slot(g.ys, y)
	if c < 0 || r < 0 {
		return nil
	}
	return &g.cells[g.owner[r*g.columns()+c]]
}

// slot returns i with v[i] <= x < v[i+1], or -1.
func slot(v []float64, x float64) int {
	i, _ := slices.BinarySearch(v, x)
	if i < len(v) && v[i] == x {
		i++
	}
	if i == 0 || i == len(v) {
		return -1
	}
	return i - 1
}

// gridsOf finds the tables that rulings make, from top to bottom. Grids of a
// single column are frames around text and no tables.
func gridsOf(rules []Rule) []*grid {
	across, down := strokesOf(rules)
	if len(across)+len(down) > maxLines {
		return nil
	}
	var out []*grid
	for _, c := range connected(across, down) {
		if g := newGrid(c.across, c.down); g != nil {
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, func(a, b *grid) int {
		return cmp.Or(cmp.Compare(a.ys[0], b.ys[0]), cmp.Compare(a.xs[0], b.xs[0]))
	})
	return out[:min(len(out), maxGrids)]
}

// strokesOf sorts rules by direction and joins those on one line.
func strokesOf(rules []Rule) (across, down []stroke) {
	for _, r := range rules {
		if r.X1-r.X0 >= r.Y1-r.Y0 {
			across = append(across, stroke{r.X0, r.X1, (r.Y0 + r.Y1) / 2})
		} else {
			down = append(down, stroke{r.Y0, r.Y1, (r.X0 + r.X1) / 2})
		}
	}
	return merged(across), merged(down)
}

// merged joins strokes that lie on one line and touch, as the sides of
// neighbouring cells and the dashes of a dashed line do.
func merged(v []stroke) []stroke {
	const sameLine = 1.5
	slices.SortFunc(v, func(p, q stroke) int { return cmp.Or(cmp.Compare(p.c, q.c), cmp.Compare(p.a, q.a)) })
	var out []stroke
	for len(v) > 0 {
		n := 1
		for n < len(v) && v[n].c-v[0].c <= sameLine {
			n++
		}
		row := v[:n]
		v = v[n:]
		slices.SortFunc(row, func(p, q stroke) int { return cmp.Compare(p.a, q.a) })
		cur := row[0]
		for _, s := range row[1:] {
			if s.a <= cur.b+touch {
				cur.b = max(cur.b, s.b)
				continue
			}
			out = append(out, cur)
			cur = s
		}
		out = append(out, cur)
	}
	return out
}

// A component is a set of strokes each of which meets another.
type component struct{ across, down []stroke }

func connected(across, down []stroke) []component {
	parent := make([]int, len(across)+len(down))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i, h := range across {
		for j, v := range down {
			if v.c >= h.a-touch && v.c <= h.b+touch && h.c >= v.a-touch && h.c <= v.b+touch {
				parent[find(i)] = find(len(across) + j)
			}
		}
	}
	var out []component
	at := map[int]int{}
	for i := range parent {
		root := find(i)
		k, ok := at[root]
		if !ok {
			k = len(out)
			at[root] = k
			out = append(out, component{})
		}
		if i < len(across) {
			out[k].across = append(out[k].across, across[i])
		} else {
			out[k].down = append(out[k].down, down[i-len(across)])
		}
	}
	return out
}

// newGrid makes the grid of connected strokes, nil if they make no table.
func newGrid(across, down []stroke) *grid {
	if len(across) == 0 || len(down) == 0 {
		return nil
	}
	g := &grid{xs: positions(down, across), ys: positions(across, down)}
	n := g.rows() * g.columns()
	if g.rows() < 1 || g.columns() < 2 || n > maxCells {
		return nil
	}
	g.cells = regions(g, across, down)
	g.own()
	return g
}

// own notes which cell each place of the grid belongs to.
func (g *grid) own() {
	g.owner = make([]int, g.rows()*g.columns())
	for i, c := range g.cells {
		for r := c.r0; r <= c.r1; r++ {
			for k := c.c0; k <= c.c1; k++ {
				g.owner[r*g.columns()+k] = i
			}
		}
	}
}

// positions returns where own strokes lie, and where the cross strokes end if
// that is beyond: a table may be open at its sides.
func positions(own, cross []stroke) []float64 {
	v := make([]float64, 0, len(own)+2)
	for _, s := range own {
		v = append(v, s.c)
	}
	slices.Sort(v)
	var out []float64
	n := 0.0
	for _, x := range v {
		if k := len(out) - 1; k >= 0 && x-out[k] <= touch {
			n++
			out[k] += (x - out[k]) / n
			continue
		}
		out, n = append(out, x), 1
	}
	const open = 2 * shortest
	first, last := cross[0].a, cross[0].b
	for _, s := range cross {
		first, last = min(first, s.a), max(last, s.b)
	}
	if first < out[0]-open {
		out = slices.Insert(out, 0, first)
	}
	if last > out[len(out)-1]+open {
		out = append(out, last)
	}
	return out
}

// regions returns the cells: neighbours without a wall between them are one, as
// far as that makes rectangles.
func regions(g *grid, across, down []stroke) []cell {
	rows, columns := g.rows(), g.columns()
	taken := make([]bool, rows*columns)
	var out []cell
	for r := range rows {
		for c := range columns {
			if taken[r*columns+c] {
				continue
			}
			x := cell{r0: r, c0: c, r1: r, c1: c}
			for x.c1+1 < columns && !taken[r*columns+x.c1+1] && !wall(down, g.xs[x.c1+1], g.ys[r], g.ys[r+1]) {
				x.c1++
			}
			for x.r1+1 < rows && g.opens(x, taken, across, down) {
				x.r1++
			}
			for i := x.r0; i <= x.r1; i++ {
				for k := x.c0; k <= x.c1; k++ {
					taken[i*columns+k] = true
				}
			}
			out = append(out, x)
		}
	}
	return out
}

// opens reports whether the cell x goes on into the row below: no wall under it
// and none within its next row.
func (g *grid) opens(x cell, taken []bool, across, down []stroke) bool {
	r := x.r1 + 1
	for c := x.c0; c <= x.c1; c++ {
		if taken[r*g.columns()+c] || wall(across, g.ys[r], g.xs[c], g.xs[c+1]) {
			return false
		}
		if c > x.c0 && wall(down, g.xs[c], g.ys[r], g.ys[r+1]) {
			return false
		}
	}
	return true
}

// wall reports whether strokes at c cover most of a to b.
func wall(strokes []stroke, c, a, b float64) bool {
	const most = 0.6
	covered := 0.0
	for _, s := range strokes {
		if math.Abs(s.c-c) <= touch {
			covered += max(0, min(s.b, b)-max(s.a, a))
		}
	}
	return covered > most*(b-a)
}
