package field

import (
	"strings"
	"unicode/utf8"

	"jixiao/extractors/section"
	"jixiao/internal/zh"
	"jixiao/schemas/layout"
)

// The values of scope.
const (
	wholeScope   = "整体"
	projectScope = "项目"
	policyScope  = "政策"
)

// readScope reads whether a unit as a whole, a project or a policy is
// evaluated: from the title, else from the words that the opening uses.
func readScope(r *Reading) {
	t := r.front.text
	if word, value := scopeWord(t); word != "" {
		i := strings.Index(t, word)
		r.claim("scope", claim{text: value, pieces: r.front.at(i, i+len(word)), weight: 0.97, rule: "title"})
		return
	}
	const zone, cells = 14, 60 // passages, and cells, which say less
	seen, boxes := 0, 0
	for i := range r.Doc.Passages {
		if r.Tree.Role[i] == section.Contents {
			continue
		}
		if r.Doc.Passages[i].Table >= 0 {
			boxes++
		} else {
			seen++
		}
		if seen > zone || boxes > cells {
			break
		}
		p := r.Doc.Passages[i].Text
		word, value := scopePhrase(p)
		if word != "" && tickedBoxes.In(p) {
			word, value = scopeTicked(p)
		}
		if word != "" {
			k := strings.Index(p, word)
			r.claim("scope", claim{text: value, pieces: []piece{{i, k, k + len(word)}}, weight: 0.85, rule: "opening"})
			return
		}
	}
	r.scopeOfDepartment()
}

// departmentPhrases say that a department evaluates itself, which without a
// project's name means its whole budget.
var departmentPhrases = []string{"部门决算", "单位决算", "部门预算绩效", "部门绩效自评", "单位绩效自评", "单位预算绩效自评", "部门预算执行", "单位预算执行", "部门支出绩效", "单位支出绩效", "部门预算支出", "单位预算支出", "部门履职绩效", "单位履职绩效"}

// scopeOfDepartment reads the scope of 某局2022年度部门绩效自评报告, from the title or
// from a sentence of the opening that does not cite a notice.
func (r *Reading) scopeOfDepartment() {
	for _, w := range departmentPhrases {
		if k := strings.Index(r.front.text, w); k >= 0 {
			r.claim("scope", claim{text: wholeScope, pieces: r.front.at(k, k+len(w)), weight: 0.85, rule: "title.department"})
			return
		}
	}
	const zone = 6 // passages
	for i := range r.Doc.Passages[:min(zone, len(r.Doc.Passages))] {
		p := r.Doc.Passages[i].Text
		for _, w := range departmentPhrases {
			k := strings.LastIndex(p, w)
			if k < 0 || r.Tree.Role[i] == section.Contents {
				continue
			}
			clause := p[max(0, strings.LastIndexAny(p[:k], ",;。《")):k]
			named := r.Tree.Role[i] == section.Cover && zh.Shorter(p, 30) && !strings.ContainsAny(p, ",;:") && !strings.Contains(p, "。")
			if named || zh.ContainsAny(clause, []string{"开展", "组织", "进行", "完成"}) && !zh.ContainsAny(clause, []string{"关于", "要求", "根据", "按照"}) {
				r.claim("scope", claim{text: wholeScope, pieces: []piece{{i, k, k + len(w)}}, weight: 0.7, rule: "opening.department"})
				return
			}
		}
	}
	r.scopeOfBareTitle()
}

// scopeOfBareTitle takes a bare title for that of a whole unit, unless a form asks
// for a project.
func (r *Reading) scopeOfBareTitle() {
	if !bareTitle(r.front.text) {
		return
	}
	for _, s := range r.stated {
		if s.kind == projectCaption || s.kind == projectUnit || s.kind == spanCaption {
			return
		}
	}
	r.claim("scope", claim{text: wholeScope, pieces: r.front.at(0, len(r.front.text)), weight: 0.65, rule: "title.unit"})
}

// bareTitle reports whether t is a unit, a year and 绩效自评 and nothing else.
func bareTitle(t string) bool {
	at, n := yearExpression(t, 0)
	return n > 0 && at > 0 && zh.IsOrgan(t[:at]) && section.Formal(strings.TrimSuffix(t[at+n:], "报告"))
}

