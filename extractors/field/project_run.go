package field

import "strings"

// minFlatRows is how many rows a flattened table must have to be sure of its
// columns.
const minFlatRows = 2

// readProjectRuns reads tables of projects flattened to one cell a line. Every
// row must have a name and a figure for each of the other columns: a row that
// lost a cell does not say which, and is left out.
func (s *script) readProjectRuns() {
	for p := 0; p < len(s.r.Doc.Passages); p++ {
		if s.inTable(p) || !s.namesProjects(p) {
			continue
		}
		g, next := s.flatProjects(p)
		if g == nil {
			continue
		}
		s.readGrid(g)
		p = next - 1
	}
}

// namesProjects reports whether line p heads a column of names of projects.
func (s *script) namesProjects(p int) bool {
	line := s.line(p)
	return len(line) >= len("名称") && len(line) <= len("项目支出(子项目)名称") && s.cellFeatures(p).Any(s.words.pname) &&
		(strings.HasSuffix(line, "名称") || strings.HasSuffix(line, "子项目"))
}

// flatProjects lays the flattened table out whose column of names line p heads,
// and returns the line after it; nil if its columns are not certain.
func (s *script) flatProjects(p int) (*grid, int) {
	from := p
	if p > 0 && !s.inTable(p-1) && s.line(p-1) == "序号" {
		from--
	}
	first := p + 1
	for first < len(s.r.Doc.Passages) && first-p < 12 && s.isCellLine(first) && !s.isFigureLine(first) {
		first++
	}
	if first >= len(s.r.Doc.Passages) || !s.isFigureLine(first) {
		return nil, p
	}
	start := first // of the first row
	if from == p {
		start-- // its name stands before its first figure
	}
	width := start - from
	if width < 3 || !s.allFigures(lines(p+1, start)) {
		return nil, p
	}
	g := &grid{cell: [][]int{lines(from, start)}}
	for start+width <= len(s.r.Doc.Passages) {
		n := s.flatRow(start, width, p-from)
		if n == width {
			g.cell = append(g.cell, lines(start, start+width))
		} else if n == 0 {
			break
		}
		start += n
	}
	if len(g.cell) < 1+minFlatRows {
		return nil, p
	}
	return g, start
}

// lines returns the passages [from, to).
func lines(from, to int) (out []int) {
	for p := from; p < to; p++ {
		out = append(out, p)
	}
	return out
}

// flatRow returns how many lines the row that begins at line p takes up: width,
// with its name in column name and figures behind it, or fewer if it lost some;
// 0 if there is no row.
func (s *script) flatRow(p, width, name int) int {
	if name > 0 && (s.inTable(p) || !s.isFigureLine(p)) {
		if !s.isTotalText(s.line(p)) {
			return 0
		}
		name = 0 // a total has no number
		width--
	}
	if q := p + name; s.inTable(q) || !s.isCellLine(q) || s.isFigureLine(q) {
		return 0
	}
	n := name + 1
	for n < width && !s.inTable(p+n) && (s.isFigureLine(p+n) || s.isPlaceholder(p+n)) {
		n++
	}
	if n == name+1 {
		return 0
	}
	return n
}
