package field

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jixiao/extractors/section"
	"jixiao/internal/zh"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// A claim is one way in which a report states a value of its identity.
type claim struct {
	text   string // the value
	pieces []piece
	label  layout.Span
	weight float64
	rule   string
}

// readUnit reads the unit that reports: from a label of the cover, the title,
// the signature or, last, the sentence that says who evaluates itself.
func readUnit(r *Reading) {
	r.stated = r.captioned()
	claims := r.unitLabels(r.stated)
	for _, look := range []func() (claim, bool){r.unitInTitle, r.unitSigned} {
		if c, ok := look(); ok {
			claims = append(claims, c)
		}
	}
	for _, look := range []func() (claim, bool){r.unitOfPolicy, r.unitOnCover, r.unitOfAccounts, r.unitInText, r.unitOfTown, r.unitInFileName, r.unitOfPage} {
		if len(claims) > 0 && heaviest(claims).weight > looseName {
			break
		}
		if c, ok := look(); ok {
			claims = append(claims, c)
		}
	}
	if len(claims) == 0 {
		r.unnamedUnit(r.stated)
		return
	}
	win := wholeName(heaviest(claims), claims)
	if !hasPlace(win.text) {
		if c, ok := r.fullerName(win); ok {
			win = c
		}
	}
	if zh.HasAnySuffix(win.text, []string{"街道", "镇", "乡"}) {
		if c, ok := r.unitOfTown(); ok {
			win = c
		}
	}
	r.claim("unit", win)
	r.rivalUnits(claims, win)
}

// looseName is the weight of a name in a title with other words right behind it.
const looseName = 0.8

// heaviest returns the claim of most weight, the first of equals.
func heaviest(claims []claim) claim {
	best := claims[0]
	for _, c := range claims[1:] {
		if c.weight > best.weight {
			best = c
		}
	}
	return best
}

// wholeName returns the claim that states win's name at more length: 县水利局 on
// the cover is 某某县水利局 of the title, and a title can cut a name short.
func wholeName(win claim, claims []claim) claim {
	for _, c := range claims {
		longer := len(c.text) > len(win.text)
		if longer && strings.HasSuffix(c.text, win.text) && (!hasPlace(win.text) || onlyPlaces(zh.FoldString(strings.TrimSuffix(c.text, win.text)))) ||
			longer && strings.HasPrefix(c.text, win.text) && zh.IsOrgan(zh.FoldString(c.text)) {
			win = c
		}
	}
	return win
}

// hasPlace reports whether a unit's name begins with a division's.
func hasPlace(name string) bool {
	s := zh.FoldString(name)
	return len(zh.Places(s[nationwide(s):])) > 0
}

// rivalUnits notes that cover and title name different units.
func (r *Reading) rivalUnits(claims []claim, win claim) {
	for _, c := range claims {
		if c.weight < 0.9 || strings.Contains(win.text, c.text) || strings.Contains(c.text, win.text) {
			continue
		}
		f := record.Finding{Code: "value_conflict", Severity: record.Info, Keys: []string{"unit"}, Message: "封面、标题或落款写的单位不一致"}
		f.Evidence = append(r.quotes(win.pieces), r.quotes(c.pieces)...)
		r.Findings = append(r.Findings, f)
		return
	}
}

// claim adds the field key with the value of c.
func (r *Reading) claim(key string, c claim) {
	f := record.Field{Key: key, Value: record.Text(c.text), Confidence: c.weight, Rule: c.rule, Evidence: r.quotes(c.pieces)}
	if f.Value.IsZero() || len(f.Evidence) == 0 {
		return
	}
	var raw strings.Builder
	for _, e := range f.Evidence {
		raw.WriteString(e.Quote)
	}
	f.Raw = raw.String()
	if c.label.Len() > 0 {
		f.Evidence = append(f.Evidence, r.Quote(record.RoleLabel, c.label))
	}
	r.Fields = append(r.Fields, f)
}

// quotes returns a value's evidence: one quote for each piece.
func (r *Reading) quotes(pieces []piece) []record.Evidence {
	var out []record.Evidence
	for _, x := range pieces {
		if s := r.span(x); s.Len() > 0 {
			out = append(out, r.Quote(record.RoleValue, s))
		}
	}
	return out
}

// pieceText returns the words of pieces as they stand in the document.
func (r *Reading) pieceText(pieces []piece) string {
	var b strings.Builder
	for _, x := range pieces {
		b.WriteString(r.source(x))
	}
	return b.String()
}

