package field

import (
	"strings"

	"jixiao/extractors/passage"
	"jixiao/internal/zh"
	"jixiao/schemas/record"
)

// units are the words for amounts in headers and captions, longer ones first.
var units = []struct {
	word  string
	power int
}{{"百万元", 6}, {"千万元", 7}, {"亿元", 8}, {"万元", 4}, {"千元", 3}, {"元", 0}}

// captionLines is how far above a table or a label its unit may stand.
const captionLines = 5

// maxFlat bounds the lines of a flattened table.
const maxFlat = 90

// unitIn looks for a unit of money in brackets or after 单位 in text[i:j].
func (s *script) unitIn(i, j int) (power int, at proof, ok bool) {
	part := s.text[i:j]
	if !zh.Contains(part, "元") { // as all units have it
		return 0, at, false
	}
	for _, u := range units {
		for from := 0; ; {
			k := strings.Index(part[from:], u.word)
			if k < 0 {
				break
			}
			k += from
			if announced(part[:k]) && closed(part[k+len(u.word):]) {
				return u.power, proof{record.RoleUnitHeader, i + k, i + k + len(u.word)}, true
			}
			from = k + len(u.word)
		}
	}
	return 0, at, false
}

// unitBelow looks for the unit of a figure that ends its line at byte i at the
// start of the next line: a wrap has torn it off.
func (s *script) unitBelow(i int) (power int, at proof, ok bool) {
	if i+1 >= len(s.text) || s.text[i] != '\n' {
		return 0, at, false
	}
	for _, u := range units {
		if strings.HasPrefix(s.text[i+1:], u.word) {
			return u.power, proof{record.RoleUnitHeader, i + 1, i + 1 + len(u.word)}, true
		}
	}
	return 0, at, false
}

