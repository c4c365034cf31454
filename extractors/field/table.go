package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
)

// maxGrid bounds the cells of one table that are looked at.
const maxGrid = 40_000

// A grid is a table as rows and columns of passages; -1 is no cell. A cell that
// spans rows or columns is in all of its places.
type grid struct {
	cell    [][]int
	head    []int
	headers []bool           // row -> it heads columns; nil if nobody has asked
	under   lexicon.Features // of the last row that was about something of its own
	topic   lexicon.Features // of the line above: 三公经费

	summed bool // a total of the rows under head has come
	form   bool // labels and their values go on below head, which says nothing of them

	// What the header says, as long as head is as it was when it was asked.
	asked    [2]int // number of header rows, last one
	features []lexicon.Features
	planned  lexicon.Features // see there
	kept     bool             // empty cells at the start of a row are written
	key      string
	cols     []column
	most     float64 // mostWeight of cols; 0 if nobody has asked
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
		if tab.Passage[k] >= len(s.r.Doc.Passages) {
			break // the reading ends within the table
		}
		for r := c.Row; r < min(c.Row+max(1, c.RowSpan), tab.Rows); r++ {
			for x := c.Col; x < min(c.Col+max(1, c.ColSpan), tab.Cols); x++ {
				g.cell[r][x] = tab.Passage[k]
			}
		}
	}
	s.turn(g)
	if g.topic == 0 && tab.Rows > 1 {
		g.topic = s.topicCell(g)
	}
	return g
}

// readGrid goes down the rows: headers are kept until other headers come.
func (s *script) readGrid(g *grid) {
	first, listed := true, 0
	for r := range g.cell {
		if r < listed {
			s.useRow(g, r)
			continue
		}
		if s.isHeader(g, r) {
			if !first || len(g.head) == 0 || g.head[len(g.head)-1] != r-1 {
				g.head = g.head[:0]
			}
			g.head = append(g.head, r)
			first, g.summed, g.form = true, false, false
			continue
		}
		if s.inObjects(g, r) {
			if s.isTotalRow(g, r) {
				g.summed = true
				s.readTotal(g, r)
				s.readProjectTotal(g, r)
			}
			s.readRateRow(g, r)
			s.useRow(g, r)
			continue
		}
		if s.isTotalRow(g, r) && (s.marks(g) || s.onlyMarks(g, r)) {
			s.readTotal(g, r)
		}
		listed = s.readAccountProjects(g, r)
		s.readAccount(g, r)
		s.readRow(g, r, first && s.hasNumber(g, r) && s.leads(g, r))
		first = first && !s.hasNumber(g, r)
		if f := s.cellFeatures(s.rowLabel(g, r, len(g.cell[r]))); f.Any(s.words.heads()) {
			g.under = f
		}
	}
	s.readObjects(g)
}

// leads reports whether row r, the first with figures under its header, is
// about the whole although its label does not say so: those below are only
// parts of it.
func (s *script) leads(g *grid, r int) bool {
	if s.rowLabel(g, r, len(g.cell[r])) < 0 {
		return true
	}
	const far = 100 // rows without figures; a table's parts are nearer
	for q := r + 1; q < min(len(g.cell), r+far) && !s.isHeader(g, q); q++ {
		if !s.hasNumber(g, q) {
			continue
		}
		f := s.cellFeatures(s.rowLabel(g, q, len(g.cell[q])))
		if !f.Any(s.words.parts | s.words.mother | s.words.fiscal | s.words.last) {
			return false
		}
	}
	return true
}

// marks reports whether the header has a column of marks and none of money.
func (s *script) marks(g *grid) bool {
	all := s.headerFeatures(g)
	return all.Any(s.words.scorecol|s.words.score) && !all.Any(s.words.budget|s.words.executed)
}

// headerFeatures returns the features of all heads of g.
func (s *script) headerFeatures(g *grid) lexicon.Features {
	var all lexicon.Features
	for c := range g.cell[0] {
		all |= s.headFeatures(g, c)
	}
	return all
}

