package plaintext

import (
	"strings"

	"jixiao/schemas/layout"
)

// A form may come as rows of a label and its value, parted by a comma or an arrow:
// 编制人数,33. As sentences have commas too, several such rows must follow each other,
// half of which have a figure for a value.
const (
	minPairRows  = 4
	maxPairRows  = 200
	maxPairLabel = 60 // bytes
)

// pairRows returns the rows of the form of pairs that starts at lines[i].
func pairRows(text string, lines []line, i int, apart bool) (rows []row, next int) {
	if !lines[i].has(arrow|comma|wideComma) || lines[i].has(stop) {
		return nil, i
	}
	for k := range dividers[:4] {
		c := &dividers[k]
		if !lines[i].has(c.kind) {
			continue
		}
		if rows, next = pairsBy(text, lines, i, apart, c); len(rows) > 0 {
			return rows, next
		}
	}
	return nil, i
}

// pairsBy returns the rows of a form of pairs parted by c. Where a run of such lines
// was none, what remains of it is not tried again.
func pairsBy(text string, lines []line, i int, apart bool, c *divider) (rows []row, next int) {
	if i > 0 && lines[i-1].use == prose && (apart || !lines[i].gap) && lines[i-1].has(c.kind) && !lines[i-1].has(stop) {
		if before := (row{}); before.cutPair(text, lines[i-1].Span, c.mark) {
			return nil, i
		}
	}
	figures := 0
	for k := i; k < len(lines) && len(rows) < maxPairRows && (k == i || apart || !lines[k].gap); k++ {
		r := row{first: k, last: k}
		if figures == 0 && len(rows) > maxHeadRows || !lines[k].has(c.kind) || lines[k].has(stop) || !r.cutPair(text, lines[k].Span, c.mark) {
			break
		}
		if v := r.cells[1]; isFigure(text[v.Start:v.End]) {
			figures++
		}
		rows = append(rows, r)
	}
	if len(rows) < minPairRows || figures*2 < len(rows) {
		return nil, i
	}
	return rows, rows[len(rows)-1].last + 1
}

// cutPair divides the text at s into a label and a value; false if either is none: a
// label has no figure, a value no further mark unless it is a figure itself.
func (r *row) cutPair(text string, s layout.Span, mark string) bool {
	label, value, ok := strings.Cut(text[s.Start:s.End], mark)
	if !ok || label == "" || len(label) > maxPairLabel || strings.ContainsAny(label, "0123456789：:；;，,") {
		return false
	}
	if strings.Contains(value, mark) && !isFigure(value) || len(value) > 2*maxPairLabel {
		return false
	}
	at := s.Start + len(label)
	r.cells = []layout.Span{trimCell(text, layout.Span{Start: s.Start, End: at}), trimCell(text, layout.Span{Start: at + len(mark), End: s.End})}
	return true
}
