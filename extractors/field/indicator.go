package field

import (
	"slices"
	"strings"

	"jixiao/internal/zh"
	"jixiao/schemas/record"
)

// A column is one member of an object and the header that says so.
type column struct {
	member string
	at     int // column of the header
	figure bool
}

// columns returns the members that the header of g announces: those of
// indicators, or of projects; nil if it announces neither.
func (s *script) columns(g *grid) (key string, cols []column) {
	if len(g.head) == 0 {
		return "", nil
	}
	width := len(g.cell[g.head[0]])
	if cols = s.indicatorColumns(g, width); len(cols) > 0 {
		return "indicators", cols
	}
	if cols = s.projectColumns(g, width); len(cols) > 0 {
		return "projects", cols
	}
	return "", nil
}

func (s *script) indicatorColumns(g *grid, width int) (cols []column) {
	t := s.words
	named, marked, alone := false, false, false // alone: without outer levels
	weightAt, levelAt := 0, 0
	seen := map[string]bool{}
	for c := range width {
		f := s.headFeatures(g, c)
		m, figure := "", false
		switch {
		case f.Any(t.level1):
			m = "level1"
		case f.Any(t.level2):
			m = "level2"
		case f.Any(t.level3):
			m = "level3"
			named = true
		case f.Any(t.deviation):
			m = "deviation"
		case f.Any(t.targetcol) && !f.Any(t.unitcol):
			m = "target"
		case f.Any(t.actualcol):
			m = "actual"
		case f.Any(t.weight):
			m, figure = "weight", true
			if named && weightAt < levelAt {
				cols = drop(cols, m) // it was that of an outer level
				delete(seen, m)
			}
			weightAt = c
		case f.Any(t.scorecol|t.score) && !f.Any(t.budget|t.executed|t.ratehead):
			m, figure = "score", true
			marked = true
		case !named && (seen["level2"] || seen["level1"]) && s.headsIndicators(g.header(c)):
			m, named = "level3", true
		case len(seen) == 0 && s.headsGroups(g.header(c)):
			m = "level1"
		case len(seen) == 0 && s.headsIndicators(g.header(c)) && !s.headsLevels(g, c+1, width):
			m, named, alone = "level3", true, true
		}
		if m == "level3" {
			levelAt = c
		}
		if m != "" && !seen[m] {
			seen[m] = true
			cols = append(cols, column{m, c, figure})
		}
	}
	if !named || !marked && !seen["weight"] && !hasResults(seen) || alone && !(marked && seen["weight"] && s.listsIndicators(g, levelAt)) {
		return nil
	}
	return cols
}

// inObjects reports whether row r of g lies under a header of indicators or
// projects and has what such a row must have.
func (s *script) inObjects(g *grid, r int) bool {
	s.ask(g)
	key, cols := g.key, g.cols
	if key == "indicators" && g.summed && hasMarks(cols) && !s.hasNumber(g, r) {
		return false // what stands below the total without a mark is none: 填表人 | 日期
	}
	return key != "" && s.shapeOf(g, r, cols) && !(key == "projects" && s.isAccount(g, r, cols))
}

// shapeOf reports whether row r has a figure under one of the figure columns
// or text under the naming ones: the end of a table looks different.
func (s *script) shapeOf(g *grid, r int, cols []column) bool {
	d := s.shift(g, r)
	filled := 0
	for _, c := range cols {
		if x := c.at - d; x >= 0 && x < len(g.cell[r]) && s.filled(g.cell[r][x]) {
			filled++
		}
	}
	return filled >= 2
}

func (s *script) filled(p int) bool {
	if p < 0 {
		return false
	}
	switch s.line(p) {
	case "", "/", "-", "—", "——", "--", "\\":
		return false
	}
	return true
}

// readObjects makes an object of every row under a header of indicators or
// projects. The rows are gone through again, for headers may change in between.
func (s *script) readObjects(g *grid) {
	g.head = g.head[:0]
	header := false
	carried := map[string]int{}
	for r := range g.cell {
		if s.isHeader(g, r) {
			if !header {
				g.head = g.head[:0]
				clear(carried)
			}
			g.head = append(g.head, r)
			header, g.summed = true, false
			continue
		}
		header = false
		if s.isTotalRow(g, r) {
			g.summed = true
			continue
		}
		if !s.inObjects(g, r) {
			continue
		}
		s.readObject(g, r, g.key, g.cols, carried)
	}
}

