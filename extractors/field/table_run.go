package field

import (
	"math/big"
	"slices"
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
)

// Plain text often holds tables flattened to one cell a line: a run of headers,
// a row's label, a run of figures. readRuns puts the figures back under their
// headers where that is certain, and keeps all others from being read as if
// the line above were their label.

// A run is the figures of one flattened row.
type run struct {
	from, to int // passages [from, to): figures
	label    int // passage of the row's label
}

// maxCellLine bounds a line, in bytes, that can be a cell's label.
const maxCellLine = 96

func (s *script) readRuns() {
	var head []int             // headers of the rows before
	var under lexicon.Features // of the last row that was about something of its own
	first := true
	for p := 0; p < len(s.r.Doc.Passages); {
		if !s.isFigureLine(p) {
			if !s.isCellLine(p) {
				head, first = nil, true
			}
			p++
			continue
		}
		q := p
		for q < len(s.r.Doc.Passages) && (s.isFigureLine(q) || s.isPlaceholder(q)) {
			q++
		}
		for p > 0 && s.isPlaceholder(p-1) {
			p--
		}
		if q-p < 2 {
			p = q
			continue
		}
		if s.readColumnBlock(p, q) {
			p = q
			continue
		}
		if h := s.headersAbove(p, q-p); h != nil {
			head, first = h, true
		}
		if h := s.headersRightAbove(p, q-p); h != nil {
			s.readUnlabelled(p, h)
		}
		s.readRun(run{from: p, to: q, label: p - 1}, head, first, under)
		first = false
		if f := s.cellFeatures(p - 1); p > 0 && f.Any(s.words.heads()) {
			under = f
		}
		p = q
	}
}

// readRun reads the figures of one row under head, or marks them as taken.
func (s *script) readRun(r run, head []int, first bool, under lexicon.Features) {
	aligned := len(head) == r.to-r.from && r.label >= 0 && s.isCellLine(r.label) && s.typesAgree(r.from, head)
	if r.to-r.from == 2 && r.label >= 0 {
		s.totalLine(s.part(r.label), []int{s.number(r.from), s.number(r.from + 1)})
	}
	whole := s.isWhole(s.part(r.label)) || first && !s.isFigureLine(r.to+1)
	for k := r.from; k < r.to; k++ {
		i := s.number(k)
		if i < 0 || s.used[i] {
			continue
		}
		s.used[i] = true
		if aligned {
			s.readCell(i, s.part(r.label), s.parts(head[k-r.from:k-r.from+1]), whole, under)
		}
	}
}

// headersAbove returns the n lines that head the n figures from passage p on;
// nil if it is not certain which they are. The line right above is the row's
// own label.
func (s *script) headersAbove(p, n int) []int {
	from := p - 1
	for from > 0 && s.isCellLine(from-1) && !s.isFigureLine(from-1) && p-from < 40 {
		from--
	}
	if p-1-from < n {
		return nil
	}
	var cells []int
	for q := from; q < p-1; q++ {
		if !s.isGroup(q, p-1) {
			cells = append(cells, q)
		}
	}
	var found []int
	for k := 0; k+n <= len(cells); k++ {
		w := cells[k : k+n]
		if !s.allFigures(w) || !s.typesAgree(p, w) {
			continue
		}
		if found != nil {
			return nil // two ways to align them
		}
		found = w
	}
	return s.byLevel(p, found)
}

// byLevel returns head in the order of the figures from passage p on. Heads of
// several levels may be told level by level, the parts of basic expenditure
// behind all others, while the figures go from left to right: the amounts show
// by their sums which it is.
func (s *script) byLevel(p int, head []int) []int {
	basic, n := -1, len(head)
	for k, q := range head {
		if s.cellFeatures(q).Any(s.words.basic) {
			basic = k
		}
	}
	for n > 0 && s.cellFeatures(head[n-1]).Any(s.words.mother) {
		n--
	}
	if basic < 0 || n == len(head) || n <= basic+1 || s.addUp(p, head) {
		return head
	}
	levels := slices.Concat(head[:basic+1], head[n:], head[basic+1:n])
	if s.addUp(p, levels) {
		return levels
	}
	return head
}

