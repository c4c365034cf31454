package field

import (
	"strings"

	"jixiao/extractors/passage"
	"jixiao/internal/zh"
	"jixiao/schemas/layout"
)

// nameNouns end the names of projects that need no 项目 behind them.
var nameNouns = []string{"费", "经费", "资金", "补助", "补贴", "工程", "专项"}

// nameEnd returns where the name ends that begins at byte i and that a word at
// byte j follows: 项目 belongs to it in 河道保洁项目预算, not in 办案经费项目预算.
func (s *script) nameEnd(i, j int) int {
	if strings.HasPrefix(s.text[j:], "项目") && !zh.HasAnySuffix(s.text[i:j], nameNouns) {
		return j + len("项目")
	}
	return j
}

// proseItems finds projects that are told in other ways than one item each:
// several in a paragraph, or the name on a line of its own above what is told.
// It notes them in s.told, the passages in items, and returns how many it found.
func (s *script) proseItems(items map[int]bool) (n int) {
	s.told = map[int][]projectItem{}
	before := -1 // the passage before, if it tells of one project without a marker
	for p := range s.r.Doc.Passages {
		if s.inTable(p) {
			before = -1
			continue
		}
		told := s.itemsIn(p)
		switch {
		case items[p] && len(told) < 2:
			before = -1
			continue
		case len(told) >= 2:
		case len(told) == 1 && before >= 0:
			if !items[before] {
				items[before] = true
				n++
			}
		case len(told) == 1:
			s.told[p], before = told, p
			continue
		default:
			before = -1
			if x, ok := s.titledItem(p); ok {
				told = []projectItem{x}
				items[p+1], s.told[p+1] = true, nil
			}
		}
		if len(told) > 0 {
			s.told[p], items[p] = told, true
			n += len(told)
			before = p
		}
	}
	return n
}

// itemsIn returns the projects that passage p tells of.
func (s *script) itemsIn(p int) []projectItem {
	if s.from[p+1]-s.from[p] < 40 {
		return nil
	}
	f, t := s.holds[p].said, s.words
	if !f.Any(t.executed | t.spend | t.grant | t.perform) {
		return nil
	}
	if a, b := s.figsOf(p); b-a < 4 && !f.Any(t.budget|t.funds|t.target) {
		return nil // no two amounts of two projects
	}
	told := s.clauseItems(p)
	if series := s.seriesItems(p); len(series) > len(told) {
		told = series
	}
	if inside := s.bracketItems(p); len(inside) > len(told) {
		return inside
	}
	return told
}

// inItem reports whether byte i of passage p belongs to what is told of a project.
func (s *script) inItem(p, i int) bool {
	if told := s.told[p]; len(told) > 1 {
		return i >= told[0].i && i < told[len(told)-1].to
	}
	return s.items[p]
}

// clauseItems returns the projects that passage p tells of, a clause each.
func (s *script) clauseItems(p int) (out []projectItem) {
	for i := s.from[p]; i < s.from[p+1]-1; {
		end := s.from[p+1] - 1
		end = sentenceMarks.Next(s.text[:end], i)
		if x, ok := s.clauseItem(i, end); ok {
			out = append(out, x)
		}
		i = s.afterChar(end)
	}
	return out
}

// clauseItem reads text[i:end] as what is told of one project: its name first,
// then an amount planned and one spent.
func (s *script) clauseItem(i, end int) (projectItem, bool) {
	if k := strings.LastIndex(s.text[i:end], "其中:"); k >= 0 {
		i += k + len("其中:")
	}
	i += passage.LeadingMarker(s.text[i:end]).Len
	a, b := s.figsIn(i, end)
	if b-a < 2 {
		return projectItem{}, false
	}
	j := s.beforeMoney(i, s.figs[a].Start, len("安排资金"))
	name := strings.TrimRight(s.text[i:j], ",:的")
	j = i + len(name)
	if !s.namesOwn(name) || s.namesAccount(part{i, j}) {
		return projectItem{}, false
	}
	return projectItem{i, j, end}, s.tells(j, a, b)
}

