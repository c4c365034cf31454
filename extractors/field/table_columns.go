package field

import (
	"math"

	"jixiao/internal/zh"
)

// A form may lose its grid so that its cells come column by column: all heads, all
// labels of rows, then the figures under the first head, those under the second, and
// so on. The kinds of the figures and what they come to say that it is so.
const (
	minBlockHeads = 3
	maxBlockHeads = 9
	minBlockRows  = 2
	maxBlockRows  = 12
)

// readColumnBlock reads the figures of passages [p, q), one a line, if they stand
// column by column under heads and labels above them. Only the first row, which the
// others are parts of, is read.
func (s *script) readColumnBlock(p, q int) bool {
	count := q - p
	for n := minBlockHeads; n <= maxBlockHeads; n++ {
		m := count / n
		if n*m != count || m < minBlockRows || m > maxBlockRows || p-m-n < 0 {
			continue
		}
		heads, label := p-m-n, p-m
		if !s.isBlock(p, n, m) || !s.bearsOutBlock(p, n, m) {
			continue
		}
		for k := p; k < q; k++ {
			if i := s.number(k); i >= 0 {
				s.used[i] = true
			}
		}
		for j := range n {
			if i := s.number(p + j*m); i >= 0 && !s.figs[i].Bad {
				s.readCell(i, s.part(label), s.parts([]int{heads + j}), true, 0)
			}
		}
		return true
	}
	return false
}

// isBlock reports whether the n lines above the m lines above passage p head columns,
// those name rows of which the first is the whole, and every column holds figures of
// its kind.
func (s *script) isBlock(p, n, m int) bool {
	heads, rates := make([]int, n), false
	for j := range heads {
		heads[j] = p - m - n + j
	}
	for k := p - m - n; k < p; k++ {
		if !s.isCellLine(k) || s.isFigureLine(k) || s.isPlaceholder(k) {
			return false
		}
	}
	if !s.allFigures(heads) || !s.isWhole(s.part(p-m)) {
		return false
	}
	for j, h := range heads {
		rate := s.cellFeatures(h).Any(s.words.ratehead)
		rates = rates || rate
		for k := p + j*m; k < p+j*m+m; k++ {
			if i := s.number(k); i >= 0 && (s.figs[i].Kind == zh.Percent) != rate {
				return false
			}
		}
	}
	return rates
}

// bearsOutBlock reports whether, in the first row of the block from passage p on, the
// rate is what was spent of the budget right before it.
func (s *script) bearsOutBlock(p, n, m int) bool {
	for j := 2; j < n; j++ {
		rate, spent, plan := s.number(p+j*m), s.number(p+(j-1)*m), s.number(p+(j-2)*m)
		if rate < 0 || spent < 0 || plan < 0 || s.figs[rate].Kind != zh.Percent {
			continue
		}
		v := s.figs[plan].Number.Float()
		return v > 0 && math.Abs(s.figs[spent].Number.Float()/v*100-s.figs[rate].Number.Float()) < 0.6
	}
	return false
}