// unitWeights say how surely a caption announces the unit that reports.
var unitWeights = map[caption]float64{unitCaption: 0.98, projectUnit: 0.95, plainUnit: 0.93}

// unitLabels returns the units that captions announce.
func (r *Reading) unitLabels(stated []stated) []claim {
	reviewed := false // 被评价单位 makes 评价单位 somebody else
	for _, s := range stated {
		reviewed = reviewed || s.kind == unitCaption && strings.HasPrefix(zh.FoldString(r.Doc.Layout.Text[s.label.Start:s.label.End]), "被评价")
	}
	var out []claim
	for _, s := range stated {
		weight := unitWeights[s.kind]
		if weight == 0 || s.value.from >= s.value.to {
			continue
		}
		name := zh.FoldString(r.Doc.Layout.Text[s.label.Start:s.label.End])
		if reviewed && strings.HasPrefix(name, "评价") {
			continue
		}
		s.value.to -= remark(r.words(s.value))
		s.value.from += unitCode(r.words(s.value))
		words := r.words(s.value)
		if !isUnitName(words) || onlyPlaces(strings.TrimSuffix(words, "本级")) || s.kind == plainUnit && !zh.IsOrgan(words) || zh.HasAnyPrefix(name, []string{"机构名称"}) && !zh.IsOrgan(words) {
			continue
		}
		if !zh.IsOrgan(words) {
			weight -= 0.1
		}
		weight -= 0.001 * float64(len(out)) // the first of equals
		out = append(out, claim{text: r.source(s.value), pieces: []piece{s.value}, label: s.label, weight: weight, rule: "label.unit"})
	}
	return out
}

// unitCode returns the length of the number in the budget that stands before the
// name of a unit: 301001-某县图书馆, [301]某县图书馆.
func unitCode(s string) int {
	const shortest = 3 // figures
	rest := strings.TrimLeft(s, "[(")
	n := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	if n < shortest {
		return 0
	}
	rest = strings.TrimLeft(rest[n:], "])-—_")
	if r, _ := utf8.DecodeRuneInString(rest); r < 0x4e00 || r > 0x9fff || strings.ContainsRune("年医部厂号中", r) {
		return 0 // 301医院 is called so
	}
	return len(s) - len(rest)
}

// remark returns the length of the brackets at the end of the name s that tell
// what the figures cover and are no part of it: (含下属单位), (汇总).
func remark(s string) int {
	i := strings.LastIndexByte(s, '(')
	if i <= 0 || !strings.HasSuffix(s, ")") || !zh.ContainsAny(s[i:], []string{"口径", "汇总", "含", "包括", "合并", "不包", "及所属", "及下属", "和所属", "和下属"}) {
		return 0
	}
	return len(s) - i
}

// isUnitName reports whether s, which stands where a unit is asked for, can be one.
func isUnitName(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 3 || n > 45 || zh.HasAnySuffix(s, []string{"(制)", "印制)", "监制)"}) || strings.ContainsAny(s, ":;,|%") || strings.Contains(s, "。") {
		return false
	}
	if zh.HasAnyPrefix(s, []string{"部门(单位)", "请", "万元", "填", "无", "年", "(盖章", "(公章", "XX", "xx", "××", "某", "本单位", "我单位", "我局"}) || zh.ContainsAny(s, []string{"万元", "XX", "xx", "××", "**", "评价组", "评价小组", "自评小组", "主管部门", "主管单位", "实施单位", "填报单位", "项目单位"}) || isColumnTitle(s) {
		return false
	}
	han := 0
	for _, r := range s {
		if r >= 0x4e00 && r <= 0x9fff {
			han++
		}
	}
	return han*10 >= n*7
}

// titleCuts are the words of a title behind the unit's name.
var titleCuts = []string{"部门整体", "单位整体", "整体支出", "整体绩效", "部门预算", "部门决算", "单位决算", "部门项目", "项目支出", "项目绩效", "支出绩效",
	"财政支出", "财政项目", "财政专项", "财政政策", "预算绩效", "预算项目", "绩效自评", "绩效评价", "绩效自我", "绩效报告", "自评报告", "自我评价",
	"专项资金", "专项经费", "关于", "年度", "部门绩效", "本级", "部门(单位)", "单位(部门)"}

// unitInTitle returns the unit that the title names, or the brackets behind it.
func (r *Reading) unitInTitle() (claim, bool) {
	if c, ok := r.unitIn(r.front.text, r.front.at); ok {
		return c, true
	}
	return r.unitBehindTitle()
}

