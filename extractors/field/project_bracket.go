package field

import (
	"strings"

	"jixiao/extractors/passage"
	"jixiao/internal/zh"
)

// bracketItems returns the projects that passage p lists with what is told of each in
// brackets: 河道清淤(预算260万元、支出254.5万元)、泵站维修(…). One alone is none.
func (s *script) bracketItems(p int) (out []projectItem) {
	line, from := s.line(p), s.from[p]
	before, built := 0, 0 // where the last bracket ended; names that may be those of units
	for {
		open := strings.IndexByte(line[before:], '(')
		if open < 0 {
			break
		}
		open += before
		n := strings.IndexByte(line[open:], ')')
		if n < 0 {
			break
		}
		if x, ok := s.bracketItem(from+before, from+open, from+open+n); ok {
			out = append(out, x)
			if zh.HasAnySuffix(s.text[x.i:x.j], builtEnds) {
				built++
			}
		}
		before = open + n + 1
	}
	if len(out) < 2 || 2*built > len(out) {
		return nil
	}
	return out
}

// bracketItem reads the name that ends at byte open, and what the bracket up to byte
// to tells of it.
func (s *script) bracketItem(from, open, to int) (projectItem, bool) {
	i := from
	if k := strings.LastIndexAny(s.text[from:open], ",;:、。)"); k >= 0 {
		i = s.afterChar(from + k)
	}
	i += passage.LeadingMarker(s.text[i:open]).Len
	x := projectItem{i, open, to}
	name := s.text[i:open]
	if len(name) < len("某事") || len(name) > 90 || !s.namesItem(i, open) || zh.HasAnySuffix(name, placeEnds) || s.namesAccount(part{i, open}) {
		return x, false
	}
	a, b := s.figsIn(open, to)
	return x, b-a >= 2 && b-a <= 6 && s.tells(x.j, a, b)
}