// addUp reports whether the figures from passage p on, under head, give a total
// expenditure of the basic and the project expenditure beside it.
func (s *script) addUp(p int, head []int) bool {
	t := s.words
	sum, total := new(big.Rat), (*big.Rat)(nil)
	for k, q := range head {
		i, f := s.number(p+k), s.cellFeatures(q)
		if i < 0 || s.figs[i].Bad {
			continue
		}
		switch v := s.figs[i].Number.Rat(); {
		case v == nil:
		case f.Any(t.basic | t.project):
			sum.Add(sum, v)
		case f.Any(t.spend) && !f.Any(t.mother) && total == nil:
			total = v
		}
	}
	return total != nil && sum.Cmp(total) == 0
}

// headersRightAbove returns the n lines above passage p if they head the n
// figures from there on and no label of a row is among them: the line above
// them is no head.
func (s *script) headersRightAbove(p, n int) []int {
	from := p - n
	if from < 1 || s.isCellLine(from-1) && !s.isFigureLine(from-1) && !s.isCaption(from-1) && s.allFigures([]int{from - 1}) {
		return nil
	}
	head := make([]int, 0, n)
	for q := from; q < p; q++ {
		if !s.isCellLine(q) || s.isFigureLine(q) {
			return nil
		}
		head = append(head, q)
	}
	if !s.allFigures(head) || !s.typesAgree(p, head) {
		return nil
	}
	return head
}

// readUnlabelled reads the only row, without a label, under head.
func (s *script) readUnlabelled(p int, head []int) {
	for k := range head {
		if i := s.number(p + k); i >= 0 && !s.used[i] {
			s.used[i] = true
			s.readCell(i, part{}, s.parts(head[k:k+1]), true, 0)
		}
	}
}

// isCaption reports whether line p says what a table is about: 人员情况(人).
func (s *script) isCaption(p int) bool {
	line, _, _ := strings.Cut(s.line(p), "(")
	return zh.HasAnySuffix(line, []string{"情况", "情况表", "概况", "一览表", "明细表"})
}

func (s *script) allFigures(cells []int) bool {
	for _, q := range cells {
		f := s.cellFeatures(q)
		if l := s.line(q); (l == "其他" || l == "其它") && len(cells) > 2 {
			continue
		}
		if !f.Any(s.words.figures()|s.words.last|s.words.sub|s.words.rateother|s.words.completion) || f.Any(s.words.pname&^s.words.project) && f&^(s.words.pname|s.words.fill) == 0 {
			return false
		}
	}
	return true
}

// typesAgree reports whether the figures from passage p on can stand under the
// headers: a percentage wants a rate, and a rate a percentage if there is any.
func (s *script) typesAgree(p int, head []int) bool {
	percent := false
	for k := range head {
		i := s.number(p + k)
		percent = percent || i >= 0 && s.figs[i].Kind == zh.Percent
	}
	for k, q := range head {
		rate := s.cellFeatures(q).Any(s.words.ratehead|s.words.rateother|s.words.completion) && !s.cellFeatures(q).Any(s.words.sub|s.words.weight|s.words.scorecol)
		i := s.number(p + k)
		if percent && i >= 0 && rate != (s.figs[i].Kind == zh.Percent) {
			return false
		}
	}
	return true
}

// isGroup reports whether line q, above line end, only heads a group of other
// headers: 其中, or the common end of two of them (结余: 当年结余, 累计结余).
func (s *script) isGroup(q, end int) bool {
	line := strings.TrimRight(s.line(q), ":")
	if line == "其中" {
		return true
	}
	n := 0
	for k := q + 1; k < end; k++ {
		if l := s.line(k); len(l) > len(line) && strings.HasSuffix(l, line) && !strings.HasPrefix(l, "其中") {
			n++
		}
	}
	return n >= 2
}

// isFigureLine reports whether passage p, no table's cell, is a figure alone.
func (s *script) isFigureLine(p int) bool {
	return !s.inTable(p) && s.from[p+1]-s.from[p] < 40 && s.number(p) >= 0
}

// isPlaceholder reports whether passage p stands for an empty cell.
func (s *script) isPlaceholder(p int) bool {
	if s.inTable(p) {
		return false
	}
	switch s.line(p) {
	case "/", "-", "—", "——", "--", "\\", "无":
		return true
	}
	return false
}

// sentenceMarks end sentences and clauses, which a label does not have.
var sentenceMarks = zh.NewRuneSet("。;")

// isCellLine reports whether passage p can be a cell's label: short, and no
// sentence.
func (s *script) isCellLine(p int) bool {
	if p < 0 || s.inTable(p) {
		return false
	}
	line := s.line(p)
	return line != "" && len(line) <= maxCellLine && !sentenceMarks.In(line)
}