// scopeWord returns the word of a title that tells the scope.
func scopeWord(t string) (word, value string) {
	for _, w := range []string{"整体支出", "部门整体", "单位整体", "整体绩效", "整体"} {
		if strings.Contains(t, w) {
			return w, wholeScope
		}
	}
	if i := strings.LastIndex(t, "政策"); i >= 0 && !strings.Contains(t, "项目") {
		return "政策", policyScope
	}
	for _, w := range []string{"项目支出", "项目", "专项资金", "专项经费", "专项", "转移支付", "工程", "补助资金", "补助经费", "经费", "债券资金", "资金", "补助", "补贴", "购置", "改造", "建设"} {
		if strings.Contains(t, w) {
			return w, projectScope
		}
	}
	return "", ""
}

// scopeTicked returns the word of a row of boxes that the tick belongs to:
// 部门整体支出□ 项目支出☑.
func scopeTicked(t string) (word, value string) {
	words := []string{"整体", "项目", "政策"}
	values := []string{wholeScope, projectScope, policyScope}
	tick := tickedBoxes.Next(t, 0)
	_, n := zh.Next(t, tick)
	before, after := t[:tick], t[tick+n:]
	if k := strings.LastIndexAny(before, tickedBox+emptyBox[:len("□☐")]); k >= 0 {
		_, n := zh.Next(before, k)
		before = before[k+n:]
	}
	segment := before
	if first := boxes.Next(t, 0); !zh.ContainsAny(t[:first], words) { // boxes before their words
		segment = after[:boxes.Next(after, 0)]
	}
	for k, w := range words {
		if strings.Contains(segment, w) {
			return w, values[k]
		}
	}
	return "", ""
}

// scopePhrase returns the phrase of a sentence that tells the scope.
func scopePhrase(t string) (word, value string) {
	type phrase struct{ word, value string }
	at := -1
	for _, p := range []phrase{
		{"部门整体支出", wholeScope}, {"整体支出绩效", wholeScope}, {"单位整体支出", wholeScope}, {"整体绩效自评", wholeScope}, {"整体支出自评", wholeScope}, {"整体支出", wholeScope}, {"部门整体", wholeScope},
		{"项目支出绩效", projectScope}, {"项目绩效自评", projectScope}, {"项目支出自评", projectScope}, {"项目名称", projectScope}, {"项目概况", projectScope}, {"项目基本情况", projectScope}, {"专项资金绩效", projectScope},
		{"政策绩效", policyScope}, {"政策概况", policyScope}, {"政策名称", policyScope},
	} {
		if i := strings.Index(t, p.word); i >= 0 && (at < 0 || i < at) {
			at, word, value = i, p.word, p.value
		}
	}
	return word, value
}

// readProject reads project_name and supervisor.
func readProject(r *Reading) {
	r.readSupervisor()
	for _, s := range r.stated {
		if s.kind != projectCaption || s.value.from >= s.value.to {
			continue
		}
		x := withoutCode(r.words(s.value), s.value)
		words := r.words(x)
		if n := utf8.RuneCountInString(words); n < 3 || n > 80 || isColumnTitle(words) || columnHeads[words] || strings.Contains(words, "。") || isPrompt(words) {
			continue
		}
		r.claim("project_name", claim{text: r.source(x), pieces: []piece{x}, label: s.label, weight: 0.95, rule: "label.project_name"})
		return
	}
	r.projectInTitle()
}

// columnHeads stand beside 项目名称 in the header of a list of projects.
var columnHeads = map[string]bool{"年初预算": true, "全年预算": true, "调整预算": true, "预算资金": true, "预算安排": true, "年度预算": true, "实际支出": true, "全年支出": true, "资金来源": true,
	"主管部门": true, "实施单位": true, "项目单位": true, "责任科室": true, "责任单位": true, "项目内容": true, "自评等级": true, "自评等次": true, "绩效等级": true, "批复资金": true, "批复金额": true, "下达资金": true, "到位资金": true}

