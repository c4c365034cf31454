package field

import (
	"jixiao/extractors/lexicon"
)

// modeLeft returns whether the header, or the row of a form, has spoken of posts
// or of people in post further left: 编制人数 | 行政 | 事业 | 实有人数 | 行政 | 事业.
func (s *script) modeLeft(g *grid, r, c, d int, headed bool) lexicon.Features {
	for x := c; x >= 0; x-- {
		var f lexicon.Features
		if headed {
			f = s.headFeatures(g, x+d)
		} else if p := g.cell[r][x]; s.filled(p) && s.number(p) < 0 {
			f = s.cellFeatures(p)
		}
		if m := f & s.words.modes; m != 0 && m != s.words.modes {
			return m
		}
	}
	return 0
}

// modeOf returns whether the value at c of row r of a form is of posts or of people in
// post: what its row has said further left, else the label that its own stands under,
// 编制人数 | 25 | 实有人数 | 22 above 其中:行政 | 11 | 其中:行政 | 10.
func (s *script) modeOf(g *grid, r, c int) lexicon.Features {
	const most = 4 // rows of kinds below it
	if m := s.modeLeft(g, r, c, 0, false); m != 0 || c == 0 || !s.cellFeatures(g.cell[r][c-1]).Any(s.words.categories) {
		return m
	}
	for y := r - 1; y >= max(0, r-most); y-- {
		p := g.cell[y][c-1]
		if !s.filled(p) || s.number(p) >= 0 || s.number(g.cell[y][c]) < 0 {
			return 0
		}
		if m := s.cellFeatures(p) & s.words.modes; m != 0 {
			if m == s.words.modes || s.cellFeatures(p).Any(s.words.categories) {
				return 0
			}
			return m
		}
	}
	return 0
}

// sideLeft returns the header to the left that says which side of the account
// a bare 合计 sums up: 收入 | 合计 | 财政拨款.
func (s *script) sideLeft(g *grid, c int) []int {
	for x := c - 1; x >= 0; x-- {
		if f := s.headFeatures(g, x); f.Any(s.words.income | s.words.spend) {
			return g.header(x)
		}
	}
	return nil
}

// readRow reads the figures of a row that is neither header nor object.
func (s *script) readRow(g *grid, r int, first bool) {
	s.readMarks(g, r)
	d, pairs := s.shift(g, r), s.pairs(g, r) || g.form && s.onePair(g, r)
	g.form = g.form || pairs && len(g.head) > 0
	for c, p := range g.cell[r] {
		if i := s.number(p); i >= 0 && !s.used[i] {
			s.used[i] = true
			if pairs {
				s.readCell(i, s.part(s.rowLabel(g, r, c)), nil, false, g.under&^s.words.modes|s.modeOf(g, r, c)|s.partsLeft(g, r, c))
				continue
			}
			s.readPlace(g, place{row: r, col: c, shift: d, figure: i, first: first})
		}
	}
}

// A place is where a figure stands in a table.
type place struct {
	row, col int
	shift    int  // columns by which the row stands left of its header
	figure   int  // index of the figure
	first    bool // the row is the first under its header
}

// readPlace reads the figure at one place of g by its row and its column.
func (s *script) readPlace(g *grid, at place) {
	t, i, r, c := s.words, at.figure, at.row, at.col
	label, head := s.rowLabel(g, r, c), g.header(c+at.shift)
	col, year := s.headFeatures(g, c+at.shift), s.yearOf(head)
	row := s.rowYear(g, r)
	if year == otherYear || row == otherYear || col.Any(t.targetcol) || label >= 0 && s.headsYear(label) == otherYear {
		return
	}
	ofRow := row == thisYear || label >= 0 && s.headsYear(label) == thisYear
	if s.readPaid(g, at, label, ofRow || at.first || s.isWhole(s.part(label))) {
		return
	}
	wanted := t.figures()
	if g.planned != 0 {
		wanted |= t.completion
	}
	sums := col&^t.fill == t.total
	if sums {
		head = append(head, s.sideLeft(g, c+at.shift)...)
	}
	if len(head) > 1 && sums || s.cellFeatures(label).Any(t.heads()) {
		wanted |= t.total
	}
	beside := c > 0 && label == g.cell[r][c-1] || c > 1 && label == g.cell[r][c-2] && s.isUnitCell(g.cell[r][c-1])
	if !col.Any(wanted) {
		if form := s.formHead(g, r, c); form >= 0 {
			s.readCell(i, s.part(label), s.parts([]int{form}), false, 0)
			return
		}
	}
	if len(head) == 0 || year != thisYear && !col.Any(wanted) {
		result := col.Any(t.actualcol) // of 预算执行率 | 100% | 98%
		if head = nil; c == 0 || !result && !beside {
			return // a form's label stands right before its value
		}
	}
	if beside && s.sides(s.cellFeatures(label), col) {
		head = nil
	}
	whole := at.first || ofRow || s.isWhole(s.part(label))
	switch {
	case s.changesBudget(g, c+at.shift):
	case s.addsBudget(g, c+at.shift):
		if whole {
			s.readAdjusted(i, label, g.header(c+at.shift))
		}
	case g.topic != 0 && !s.cellFeatures(label).Any(g.topic):
		if s.isWhole(s.part(label)) {
			s.readTopic(i, label, head, g.topic)
		}
	case s.readTopicOfRow(g, at, label, head):
	case s.readIncome(g, i, label, head, col):
	default:
		under := g.under&^t.modes | s.modeLeft(g, r, c, at.shift, len(head) > 0) | g.planned
		s.readCell(i, s.part(label), s.parts(head), whole, under)
	}
}
