package field

import (
	"strings"
	"unicode/utf8"

	"jixiao/extractors/section"
	"jixiao/internal/zh"
	"jixiao/schemas/layout"
)

// organEnds are the characters that units' names end with, and organStarts what
// can stand right before a name within a sentence.
const organEnds = "局会院馆校学府社站处所厅心室园司部队委团联台段宫"

var organStarts = []string{"根据", "按照", "由", "对", "和", "与", "经", "向", "将", "为", "在", "是", "现", "把", "及", "关于", "报", "请", "以", "据",
	"受", "我", "个", "了", "当", "纳入", "使", "全称"}

// A mention is a unit's name in running text.
type organMention struct {
	piece
	name string
	good bool // the words around say that it evaluates itself
}

// actsAfter follow the name of a unit that tells of itself.
var actsAfter = []string{"对20", "对照", "对本", "开展", "组织", "自评", "认真", "高度", "积极", "严格", "内设", "下设", "设", "系", "为", "属", "隶属",
	"现有", "共有", "实有", "挂", "主管", "主要", "贯彻", "下辖", "下属", "由", "共", "20", "二〇", "部门整体", "整体", "(以下简称", "(简称", "绩效",
	"主要职", "成立", "位于", "根据", "按照", "现有", "核定", "编制", "负责", "承担", "财政", "该项", "结合", "围绕", "及时", "本年", "全年", "紧紧",
	"作为", "是主管", "是", "现将", "于20", "牵头", "具体实施", "实施", "主办", "承办", "项目实施"}

// unitInText returns the unit that a sentence near the start names: the one
// that evaluates itself, not the one whose notice it answers.
func (r *Reading) unitInText() (claim, bool) {
	count := map[string]int{}
	first := map[string]organMention{}
	seen := 0
	for i := range r.Doc.Passages {
		p := &r.Doc.Passages[i]
		if p.Table >= 0 || r.Tree.Role[i] == section.Contents || utf8.RuneCountInString(p.Text) < 12 {
			continue
		}
		if seen++; seen > 10 {
			break
		}
		for _, m := range organMentions(p.Text, i) {
			if m.good {
				count[m.name]++
				if _, ok := first[m.name]; !ok {
					first[m.name] = m
				}
			}
		}
	}
	best, n := "", 0
	for name, k := range count {
		if k > n || k == n && before(first[name], first[best]) {
			best, n = name, k
		}
	}
	if n == 0 {
		return claim{}, false
	}
	m := first[best]
	return claim{text: r.source(m.piece), pieces: []piece{m.piece}, weight: 0.7, rule: "text"}, true
}

// fullerName returns the mention of the unit whose name c states without a
// place, with the place before it, if the opening has one.
func (r *Reading) fullerName(c claim) (claim, bool) {
	const zone = 15 // passages
	short := zh.FoldString(c.text)
	for i := range r.Doc.Passages[:min(zone, len(r.Doc.Passages))] {
		for _, m := range organMentions(r.Doc.Passages[i].Text, i) {
			if len(m.name) > len(short) && strings.HasSuffix(m.name, short) && placesReach(m.name, len(m.name)-len(short)) {
				return claim{text: r.source(m.piece), pieces: []piece{m.piece}, label: layout.Span{}, weight: c.weight - 0.05, rule: c.rule + "+text"}, true
			}
		}
	}
	return claim{}, false
}

// placesReach reports whether the divisions that name begins with reach to byte n or
// beyond: to the 县水务局 of 青河县水务局.
func placesReach(name string, n int) bool {
	p := zh.Places(name)
	return len(p) > 0 && p[len(p)-1].End >= n
}

// onlyPlaces reports whether s is nothing but divisions.
func onlyPlaces(s string) bool {
	p := zh.Places(s)
	return len(p) > 0 && p[len(p)-1].End == len(s)
}

func before(a, b organMention) bool { return a.p < b.p || a.p == b.p && a.from < b.from }

