package field

import (
	"strings"

	"jixiao/internal/zh"
)

// joinThousands makes one figure of those that single spaces part into groups
// of three, 7 812 400.00, where wide space or the end of a cell sets them apart
// from others: figures of columns one space apart stay what they are.
func (s *script) joinThousands() {
	out := s.figs[:0]
	for i := 0; i < len(s.figs); {
		n := s.thousands(i)
		f := s.figs[i]
		if n > 1 {
			last := &s.figs[i+n-1]
			number, ok := zh.ParseDecimal(strings.ReplaceAll(s.text[f.Start:last.NumEnd], " ", ""))
			if f.NumEnd, f.End, f.Number, f.Bad = last.NumEnd, last.End, number, !ok; !ok {
				f.Number = ""
			}
			f.Kind, f.Power = last.Kind, last.Power
		}
		out = append(out, f)
		i += max(n, 1)
	}
	s.figs = out
}

// maxGroups bounds the groups of one figure: more are no amount.
const maxGroups = 6

// thousands returns how many figures from i on are the groups of one; 1 if figure
// i is one by itself.
func (s *script) thousands(i int) int {
	f := &s.figs[i]
	if f.Kind != zh.Plain || f.End+4 > len(s.text) || s.text[f.End] != ' ' || f.End-f.Start > 3 || strings.ContainsAny(s.text[f.Start:f.End], ".,-") || s.text[f.Start] == '0' {
		return 1
	}
	n := 1
	for ; i+n < len(s.figs); n++ {
		if n == maxGroups {
			return 1
		}
		a, b := &s.figs[i+n-1], &s.figs[i+n]
		if a.Kind != zh.Plain || b.Start != a.End+1 || s.text[a.End] != ' ' || strings.ContainsAny(s.text[a.Start:a.End], ".") {
			break
		}
		whole, _, _ := strings.Cut(s.text[b.Start:b.NumEnd], ".")
		if len(whole) != 3 || b.Kind != zh.Plain && b.Kind != zh.Money {
			return 1
		}
	}
	last := &s.figs[i+n-1]
	if n == 1 || !strings.Contains(s.text[last.Start:last.NumEnd], ".") && n < 3 && last.Kind == zh.Plain || !s.standsApart(f.Start, last.End) {
		return 1
	}
	for k := i; k+1 < i+n; k++ {
		if s.wideAt(s.figs[k].End) {
			return 1
		}
	}
	return n
}

// standsApart reports whether wide space, or the begin and the end of the line,
// stands around text[i:j].
func (s *script) standsApart(i, j int) bool {
	p := s.passage(i)
	q := &s.r.Doc.Passages[p]
	before := i == s.from[p] || q.Gap(i-s.from[p]) >= wideGap
	after := j >= s.from[p+1]-1 || j < len(s.text) && s.text[j] != ' ' && q.Gap(j-s.from[p]) >= wideGap || s.wideAt(j)
	return before && after
}

// wideAt reports whether the space at byte i, which folding kept between two
// figures, was wider than one.
func (s *script) wideAt(i int) bool {
	if s.text[i] != ' ' {
		return false
	}
	p := s.passage(i)
	return len(s.r.Doc.Passages[p].Source(i-s.from[p], i+1-s.from[p])) >= wideGap
}
