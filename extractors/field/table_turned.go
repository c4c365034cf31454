package field

import "jixiao/extractors/lexicon"

// Some tables are turned: what heads a column elsewhere stands at the start of a
// row, and every column is a project, an indicator or a line of the account.
//
//	项目   | 河道清淤 | 泵站维修
//	预算数 | 260      | 100
//	执行数 | 254.5    | 100

// turn makes rows of the columns of g if it is turned.
func (s *script) turn(g *grid) {
	if !s.isTurned(g) {
		return
	}
	cell := make([][]int, len(g.cell[0]))
	for c := range cell {
		cell[c] = make([]int, len(g.cell))
		for r := range g.cell {
			cell[c][r] = g.cell[r][c]
		}
	}
	g.cell = cell
}

// isTurned reports whether every row of g but the first is labelled as columns are,
// one of them by what was planned, spent or reached, and the first names things.
func (s *script) isTurned(g *grid) bool {
	const most = 12 // rows
	first := g.cell[0]
	if len(g.cell) < 3 || len(g.cell) > most || len(first) < 3 || first[0] < 0 || !s.cellFeatures(first[0]).Any(s.words.pname|s.words.level3) {
		return false
	}
	t := s.words
	columns := t.budget | t.executed | t.ratehead | t.weight | t.scorecol | t.score
	for _, p := range first[1:] {
		if !s.filled(p) || s.number(p) >= 0 || s.headsYear(p) != anyYear || s.cellFeatures(p).Any(columns|t.names()|t.initial|t.adjusted) || memberOf(s.line(p)) != "" {
			return false
		}
	}
	var all lexicon.Features
	for _, row := range g.cell[1:] {
		if row[0] < 0 || s.number(row[0]) >= 0 {
			return false
		}
		f := s.cellFeatures(row[0])
		if !f.Any(columns | t.targetcol | t.actualcol) {
			return false
		}
		for _, p := range row[1:] {
			if s.filled(p) && s.number(p) < 0 && f.Any(columns) {
				return false
			}
		}
		all |= f
	}
	return all.Any(t.budget|t.weight) && all.Any(t.executed|t.scorecol|t.score)
}