// readObject makes an object of row r. The outer levels of an indicator that
// are empty are those of the row above.
func (s *script) readObject(g *grid, r int, key string, cols []column, carried map[string]int) {
	d := s.shift(g, r)
	cells := map[string]int{}
	for _, c := range cols {
		x := c.at - d
		if x < 0 || x >= len(g.cell[r]) || !s.filled(g.cell[r][x]) {
			continue
		}
		if c.figure && s.number(g.cell[r][x]) < 0 {
			continue
		}
		cells[c.member] = g.cell[r][x]
	}
	jammed := s.jammedRow(g, r, key, cells, cols)
	if key == "indicators" {
		s.carryLevels(cells, carried)
	}
	if jammed {
		s.refuseRow(g.cell[r], key)
		return
	}
	if key == "indicators" {
		s.emitIndicator(cells)
		return
	}
	s.emitProject(g, r, cells, cols)
}

// carryLevels fills the outer levels from the rows above. A new outer level
// ends the inner one.
func (s *script) carryLevels(cells, carried map[string]int) {
	for _, m := range []string{"level1", "level2"} {
		p, ok := cells[m]
		if ok {
			if m == "level1" && carried[m] != p {
				delete(carried, "level2")
			}
			carried[m] = p
			continue
		}
		if p, ok := carried[m]; ok {
			cells[m] = p
		}
	}
}

// emitIndicator makes a field of one row of indicators. Its level 3 must name
// something, and a weight, a mark, or its target and result must be there.
func (s *script) emitIndicator(cells map[string]int) {
	name, ok := cells["level3"]
	if !ok || s.number(name) >= 0 || s.cellFeatures(name)&^s.words.fill != 0 && s.isTotalText(s.line(name)) {
		return
	}
	if !hasAny(cells, "weight", "score") && !(hasAny(cells, "level1", "level2") && hasAny(cells, "target") && hasAny(cells, "actual")) {
		return
	}
	if s.misplaced(cells) {
		row := make([]int, 0, len(cells))
		for _, p := range cells {
			row = append(row, p)
		}
		slices.Sort(row)
		s.refuseRow(row, "indicators")
		return
	}
	members := map[string]string{}
	ev := make([]record.Evidence, 0, len(cells))
	for _, m := range []string{"level3", "level1", "level2", "target", "actual", "weight", "score", "deviation"} {
		p, ok := cells[m]
		if !ok {
			continue
		}
		if m == "weight" || m == "score" {
			f := &s.figs[s.number(p)]
			if f.Bad {
				continue
			}
			members[m] = string(f.Number)
		} else {
			members[m] = s.prose(p)
		}
		ev = append(ev, s.quoteCell(m, p))
		if m != "weight" && m != "score" {
			members[m], ev = s.goOn(p, m, members[m], ev)
		}
	}
	s.object("indicators", members, ev, members["level3"])
}

func hasAny(cells map[string]int, members ...string) bool {
	for _, m := range members {
		if _, ok := cells[m]; ok {
			return true
		}
	}
	return false
}

// prose returns the words of cell p as written, in one line.
func (s *script) prose(p int) string {
	x := s.whole(p)
	return squeeze(s.r.Doc.Layout.Text[x.Start:x.End])
}

// goOn adds the lines in which a drawn table goes on with the words of cell p.
func (s *script) goOn(p int, role, words string, ev []record.Evidence) (string, []record.Evidence) {
	const most = 20 // lines of a cell
	for range most {
		if p = s.r.Doc.WrappedTo(p); p < 0 {
			break
		}
		words += s.prose(p)
		ev = append(ev, s.quoteCell(role, p))
	}
	return words, ev
}

// maxObjects bounds the projects and indicators of one document.
const maxObjects = 1000

// object appends a field that is an object.
func (s *script) object(key string, members map[string]string, ev []record.Evidence, name string) {
	if s.objects++; s.objects > maxObjects {
		return
	}
	s.r.Fields = append(s.r.Fields, record.Field{Key: key, Value: record.Object(members), Raw: name, Confidence: 0.9,
		Rule: rule(key + "-table"), Item: s.r.itemID(key, name), Evidence: ev})
}

// isTotalRow reports whether row r sums the others up.
func (s *script) isTotalRow(g *grid, r int) bool {
	for _, p := range g.cell[r] {
		if p >= 0 && s.filled(p) && s.number(p) < 0 {
			return s.isTotalText(s.line(p))
		}
	}
	return false
}