// unitIn returns the unit that the title t names, before or after the year; at
// returns the pieces of a part of t.
func (r *Reading) unitIn(t string, at func(i, j int) []piece) (claim, bool) {
	for from := 0; from < len(t); {
		to := len(t)
		next := to
		if i, n := yearExpression(t, from); n > 0 {
			to, next = i, i+n
		}
		if a, b, ok := organIn(t, from, to); ok && !siteName(t, to) && !onlyPlaces(strings.TrimSuffix(t[a:b], "本级")) {
			pieces := at(a, b)
			weight := 0.94
			if rest := t[b:to]; rest != "" && !zh.HasAnyPrefix(rest, titleCuts) && !zh.HasAnyPrefix(rest, []string{"(", "—", "-", "的", "20"}) {
				weight = looseName // a name may also begin what the money was for: 某县中小学校舍维修
			}
			return claim{text: r.pieceText(pieces), pieces: pieces, weight: weight, rule: "title"}, true
		}
		from = next
	}
	return claim{}, false
}

// siteName reports whether what the title t begins with, up to byte to, is the
// name of a web site, which a dash parts from the title proper and its own unit:
// 某县人民政府-2020年度某县林业局….
func siteName(t string, to int) bool {
	if !zh.HasAnySuffix(t[:to], []string{"-", "—", "_"}) || !strings.Contains(t[:to], "政府") {
		return false
	}
	_, n := yearExpression(t, to)
	_, _, ok := organIn(t, to+n, len(t))
	return ok
}

// unitBehindTitle returns the unit in the brackets that end the title.
func (r *Reading) unitBehindTitle() (claim, bool) {
	t := r.front.text
	i := strings.LastIndexByte(t, '(')
	if i <= 0 || !strings.HasSuffix(t, ")") || !zh.IsOrgan(t[i+1:len(t)-1]) {
		return claim{}, false
	}
	pieces := r.front.at(i+1, len(t)-1)
	return claim{text: r.pieceText(pieces), pieces: pieces, weight: 0.93, rule: "title"}, true
}

// yearStarts are the characters that years begin with.
var yearStarts = zh.NewRuneSet("12一二")

// yearExpression finds 2022年度, 2022年 or 二〇二二年度 in s from i on.
func yearExpression(s string, i int) (at, n int) {
	for i = yearStarts.Next(s, i); i < len(s); i = yearStarts.Next(s, i+1) {
		y, k := zh.YearAt(s[i:])
		if y == 0 {
			continue
		}
		for _, w := range []string{"年度", "年"} {
			if strings.HasPrefix(s[i+k:], w) {
				return i, k + len(w)
			}
		}
		return i, k
	}
	return len(s), 0
}

// organIn returns the unit's name that the part [from, to) of a title begins with.
func organIn(t string, from, to int) (a, b int, ok bool) {
	for _, w := range []string{"关于报送", "关于上报", "关于", "附件", "附表", "("} {
		if strings.HasPrefix(t[from:to], w) {
			from += len(w)
			break
		}
	}
	seg := t[from:to]
	for _, w := range titleCuts {
		if i := strings.Index(seg, w); i >= 0 {
			if w == "本级" {
				i += len(w)
				i += len(seg[i:]) - len(strings.TrimPrefix(seg[i:], ")"))
			}
			seg = seg[:i]
		}
	}
	seg = strings.TrimRight(seg, "(—-的:")
	seg = seg[:len(seg)-remark(seg)]
	if zh.IsOrgan(seg) {
		return from, from + len(seg), true
	}
	return firstOrgan(seg, from)
}

// kindsOfUnits stand behind a place for all units of a kind: 某市高校毕业生补贴.
var kindsOfUnits = []string{"高校", "高等学校", "高等院校", "中小学", "中小学校", "学校", "幼儿园", "公办幼儿园", "民办幼儿园", "民办学校", "职业院校", "职业学校", "公立医院",
	"乡镇卫生院", "村卫生室", "养老院", "敬老院", "社会", "全社会", "基层医院", "乡村学校", "农村学校", "中小学幼儿园"}

// purposes stand behind a place for what its money does, before those it does it
// for: 某市引进高校毕业生补贴, 某县资助民办幼儿园.
var purposes = []string{"引进", "面向", "资助", "扶持", "补助", "奖补", "奖励", "补贴", "购买", "化解", "新建", "改建", "扩建", "迁建"}

