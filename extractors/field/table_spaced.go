package field

import (
	"strings"
	"unicode/utf8"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
)

// Plain text may hold the columns of a table parted by nothing but wide spaces.
// readSpaced reads a line with a label and figures so parted under a line of
// headers above it, if the figures are as many as the headers of figures.

const (
	wideGap     = 2 // bytes of white space that part two columns
	anyGap      = 1 // … in a line of nothing but a label and figures
	headerLines = 4 // how far above its row the headers may stand
)

func (s *script) readSpaced() {
	var under lexicon.Features
	for p := range s.r.Doc.Passages {
		if s.inTable(p) {
			continue
		}
		if !s.endsInFigures(p) {
			continue
		}
		label, figs := s.spacedRow(s.spaced(p, wideGap))
		if len(figs) < 2 {
			label, figs = s.spacedRow(s.spaced(p, anyGap))
		}
		if len(figs) < 2 {
			s.readTail(p)
			continue
		}
		head := s.spacedHeader(p, figs)
		if head == nil {
			s.totalLine(label, figs)
		}
		for k, i := range figs {
			if head == nil || i < 0 || s.used[i] {
				continue
			}
			s.used[i] = true
			s.readCell(i, label, head[k:k+1], s.isWhole(label), under)
		}
		if f := s.alone(label); f.Any(s.words.heads()) {
			under = f
		}
	}
}

// endsInFigures reports whether passage p has two figures and nothing behind
// them but empty cells, as all lines have that readSpaced reads.
func (s *script) endsInFigures(p int) bool {
	a, b := s.figsOf(p)
	return b-a >= 2 && strings.TrimLeft(s.text[s.figs[b-1].End:s.from[p+1]-1], " :-—/") == ""
}

// spaced cuts passage p where spaces of at least so many bytes part it.
func (s *script) spaced(p, least int) (cells []part) {
	q := &s.r.Doc.Passages[p]
	if len(q.Text) == 0 || len(q.Text) > 400 {
		return nil
	}
	from := 0
	for i := 1; i < len(q.Text); i++ {
		if !utf8.RuneStart(q.Text[i]) {
			continue
		}
		gap := q.Gap(i)
		if q.Text[i-1] == ' ' { // folding kept one space between figures
			gap = len(q.Source(i-1, i))
		}
		if gap >= least {
			cells = append(cells, part{s.from[p] + from, s.from[p] + i})
			from = i
		}
	}
	return append(cells, part{s.from[p] + from, s.from[p] + len(q.Text)})
}

// spacedRow returns the label and the figures of a row; no figures if it is
// not one label followed by nothing but figures.
func (s *script) spacedRow(cells []part) (label part, figs []int) {
	if len(cells) < 3 {
		return part{}, nil
	}
	for k, c := range cells {
		for c.j > c.i && (s.text[c.j-1] == ' ' || s.text[c.j-1] == ':') {
			c.j--
		}
		a, b := s.figsIn(c.i, c.j)
		switch {
		case k == 0 && a == b:
			label = c
		case k > 0 && b == a+1 && s.figs[a].Start == c.i && s.figs[a].End == c.j && s.figs[a].Kind != zh.YearOf:
			figs = append(figs, a)
		case k > 0 && strings.Trim(s.text[c.i:c.j], "-—/") == "":
			figs = append(figs, -1) // an empty cell
		default:
			return part{}, nil
		}
	}
	return label, figs
}

// spacedHeader returns the headers of the figures of passage p; nil if no line
// above has as many.
func (s *script) spacedHeader(p int, figs []int) []part {
	for q := p - 1; q >= 0 && q >= p-headerLines && !s.inTable(q); q-- {
		for _, least := range [...]int{wideGap, anyGap} {
			var head []part
			for _, c := range s.spaced(q, least) {
				if a, b := s.figsIn(c.i, c.j); a == b && s.alone(c).Any(s.words.figures()) {
					head = append(head, c)
				}
			}
			if len(head) == len(figs) && s.ratesAgree(head, figs) {
				return head
			}
		}
	}
	return nil
}

// totalLine proposes the marks of 总分 100 96.8.
func (s *script) totalLine(label part, figs []int) {
	if len(figs) != 2 || figs[0] < 0 || figs[1] < 0 || !s.isTotalText(s.text[label.i:label.j]) {
		return
	}
	full, score := s.figs[figs[0]], s.figs[figs[1]]
	if full.Number.Float() != 100 || score.Number.Float() > 100 || score.Kind == zh.Percent {
		return
	}
	s.used[figs[0]], s.used[figs[1]] = true, true
	proof := s.cellProof(label, nil)
	s.propose(candidate{key: "score", rule: "score-table", score: 0.82, figure: score, number: score.Number, extra: proof})
	s.propose(candidate{key: "score_full", rule: "score_full-table", score: 0.78, figure: full, number: full.Number, extra: proof})
}

// ratesAgree reports whether every percentage stands under a rate.
func (s *script) ratesAgree(head []part, figs []int) bool {
	for k, i := range figs {
		if i >= 0 && s.figs[i].Kind == zh.Percent && !s.alone(head[k]).Any(s.words.ratehead) {
			return false
		}
	}
	return true
}
