package field

import (
	"math"
	"strings"
)

// readMarks reads the full mark, the mark and the grade that stand side by side
// in row r: 总分 | 100 | 97.7 | 优, or without a label where a grade shows what they
// are.
func (s *script) readMarks(g *grid, r int) {
	row := g.cell[r]
	for c := range row {
		behind := c + 1
		if s.isDeduction(row, c) {
			behind++
		}
		if behind >= len(row) || !s.isMarkPair(row[c], row[behind]) {
			continue
		}
		full, score := s.number(row[c]), s.number(row[behind])
		label, weight := -1, 0.82
		if c > 0 && row[c-1] >= 0 && s.number(row[c-1]) < 0 && s.isTotalText(s.line(row[c-1])) && strings.Contains(s.line(row[c-1]), "分") {
			label = row[c-1]
		} else if !s.isGradeCell(row, behind+1) || c > 0 && s.filled(row[c-1]) {
			continue
		} else {
			weight = 0.76
		}
		s.used[full], s.used[score] = true, true
		s.proposeTotal("score", weight, score, label, nil)
		s.proposeTotal("score_full", weight-0.04, full, label, nil)
		s.gradeInRow(g, r)
		return
	}
}

// isDeduction reports whether what was taken off stands behind cell c, a full mark,
// and before the mark that is left: 总分 | 100 | 扣4分 | 96.
func (s *script) isDeduction(row []int, c int) bool {
	if c+2 >= len(row) || s.number(row[c]) < 0 || s.number(row[c+2]) < 0 || row[c+1] < 0 {
		return false
	}
	off := s.number(row[c+1])
	if off < 0 {
		line := s.line(row[c+1])
		a, b := s.figsIn(s.from[row[c+1]], s.from[row[c+1]+1]-1)
		if b != a+1 || !strings.HasPrefix(line, "扣") && !strings.HasPrefix(line, "-") {
			return false
		}
		off = a
	}
	left := s.figs[s.number(row[c])].Number.Float() - math.Abs(s.figs[off].Number.Float()) - s.figs[s.number(row[c+2])].Number.Float()
	return math.Abs(left) < 1e-6
}

// isMarkPair reports whether cells p and q are a full mark of a hundred and a
// mark that is no more.
func (s *script) isMarkPair(p, q int) bool {
	i, j := s.number(p), s.number(q)
	return i >= 0 && j >= 0 && !s.used[i] && !s.used[j] && s.figs[i].Number.Float() == 100 && s.wholeValue(j)
}

// isGradeCell reports whether cell c of row is a grade and nothing else.
func (s *script) isGradeCell(row []int, c int) bool {
	if c >= len(row) || row[c] < 0 {
		return false
	}
	for _, w := range gradeWords {
		if s.line(row[c]) == w.word {
			return true
		}
	}
	return false
}

// totalBefore returns the cell of row right before figure i if it calls that the
// mark of the whole: 自评得分 | 94.8 | 评价等级 | 优; -1 if not.
func (s *script) totalBefore(row []int, i int) int {
	for c := 1; c < len(row); c++ {
		if p := row[c-1]; s.number(row[c]) == i && p >= 0 && s.isTotalText(s.line(p)) && strings.Contains(s.line(p), "得分") {
			return p
		}
	}
	return -1
}

// isRateOfRow reports whether cell c of row is what share the second of the two
// figures before it is of the first: 3,012 | 2,953 | 98.04.
func (s *script) isRateOfRow(row []int, c int) bool {
	const near = 0.011 // rounded or cut off
	if c < 2 {
		return false
	}
	whole, part, rate := s.number(row[c-2]), s.number(row[c-1]), s.number(row[c])
	if whole < 0 || part < 0 || rate < 0 || s.figs[whole].Number.Float() == 0 {
		return false
	}
	return math.Abs(s.figs[part].Number.Float()/s.figs[whole].Number.Float()*100-s.figs[rate].Number.Float()) < near
}
