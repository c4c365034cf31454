package field

import (
	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
)

// readAccount reads, in row r of an account whose sides stand beside each other,
// 收入 | 金额 | 支出 | 金额, the names that only their side explains: each belongs to
// the amount right of it.
func (s *script) readAccount(g *grid, r int) {
	if len(g.head) == 0 || r <= g.head[len(g.head)-1] {
		return
	}
	head := g.cell[g.head[len(g.head)-1]]
	income, spend := s.sideAt(head, s.words.income), s.sideAt(head, s.words.spend)
	if income < 0 || spend < income+2 {
		return
	}
	for _, x := range [...]int{income, spend} {
		label, i := g.cell[r][x], s.number(g.cell[r][x+1])
		if label < 0 || i < 0 || s.used[i] || s.line(label) == "" {
			continue
		}
		if set := s.ofSide(label, x == income); set != 0 {
			s.used[i] = true
			f := s.figs[i]
			heads := s.parts([]int{head[x], head[x+1]})
			s.proposeCell(candidate{figure: f, extra: s.cellProof(s.part(label), heads), raw: s.source(f.Start, f.End)}, set, s.part(label), heads)
		}
	}
}

// sideAt returns the column of head that is headed by one side of an account and
// has one of amounts to its right; -1 if there is none.
func (s *script) sideAt(head []int, side lexicon.Features) int {
	for x := 0; x+1 < len(head); x++ {
		if head[x] < 0 || head[x+1] < 0 || head[x] == head[x+1] {
			continue
		}
		switch s.line(head[x]) {
		case "收入", "收入项目", "本年收入", "支出", "支出项目", "本年支出":
		default:
			continue
		}
		if _, ok := startsWith(s.line(head[x+1]), "金额", "决算", "全年数", "本年数", "数额"); ok && s.cellFeatures(head[x]).Any(side) {
			return x
		}
	}
	return -1
}

// ofSide returns what the row called label tells of its side where its own words
// do not: 合计, 项目. 收入总计 needs no side to be understood.
func (s *script) ofSide(label int, income bool) lexicon.Features {
	t := s.words
	switch s.line(label) {
	case "合计", "共计":
		if income {
			return t.income | t.total
		}
		return t.spend | t.total
	case "项目", "项目经费":
		if !income {
			return t.project
		}
	case "基本", "基本经费":
		if !income {
			return t.basic
		}
	}
	return 0
}

// pairs reports whether row r is of labels and their values, each right before
// its own, although columns of amounts are headed above, or such a row stands
// there: 三公经费 | 2.5 | 年末结转 | 10 below 年初预算数 | 全年预算数 | 全年执行数. No
// column names what stands in it then.
func (s *script) pairs(g *grid, r int) bool {
	n, known, below := 0, false, len(g.head) == 0
	for c, p := range g.cell[r] {
		switch {
		case s.number(p) >= 0:
			if c == 0 || s.number(g.cell[r][c-1]) >= 0 || !s.filled(g.cell[r][c-1]) {
				return false
			}
			known = known || s.cellFeatures(g.cell[r][c-1]).Any(s.words.heads()|s.words.fiscal)
			below = below || s.headFeatures(g, c-1).Any(s.words.budget|s.words.executed)
			n++
		case s.filled(p) && c > 0 && p != g.cell[r][c-1] && s.filled(g.cell[r][c-1]) && s.number(g.cell[r][c-1]) < 0 && n > 0:
			return false
		}
	}
	return n > 1 && known && below
}

// onePair reports whether row r is one label and its value, with nothing else to
// the right.
func (s *script) onePair(g *grid, r int) bool {
	n := 0
	for c, p := range g.cell[r] {
		switch {
		case s.number(p) >= 0:
			n++
			if !s.cellFeatures(s.rowLabel(g, r, c)).Any(s.words.heads()) {
				return false
			}
		case n > 0 && s.filled(p):
			return false
		}
	}
	return n == 1
}

// readIncome proposes figure i in a table whose corner says that it is of income, as
// that: 部门收入(万元) | 预算数 | 决算数 above 合计 | 486.2 | 529.48. It reports whether the
// row tells of income, read or not.
func (s *script) readIncome(g *grid, i, label int, head []int, col lexicon.Features) bool {
	t := s.words
	corner := g.header(0)
	if len(corner) == 0 || label < 0 || len(head) == 0 || !col.Any(t.executed) || col.Any(t.budget|t.income|t.spend) {
		return false
	}
	side := s.alone(s.part(corner[len(corner)-1]))
	if !side.Any(t.income) || side.Any(t.spend|t.both|t.budget|t.mother|t.fiscal) {
		return false
	}
	row := s.alone(s.part(label))
	f := s.figs[i]
	c := candidate{figure: f, extra: s.cellProof(s.part(label), s.parts(head)), raw: s.source(f.Start, f.End)}
	switch {
	case row.Any(t.heads() &^ t.income):
		return false
	case row.Any(t.mother | t.last):
	case row.Any(t.fiscal):
		s.proposeCell(c, t.fiscal, s.part(label), s.parts(head))
	case row.Any(t.total | t.income):
		s.proposeCell(c, t.income|t.total, s.part(label), s.parts(head))
	}
	return true
}

// partsLeft returns the feature of parts if a label of row r up to column c says 其中:
// what follows it are parts of what the row began with.
func (s *script) partsLeft(g *grid, r, c int) lexicon.Features {
	for x := c; x >= 0; x-- {
		if p := g.cell[r][x]; s.filled(p) && s.number(p) < 0 && s.cellFeatures(p).Any(s.words.parts) {
			return s.words.parts
		}
	}
	return 0
}

// tellsPeople reports whether cell p names kinds of people with their numbers, so
// that it heads nothing: 编制数:行政 12 事业 20.
func (s *script) tellsPeople(p int) bool {
	a, b := s.figsIn(s.from[p], s.from[p+1])
	return b-a > 1 && s.figs[a].Kind != zh.YearOf && s.cellFeatures(p).Any(s.words.categories|s.words.modes)
}

// namesBodies reports whether label is of bodies, of which f is the number: 内设机构 | 4个.
func (s *script) namesBodies(label part, f *zh.Figure) bool {
	unit := s.text[f.NumEnd:f.End]
	return zh.HasAnyPrefix(unit, []string{"个", "家", "所"}) && zh.HasAnySuffix(s.text[label.i:label.j], []string{"机构", "单位", "部门", "科室", "股室", "处室", "村", "社区", "学校"})
}
