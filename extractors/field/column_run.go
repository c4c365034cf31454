package field

// A table may have been copied column by column: a head and its cells one a line,
// then the next head and as many cells. The numbers of cells say that they belong
// together.

const (
	minColumnCells = 2
	maxColumnCells = 60
	maxColumns     = 30
)

// readColumnRuns reads such tables: a column of names and columns of figures.
func (s *script) readColumnRuns() {
	n := len(s.r.Doc.Passages)
	for p := 1; p+minColumnCells < n; p++ {
		if !s.isFigureLine(p) || s.isFigureLine(p-1) || !s.headsFigures(p-1) {
			continue
		}
		rows := s.figureLines(p)
		if rows < minColumnCells || rows > maxColumnCells {
			p += rows
			continue
		}
		if g, next := s.columnRun(p-1, rows); g != nil {
			s.readGrid(g)
			p = next
			continue
		}
		p += rows
	}
}

// figureLines returns how many lines from p on are figures; more than the most that
// count are not counted.
func (s *script) figureLines(p int) (n int) {
	for n <= maxColumnCells && p+n < len(s.r.Doc.Passages) && s.isFigureLine(p+n) {
		n++
	}
	return n
}

// headsFigures reports whether line p can head a column of figures and is not the
// label of a row of them.
func (s *script) headsFigures(p int) bool {
	if p >= len(s.r.Doc.Passages) || !s.isCellLine(p) {
		return false
	}
	f, t := s.cellFeatures(p), s.words
	return f.Any(t.budget|t.executed|t.ratehead|t.weight|t.scorecol|t.score) && !f.Any(t.basic|t.project|t.income|t.public3|t.carry|t.mother)
}

// columnRun lays out the table whose first column of figures, of so many rows, line
// p heads; nil unless another such column follows, and names head the first.
func (s *script) columnRun(p, rows int) (*grid, int) {
	var heads []int
	next := p
	for len(heads) < maxColumns && s.headsFigures(next) && s.figureLines(next+1) == rows {
		heads = append(heads, next)
		next += rows + 1
	}
	for first := p - rows - 1; first >= 0 && len(heads) < 2*maxColumns && s.headsNames(first, rows); first -= rows + 1 {
		heads = append([]int{first}, heads...)
	}
	if len(heads) < 3 || heads[0] == p {
		return nil, p
	}
	g := &grid{cell: make([][]int, rows+1)}
	for r := range g.cell {
		for _, h := range heads {
			g.cell[r] = append(g.cell[r], h+r)
		}
	}
	return g, next - 1
}

// headsNames reports whether line p heads a column of names, of so many rows.
func (s *script) headsNames(p, rows int) bool {
	if !s.isCellLine(p) || !s.cellFeatures(p).Any(s.words.names()) {
		return false
	}
	for q := p + 1; q <= p+rows; q++ {
		if !s.isCellLine(q) || s.isFigureLine(q) || s.cellFeatures(q).Any(s.words.names()|s.words.budget|s.words.executed|s.words.weight|s.words.scorecol) {
			return false
		}
	}
	return true
}
