package field

import (
	"strings"

	"jixiao/extractors/passage"
	"jixiao/internal/zh"
)

// An account may list below 项目支出 what it was spent on, a project each:
//
//	二、项目支出      | 205.00 | 393.60 | 301.18 | 76.52%
//	1.免疫规划与冷链  |  85.00 |  85.00 |  85.00 | 100%
//	其中:卫生监督抽检 |  80.00 |  80.00 |  55.00 | 68.75%

// readAccountProjects reads the projects that the rows below row r list if it is the
// line of all of them in an account, and returns the row after them; 0 if they list none.
func (s *script) readAccountProjects(g *grid, r int) int {
	if len(g.head) == 0 || g.key != "" {
		return 0
	}
	at := s.nameOf(g, r)
	if at < 0 || !s.cellFeatures(g.cell[r][at]).Any(s.words.project) || !s.isBare(g.cell[r][at]) || s.shift(g, r) != 0 {
		return 0
	}
	cols := s.accountColumns(g, at)
	if cols == nil {
		return 0
	}
	end := s.accountEnd(g, r, at)
	if !s.sumsUp(g, r, end, cols, s.isListed(g, r, end, at)) {
		return 0
	}
	for q := r + 1; q < end; q++ {
		cells := map[string]int{}
		for _, c := range cols {
			if p := g.cell[q][c.at]; s.filled(p) && (!c.figure || s.number(p) >= 0) {
				cells[c.member] = p
			}
		}
		s.emitProject(g, q, cells, cols)
	}
	return end
}

// nameOf returns the column of the first cell of row r that is not empty, if words
// stand in it; -1 if not.
func (s *script) nameOf(g *grid, r int) int {
	for c, p := range g.cell[r] {
		if s.filled(p) {
			if s.number(p) >= 0 {
				return -1
			}
			return c
		}
	}
	return -1
}

// accountColumns returns the columns of what was planned and spent right of the names;
// nil if the header has no two such.
func (s *script) accountColumns(g *grid, names int) []column {
	seen := map[string]bool{"name": true}
	cols := []column{{"name", names, false}}
	for c := names + 1; c < len(g.cell[0]); c++ {
		head := g.header(c)
		if s.yearOf(head) == otherYear || s.changesBudget(g, c) || s.addsBudget(g, c) || s.headsCodes(head) {
			continue
		}
		f := s.headFeatures(g, c)
		m := s.projectMember(f)
		if m == "" {
			m = s.memberByWords(head)
		}
		cols = s.addMember(cols, seen, column{m, c, true}, f)
	}
	if !seen["budget"] || !seen["executed"] {
		return nil
	}
	return cols
}

// accountEnd returns the row behind those below row r that can list its projects: one
// that sums up, that is a line of the account, or that counts on from r ends them.
func (s *script) accountEnd(g *grid, r, at int) int {
	outer := passage.LeadingMarker(s.line(g.cell[r][at])).Style
	q := r + 1
	for ; q < len(g.cell) && !s.isHeader(g, q) && !s.isTotalRow(g, q); q++ {
		p := g.cell[q][at]
		if !s.filled(p) || s.number(p) >= 0 || !strings.HasPrefix(s.line(p), "其中") && s.isAccountLine(p) || !s.hasNumber(g, q) && leadOf(s.line(p)) < len(s.line(p)) {
			break
		}
		if m := passage.LeadingMarker(s.line(p)); outer != passage.NoStyle && m.Style == outer {
			break
		}
	}
	return q
}

// isListed reports whether the names in column at of the rows (r, end) say that they
// are parts of row r: all are numbered, or the first begins with 其中.
func (s *script) isListed(g *grid, r, end, at int) bool {
	for q := r + 1; q < end; q++ {
		line := s.line(g.cell[q][at])
		switch {
		case strings.HasPrefix(line, "其中"):
			return q == r+1 || s.isListed(g, r, q, at)
		case passage.LeadingMarker(line).Style == passage.NoStyle:
			return false
		}
	}
	return end > r+1
}

// sumsUp reports whether the rows (r, end) are projects that row r sums up: none of
// them bears the name of a share of the money, and they come to no more than it has;
// to just as much if nothing says that they are listed.
func (s *script) sumsUp(g *grid, r, end int, cols []column, listed bool) bool {
	const least = 2 // rows that nothing but their sum says to be listed
	if end == r+1 || !listed && end-r-1 < least {
		return false
	}
	for q := r + 1; q < end; q++ {
		name := s.part(g.cell[q][cols[0].at])
		name.i += leadOf(s.text[name.i:name.j])
		if name.i == name.j { // 其中:
			continue
		}
		if s.namesShare(name) || strings.HasSuffix(s.text[name.i:name.j], "支出") && !zh.Contains(s.text[name.i:name.j], "项目") {
			return false
		}
	}
	for _, c := range cols {
		if c.member != "budget" && c.member != "executed" {
			continue
		}
		whole, sum := s.number(g.cell[r][c.at]), 0.0
		if whole < 0 {
			return false
		}
		for q := r + 1; q < end; q++ {
			if i := s.number(g.cell[q][c.at]); i >= 0 {
				sum += s.figs[i].Number.Float()
			}
		}
		all := s.figs[whole].Number.Float()
		if slack := all/1000 + 0.01; sum > all+slack || !listed && sum < all-slack {
			return false
		}
	}
	return true
}
