package field

import (
	"strings"
	"unicode/utf8"

	"jixiao/extractors/lexicon"
	"jixiao/extractors/passage"
	"jixiao/internal/zh"
)

// Reports that tell of several projects, each with its own figures, state none
// for the whole: 清淤项目执行率95%;泵站项目执行率100%.

// rankSubjects takes back what is told of two things or more that are called
// projects, each in a clause of its own that begins with its name.
func (s *script) rankSubjects() {
	for _, key := range []string{"budget.initial", "budget.adjusted", "expenditure.total", "carryover", "execution_rate", "score"} {
		s.rankSubject(key)
	}
}

func (s *script) rankSubject(key string) {
	first, several := "", false
	of := s.byKey[key]
	if len(of) < 2 {
		return
	}
	for _, k := range of {
		if name := s.subject(&s.cands[k]); name != "" {
			several = several || first != "" && name != first
			first = name
		}
	}
	if !several {
		return
	}
	for _, k := range of {
		if s.subject(&s.cands[k]) != "" {
			s.cands[k].score -= 0.5
		}
	}
}

// subject returns the name of the project that the sentence of c begins with,
// "" if it begins with none, or with the one the whole report is about.
func (s *script) subject(c *candidate) string {
	if c.label[0] >= c.label[1] {
		return ""
	}
	i, j, listed := s.subjectAt(c.label[0])
	if i >= j {
		return ""
	}
	name := s.text[i:j]
	if own := s.r.text("project_name"); own != "" && !listed && s.scope == lexicon.Project && (strings.Contains(own, name) || strings.Contains(name, own)) {
		return ""
	}
	return name
}

// subjectAt returns where the name of a project stands that begins the clause or
// the sentence of byte at; i == j if there is none. listed says that a count of
// projects introduces it: 实施项目2个:清淤项目….
func (s *script) subjectAt(at int) (i, j int, listed bool) {
	from := s.sentence(at)
	if i, j = s.ownClause(from, at); i < j {
		return i, j, false
	}
	i = from
	if k := strings.LastIndexByte(s.text[i:at], ';'); k >= 0 {
		i += k + 1
	}
	if k := strings.IndexByte(s.text[from:at], ':'); k >= 0 && s.countsProjects(from, from+k) {
		i, listed = max(i, from+k+1), true
	}
	i = at - len(strings.TrimLeft(s.text[i:at], "\n。"))
	i += passage.LeadingMarker(s.text[i:at]).Len
	j = at
	if k := strings.IndexAny(s.text[i:at], ",:("); k >= 0 {
		j = i + k
	} else if w, ok := startsWith(s.text[at:], "项目", "工程"); ok {
		j += len(w)
	}
	if !s.isSubject(s.text[i:j]) {
		return 0, 0, false
	}
	return i, j, listed
}

// ownClause returns where the name of a project stands between the last
// punctuation before the label at byte at and the label; i == j if none does.
func (s *script) ownClause(from, at int) (i, j int) {
	i, j = from, at
	if k := strings.LastIndexAny(s.text[from:at], ",;:、。\n"); k >= 0 {
		_, n := utf8.DecodeRuneInString(s.text[from+k:])
		i += k + n
	}
	i += passage.LeadingMarker(s.text[i:j]).Len
	if w, ok := startsWith(s.text[at:], "项目", "工程"); ok {
		j += len(w)
	}
	if !s.isSubject(s.text[i:j]) {
		return 0, 0
	}
	return i, j
}

// countsProjects reports whether text[i:j] ends with a number of projects.
func (s *script) countsProjects(i, j int) bool {
	a, b := s.figsIn(i, j)
	return b > a && strings.Contains(s.text[i:j], "项目") && strings.HasPrefix(s.text[s.figs[b-1].NumEnd:], "个") && j-s.figs[b-1].End <= len("个项目,其中")
}

// isSubject reports whether name is that of one of several projects.
func (s *script) isSubject(name string) bool {
	const longest = 90 // bytes
	if len(name) < len("甲项目") || len(name) > longest || strings.ContainsAny(name, "。%") {
		return false
	}
	if rest, ok := strings.CutPrefix(name, "项目"); ok && isOrdinal(rest) {
		return true
	}
	if !zh.HasAnySuffix(name, []string{"项目", "工程", "专项", "经费", "补助", "补贴", "资金"}) {
		return false
	}
	if zh.ContainsAny(name, []string{"本项目", "该项目", "此项目", "项目资金", "专项资金", "财政资金", "财政", "中央资金", "省级资金", "市级资金", "县级资金", "配套", "自筹", "全部", "各项", "所有", "其他", "我", "本", "整体", "年初", "全年", "预算", "支出", "到位", "下达", "安排", "结转", "共", "总", "使用", "三公", "人员经费", "公用经费", "运行经费"}) {
		return false
	}
	return name != "项目" && name != "专项"
}

// isOrdinal reports whether rest, behind 项目, only counts: 项目一, 项目2.
func isOrdinal(rest string) bool {
	return rest != "" && len(rest) <= len("十二") && strings.Trim(rest, "一二三四五六七八九十0123456789A-H") == ""
}