// withoutCode cuts the number of a project off its name, as in 51000023T0001-岗位劳务费.
func withoutCode(words string, x piece) piece {
	n := 0
	for n < len(words) && (words[n] >= '0' && words[n] <= '9' || words[n] >= 'A' && words[n] <= 'Z') {
		n++
	}
	if n >= 8 && n+1 < len(words) && (words[n] == '-' || words[n] == '_' || words[n] == ' ' || words[n] >= 0x80) {
		x.from += n
		if words[n] < 0x80 {
			x.from++
		}
	}
	return x
}

func (r *Reading) readSupervisor() {
	for _, s := range r.stated {
		if s.kind != supervisorCap || s.value.from >= s.value.to {
			continue
		}
		s.value.to = s.value.from + len(strings.TrimRight(r.words(s.value), "0123456789 -"))
		if words := r.words(s.value); isUnitName(words) {
			r.claim("supervisor", claim{text: r.source(s.value), pieces: []piece{s.value}, label: s.label, weight: 0.93, rule: "label.supervisor"})
			return
		}
	}
}

// projectInTitle reads the project's name from a remark in brackets or from
// between the year and what makes the title a report's.
func (r *Reading) projectInTitle() {
	if r.text("scope") != projectScope && r.text("scope") != policyScope {
		return
	}
	t, dated := r.front.text, false // the year stands in the brackets at the end
	if i := strings.LastIndexByte(t, '('); i >= 0 && strings.HasSuffix(t, ")") {
		in := t[i+1 : len(t)-1]
		if zh.IsOrgan(in) {
			t = t[:i]
		} else if y := yearIn(in); y > 0 && yearIn(t[:i]) == 0 {
			dated, t = true, t[:i]
		} else if utf8.RuneCountInString(in) >= 4 && yearIn(in) == 0 && !zh.HasAnyPrefix(in, []string{"参考", "样", "格式", "模板", "范本", "试行", "公开", "盖章", "本级"}) {
			r.claimTitle("project_name", i+1, len(t)-1, 0.85)
			return
		}
	}
	at, n := yearExpression(t, 0)
	if p, k, ok := periodIn(t, 0); ok {
		at, n = p, k+len(t[p+k:])-len(strings.TrimLeft(t[p+k:], "年度"))
	}
	if from, to := nameBetween(t, min(at+n, len(t)), len(t)); to > from {
		r.claimTitle("project_name", from, to, 0.75)
	} else if from, to := nameBetween(t, 0, at); to > from && (n > 0 || dated || strings.Contains(t[:from], "关于")) {
		r.claimTitle("project_name", from, to, 0.7)
	}
}

// nameEnds are the words of a title behind the project's name.
var nameEnds = []string{"项目支出绩效", "支出绩效", "绩效自评", "绩效评价", "绩效自我", "自评表", "自评报告", "自评综述", "绩效报告", "财政支出"}

// nameBetween returns where in t[from:to] a project's name stands: behind the
// unit's, before the words of any title.
func nameBetween(t string, from, to int) (int, int) {
	if _, b, ok := organIn(t, from, to); ok {
		from = b
	}
	for _, w := range nameEnds {
		if i := strings.Index(t[from:to], w); i >= 0 {
			to = from + i
		}
	}
	if to > from && strings.HasPrefix(t[to:], "项目支出") {
		to += len("项目") // 学校取暖项目支出绩效自评报告: the word belongs to both
	}
	to = from + len(strings.TrimSuffix(t[from:to], "的"))
	name := t[from:to]
	for _, w := range []string{"年度", "关于", "对"} {
		name = strings.TrimPrefix(name, w)
	}
	from = to - len(name)
	if utf8.RuneCountInString(name) < 5 || zh.IsOrgan(name) || len(zh.Places(name)) > 0 && zh.Places(name)[0].End == len(name) ||
		zh.HasAnyPrefix(name, []string{"部门", "项目", "财政", "预算", "单位", "市级", "县级", "省级", "区级"}) {
		return 0, 0
	}
	return from, to
}

func (r *Reading) claimTitle(key string, from, to int, weight float64) {
	pieces := r.front.at(from, to)
	r.claim(key, claim{text: r.pieceText(pieces), pieces: pieces, label: layout.Span{}, weight: weight, rule: "title"})
}

// text returns the words that were read for key; "" if none.
func (r *Reading) text(key string) string {
	for _, f := range r.Fields {
		if f.Key == key {
			s, _ := f.Value.AsText()
			return s
		}
	}
	return ""
}
