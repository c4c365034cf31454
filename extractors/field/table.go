package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
	"jixiao/schemas/record"
)

// maxGrid bounds the cells of one table that are looked at.
const maxGrid = 40_000

// A grid is a table as rows and columns of passages; -1 is no cell. A cell that
// spans rows or columns is in all of its places.
type grid struct {
	cell  [][]int
	head  []int
	under lexicon.Features // of the last row that was about something of its own
	topic lexicon.Features // of the line above: 三公经费
}

// readTables reads the figures of all tables.
func (s *script) readTables() {
	for t := range s.r.Doc.Tables {
		g := s.grid(t)
		if g == nil {
			continue
		}
		s.readGrid(g)
	}
}

// grid lays table t out; nil if it is too large or a mere list.
func (s *script) grid(t int) *grid {
	tab := &s.r.Doc.Tables[t]
	if tab.Cols < 2 || tab.Rows < 1 || tab.Rows*tab.Cols > maxGrid {
		return nil
	}
	g := &grid{cell: make([][]int, tab.Rows)}
	if p := tab.First - 1; s.isCellLine(p) {
		g.topic = s.cellFeatures(p) & s.words.public3
	}
	flat := make([]int, tab.Rows*tab.Cols)
	for i := range flat {
		flat[i] = -1
	}
	for r := range g.cell {
		g.cell[r] = flat[r*tab.Cols : (r+1)*tab.Cols]
	}
	for k := range tab.Cells {
		c := &tab.Cells[k]
		for r := c.Row; r < min(c.Row+max(1, c.RowSpan), tab.Rows); r++ {
			for x := c.Col; x < min(c.Col+max(1, c.ColSpan), tab.Cols); x++ {
				g.cell[r][x] = tab.Passage[k]
			}
		}
	}
	return g
}

// readGrid goes down the rows: headers are kept until other headers come.
func (s *script) readGrid(g *grid) {
	first := true
	for r := range g.cell {
		if s.isHeader(g, r) {
			if !first || len(g.head) == 0 || g.head[len(g.head)-1] != r-1 {
				g.head = g.head[:0]
			}
			g.head = append(g.head, r)
			first = true
			continue
		}
		if s.inObjects(g, r) {
			s.useRow(g, r)
			if s.isTotalRow(g, r) {
				s.readTotal(g, r)
			}
			continue
		}
		if s.isTotalRow(g, r) && s.marks(g) {
			s.readTotal(g, r)
		}
		s.readRow(g, r, first)
		first = first && !s.hasNumber(g, r)
		if f := s.cellFeatures(s.rowLabel(g, r, len(g.cell[r]))); f.Any(s.words.heads()) {
			g.under = f
		}
	}
	s.readObjects(g)
}

// marks reports whether the header has a column of marks and none of money.
func (s *script) marks(g *grid) bool {
	var all lexicon.Features
	for c := range g.cell[0] {
		all |= s.headFeatures(g, c)
	}
	return all.Any(s.words.scorecol|s.words.score) && !all.Any(s.words.budget|s.words.executed)
}

// useRow keeps the figures of row r from being read as prose.
func (s *script) useRow(g *grid, r int) {
	for _, p := range g.cell[r] {
		if p >= 0 {
			a, b := s.figsIn(s.from[p], s.from[p+1])
			for i := a; i < b; i++ {
				s.used[i] = true
			}
		}
	}
}

// number returns the figure that cell p holds and nothing else, -1 if it holds
// anything else.
func (s *script) number(p int) int {
	if p < 0 {
		return -1
	}
	from, end := s.from[p], s.from[p+1]-1
	a, b := s.figsIn(from, end)
	if b != a+1 || s.figs[a].Kind == zh.YearOf {
		return -1
	}
	f := &s.figs[a]
	if f.Start != from || f.End != end && strings.Trim(s.text[f.End:end], "%分元人()") != "" {
		return -1
	}
	return a
}

