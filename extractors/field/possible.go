package field

import (
	"strings"

	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
	"jixiao/schemas/record"
)

// The most that values of a kind can be. Figures that lost the gap between them
// make one that is well formed and mostly larger: 100 and 97.73 make 10097.73.
const (
	mostYuan   = 1e13 // the revenue of all provinces together
	mostPeople = 2e6
	mostRate   = 1000
	mostMarks  = 1000
	mostBonus  = 120 // a mark, of a hundred, with what was added to it
	mostWeight = 100 // of one indicator
)

// possible reports whether c can be a value of its key. One that cannot is
// refused rather than taken for something else.
func possible(c *candidate) bool {
	entry, _ := catalog.Lookup(c.key)
	v := c.number.Float()
	switch entry.Kind {
	case catalog.Money:
		return v < mostYuan
	case catalog.Count:
		return v <= mostPeople
	case catalog.Percent:
		return v <= mostRate && !(c.figure.Kind == zh.Plain && padded(string(c.figure.Number)))
	case catalog.Points:
		return v <= mostMarks
	}
	return true
}

// padded reports whether a number has three decimals or more and the last is 0:
// nobody writes it so, but 98.1 and a full mark of 10 make it, 98.110.
func padded(number string) bool {
	_, tail, ok := strings.Cut(number, ".")
	return ok && len(tail) >= 3 && strings.HasSuffix(tail, "0")
}

// boundScores refuses marks that are over every full mark the report tells. A
// mark of a hundred may have been added to.
func (s *script) boundScores() {
	most := float64(mostBonus)
	for i := range s.cands {
		if c := &s.cands[i]; c.key == "score_full" {
			most = max(most, c.number.Float())
		}
	}
	for i := range s.cands {
		if c := &s.cands[i]; c.key == "score" && c.number.Float() > most && c.score >= threshold {
			s.refuse(*c)
			c.score = 0
		}
	}
}

// jammedRow reports whether row r, whose cells under the members of key are
// cells, has lost what parts two of its figures, so that nobody can say which
// figure it holds.
func (s *script) jammedRow(g *grid, r int, key string, cells map[string]int, cols []column) bool {
	most := s.mostWeight(g, cols)
	for _, m := range []string{"weight", "score"} {
		if p, ok := cells[m]; ok && s.figs[s.number(p)].Number.Float() > most {
			return true
		}
	}
	if s.endsRow(g, r) {
		return true
	}
	if !s.lacksCells(g, r) || s.shift(g, r) != 0 {
		return false
	}
	if key == "projects" {
		return s.lacksFigure(g, cells, cols)
	}
	p, ok := cells["weight"]
	_, marked := cells["score"]
	if !ok && !marked && heads(cols, "weight") && heads(cols, "score") {
		return true // the row goes on in another one
	}
	if !ok || marked || !heads(cols, "score") {
		return false
	}
	return twoMarks(string(s.figs[s.number(p)].Number))
}

// mostWeight returns the most that an indicator of g, or a project, can be worth:
// the full mark of the row that sums up, where it is a round one over a hundred.
func (s *script) mostWeight(g *grid, cols []column) float64 {
	if g.most > 0 {
		return g.most
	}
	most := float64(mostWeight)
	for _, c := range cols {
		if c.member != "weight" {
			continue
		}
		for r := range g.cell {
			i := s.number(g.cell[r][c.at])
			if i < 0 || !s.isTotalRow(g, r) {
				continue
			}
			if v := s.figs[i].Number.Float(); v > most && v <= mostMarks && int(v)%10 == 0 {
				most = v
			}
		}
	}
	g.most = most
	return most
}

// lacksCells reports whether row r has fewer cells than its header, empty ones
// counted.
func (s *script) lacksCells(g *grid, r int) bool {
	if len(g.head) == 0 {
		return false
	}
	return cellsOf(g.cell[r]) < cellsOf(g.cell[g.head[len(g.head)-1]])
}

// endsRow reports whether row r is what a line's end tore off the row above: the
// two have as many cells as the header and one that was torn.
func (s *script) endsRow(g *grid, r int) bool {
	if r == 0 || !s.lacksCells(g, r) || !s.lacksCells(g, r-1) {
		return false
	}
	return cellsOf(g.cell[r])+cellsOf(g.cell[r-1])-1 == cellsOf(g.cell[g.head[len(g.head)-1]])
}

func cellsOf(row []int) int {
	n := len(row)
	for n > 0 && row[n-1] < 0 {
		n--
	}
	return n
}

// impossible reports whether number cannot be the member of a project.
func impossible(member string, number zh.Decimal) bool {
	v := number.Float()
	switch member {
	case "score":
		return v > mostBonus
	case "rate":
		return v > mostRate
	}
	return v >= mostYuan
}

// lacksFigure reports whether a row of a project lacks a figure under the last
// of cols, and the figures it has do not show that those left of it are right.
func (s *script) lacksFigure(g *grid, cells map[string]int, cols []column) bool {
	last := cols[len(cols)-1]
	if _, ok := cells[last.member]; ok || !last.figure || len(cols) < 3 {
		return false
	}
	plan, ok1 := cells["budget"]
	spent, ok2 := cells["executed"]
	rate, ok3 := cells["rate"]
	if !ok1 || !ok2 || !ok3 {
		return true
	}
	return !bearsOut(s.figs[s.number(plan)].Number.Float(), s.figs[s.number(spent)].Number.Float(), s.figs[s.number(rate)].Number.Float())
}

// bearsOut reports whether rate is what spent is of plan, in hundreds.
func bearsOut(plan, spent, rate float64) bool {
	d := spent*100 - rate*plan
	return plan > 0 && d <= 0.6*plan && d >= -0.6*plan
}

func heads(cols []column, member string) bool {
	for _, c := range cols {
		if c.member == member {
			return true
		}
	}
	return false
}

// twoMarks reports whether number can be a weight and the mark for it written
// together: 54 of 5 and 4, 87.85 of 8 and 7.85. A mark under half the weight is rare.
func twoMarks(number string) bool {
	whole, _, _ := strings.Cut(number, ".")
	for i := 1; i < len(whole); i++ {
		weight, mark := zh.Decimal(number[:i]), zh.Decimal(number[i:])
		if number[i] == '0' && len(whole) > i+1 {
			continue
		}
		if w, m := weight.Float(), mark.Float(); m <= w && 2*m > w {
			return true
		}
	}
	return false
}

// refuseRow notes that a row of cells was not read, and quotes it.
func (s *script) refuseRow(row []int, key string) {
	if s.objects++; s.objects > maxObjects {
		return
	}
	gap := record.Gap{Kind: record.Refused, Key: key, Reason: "数字连在一起或缺少单元格，分不清各列的值", Evidence: []record.Evidence{}}
	last := -1
	for _, p := range row {
		if p == last || !s.filled(p) {
			continue
		}
		last = p
		gap.Evidence = append(gap.Evidence, s.quoteCell(record.RoleRow, p))
	}
	if len(gap.Evidence) > 0 {
		gap.Page = gap.Evidence[0].Page
	}
	s.r.Gaps = append(s.r.Gaps, gap)
}
