package field

import (
	"strings"
	"unicode/utf8"

	"jixiao/extractors/lexicon"
	"jixiao/extractors/passage"
	"jixiao/internal/zh"
	"jixiao/schemas/record"
)

// What a system exports has no tables: every cell follows its label, one a line or
// several in a line, 三级指标:工单派发量  权重:15  得分:15. A record goes on until the
// label that began it comes again.

// A pair is a label and its value.
type pair struct {
	label, value part
	features     lexicon.Features // of the label
}

// longestLabel bounds a label, in bytes.
const longestLabel = 48

// pairsOf returns the labels and values of line p; nil if it begins otherwise.
func (s *script) pairsOf(p int) (out []pair) {
	line := s.line(p)
	if strings.IndexByte(line, ':') < 0 {
		return nil
	}
	from := s.from[p]
	start := from + passage.LeadingMarker(line).Len
	for i := start; i < from+len(line); i++ {
		switch c := s.text[i]; {
		case c == ':' && i > start && i-start <= longestLabel:
			label := part{start, i}
			f := s.alone(label)
			if f == 0 && len(out) > 0 && !s.gapBefore(start) {
				continue // the value has a colon of its own
			}
			if len(out) > 0 {
				out[len(out)-1].value.j = start
			}
			out = append(out, pair{label: label, value: part{i + 1, from + len(line)}, features: f})
			start = i + 1
		case c == ',' || c == ';' || c == '|':
			start = i + 1
		case utf8.RuneStart(c) && i > from && s.gapBefore(i):
			start = i
		}
		if len(out) == 0 && start > from+longestLabel {
			return nil
		}
	}
	for k := range out {
		v := &out[k].value
		v.j = v.i + len(strings.TrimRight(s.text[v.i:v.j], ",;| "))
	}
	return out
}

// figureOf returns the figure that value begins with and, but for its unit, is;
// -1 if it is none.
func (s *script) figureOf(value part) int {
	a, b := s.figsIn(value.i, value.j)
	if b != a+1 || s.figs[a].Start != value.i || s.figs[a].Bad || s.figs[a].Kind == zh.YearOf || strings.Trim(s.text[s.figs[a].NumEnd:value.j], "%分万元亿千()}]") != "" {
		return -1
	}
	return a
}

// isEmpty reports whether a value says nothing.
func (s *script) isEmpty(value part) bool {
	switch s.text[value.i:value.j] {
	case "", "/", "-", "--", "—", "——", "null", "NULL", "无", "空":
		return true
	}
	return false
}

// readIndicatorPairs reads indicators each of whose cells follows its label. The
// outer levels hold until others come.
func (s *script) readIndicatorPairs() {
	outer := map[string]part{}
	var own map[string]part
	flush := func() {
		s.emitIndicatorPairs(own, outer)
		own = nil
	}
	for p := range s.r.Doc.Passages {
		if own == nil && len(outer) == 0 && !s.cellFeatures(p).Any(s.words.level1|s.words.level2|s.words.level3) {
			continue
		}
		pairs := s.pairsOf(p)
		if len(pairs) == 0 {
			flush()
			clear(outer)
		}
		for _, x := range pairs {
			switch m := s.indicatorMember(x); {
			case m == "level1":
				flush()
				clear(outer)
				outer[m] = x.value
			case m == "level2":
				flush()
				outer[m] = x.value
			case m == "level3":
				flush()
				own = map[string]part{m: x.value}
			case m != "" && own != nil && own[m] == (part{}):
				own[m] = x.value
			}
		}
	}
	flush()
}

// indicatorMember says which member of an indicator follows the label of x; "" if
// none does.
func (s *script) indicatorMember(x pair) string {
	t, f := s.words, x.features
	switch {
	case f.Any(t.level1):
		return "level1"
	case f.Any(t.level2):
		return "level2"
	case f.Any(t.level3):
		return "level3"
	case f.Any(t.deviation):
		return "deviation"
	case f.Any(t.targetcol) && !f.Any(t.unitcol):
		return "target"
	case f.Any(t.actualcol):
		return "actual"
	case f.Any(t.weight):
		return "weight"
	case f.Any(t.scorecol|t.score) && !f.Any(t.budget|t.executed|t.ratehead|t.sub|t.full) && !zh.ContainsAny(s.text[x.label.i:x.label.j], []string{"总", "综合", "合计", "最终"}):
		return "score"
	}
	return ""
}

// emitIndicatorPairs makes an indicator of its own cells and the outer ones, if it
// has a weight or a mark.
func (s *script) emitIndicatorPairs(own, outer map[string]part) {
	name, ok := own["level3"]
	if !ok || s.isEmpty(name) {
		return
	}
	members, marks := map[string]string{}, 0
	var ev []record.Evidence
	for _, m := range []string{"level3", "level1", "level2", "target", "actual", "weight", "score", "deviation"} {
		v, ok := own[m]
		if !ok {
			v, ok = outer[m]
		}
		if !ok || s.isEmpty(v) {
			continue
		}
		at := s.r.withQuotes(s.span(v.i, v.j))
		members[m] = squeeze(s.r.Doc.Layout.Text[at.Start:at.End])
		if m == "weight" || m == "score" {
			i := s.figureOf(v)
			if i < 0 || s.figs[i].Number.Float() > mostWeight {
				delete(members, m)
				continue
			}
			marks++
			members[m] = string(s.figs[i].Number)
		}
		ev = append(ev, s.r.Quote(m, at))
	}
	if marks == 0 {
		return
	}
	for _, v := range own {
		a, b := s.figsIn(v.i, v.j)
		for i := a; i < b; i++ {
			s.used[i] = true // 得分 is the indicator's
		}
	}
	s.object("indicators", members, ev, members["level3"])
}