func (s *script) hasNumber(g *grid, r int) bool {
	for _, p := range g.cell[r] {
		if s.number(p) >= 0 {
			return true
		}
	}
	return false
}

// cellFeatures returns the features of the words of passage p.
func (s *script) cellFeatures(p int) lexicon.Features {
	if p < 0 {
		return 0
	}
	return s.wordsIn(s.from[p], s.from[p+1])
}

// column features say that a cell heads a column of figures or of names.
func (t *vocabulary) figures() lexicon.Features {
	return t.budget | t.executed | t.spend | t.income | t.ratehead | t.weight | t.scorecol | t.score | t.modes | t.categories | t.weak |
		t.basic | t.project | t.public3 | t.carry | t.mother | t.fiscal | t.sub
}

func (t *vocabulary) names() lexicon.Features {
	return t.level1 | t.level2 | t.level3 | t.targetcol | t.actualcol | t.pname | t.serial | t.deviation | t.unitcol
}

// isHeader reports whether row r heads columns: two cells at least say so, all
// are short, and no figure is among them.
func (s *script) isHeader(g *grid, r int) bool {
	heads, last := 0, -1
	for _, p := range g.cell[r] {
		if p < 0 || p == last {
			continue
		}
		last = p
		if s.number(p) >= 0 || s.from[p+1]-s.from[p] > 90 {
			return false
		}
		if f := s.cellFeatures(p); f.Any(s.words.figures() | s.words.names()) {
			heads++
		}
	}
	return heads >= 2
}

// header returns the header cells above column c, outermost first.
func (g *grid) header(c int) (cells []int) {
	for _, r := range g.head {
		if c >= 0 && c < len(g.cell[r]) {
			if p := g.cell[r][c]; p >= 0 && (len(cells) == 0 || cells[len(cells)-1] != p) {
				cells = append(cells, p)
			}
		}
	}
	return cells
}

// headFeatures returns the features of the header above column c.
func (s *script) headFeatures(g *grid, c int) (f lexicon.Features) {
	for _, p := range g.header(c) {
		f |= s.cellFeatures(p)
	}
	return f
}

// shift returns by how many columns row r stands left of its header: rows of a
// plain-text table lose cells that are merged with the row above.
func (s *script) shift(g *grid, r int) int {
	if len(g.head) == 0 {
		return 0
	}
	lost := s.width(g, g.head[len(g.head)-1]) - s.width(g, r)
	best, most := 0, -100
	for _, d := range [...]int{0, 1, 2, -1} {
		if d > 0 && d > lost || d < 0 && lost >= 0 {
			continue
		}
		fit := 0
		for c, p := range g.cell[r] {
			fit += s.fits(p, s.headFeatures(g, c+d))
		}
		if fit > most {
			best, most = d, fit
		}
	}
	return best
}

// width returns the number of cells of row r up to the last that is not empty.
func (s *script) width(g *grid, r int) int {
	n := len(g.cell[r])
	for n > 0 && (g.cell[r][n-1] < 0 || s.line(g.cell[r][n-1]) == "") {
		n--
	}
	return n
}

// fits says how well cell p stands under a header with features f.
func (s *script) fits(p int, f lexicon.Features) int {
	i := s.number(p)
	t := s.words
	switch {
	case p < 0 || s.text[s.from[p]] == '\n' || f == 0:
		return 0
	case i >= 0 && f.Any(t.figures()) && !f.Any(t.level1|t.level2|t.level3|t.pname):
		if s.figs[i].Kind == zh.Percent && !f.Any(t.ratehead) {
			return -1
		}
		return 2
	case i >= 0 && f.Any(t.level1|t.level2|t.level3|t.pname|t.deviation):
		return -2
	case i < 0 && f.Any(t.names()):
		return 1
	case i < 0 && f.Any(t.figures()) && len(s.line(p)) > 6:
		return -2
	}
	return 0
}

