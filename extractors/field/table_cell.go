package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
	"jixiao/schemas/record"
)

// sides reports whether a row is about one side of an account and its column
// headed by the other: two lists stand side by side.
func (s *script) sides(row, col lexicon.Features) bool {
	t := s.words
	if row.Any(t.score) && !col.Any(t.score|t.scorecol|t.weight) || row.Any(t.modes) && col.Any(t.income|t.spend|t.budget) {
		return true // a form goes on below the columns
	}
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

// topicCell returns the feature of 三公经费 where the first cell of the heads of g says that
// the table is about these: 三公经费(万元) | 预算 | 决算.
func (s *script) topicCell(g *grid) lexicon.Features {
	f := s.cellFeatures(g.cell[0][0])
	if !f.Any(s.words.public3) || f.Any(s.words.basic|s.words.project|s.words.income|s.words.executed|s.words.budget) || !s.isHeader(g, 0) {
		return 0
	}
	return s.words.public3
}

// readTopicOfRow proposes the figure at a place whose row is about 三公经费 by its first cell
// and which a label beside it says what of them it is: 三公经费 | 2022年决算数 | 11万元. It
// reports whether the row is such a one.
func (s *script) readTopicOfRow(g *grid, at place, label int, head []int) bool {
	first := g.cell[at.row][0]
	if len(head) > 0 || first < 0 || label < 0 || first == label || s.number(first) >= 0 || len(s.line(first)) > len("“三公”经费支出(万元)") {
		return false
	}
	set := s.cellFeatures(label)
	if !s.cellFeatures(first).Any(s.words.public3) || set.Any(s.words.heads()) {
		return false
	}
	f := s.figs[at.figure]
	c := candidate{figure: f, extra: s.cellProof(s.part(label), nil), raw: s.source(f.Start, f.End)}
	s.proposeCell(c, set|s.words.public3, s.part(label), nil)
	return true
}

// addsBudget reports whether column c is the budget after its changes without
// saying so: 年初预算① | 年中调整② | 小计③.
func (s *script) addsBudget(g *grid, c int) bool {
	head := g.header(c)
	if c < 2 || len(head) == 0 {
		return false
	}
	name, t := s.line(head[len(head)-1]), s.words
	return (strings.HasPrefix(name, "小计") || strings.HasPrefix(name, "合计")) && s.headFeatures(g, c-1).Any(t.adjusted|t.delta) &&
		!s.headFeatures(g, c-1).Any(t.initial) && s.headFeatures(g, c-2).Has(t.initial|t.budget)
}

// changesBudget reports whether column c tells by how much the budget was
// changed, 预算调整 | 15: another column tells what it became.
func (s *script) changesBudget(g *grid, c int) bool {
	t, f := s.words, s.headFeatures(g, c)
	if !f.Any(t.adjusted) || f.Any(t.initial|t.executed) {
		return false
	}
	head := g.header(c)
	name := strings.TrimRight(s.line(head[len(head)-1]), "①②③()（）0123456789")
	if !zh.HasAnySuffix(name, []string{"调整", "调整数", "调整额", "调整金额", "变动", "变更"}) || strings.Contains(name, "调整后") {
		return false
	}
	for x := range g.features {
		if x != c && g.features[x].Any(t.adjusted) && !g.features[x].Any(t.executed) {
			return true
		}
	}
	return false
}

// planned returns the feature of a budget if the header of g has both what was
// planned and what was spent: a rate of completion beside them is of the money.
func (s *script) planned(g *grid) lexicon.Features {
	t := s.words
	var all lexicon.Features
	for c := range g.features {
		all |= g.features[c]
	}
	if all.Any(t.completion) && all.Any(t.budget) && all.Any(t.executed|t.spend) {
		return t.budget
	}
	return 0
}

// formHead returns the label that column c has in a form of labels and values,
// 年初批复数 | 862 | 实际支出数 | 901, where row r goes on below it with several
// figures: 其中:基本支出 | 645 | | 660; -1 if there is none.
func (s *script) formHead(g *grid, r, c int) int {
	const reach = 4 // rows
	if !s.cellFeatures(s.rowLabel(g, r, c)).Any(s.words.basic | s.words.project | s.words.public3) {
		return -1
	}
	figures := 0
	for _, p := range g.cell[r] {
		if s.number(p) >= 0 {
			figures++
		}
	}
	if figures < 2 {
		return -1
	}
	for q := r - 1; q >= max(0, r-reach); q-- {
		for _, x := range []int{c, c - 1} {
			p := -1
			if x > 0 && x < len(g.cell[q]) {
				p = g.cell[q][x]
			}
			if p >= 0 && s.number(p) < 0 && s.filled(p) && s.cellFeatures(p).Any(s.words.budget|s.words.executed|s.words.initial|s.words.adjusted) {
				return p
			}
		}
	}
	return -1
}

// onlyMarks reports whether the figures of row r are a weight and a mark alone:
// 总分 below the amounts of a form.
func (s *script) onlyMarks(g *grid, r int) bool {
	marks, d := 0, s.shift(g, r)
	for c, p := range g.cell[r] {
		if s.number(p) < 0 {
			continue
		}
		if f := s.headFeatures(g, c+d); !f.Any(s.words.scorecol|s.words.weight) || f.Any(s.words.budget|s.words.executed|s.words.ratehead) {
			return false
		}
		marks++
	}
	return marks == 2
}

// readAdjusted proposes figure i as the budget after its changes.
func (s *script) readAdjusted(i, label int, head []int) {
	f := s.figs[i]
	c := candidate{figure: f, extra: s.cellProof(s.part(label), s.parts(head)), raw: s.source(f.Start, f.End)}
	s.proposeCell(c, s.words.budget|s.words.adjusted, s.part(label), s.parts(head))
}

// isWhole reports whether a row's label says that the row is about everything.
func (s *script) isWhole(label part) bool {
	f := s.alone(label)
	return f.Any(s.words.total|s.words.funds) && !f.Any(s.words.parts|s.words.mother|s.words.last|s.words.fiscal)
}

// isSum reports whether a label says that its figure sums others up and no more.
func (s *script) isSum(label part) bool {
	switch s.text[label.i:label.j] {
	case "总数", "合计", "小计", "总计", "共计", "总人数", "人数", "合计人数", "人数合计":
		return true
	}
	return false
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
	text := s.text[p.i:p.j]
	from, end := qualifier(text)
	for _, h := range s.lex.Scan(buf[:0], text) {
		if h.Start < from || h.Start >= end {
			f |= h.Features
		}
	}
	return f
}

// qualifier returns where brackets stand that only say what is counted in:
// 预算安排(含上年结转).
func qualifier(text string) (from, end int) {
	for _, w := range []string{"(含", "(不含", "(包括", "(包含", "(满分", "(总分", "(百分制"} {
		if i := strings.Index(text, w); i >= 0 {
			if j := strings.IndexByte(text[i:], ')'); j >= 0 {
				return i, i + j
			}
		}
	}
	return 0, 0
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
	if f.Start >= s.annex {
		return
	}
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
	names := t.heads()
	if col&^t.fill == 0 {
		names |= t.budget // the column only says of which year
	}
	if len(head) > 0 && !whole && (!row.Any(names) || row.Any(t.parts) && !row.Any(t.heads()&^t.income)) {
		return
	}
	set := row | col
	if col.Any(t.budget) && !col.Any(t.executed) {
		set &^= t.income | t.spend
	}
	if whole {
		set &^= t.parts
	}
	if set.Any(t.categories) && !set.Any(t.modes|t.weak) || len(head) == 0 && s.isSum(label) {
		set |= under & t.modes // 人员编制 | 总数 | 33
	}
	if col.Any(t.completion) {
		set |= under & t.budget
	}
	if col.Any(t.retired|t.contract) && row.Any(t.kinds|t.pother) && !whole {
		return // the retired of one kind
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
	case c.figure.Kind == zh.Percent || set.Any(t.ratehead) || set.Has(t.completion|t.budget):
		if !set.Any(t.sub | t.weight | t.scorecol | t.basic | t.project | t.income | t.public3 | t.mother) {
			try(catalog.Percent, c.figure.Number, 0.03)
		}
	case set.Any(t.scorecol|t.weight|t.score|t.full) && !set.Any(t.budget|t.executed|t.modes):
		if len(head) == 0 {
			try(catalog.Points, c.figure.Number, 0.02)
		}
	case set.Any(t.modes|t.categories|t.weak) && !set.Any(t.budget|t.income|t.spend|t.executed):
		if _, _, money := s.tableUnit(label, head, s.passage(c.figure.Start)); !(money && set.Any(t.arrive) || s.namesBodies(label, &c.figure)) { // 实际到位, of money
			s.tryPeople(c, set)
		}
	case s.headsShares(head):
	default:
		power, ok := c.figure.Power, c.figure.Kind == zh.Money
		if !ok {
			var at proof
			if power, at, ok = s.tableUnit(label, head, s.passage(c.figure.Start)); ok {
				c.extra = append(c.extra, at)
			}
			ok = ok || isZero(c.figure.Number) && len(head) == 0 // nothing is nothing in any unit
		}
		if ok && !strings.HasPrefix(string(c.figure.Number), "-") {
			try(catalog.Money, c.figure.Number.Shift(power).AtLeast(2), 0.03)
		}
	}
}

// headsShares reports whether the last of head says that its column holds
// percentages, 资金结余率(%): what stands in it is no amount.
func (s *script) headsShares(head []part) bool {
	if len(head) == 0 {
		return false
	}
	p := head[len(head)-1]
	return strings.Contains(s.text[p.i:p.j], "(%)")
}

// isZero reports whether n is nothing: 0, 0.00.
func isZero(n zh.Decimal) bool { return n != "" && strings.Trim(string(n), "0.") == "" }

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