// firstOrgan returns the shortest unit's name at the start of seg, as in
// 某县农业农村局高标准农田建设; it must begin with a place.
func firstOrgan(seg string, from int) (a, b int, ok bool) {
	party := nationwide(seg)
	places := zh.Places(seg[party:])
	if len(places) == 0 {
		return 0, 0, false
	}
	low := party + places[len(places)-1].End
	for i, r := range seg {
		end := i + utf8.RuneLen(r)
		if end <= low || !strings.ContainsRune("局会院馆校学府社站处所厅心室园司", r) {
			continue
		}
		if slices.Contains(kindsOfUnits, seg[low:end]) || zh.HasAnyPrefix(seg[low:end], purposes) {
			continue
		}
		if s := seg[:end]; zh.IsOrgan(s) && !zh.HasAnySuffix(s, []string{"学", "会", "社会", "市政府", "机会"}) || zh.HasAnySuffix(seg[:end], []string{"委员会", "联合会", "中学", "小学", "大学", "工会", "协会"}) {
			return from, from + end, true
		}
	}
	return 0, 0, false
}

// unitSigned returns the unit that signs at the end.
func (r *Reading) unitSigned() (claim, bool) {
	ps := r.Doc.Passages
	for i := len(ps) - 1; i >= 0 && i > len(ps)-60; i-- {
		t := trimPiece(ps[i].Text, piece{i, 0, len(ps[i].Text)})
		s := r.words(t)
		if ps[i].Table >= 0 || !zh.IsOrgan(s) || utf8.RuneCountInString(s) > 30 || r.Tree.Heading[i] {
			continue
		}
		dated := i+1 < len(ps) && section.BareDate(bareLine(ps[i+1].Text)) || i > 0 && section.BareDate(bareLine(ps[i-1].Text))
		if dated || r.Tree.Role[i] == section.Sign && i+1 == len(ps) {
			return claim{text: r.source(t), pieces: []piece{t}, weight: 0.92, rule: "signature"}, true
		}
	}
	return claim{}, false
}

// unitOnCover returns the unit whose name is a line of the cover, not that of
// the finance bureau, which makes the forms.
func (r *Reading) unitOnCover() (claim, bool) {
	for i := range r.Doc.Passages[:min(titleZone, len(r.Doc.Passages))] {
		p := &r.Doc.Passages[i]
		if r.Tree.Role[i] != section.Cover || p.Table >= 0 {
			continue
		}
		x := trimPiece(p.Text, piece{i, len(p.Text) - len(strings.TrimLeft(p.Text, "—-")), len(p.Text)}) // or it is a subtitle
		if _, n, _, captioned := captionAt(p.Text); captioned && n < len(p.Text) {
			continue
		}
		if s := r.words(x); x.to == len(p.Text) && zh.IsOrgan(s) && !zh.HasAnySuffix(s, []string{"财政局", "(制)", "制", "印制)", "监制)"}) && !isTitleLine(s) {
			return claim{text: r.source(x), pieces: []piece{x}, weight: 0.85, rule: "cover"}, true
		}
	}
	return claim{}, false
}

// unnamedUnit notes why no unit was read: a label with nothing beside it, or a
// report that calls it 我局 and no more.
func (r *Reading) unnamedUnit(stated []stated) {
	for _, s := range stated {
		if s.kind == unitCaption && s.value.from >= s.value.to {
			r.gap(record.Blank, "unit", "单位名称处为空白", s.label)
			return
		}
	}
	const zone = 60 // passages
	for i := range r.Doc.Passages[:min(zone, len(r.Doc.Passages))] {
		p := &r.Doc.Passages[i]
		if at, n := ownWord(p.Text); n > 0 {
			r.gap(record.Blank, "unit", "报告只以“"+p.Text[at:at+n]+"”自称，没有写出单位全称", p.Origin(at, at+n))
			return
		}
	}
}

// ownWord finds the first of the words by which a unit speaks of itself.
func ownWord(t string) (at, n int) {
	at = len(t)
	for _, w := range []string{"我局", "我单位", "本单位", "本部门", "我部门", "我院", "我校", "我委", "我办", "我中心", "我馆", "我站", "我所", "我镇", "我乡", "我街道", "本局", "本院", "本校"} {
		if i := strings.Index(t, w); i >= 0 && i < at {
			at, n = i, len(w)
		}
	}
	return at, n
}
