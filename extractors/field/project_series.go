package field

import (
	"slices"
	"strings"

	"jixiao/extractors/passage"
	"jixiao/internal/zh"
)

// seriesItems returns the projects that passage p tells of one after the other
// behind markers of one style: 各项目情况:(1)甲,计划12万元,拨付11万元;(2)乙,…
// The series vouches for names that do not sound like a project's; hence all of
// it must be told alike, and none of it may be about an account or a place.
func (s *script) seriesItems(p int) (out []projectItem) {
	style, built := passage.NoStyle, 0
	to := s.from[p+1] - 1
	for i := s.from[p]; i < to; {
		end := sentenceMarks.Next(s.text[:to], i)
		at, m := s.seriesMark(i, end)
		switch {
		case m.Style == passage.NoStyle:
			if len(out) > 0 && end-i > 0 {
				to = i // what follows is of another kind
			}
		case style == passage.NoStyle || m.Style == style:
			style = m.Style
			x, ok := s.seriesItem(at+m.Len, end)
			if !ok {
				return nil
			}
			if zh.HasAnySuffix(s.text[x.i:x.j], builtEnds) {
				built++
			}
			out = append(out, x)
		default:
			return nil
		}
		i = s.afterChar(end)
	}
	if len(out) < 2 || 2*built > len(out) {
		return nil
	}
	return out
}

// afterChar returns where the character ends that begins at byte i.
func (s *script) afterChar(i int) int {
	for i++; i < len(s.text) && s.text[i]&0xc0 == 0x80; i++ {
	}
	return i
}

// seriesMark returns the marker that text[i:end] begins with, or that stands
// behind what announces the series, and where it stands.
func (s *script) seriesMark(i, end int) (at int, m passage.Marker) {
	if k := strings.LastIndexByte(s.text[i:end], ':'); k >= 0 {
		if m := passage.LeadingMarker(s.text[i+k+1 : end]); counts(m) {
			return i + k + 1, m
		}
	}
	if m := passage.LeadingMarker(s.text[i:end]); counts(m) {
		return i, m
	}
	if k := headedSeries(s.text[i:end]); k > 0 {
		return i + k, passage.LeadingMarker(s.text[i+k : end])
	}
	return 0, passage.Marker{}
}

// headedSeries returns where the first marker of a series stands in clause behind a
// heading that ran into it: 三、重点项目 (一)甲,预算12万元; 0 if none does.
func headedSeries(clause string) int {
	const longest = 60 // bytes of such a heading
	from := passage.LeadingMarker(clause).Len
	for _, first := range []string{"(一)", "(1)", "①", "1.", "1、"} {
		k := strings.Index(clause[from:min(len(clause), from+longest)], first)
		if k > 0 && zh.HasAnySuffix(strings.TrimSpace(clause[from:from+k]), []string{"重点项目", "主要项目", "项目情况", "项目执行情况", "项目支出情况", "项目完成情况", "项目实施情况", "项目自评情况"}) {
			return from + k
		}
	}
	return 0
}

// counts reports whether m is of a style that numbers what is told in a row.
func counts(m passage.Marker) bool {
	switch m.Style {
	case passage.Number, passage.NumParen, passage.HanParen, passage.Circled, passage.Yishi, passage.Diyi, passage.Qiyi:
		return true
	}
	return false
}

// seriesItem reads text[i:end] as what is told of one project of a series.
func (s *script) seriesItem(i, end int) (projectItem, bool) {
	a, b := s.figsIn(i, end)
	if b-a < 2 || b-a > 8 {
		return projectItem{}, false
	}
	j := s.figs[a].Start
	if k := strings.IndexAny(s.text[i:j], ",:"); k >= 0 {
		j = i + k
	}
	j = s.beforeMoney(i, j, j-i)
	x := projectItem{i, j, end}
	if j-i < len("某事") || j-i > 90 || !s.namesItem(i, j) || zh.HasAnySuffix(s.text[i:j], placeEnds) || s.namesAccount(part{i, j}) {
		return x, false
	}
	return x, s.tells(x.j, a, b)
}

// tells reports whether the figures [a, b) behind a name that ends at byte j tell an amount planned and one spent.
func (s *script) tells(j, a, b int) bool {
	told := map[string]bool{}
	for k := a; k < b; k++ {
		m, _ := s.memberIn(j, k)
		told[m] = true
	}
	return told["budget"] && told["executed"]
}

// namesAccount reports whether name is a line of an account: 公用经费.
func (s *script) namesAccount(name part) bool {
	f, t := s.alone(name), s.words
	words := s.text[name.i:name.j]
	return f.Any(t.basic|t.income|t.public3) || f.Any(t.carry|t.mother) && s.endsInAccount(name) || slices.Contains(spendingKinds, words)
}

// namesKind reports whether name is one of the kinds that budgets sort projects into:
// 人员类项目, 特定目标类, 运转类项目支出.
func namesKind(name string) bool {
	for _, w := range []string{"支出", "经费", "项目"} {
		name = strings.TrimSuffix(name, w)
	}
	return zh.HasAnySuffix(name, []string{"类", "部门预算", "转移支付", "经常性", "一次性", "一般性"})
}
