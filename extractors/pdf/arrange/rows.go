package arrange

import (
	"math"
	"strings"
)

// joinRows puts together table rows that a page's end tore: what stands in the
// first row of the next page moves into the cells it belongs to.
func joinRows(sheets []*sheet, lines [][]line, tables [][]*grid) {
	for i := 1; i < len(sheets); i++ {
		above, below := lastTable(lines[i-1], tables[i-1]), firstTable(lines[i], tables[i])
		if above == nil || below == nil {
			continue
		}
		row := repeated(above, below)
		if row >= below.rows() {
			continue
		}
		if torn := newTear(sheets, i, above, below, row); torn.plausible() {
			torn.mend()
		}
		if row == 0 && !below.hasText() {
			tables[i] = tables[i][1:]
		}
	}
}

// lastTable returns the table that ends a page.
func lastTable(lines []line, tables []*grid) *grid {
	if len(tables) == 0 {
		return nil
	}
	t := tables[len(tables)-1]
	if len(lines) > 0 && lines[len(lines)-1].y1 > t.ys[len(t.ys)-1] {
		return nil
	}
	return t
}

// firstTable returns the table that begins a page.
func firstTable(lines []line, tables []*grid) *grid {
	if len(tables) == 0 || len(lines) > 0 && lines[0].y0 < tables[0].ys[0] {
		return nil
	}
	return tables[0]
}

// repeated returns how many rows at the top of below repeat the head of above.
func repeated(above, below *grid) int {
	n := 0
	for n < min(above.rows(), below.rows()) {
		head := above.rowText(n)
		if head == "" || head != below.rowText(n) {
			break
		}
		n++
	}
	return n
}

func (g *grid) rowText(r int) string {
	var sb strings.Builder
	for i := range g.cells {
		if g.cells[i].r0 != r {
			continue
		}
		for _, l := range linesOf(g.cells[i].glyphs) {
			sb.WriteString(l.text)
		}
		sb.WriteByte('\t')
	}
	return strings.TrimSpace(sb.String())
}

func (g *grid) hasText() bool {
	for i := range g.cells {
		if len(g.cells[i].glyphs) > 0 {
			return true
		}
	}
	return false
}

// A tear is the last row of a page over the first one of the next.
type tear struct {
	pairs []tornCell
	whole int  // cells of the upper row that have text and no more below
	odd   bool // a piece below belongs to no cell above
}

// A tornCell is a cell with its piece on the next page.
type tornCell struct {
	upper, lower *cell
	head, rest   []piece
	inner        float64 // width
}

func newTear(sheets []*sheet, page int, above, below *grid, row int) *tear {
	t := &tear{}
	paired := map[*cell]bool{}
	for i := range below.cells {
		lower := &below.cells[i]
		if lower.r0 != row || len(lower.glyphs) == 0 {
			continue
		}
		upper := above.last(below.xs[lower.c0], below.xs[lower.c1+1])
		if upper == nil {
			t.odd = true
			continue
		}
		paired[upper] = true
		t.pairs = append(t.pairs, tornCell{
			upper: upper, lower: lower,
			head:  above.cellLines(upper, page-1, sheets[page-1]),
			rest:  below.cellLines(lower, page, sheets[page]),
			inner: above.xs[upper.c1+1] - above.xs[upper.c0] - cellPadding,
		})
	}
	for i := range above.cells {
		if c := &above.cells[i]; c.r1 == above.rows()-1 && len(c.glyphs) > 0 && !paired[c] {
			t.whole++
		}
	}
	return t
}

// last returns the cell of the last row that lies from x0 to x1, or begins
// there: the rest of a row may be ruled anew.
func (g *grid) last(x0, x1 float64) *cell {
	var begins *cell
	for i := range g.cells {
		c := &g.cells[i]
		if c.r1 != g.rows()-1 || math.Abs(g.xs[c.c0]-x0) > touch {
			continue
		}
		if math.Abs(g.xs[c.c1+1]-x1) <= touch {
			return c
		}
		begins = c
	}
	return begins
}

// plausible reports whether the row below goes on with the one above rather
// than being a new one: every piece goes on with a line that had no room left,
// or there is but one piece, which makes no row of a table.
func (t *tear) plausible() bool {
	if t.odd || len(t.pairs) == 0 || t.whole == 0 {
		return false
	}
	full := true
	for _, p := range t.pairs {
		if len(p.head) == 0 || len(p.rest) == 0 {
			return false
		}
		last, next := &p.head[len(p.head)-1].line, &p.rest[0].line
		full = full && last.x1-last.x0+next.chunk() >= p.inner && !newItem.MatchString(next.text)
	}
	return full || len(t.pairs) == 1
}

func (t *tear) mend() {
	for _, p := range t.pairs {
		p.upper.more, p.lower.glyphs = p.rest, nil
	}
}

// seamOver is what stands before the i-th line of the cell on the next page.
func (x *cell) seamOver(lines []piece, i int, inner float64) string {
	if i > 0 {
		return cellSeam(&x.more[i-1].line, &x.more[i].line, inner)
	}
	return cellSeam(&lines[len(lines)-1].line, &x.more[0].line, inner)
}
