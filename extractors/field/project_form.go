package field

import "jixiao/extractors/lexicon"

// A form about one project has a row for its name, a row of its money under
// headers, and a row for its mark. Some reports about projects are nothing but
// such forms, one after the other; then each is one of the report's projects and
// no figure is the report's own.

// readProjectForms reads the forms of a report about several projects.
func (s *script) readProjectForms() {
	if s.scope != lexicon.Project || !s.severalForms() {
		return
	}
	for t := range s.r.Doc.Tables {
		if g := s.grid(t); g != nil {
			s.readForms(g)
		}
	}
}

// severalForms reports whether cells name several projects.
func (s *script) severalForms() bool {
	first := ""
	for _, x := range s.r.stated {
		if x.kind != projectCaption || x.value.from >= x.value.to || s.inTable(x.at) == (s.r.Doc.Passages[x.at].Table < 0) {
			continue
		}
		switch name := s.r.words(x.value); {
		case first == "":
			first = name
		case name != first:
			return true
		}
	}
	return false
}

// readForms makes a project of every form in g.
func (s *script) readForms(g *grid) {
	cells, cols := map[string]int{}, []column(nil)
	at := -1
	flush := func() {
		if at >= 0 && len(cells) > 2 {
			s.emitProject(g, at, cells, cols)
		}
		cells, cols, at, g.head = map[string]int{}, nil, -1, g.head[:0]
	}
	for r := range g.cell {
		name := s.formName(g, r)
		switch {
		case name >= 0:
			flush()
			cells["name"], at = name, r
		case at < 0:
		case s.isHeader(g, r) && cols == nil:
			g.head = append(g.head[:0], r)
			s.ask(g)
		case cols == nil && len(g.head) > 0 && s.isWhole(s.part(s.rowLabel(g, r, 2))):
			cols = s.formMoney(g, r, cells)
		case cols != nil && s.isTotalRow(g, r):
			if p := s.formMark(g, r); p >= 0 {
				cells["score"] = p
				cols = append(cols, column{"score", -1, true})
			}
		}
		if at >= 0 {
			s.useRow(g, r)
		}
	}
	flush()
}

// formName returns the cell that names the project of the form that row r
// begins; -1 if it begins none.
func (s *script) formName(g *grid, r int) int {
	for c := 0; c+1 < len(g.cell[r]); c++ {
		p := g.cell[r][c]
		if !s.filled(p) {
			continue
		}
		kind, n, _, ok := captionAt(s.line(p))
		if next := g.cell[r][c+1]; ok && kind == projectCaption && n == len(s.line(p)) && s.filled(next) && !isColumnTitle(s.line(next)) {
			return next
		}
		return -1
	}
	return -1
}

// formMoney notes the cells of row r, the money of the whole project.
func (s *script) formMoney(g *grid, r int, cells map[string]int) (cols []column) {
	d := s.shift(g, r)
	for c := range g.cell[r] {
		f := s.headFeatures(g, c+d)
		m := s.projectMember(f)
		if m == "" || m == "score" || s.number(g.cell[r][c]) < 0 || m == "budget" && cells["budget"] > 0 && !f.Any(s.words.adjusted) {
			continue
		}
		if _, again := cells[m]; again && m != "budget" {
			continue
		}
		cols = append(drop(cols, m), column{m, c + d, true})
		cells[m] = g.cell[r][c]
	}
	return cols
}

// formMark returns the cell of the mark in row r, a total, behind the full mark.
func (s *script) formMark(g *grid, r int) int {
	var figs []int
	for _, p := range g.cell[r] {
		if s.number(p) >= 0 && (len(figs) == 0 || figs[len(figs)-1] != p) {
			figs = append(figs, p)
		}
	}
	const full = 100
	value := func(k int) float64 { return s.figs[s.number(figs[k])].Number.Float() }
	switch {
	case len(figs) == 2 && value(0) >= value(1):
		return figs[1]
	case len(figs) == 1 && value(0) != full:
		return figs[0]
	}
	return -1
}