// announced reports whether before ends as what precedes a unit: a bracket,
// 单位: or 人民币.
func announced(before string) bool {
	for _, w := range []string{"(", "[", "单位:", "单位", "单位为", "单位:人民币", "金额:", "人民币", ":", ",", "、", "/"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// closed reports whether rest begins as what follows a unit.
func closed(rest string) bool {
	if rest == "" {
		return true
	}
	r, _ := zh.Next(rest, 0)
	return strings.ContainsRune(")]|\n,、:/%", r)
}

// caption looks for the unit in the lines at and above passage p.
func (s *script) caption(p int) (power int, at proof, ok bool) {
	for q, left := p, captionLines; q >= 0 && left > 0 && q > p-maxFlat; q-- {
		if !s.isCellLine(q) {
			left-- // the cells of a flattened table are as good as one line
		}
		if s.from[q+1]-s.from[q] > 240 {
			continue
		}
		if power, at, ok = s.unitIn(s.from[q], s.from[q+1]-1); ok {
			return power, at, true
		}
	}
	return s.sectionUnit(p)
}

// sectionUnit looks for the unit in the headings above passage p, up to the one of the
// chapter: 二、收入支出情况(单位:万元) holds for all of it.
func (s *script) sectionUnit(p int) (power int, at proof, ok bool) {
	const reach = 60 // passages
	for q := p; q >= max(0, p-reach); q-- {
		if t := s.r.Tree; t == nil || q >= len(t.Heading) || !t.Heading[q] {
			continue
		}
		if power, at, ok = s.unitIn(s.from[q], s.from[q+1]-1); ok {
			return power, at, true
		}
		if passage.LeadingMarker(s.line(q)).Style == passage.Han {
			break
		}
	}
	return 0, at, false
}

// tableUnit looks for the unit of a cell's amount: in its header, in its row's
// label, in the row of the header, in the table above it, above the table.
func (s *script) tableUnit(label part, head []part, cell int) (power int, at proof, ok bool) {
	for k := len(head) - 1; k >= 0; k-- {
		if power, at, ok = s.unitIn(head[k].i, head[k].j); ok {
			return power, at, true
		}
	}
	if power, at, ok = s.unitIn(label.i, label.j); ok {
		return power, at, true
	}
	t := s.r.Doc.Passages[cell].Table
	if power, ok = s.unitBeside(cell); ok {
		return power, proof{record.RoleUnitHeader, s.from[cell-1], s.from[cell] - 1}, true
	}
	if t < 0 {
		if power, at, ok = s.caption(cell); !ok {
			power, at, ok = s.unitOfAll()
		}
		return power, at, ok
	}
	first := s.r.Doc.Tables[t].First
	if q := s.unitCell(first, cell); q >= 0 {
		return s.unitOfCell(q)
	}
	if first > 0 {
		if power, at, ok = s.caption(first - 1); ok {
			return power, at, true
		}
	}
	if power, at, ok = s.unitOfAll(); ok {
		return power, at, ok
	}
	return s.unitUnder(t)
}

// unitUnder looks for the unit of table t on the line right below it: 注:单位为万元.
func (s *script) unitUnder(t int) (power int, at proof, ok bool) {
	tab := &s.r.Doc.Tables[t]
	p := tab.First + len(tab.Cells)
	if p >= len(s.r.Doc.Passages) || s.inTable(p) || len(s.line(p)) > 60 || !strings.Contains(s.line(p), "单位") {
		return 0, at, false
	}
	return s.unitIn(s.from[p], s.from[p+1]-1)
}

// unitBeside returns the unit of money that the cell right before a cell holds alone, in
// a table with a column of units: 年初预算 | 万元 | 860.
func (s *script) unitBeside(cell int) (power int, ok bool) {
	if cell == 0 || s.r.Doc.Passages[cell].Table < 0 || s.r.Doc.Passages[cell-1].Table != s.r.Doc.Passages[cell].Table {
		return 0, false
	}
	return powerOf(s.line(cell - 1))
}

// isUnitCell reports whether cell p is a unit alone, of money or of what is counted.
func (s *script) isUnitCell(p int) bool {
	line := s.line(p)
	switch line {
	case "人", "名", "个", "%", "分":
		return true
	}
	_, ok := powerOf(line)
	return ok
}

// unitCell returns the last cell from first to cell of a table that names a unit,
// -1 if none does. What it finds is kept: the cells of a long table would else be
// searched again for each of them.
func (s *script) unitCell(first, cell int) int {
	const none, longest = -1, 90 // bytes
	if s.unitCells == nil {
		s.unitCells = make([]int32, len(s.r.Doc.Passages))
	}
	q, found := cell, int32(none)
	for ; q >= first; q-- {
		if found = s.unitCells[q]; found != 0 {
			break
		}
		if s.from[q+1]-s.from[q] < longest {
			if _, _, ok := s.unitOfCell(q); ok {
				found = int32(q + 1)
				break
			}
		}
		found = none
	}
	for k := max(q, first); k <= cell; k++ {
		s.unitCells[k] = found
	}
	return max(int(found), 0) - 1
}

// unitOfCell looks for the unit that cell q of a table names, alone or, in a form
// of labels and values, together with the cell before it: 金额单位 | 万元.
func (s *script) unitOfCell(q int) (power int, at proof, ok bool) {
	if power, at, ok = s.unitIn(s.from[q], s.from[q+1]-1); ok || q == 0 {
		return power, at, ok
	}
	if power, ok = powerOf(s.line(q)); !ok {
		return 0, at, false
	}
	switch strings.TrimSuffix(s.line(q-1), ":") {
	case "单位", "金额单位", "货币单位", "计价单位", "预算金额单位", "资金单位", "金额计量单位":
		return power, proof{record.RoleUnitHeader, s.from[q], s.from[q+1] - 1}, true
	}
	return 0, at, false
}

// openingLines is how far down a unit may stand that holds for all amounts.
const openingLines = 8

// unitOfAll looks for the unit of all amounts of the document, on a line of its
// own at its top: (金额单位:千元). Right above a table it is the table's alone.
func (s *script) unitOfAll() (power int, at proof, ok bool) {
	for p := 0; p < min(openingLines, len(s.r.Doc.Passages)-1) && s.from[p] < len(s.opening()); p++ {
		line := s.line(p)
		if s.inTable(p) || s.inTable(p+1) || len(line) > 60 || !strings.Contains(line, "单位:") && !strings.Contains(line, "单位为") {
			continue
		}
		if power, at, ok = s.unitIn(s.from[p], s.from[p+1]-1); ok {
			return power, at, true
		}
	}
	return s.unitDeclared()
}

// unitOfProse returns the unit of the amounts told before byte i where all of
// them, and several, have the same: a table without a unit goes on with it.
func (s *script) unitOfProse(i int) (power int, at proof, ok bool) {
	const several, most = 3, 400 // amounts; figures looked at
	n := 0
	a, _ := s.figsIn(i, i)
	for k := a - 1; k >= max(0, a-most); k-- {
		f := &s.figs[k]
		if f.Kind != zh.Money || f.Power == 0 {
			continue
		}
		if n > 0 && f.Power != power {
			return 0, at, false
		}
		if n++; n == 1 {
			power, at = f.Power, proof{record.RoleUnitHeader, f.NumEnd, f.End}
		}
	}
	if n < several {
		return 0, at, false
	}
	_, ok = powerOf(s.source(at.i, at.j))
	return power, at, ok
}