// rowLabel returns the text cell that names row r, looking left from column c.
func (s *script) rowLabel(g *grid, r, c int) int {
	for x := c - 1; x >= 0; x-- {
		p := g.cell[r][x]
		if s.filled(p) && s.number(p) < 0 && len(s.line(p)) > 2 {
			return p
		}
	}
	return -1
}

// readRow reads the figures of a row that is neither header nor object.
func (s *script) readRow(g *grid, r int, first bool) {
	d := s.shift(g, r)
	for c, p := range g.cell[r] {
		i := s.number(p)
		if i < 0 || s.used[i] {
			continue
		}
		s.used[i] = true
		label := s.rowLabel(g, r, c)
		head := g.header(c + d)
		wanted := s.words.figures()
		if s.cellFeatures(label).Any(s.words.heads()) {
			wanted |= s.words.total
		}
		if len(head) == 0 || !s.headFeatures(g, c+d).Any(wanted) {
			head = nil
			if c == 0 || label != g.cell[r][c-1] {
				continue // a form's label stands right before its value
			}
		}
		if s.sides(s.cellFeatures(label), s.headFeatures(g, c+d)) && label == g.cell[r][c-1] {
			head = nil
		}
		whole := first || s.isWhole(s.part(label))
		if g.topic != 0 && !s.cellFeatures(label).Any(g.topic) {
			if !s.isWhole(s.part(label)) {
				continue
			}
			s.readTopic(i, label, head, g.topic)
			continue
		}
		s.readCell(i, s.part(label), s.parts(head), whole, g.under)
	}
}

// sides reports whether a row is about one side of an account and its column
// headed by the other: two lists stand side by side.
func (s *script) sides(row, col lexicon.Features) bool {
	t := s.words
	if col.Any(t.budget | t.executed) {
		return false
	}
	return row.Any(t.income|t.fiscal) && col.Any(t.spend) || row.Any(t.spend|t.basic|t.project) && col.Any(t.income)
}

// readTopic proposes the total of a table about 三公经费 alone.
func (s *script) readTopic(i, label int, head []int, topic lexicon.Features) {
	set := topic
	for _, p := range head {
		set |= s.cellFeatures(p)
	}
	f := s.figs[i]
	c := candidate{figure: f, extra: s.cellProof(s.part(label), s.parts(head)), raw: s.source(f.Start, f.End)}
	s.proposeCell(c, set, s.part(label), s.parts(head))
}

// isWhole reports whether a row's label says that the row is about everything.
func (s *script) isWhole(label part) bool {
	f := s.alone(label)
	return f.Any(s.words.total|s.words.funds) && !f.Any(s.words.parts|s.words.mother|s.words.last|s.words.fiscal)
}

// heads are the features of a row's label that make it about something of its
// own rather than a part of the row above.
func (t *vocabulary) heads() lexicon.Features {
	return t.income | t.spend | t.basic | t.project | t.public3 | t.carry | t.modes | t.categories | t.weak | t.ratehead
}

// A part is a piece of the text, bytes [i, j); none if empty.
type part struct{ i, j int }

// part returns passage p as a part; none if there is no such passage.
func (s *script) part(p int) part {
	if p < 0 {
		return part{}
	}
	return part{s.from[p], s.from[p+1] - 1}
}

// alone returns the features of the words of p, read without what stands
// beside it: 执行率 and 得分 next to each other are not 执行率得分.
func (s *script) alone(p part) (f lexicon.Features) {
	var buf [8]lexicon.Hit
	for _, h := range s.lex.Scan(buf[:0], s.text[p.i:p.j]) {
		f |= h.Features
	}
	return f
}

func (s *script) parts(cells []int) []part {
	out := make([]part, len(cells))
	for k, p := range cells {
		out[k] = s.part(p)
	}
	return out
}