// organMentions finds names of units in the folded text t of passage p. A name
// begins with a place or 中共 and ends with a character of organEnds.
func organMentions(t string, p int) []organMention {
	const most = 2000 // bytes
	t = t[:min(len(t), most)]
	for len(t) > 0 && !utf8.ValidString(t[max(0, len(t)-3):]) && !utf8.RuneStart(t[len(t)-1]) {
		t = t[:len(t)-1]
	}
	var out []organMention
	quoted := 0
	for i := 0; i < len(t); {
		r, n := utf8.DecodeRuneInString(t[i:])
		switch r {
		case '《':
			quoted++
		case '》':
			quoted = max(0, quoted-1)
		}
		if quoted == 0 && nameStarts(t, i) {
			if end := nameEnd(t, i); end > i {
				m := organMention{piece: piece{p, i, end}, name: t[i:end]}
				m.good = (zh.HasAnyPrefix(t[end:], actsAfter) || reports(t, i, end) || zh.HasAnySuffix(t[:i], []string{"全称", "全称为", "全称是"})) && !announces(t, i, end)
				out = append(out, m)
				i = end
				continue
			}
		}
		i += n
	}
	return out
}

// reports reports whether the unit t[i:end] stands in the clause that says that
// its report follows: 现将2022年某县某局某项目绩效自评情况报告如下.
func reports(t string, i, end int) bool {
	head, tail := t[:i], t[end:]
	if k := strings.LastIndexAny(head, ",;:"); k >= 0 {
		head = head[k:]
	}
	if k := strings.IndexAny(tail, ",;:"); k >= 0 {
		tail = tail[:k]
	}
	return strings.Contains(head, "现将") && strings.Contains(tail, "自评") && strings.Contains(tail, "如下")
}

// nameStarts reports whether a name can begin at t[i]: at the start of a clause
// or behind a word that is no part of a name.
func nameStarts(t string, i int) bool {
	if i > 0 {
		r, _ := utf8.DecodeLastRuneInString(t[:i])
		if r >= 0x4e00 && r <= 0x9fff && !zh.HasAnySuffix(t[:i], organStarts) && r != '年' && r != '度' {
			return false
		}
	}
	if zh.HasAnyPrefix(t[i:], reportVerbs) || i >= len("现") && zh.HasAnyPrefix(t[i-len("现"):], reportVerbs) {
		return false
	}
	return nationwide(t[i:]) > 0 || len(zh.Places(t[i:min(len(t), i+60)])) > 0
}

// reportVerbs lead to a name and are no part of it, nor is their second character:
// 现将某县水务局2022年度….
var reportVerbs = []string{"现将", "现就", "现对", "现把", "兹将", "特将", "今将"}

// nameEnd returns where the longest name that begins at t[i] ends before the
// first punctuation; i if there is none.
func nameEnd(t string, i int) int {
	const most = 32 // characters
	end, n := i, 0
	for j, r := range t[i:] {
		if n++; n > most || r == '是' || r == '由' || (r < 0x4e00 || r > 0x9fff) && r != '(' && r != ')' || zh.HasAnyPrefix(t[i+j:], nameBreaks) {
			break
		}
		k := i + j + utf8.RuneLen(r)
		if strings.ContainsRune(organEnds, r) && zh.IsOrgan(t[i:k]) {
			if end > i && !joins(t[end:k]) {
				break
			}
			end = k
		}
	}
	return end
}

// nameBreaks begin what can stand right behind a name and is no part of it.
var nameBreaks = []string{"(以下", "(下称", "(简称", "系县", "系市", "系区", "系省", "系州", "系全", "系正", "系副", "系财", "系国", "系行", "系参", "系公", "系一", "系属", "属于", "隶属", "作为", "为县", "为市", "为区", "为正", "为副", "为全", "为财"}

// joins reports whether more, behind a complete name, still belongs to it: a
// sub-unit, not a verb with an object that ends alike.
func joins(more string) bool {
	return utf8.RuneCountInString(more) <= 8 && !zh.ContainsAny(more, []string{"对", "的", "为", "是", "设", "和", "与", "开展", "组织", "根据", "按照", "下属", "管理的"})
}

// announces reports whether the unit t[i:end] is one whose notice is answered
// or to which the report is addressed.
func announces(t string, i, end int) bool {
	after := t[end:min(len(t), end+90)]
	if zh.HasAnyPrefix(after, []string{"关于", "印发", "下发", "《", "文件", "通知", "要求", ":", "的通知", "下达", "批复", "的要求", "有关", "下属的", "所属", "直属", "归口", "管理的", "主管的"}) {
		return true
	}
	head := t[:i]
	return zh.HasAnySuffix(head, []string{"根据", "按照", "依据", "依照", "遵照", "根据《", "报"}) && strings.Contains(after, "通知")
}