// aroundTotal are the characters that may stand around the words for a total.
var aroundTotal = zh.NewRuneSet(":()分")

func (s *script) isTotalText(line string) bool {
	line, _, _ = strings.Cut(line, "(满分")
	switch aroundTotal.TrimLeft(aroundTotal.TrimRight(line)) {
	case "合计", "总计", "总", "小计", "总得", "得分合计", "合计得", "自评总", "自评得", "自评总得", "综合得", "总评", "自评合计", "共计", "全年合计", "年度合计", "本年合计", "支出合计", "资金合计", "项目合计", "金额合计", "支出总计":
		return true
	}
	return strings.HasPrefix(line, "合计") && len(line) < 24
}

// readTotal reads the mark, the full mark and the grade of the row that sums
// up a table of indicators.
func (s *script) readTotal(g *grid, r int) {
	for _, p := range g.cell[r] {
		if p >= 0 && s.filled(p) && strings.HasPrefix(s.line(p), "小计") {
			return
		}
	}
	d := s.shift(g, r)
	score, full := -1, -1
	var scoreHead, fullHead []int
	for c, p := range g.cell[r] {
		i := s.number(p)
		if i < 0 {
			continue
		}
		f := s.headFeatures(g, c+d)
		switch {
		case f.Any(s.words.weight):
			full, fullHead = i, g.header(c+d)
		case d != 0 && s.isRateOfRow(g.cell[r], c): // the mark's own cell is empty
		case f.Any(s.words.scorecol|s.words.score) && !f.Any(s.words.budget|s.words.ratehead):
			score, scoreHead = i, g.header(c+d)
		}
	}
	if score < 0 {
		full, score = s.totalAlone(g, r)
	}
	if score < 0 || s.figs[score].Kind == zh.Percent || s.used[score] {
		return
	}
	label := s.rowLabel(g, r, len(g.cell[r]))
	if p := s.totalBefore(g.cell[r], score); p >= 0 {
		label = p
	}
	s.proposeTotal("score", 0.88, score, label, scoreHead)
	if full < 0 && label >= 0 {
		full = s.fullInLabel(label)
	}
	if full >= 0 {
		s.proposeTotal("score_full", 0.8, full, label, fullHead)
	}
	s.gradeInRow(g, r)
}

// totalAlone returns the figures of a total row that stands under no header of
// its own: a round full mark and a mark no larger.
func (s *script) totalAlone(g *grid, r int) (full, score int) {
	var figs []int
	for _, p := range g.cell[r] {
		if i := s.number(p); i >= 0 {
			figs = append(figs, i)
		}
	}
	if len(figs) == 2 && s.figs[figs[0]].Number.Float() == 100 && s.figs[figs[1]].Number.Float() <= 100 {
		return figs[0], figs[1]
	}
	if label := s.rowLabel(g, r, len(g.cell[r])); len(figs) == 1 && s.wholeValue(figs[0]) && (label >= 0 && strings.Contains(s.line(label), "总分") || s.totalBefore(g.cell[r], figs[0]) >= 0) {
		return -1, figs[0]
	}
	return -1, -1
}

// fullInLabel returns the full mark that cell p has in brackets: 总分(满分100分);
// -1 if it has none.
func (s *script) fullInLabel(p int) int {
	a, b := s.figsOf(p)
	if b == a+1 && s.figs[a].Kind == zh.Points && strings.Contains(s.text[s.from[p]:s.figs[a].Start], "(满分") {
		return a
	}
	return -1
}

// wholeValue reports whether figure i can be the mark of a whole.
func (s *script) wholeValue(i int) bool {
	v := s.figs[i].Number.Float()
	return !s.figs[i].Bad && v >= 40 && v <= 100
}

func (s *script) proposeTotal(key string, score float64, i, label int, head []int) {
	f := s.figs[i]
	if f.Start >= s.annex {
		return
	}
	s.propose(candidate{key: key, rule: key + "-table", score: score, figure: f, number: f.Number, extra: s.cellProof(s.part(label), s.parts(head))})
}

// gradeInRow reads a cell of row r that is a grade and nothing else.
func (s *script) gradeInRow(g *grid, r int) {
	for _, p := range g.cell[r] {
		if p < 0 {
			continue
		}
		for _, w := range gradeWords {
			if s.line(p) == w.word {
				s.tableGrade = grade{value: w.value, i: s.from[p], j: s.from[p+1] - 1, score: 0.88}
			}
		}
	}
}