// beforeMoney returns where the name ends that begins at byte i if the words before
// the amount at byte j are about money, at most near bytes before it. The kind of a
// grant belongs to its name, 良种补贴资金, unless it has one: 河道清淤项目奖补资金.
func (s *script) beforeMoney(i, j, near int) int {
	for _, h := range s.hitsIn(i, j) {
		if h.Start <= i || !h.Features.Any(s.words.budget|s.words.funds) || h.End <= j-near {
			continue
		}
		word := s.text[h.Start:h.End]
		if zh.HasAnySuffix(word, grantWords) && !zh.HasAnyPrefix(word, planWords) && !strings.HasSuffix(s.text[i:h.Start], "项目") {
			continue
		}
		return s.nameEnd(i, h.Start)
	}
	return j
}

// grantWords end the names of what is granted.
var grantWords = []string{"补助资金", "奖补资金", "补贴资金", "奖励资金", "扶持资金", "补偿资金", "引导资金", "衔接资金", "专项资金"}

// namesOwn reports whether name is that of a project and of nothing larger.
func (s *script) namesOwn(name string) bool {
	if len(name) < len("某项目") || len(name) > 90 || strings.ContainsAny(name, ",;:") || !zh.HasAnySuffix(name, append([]string{"项目", "建设", "改造", "采购", "维修", "购置", "运维", "服务", "救助", "奖补", "保洁", "治理", "修复", "宣传", "培训", "清淤", "加固", "绿化", "升级", "更新", "检测", "监测", "防控", "整治", "养护", "管护", "扩建", "增补", "增设", "添置"}, nameNouns...)) {
		return false
	}
	return !zh.ContainsAny(name, []string{"本单位", "我单位", "我局", "部门", "本年", "全年", "年度", "资金总额", "合计", "共", "其中", "各", "中央", "省级", "市级", "县级", "区级", "财政", "上级", "支出", "收入", "基本", "三公", "个项目", "该", "此", "本项目"}) && !isPlace(name)
}

// titledItem reads the marked line p, which is the name of a project and no
// more, and what the paragraph below tells of it.
func (s *script) titledItem(p int) (projectItem, bool) {
	if p+1 >= len(s.r.Doc.Passages) || s.inTable(p+1) {
		return projectItem{}, false
	}
	a, b := s.figsOf(p + 1)
	if b-a < 2 { // one planned and one spent
		return projectItem{}, false
	}
	line := s.line(p)
	m := passage.LeadingMarker(line)
	if m.Style != passage.Number && m.Style != passage.NumParen && m.Style != passage.HanParen && m.Style != passage.Circled || passage.LeadingMarker(s.line(p+1)).Style != passage.NoStyle {
		return projectItem{}, false
	}
	name := strings.TrimRight(line[m.Len:], "。:")
	i := s.from[p] + m.Len
	if a, b := s.figsIn(i, s.from[p+1]); a < b || !s.namesOwn(name) {
		return projectItem{}, false
	}
	x := projectItem{i, i + len(name), s.from[p+2]}
	told := map[string]bool{}
	for k := a; k < b; k++ {
		m, _ := s.itemMember(k)
		told[m] = true
	}
	return x, told["budget"] && told["executed"]
}

// bareName cuts the quotation marks off a name that stands in them.
func (s *script) bareName(at layout.Span) layout.Span {
	text := s.r.Doc.Layout.Text
	for _, q := range []string{"“", "”"} {
		if words := text[at.Start:at.End]; strings.HasPrefix(words, "“") && strings.Count(words, "“")+strings.Count(words, "”") == 1 {
			at.Start += len(q)
		} else if strings.HasPrefix(words, "“") && strings.HasSuffix(words, "”") && strings.Count(words, "“") == 1 {
			at.Start, at.End = at.Start+len(q), at.End-len(q)
		}
	}
	return at
}
