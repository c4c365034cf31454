package field

import (
	"math"
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
)

// readTail reads line p, figures alone parted by white space, under a line with
// more heads than there are figures: cells are empty, and which ones the text
// does not say. What was planned, spent and its rate are the last three columns
// if the heads say so and the figures bear it out.
func (s *script) readTail(p int) {
	figs := s.figuresAlone(p)
	n := len(figs)
	if n < 3 || s.figs[figs[n-1]].Kind != zh.Percent {
		return
	}
	plan, spent, rate := figs[n-3], figs[n-2], figs[n-1]
	if v := s.figs[plan].Number.Float(); v <= 0 || math.Abs(s.figs[spent].Number.Float()/v*100-s.figs[rate].Number.Float()) > 0.6 {
		return
	}
	head := s.tailHeads(p, n)
	if head == nil {
		return
	}
	for _, i := range figs {
		s.used[i] = true
	}
	s.readCell(spent, part{}, head[1:2], true, 0)
	s.readCell(rate, part{}, head[2:], true, 0)
	if f := s.alone(head[0]); f.Any(s.words.budget) {
		s.readCell(plan, part{}, head[:1], true, 0)
	} else if s.scope == lexicon.Project {
		f := s.figs[plan]
		c := candidate{figure: f, extra: s.cellProof(part{}, head[:1]), raw: s.source(f.Start, f.End)}
		s.proposeCell(c, s.words.budget, part{}, head[:1])
	}
}

// figuresAlone returns the figures of line p if it holds nothing else.
func (s *script) figuresAlone(p int) (figs []int) {
	a, b := s.figsOf(p)
	at := s.from[p]
	for i := a; i < b; i++ {
		f := &s.figs[i]
		if s.used[i] || f.Bad || f.Kind == zh.YearOf || strings.Trim(s.text[at:f.Start], " ") != "" {
			return nil
		}
		at = f.End
		figs = append(figs, i)
	}
	if at != s.from[p+1]-1 {
		return nil
	}
	return figs
}

// tailHeads returns the last three heads of the line above p that has n of them
// at least, if they are of what was planned, spent, and its rate.
func (s *script) tailHeads(p, n int) []part {
	for q := p - 1; q >= 0 && q >= p-2 && !s.inTable(q); q-- {
		cells := s.spaced(q, wideGap)
		if len(cells) < max(n, 4) {
			continue
		}
		head := cells[len(cells)-3:]
		t := s.words
		plan, spent, rate := s.alone(head[0]), s.alone(head[1]), s.alone(head[2])
		if rate.Any(t.ratehead) && spent.Any(t.executed|t.spend) && !spent.Any(t.budget&^t.executed) && plan.Any(t.total|t.budget|t.funds) && !plan.Any(t.executed) {
			return head
		}
	}
	return nil
}