// readCell proposes figure i, which stands in the row that label names and
// under the header cells head. whole says that the row is about the whole.
func (s *script) readCell(i int, label part, head []part, whole bool, under lexicon.Features) {
	t, f := s.words, &s.figs[i]
	row := s.alone(label)
	var col lexicon.Features
	for _, p := range head {
		col |= s.alone(p)
		if y := s.yearIn(p); y != 0 && s.reportedYear != 0 && y != s.reportedYear {
			return
		}
	}
	if col.Any(t.last|t.compare) || len(head) == 0 && label.i == label.j {
		return
	}
	if row.Any(t.fiscal) && under.Any(t.income) && len(head) > 0 && !col.Any(t.budget) {
		col, whole, row = 0, true, t.fiscal // 其中:财政拨款 below 收入合计
	}
	if len(head) > 0 && !whole && (!row.Any(t.heads()) || row.Any(t.parts) && !row.Any(t.heads()&^t.income)) {
		return
	}
	set := row | col
	if col.Any(t.budget) && !col.Any(t.executed) {
		set &^= t.income | t.spend
	}
	if whole {
		set &^= t.parts
	}
	c := candidate{figure: *f, extra: s.cellProof(label, head), raw: s.source(f.Start, f.End)}
	s.proposeCell(c, set, label, head)
}

// proposeCell tries the kinds that a cell's figure can be of.
func (s *script) proposeCell(c candidate, set lexicon.Features, label part, head []part) {
	t := s.words
	try := func(kind catalog.Kind, number zh.Decimal, minus float64) {
		l, ok := s.lex.Label(kind, set, s.scope)
		if !ok {
			return
		}
		c.key, c.rule, c.number, c.score = l.Key, l.ID, number, l.Weight-minus
		s.propose(c)
	}
	switch {
	case c.figure.Kind == zh.Percent || set.Any(t.ratehead):
		if !set.Any(t.sub | t.weight | t.scorecol) {
			try(catalog.Percent, c.figure.Number, 0.03)
		}
	case set.Any(t.scorecol|t.weight|t.score|t.full) && !set.Any(t.budget|t.executed|t.modes):
		if len(head) == 0 {
			try(catalog.Points, c.figure.Number, 0.02)
		}
	case set.Any(t.modes|t.categories|t.weak) && !set.Any(t.budget|t.income|t.spend|t.executed):
		s.tryPeople(c, set)
	default:
		power, at, ok := 0, proof{}, c.figure.Kind == zh.Money
		if !ok {
			power, at, ok = s.tableUnit(label, head, s.passage(c.figure.Start))
			c.extra = append(c.extra, at)
		} else {
			power = c.figure.Power
		}
		if ok {
			try(catalog.Money, c.figure.Number.Shift(power).AtLeast(2), 0.03)
		}
	}
}

// tryPeople proposes a table's count, completing 行政编制 by authorized.
func (s *script) tryPeople(c candidate, set lexicon.Features) {
	p := phrase{mode: set & s.words.modes}
	set, weight, ok := s.people(set&^s.words.parts, &p, &context{})
	if !ok {
		return
	}
	if l, ok := s.lex.Label(catalog.Count, set, s.scope); ok {
		c.key, c.rule, c.number, c.score = l.Key, l.ID, c.figure.Value(), l.Weight+weight-0.03
		s.propose(c)
	}
}

// cellProof returns the evidence of a cell's place: its row and its column.
func (s *script) cellProof(label part, head []part) (out []proof) {
	if label.i < label.j {
		role := record.RoleRow
		if len(head) == 0 {
			role = record.RoleLabel
		}
		out = append(out, proof{role, label.i, label.j})
	}
	for _, p := range head {
		if p.i < p.j {
			out = append(out, proof{record.RoleColumn, p.i, p.j})
		}
	}
	return out
}

// yearIn returns the year that p speaks of, 0 for none.
func (s *script) yearIn(p part) int {
	a, b := s.figsIn(p.i, p.j)
	for i := a; i < b; i++ {
		if s.figs[i].Kind == zh.YearOf {
			n, _ := s.figs[i].Number.Whole()
			return int(n)
		}
	}
	return 0
}