// useRow keeps the figures of row r from being read as prose.
func (s *script) useRow(g *grid, r int) {
	for _, p := range g.cell[r] {
		if p >= 0 {
			a, b := s.figsOf(p)
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
	a, b := s.figsOf(p)
	if b != a+1 || s.figs[a].Kind == zh.YearOf {
		return -1
	}
	f, from, end := &s.figs[a], s.from[p], s.from[p+1]-1
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
	return s.holds[p].said | s.levelOf(p)
}

// levelOf returns the feature of a level of indicators if cell p says but which,
// 二级: in any other text such a word is about something else.
func (s *script) levelOf(p int) lexicon.Features {
	if s.from[p+1]-1-s.from[p] != len("一级") {
		return 0
	}
	switch s.line(p) {
	case "一级":
		return s.words.level1
	case "二级":
		return s.words.level2
	case "三级":
		return s.words.level3
	}
	return 0
}

// isHeader reports whether row r heads columns: two cells at least say so, all
// are short, and no figure is among them.
func (s *script) isHeader(g *grid, r int) bool {
	if g.headers == nil {
		g.headers = make([]bool, len(g.cell))
		for k := range g.cell {
			g.headers[k] = s.headsColumns(g, k)
		}
	}
	return g.headers[r]
}

// headsColumns is isHeader for a row that has not been asked for yet.
func (s *script) headsColumns(g *grid, r int) bool {
	heads, last := 0, -1
	for _, p := range g.cell[r] {
		if p < 0 || p == last {
			continue
		}
		last = p
		if s.number(p) >= 0 || s.from[p+1]-s.from[p] > 90 || boxes.In(s.line(p)) || s.tellsPeople(p) {
			return false
		}
		if f := s.cellFeatures(p); f.Any(s.words.figures()|s.words.names()|s.words.initial|s.words.adjusted) || s.headsAmounts(p) || s.headsYear(p) != 0 || memberOf(s.line(p)) != "" {
			heads++
		}
	}
	return heads >= 2
}

// headsAmounts reports whether cell p heads a column of amounts by its unit
// alone: 金额(万元).
func (s *script) headsAmounts(p int) bool {
	line := s.line(p)
	if !strings.HasPrefix(line, "金额") && !strings.HasPrefix(line, "数额") && !strings.HasPrefix(line, "金  额") {
		return false
	}
	_, _, ok := s.unitIn(s.from[p], s.from[p+1]-1)
	return ok || len(line) == len("金额")
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
func (s *script) headFeatures(g *grid, c int) lexicon.Features {
	s.ask(g)
	if c < 0 || c >= len(g.features) {
		return 0
	}
	return g.features[c]
}

// ask brings what g remembers of its header up to date.
func (s *script) ask(g *grid) {
	now := [2]int{len(g.head), -1}
	if len(g.head) > 0 {
		now[1] = g.head[len(g.head)-1]
	}
	if g.features != nil && g.asked == now {
		return
	}
	g.asked = now
	g.features = make([]lexicon.Features, len(g.cell[0]))
	for c := range g.features {
		for _, p := range g.header(c) {
			g.features[c] |= s.cellFeatures(p)
		}
	}
	g.planned, g.kept = s.planned(g), s.keepsEmpty(g)
	g.key, g.cols = s.columns(g)
	g.most = 0
}

// keepsEmpty reports whether a row below the header of g begins with an empty cell:
// then no row lacks those at its start, and one that is short lost them at its end.
func (s *script) keepsEmpty(g *grid) bool {
	if len(g.head) == 0 {
		return false
	}
	for r := g.head[len(g.head)-1] + 1; r < len(g.cell) && !s.isHeader(g, r); r++ {
		if p := g.cell[r][0]; p >= 0 && s.line(p) == "" && s.isWritten(p) && s.width(g, r) > 2 {
			return true
		}
	}
	return false
}

// isWritten reports whether a tab or a bar closes the empty cell p; between columns
// that only spaces part, where one is missing is a guess.
func (s *script) isWritten(p int) bool {
	rest := strings.TrimLeft(s.r.Doc.Layout.Text[s.r.Doc.Passages[p].Span.Start:], " ")
	return strings.HasPrefix(rest, "\t") || strings.HasPrefix(rest, "|")
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
		if d > 0 && (d > lost || g.kept) || d < 0 && lost >= 0 {
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
		if s.filled(p) && s.number(p) < 0 && len(s.line(p)) > 2 && !s.isUnitCell(p) {
			return p
		}
	}
	return -1
}
