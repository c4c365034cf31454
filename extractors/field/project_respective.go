package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/extractors/passage"
	"jixiao/internal/zh"
	"jixiao/schemas/record"
)

// A respective is a run of figures that a sentence tells of several projects at once:
// 河道清淤、泵站维修预算分别为260万元、100万元,支出分别为254.5万元、100万元.
type respective struct {
	member string
	figs   []int
	label  int // where the words begin that say what the figures are
}

// readRespectives reads the projects that sentences tell of so.
func (s *script) readRespectives() {
	const least = 4 // figures: what was planned and spent for two
	for p := range s.r.Doc.Passages {
		if s.holds[p].said.Any(s.words.parts) && !s.inTable(p) {
			if a, b := s.figsOf(p); b-a >= least {
				s.readRespective(p, a, b)
			}
		}
	}
}

// readRespective reads the projects that passage p, whose figures are [a, b), tells of so.
func (s *script) readRespective(p, a, b int) {
	const most = 12 // projects of a sentence
	var runs []respective
	for k := a; k < b; k++ {
		r := respective{figs: []int{k}}
		for k+1 < b && joinsAlike(s.text[s.figs[k].End:s.figs[k+1].Start]) {
			k++
			r.figs = append(r.figs, k)
		}
		if len(r.figs) > 1 && len(r.figs) <= most && s.labelRespective(&r, p) {
			runs = append(runs, r)
		}
	}
	if len(runs) > 1 {
		s.emitRespective(p, runs)
	}
}

// joinsAlike reports whether words stand between two figures of one run.
func joinsAlike(words string) bool {
	return words == "、" || words == "和" || words == "," || words == "及"
}

// labelRespective finds out what the figures of r are, by the words before 分别为.
func (s *script) labelRespective(r *respective, p int) bool {
	const longest = 30 // bytes of a label
	f, t := &s.figs[r.figs[0]], s.words
	from := max(s.from[p], f.Start-longest)
	k := strings.LastIndex(s.text[from:f.Start], "分别")
	if k < 0 || strings.Trim(s.text[from+k+len("分别"):f.Start], "为是达") != "" {
		return false
	}
	at := from + k
	if c := strings.LastIndexAny(s.text[from:at], ",;。:"); c >= 0 {
		from = s.afterChar(from + c)
	}
	hits, label := s.hitsIn(from, at), s.text[from:at]
	var words lexicon.Features
	r.label = at
	for i := len(hits) - 1; i >= 0 && hits[i].End >= r.label-len("资金") && hits[i].Features&^t.fill != 0; i-- {
		words, r.label = words|hits[i].Features, hits[i].Start
	}
	switch {
	case words.Any(t.last | t.compare | t.delta):
		return false
	case f.Kind == zh.Percent && words.Any(t.ratehead):
		r.member = "rate"
	case f.Kind != zh.Money:
		return false
	case words.Any(t.executed|t.spend|t.grant) || zh.HasAnySuffix(label, paidWords):
		r.member = "executed"
	case words.Any(t.budget | t.funds):
		r.member = "budget"
	}
	return r.member != ""
}

// emitRespective makes projects of the runs of figures of passage p: the names stand
// before the label of the first, as many as it has figures.
func (s *script) emitRespective(p int, runs []respective) {
	from := s.from[p] + passage.LeadingMarker(s.line(p)).Len
	if k := strings.LastIndexAny(s.text[from:runs[0].label], ";。:"); k >= 0 {
		from = s.afterChar(from + k)
	}
	names := s.namesJoined(from, runs[0].label)
	has := map[string]bool{}
	for _, r := range runs {
		if has[r.member] || len(r.figs) != len(names) {
			return
		}
		has[r.member] = true
	}
	if !has["budget"] || !has["executed"] {
		return
	}
	for n, name := range names {
		at := s.bareName(s.r.withQuotes(s.span(name.i, name.j)))
		members := map[string]string{"name": squeeze(s.r.Doc.Layout.Text[at.Start:at.End])}
		ev := []record.Evidence{s.r.Quote("name", at)}
		for _, r := range runs {
			f := &s.figs[r.figs[n]]
			members[r.member] = string(f.Number)
			if f.Kind == zh.Money {
				members[r.member] = string(f.Yuan())
			}
			ev = append(ev, s.r.Quote(r.member, s.span(f.Start, f.End)))
			s.used[r.figs[n]] = true
		}
		s.object("projects", members, ev, members["name"])
	}
}

// namesJoined returns the names of projects that text[i:j] lists: 河道清淤、泵站维修和
// 防汛值守三个项目; nil if it lists anything else.
func (s *script) namesJoined(i, j int) (names []part) {
	list := withoutCount(strings.TrimRight(s.text[i:j], "的年度全"))
	if k := strings.LastIndexByte(list, ','); k >= 0 {
		return nil
	}
	for list != "" {
		end := len(list)
		for _, w := range []string{"、", "和", "及"} {
			if k := strings.Index(list, w); k > 0 && k < end {
				end = k
			}
		}
		name := part{i, i + end}
		if end < len("某事") || !s.namesItem(name.i, name.j) || s.namesShare(name) || zh.HasAnySuffix(list[:end], builtEnds) {
			return nil
		}
		names = append(names, name)
		if end == len(list) {
			break
		}
		end += len("、")
		i, list = i+end, list[end:]
	}
	return names
}

// withoutCount cuts 三个项目 and 等3项工程 off the end of list.
func withoutCount(list string) string {
	bare := list
	for _, w := range []string{"项目", "工程", "个", "项"} {
		bare = strings.TrimSuffix(bare, w)
	}
	if cut := strings.TrimRight(bare, "0123456789二两三四五六七八九十"); len(cut) < len(bare) {
		return strings.TrimSuffix(cut, "等")
	}
	return list
}
