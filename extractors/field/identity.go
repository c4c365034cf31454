package field

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/internal/zh"
	"jixiao/schemas/layout"
)

// A title word announces who, when or what a form is about.
type caption uint8

const (
	otherCaption   caption = iota // ends a value and announces nothing wanted
	unitCaption                   // the unit that reports
	projectUnit                   // the unit that carries a project out
	plainUnit                     // 单位: alone
	supervisorCap                 // 主管部门
	yearCaption                   // 评价年度
	fillCaption                   // 填报日期
	plainDate                     // 日期: alone
	foreignDate                   // when others published it
	projectCaption                // 项目名称
	placeCaption                  // 所在地
	spanCaption                   // 项目起止时间
)

var captionWords = map[caption][]string{
	unitCaption: {"评价单位", "评价部门", "被评价单位", "被评价部门", "被评价单位名称", "自评单位", "自评部门", "自评单位名称", "填报单位", "填报部门",
		"填报单位名称", "单位名称", "部门名称", "部门(单位)名称", "单位(部门)名称", "部门(单位)", "单位(部门)", "部门单位名称", "部门/单位名称", "预算单位",
		"预算单位名称", "预算部门", "部门预算单位",
		"报告单位", "编报单位", "申报单位", "申报部门", "编制单位", "填表单位", "填制单位", "报送单位", "报送部门", "上报单位", "市级预算部门单位",
		"市级预算单位", "县级预算单位", "评价单位名称", "评价部门名称", "单位全称", "部门全称", "自评单位(部门)", "评价单位(部门)", "填报单位(部门)",
		"填报部门(单位)", "部门(单位)全称", "评价部门(单位)", "资金使用单位", "资金使用部门", "使用单位", "用款单位", "机构名称", "一级预算单位",
		"二级预算单位", "基层预算单位", "本级部门", "经办机构", "经办单位", "基金经办机构", "答复单位", "汇报单位", "呈报单位", "报告主体", "自评主体", "填报主体", "评价主体", "责任主体"},
	projectUnit: {"项目单位", "项目单位名称", "实施单位", "项目实施单位", "项目实施单位名称", "项目承担单位", "承担单位", "项目执行单位", "执行单位",
		"项目责任单位", "责任单位", "项目建设单位", "项目申报单位", "实施部门", "政策实施单位", "实施单位名称", "项目实施部门",
		"项目使用单位", "具体实施单位", "政策实施部门", "牵头单位", "牵头部门", "政策牵头部门", "项目牵头单位",
		"承办单位", "项目承办单位", "项目管理单位", "项目法人", "项目法人单位", "建设单位", "项目业主", "项目业主单位", "管护单位", "实施主体", "项目实施主体"},
	plainUnit: {"单位", "部门", "单位盖章", "部门盖章"},
	supervisorCap: {"主管部门", "主管单位", "项目主管部门", "项目主管单位", "预算主管部门", "主管预算部门", "业务主管部门", "上级主管部门", "主管部门名称", "主管局",
		"市级主管部门", "县级主管部门", "区级主管部门", "省级主管部门", "主管部门(单位)", "主管部门及代码", "一级主管部门", "政策主管部门", "政策主管单位", "资金主管部门"},
	yearCaption: {"评价年度", "自评年度", "年度", "预算年度", "评价年份", "项目年度", "报告年度", "所属年度", "资金年度", "评价期间", "评价周期",
		"评价时段", "评价期", "填报年度", "绩效年度", "实施年度", "评价时间段", "评价区间", "评价时间范围", "会计年度", "项目实施期", "实施期限", "项目周期",
		"评价基准年度"},
	spanCaption: {"项目起止时间", "项目起止日期", "起止时间", "起止日期", "起止年月", "项目起止年月"},
	fillCaption: {"填报日期", "填报时间", "填表日期", "填表时间", "报告日期", "报告时间", "编报日期", "编报时间", "自评日期", "自评时间", "评价日期",
		"评价时间", "报送日期", "报送时间", "上报日期", "上报时间", "编制日期", "编制时间", "申报日期", "填写日期", "填写时间", "提交日期", "报告完成日期",
		"报告完成时间", "填报年月", "填制日期", "出具日期", "填报日", "签署日期", "撰写时间", "撰写日期", "制表日期", "制表时间",
		"答复日期", "答复时间", "回复日期", "呈报日期", "呈报时间", "汇报日期", "汇报时间", "成稿日期", "成稿时间", "定稿日期", "填列日期", "填写年月", "制作日期", "制作时间", "报出日期", "盖章日期", "签章日期",
		"签字日期", "落款日期", "撰稿日期", "编写日期", "编写时间", "形成时间", "形成日期", "自评完成日期", "自评完成时间", "评价完成时间", "完成自评日期"},
	plainDate: {"日期", "时间"},
	foreignDate: {"发布时间", "发布日期", "公开时间", "公开日期", "成文日期", "成文时间", "印发日期", "印发时间", "信息时间", "更新时间", "生成日期",
		"生成时间", "发文日期", "发文时间", "公示时间", "公示日期", "有效期", "下载时间", "打印时间", "打印日期", "成立时间", "立项时间", "开工时间",
		"完工时间", "开始时间", "结束时间", "截止时间", "批复时间", "更新日期", "收文日期", "浏览次数", "来源", "审核日期", "审核时间", "复核日期", "复核时间", "审批日期", "审批时间", "导出时间", "导出日期", "受理日期", "接收日期", "检查日期"},
	projectCaption: {"项目名称", "专项名称", "专项资金名称", "资金名称", "政策名称", "转移支付名称", "转移支付(项目)名称", "评价项目名称", "评价项目",
		"项目(政策)名称", "政策(项目)名称", "项目全称", "自评项目名称", "支出项目名称", "项目支出名称", "专项(项目)名称", "自评项目", "专项资金"},
	placeCaption: {"所在地", "所属地区", "地区", "行政区划", "所属区域", "项目地点", "项目所在地", "项目实施地点", "实施地点", "区划", "单位地址",
		"地址", "所在地区", "所属区划", "单位所在地", "建设地点", "区划名称", "所在区县", "所属县区", "所属市州"},
	otherCaption: {"评价类型", "项目类型", "评价类别", "自评类型", "联系人", "联系电话", "联络电话", "电话", "主要领导签字", "领导签字", "负责人", "单位负责人", "部门负责人", "填报人", "填表人",
		"经办人", "审核人", "财务负责人", "金额单位", "单位编码", "预算编码", "预算代码", "部门预算编码", "单位预算编码", "部门预算代码", "单位预算代码", "评价方式", "评价机构", "委托单位", "委托部门", "第三方机构",
		"报告编号", "编号", "组长", "副组长", "成员", "自评总分", "自评得分", "自评分数", "得分", "总分", "等级", "财政归口科室", "归口科室", "项目负责人",
		"项目编码", "项目代码", "资金来源", "项目类别", "项目属性",
		"评价组", "评价小组", "施工单位", "监理单位", "设计单位", "供应商", "部门联系人", "单位代码", "邮编", "传真", "手机", "职务", "签字", "盖章",
		"索引号", "发布机构", "发文字号", "文号", "有效性", "主题词", "浏览", "职能职责", "人员编制", "实有人数", "单位性质", "预算级次", "资金性质",
		"支出功能分类", "项目总投资", "预算金额", "收入合计", "支出合计", "委托方", "受托方", "评价单位负责人", "财政部门", "自评结果", "自评等级",
		"评价等级", "自评等次", "评价等次", "绩效等级", "绩效等第", "等次", "评价结论", "综合得分", "评价得分", "单位:万元", "分管领导", "报告撰写人"},
}

// captions has the words by their first rune, longest first.
var captions = sync.OnceValue(func() *zh.RuneMap[[]captionWord] {
	m := new(zh.RuneMap[[]captionWord])
	for kind, words := range captionWords {
		for _, w := range words {
			r, _ := utf8.DecodeRuneInString(w)
			list := append(m.Get(r), captionWord{w, kind})
			sort.Slice(list, func(i, j int) bool {
				return len(list[i].word) > len(list[j].word) || len(list[i].word) == len(list[j].word) && list[i].word < list[j].word
			})
			m.Set(r, list)
		}
	}
	return m
})

// captionStarts are the characters that a caption can begin with, put together or
// not: most places of a text are told from captions by one look.
var captionStarts = func() *zh.RuneSet {
	set := zh.NewRuneSet("(")
	add := func(words []string) {
		for _, w := range words {
			r, _ := utf8.DecodeRuneInString(w)
			set.Add(r)
		}
	}
	for _, words := range captionWords {
		add(words)
	}
	add(captionParts)
	return set
}()

type captionWord struct {
	word string
	kind caption
}

// captionAt returns the caption that s begins with, the bytes it takes up with
// its bracket and colon, and whether there is a colon.
func captionAt(s string) (kind caption, n int, colon, ok bool) {
	r, _ := zh.Next(s, 0)
	if !captionStarts.Has(r) {
		return 0, 0, false, false
	}
	for _, c := range captions().Get(r) {
		if !strings.HasPrefix(s, c.word) {
			continue
		}
		n = len(c.word)
		for n < len(s) && s[n] == '(' || n < len(s) && s[n] == '[' {
			k := closing(s[n:])
			if k < 0 || k > 40 {
				break
			}
			n += k + 1
		}
		if n < len(s) && s[n] == ':' {
			return c.kind, n + 1, true, true
		}
		if k, m, _, ok := composedCaption(s); ok {
			return k, m, true, true
		}
		return c.kind, n, false, true
	}
	return composedCaption(s)
}

// composedCaption reads a caption of a unit that is put together of the usual
// words, as 市级预算部门单位(公章): or 自评单位(部门)名称:.
func composedCaption(s string) (kind caption, n int, colon, ok bool) {
	const widest = 80 // bytes
	if strings.IndexByte(s[:min(len(s), widest)], ':') < 0 {
		return 0, 0, false, false
	}
	kind = unitCaption
	last := ""
	for n < len(s) && n < widest && s[n] != ':' {
		k := 0
		for _, w := range captionParts {
			if strings.HasPrefix(s[n:], w) {
				k, last = len(w), w
				break
			}
		}
		if k == 0 && s[n] == '(' {
			k = closing(s[n:]) + 1
		}
		if k == 0 {
			return 0, 0, false, false
		}
		if zh.ContainsAny(s[n:n+k], []string{"项目", "实施", "承担", "执行"}) {
			kind = projectUnit
		}
		n += k
	}
	if n >= len(s) || s[n] != ':' || last != "单位" && last != "部门" && last != "名称" && last != "全称" {
		return 0, 0, false, false
	}
	return kind, n + 1, true, true
}

var captionParts = []string{"市级", "县级", "区级", "省级", "州级", "本级", "一级", "二级", "基层", "预算", "部门", "单位", "被", "评价", "自评",
	"填报", "申报", "编报", "编制", "报送", "上报", "报告", "项目", "实施", "承担", "执行", "使用", "资金", "用款", "责任", "绩效", "支出", "整体", "名称",
	"全称", "(部门)", "(单位)", "/", "、", "或", "自我", "政策", "具体"}

// A stated value is what stands beside a caption.
type stated struct {
	kind  caption
	label layout.Span
	value piece // empty if the place is blank
	at    int   // passage of the caption
}

// maxCaptioned is how many passages from the start are searched for captions.
const maxCaptioned = 250

// captioned returns the values that captions announce, in order: 单位:X,
// a cell and the one to its right, a line and the one below it.
func (r *Reading) captioned() []stated {
	var out []stated
	ps := r.Doc.Passages
	for i := 0; i < len(ps) && i < maxCaptioned; i++ {
		if r.Tree.Role[i] == section.Contents || len(ps[i].Text) == 0 || len(ps[i].Text) > 600 {
			continue
		}
		if ps[i].Table >= 0 {
			out = append(out, r.cellCaption(i)...)
			continue
		}
		if list := r.stacked(i); len(list) > 0 {
			out = append(out, list...)
			i += len(list) - 1
			continue
		}
		out = append(out, r.lineCaptions(i)...)
	}
	return out
}

// lineCaptions reads 单位:X 日期:Y in paragraph i, or the caption that it is
// with its value on the next line.
func (r *Reading) lineCaptions(i int) []stated {
	p := &r.Doc.Passages[i]
	const widest = 120 // bytes up to a caption's colon
	if len(p.Text) > widest && strings.IndexByte(p.Text[:widest], ':') < 0 {
		return nil
	}
	from := passage.LeadingMarker(p.Text).Len
	to := len(p.Text)
	if in, all := inBrackets(p.Text); all && captioned(in) {
		from, to = len("("), to-len(")") // (报告日期:2022.05.20)
	}
	kind, n, colon, ok := captionAt(p.Text[from:])
	ok = ok && (colon || from+n == len(p.Text) || from == 0 && (kind == fillCaption && section.BareDate(p.Text[n:]) || p.Gap(n) >= 2 || p.Gap(n) > 0 && answers(kind, valueAt(p, n))))
	if !ok && r.Tree.Role[i] == section.Cover && i < titleZone && isTitleLine(r.line(i)) {
		from, kind, n = nextCaption(p, 0) // behind the title
		ok = n > 0
	}
	if !ok {
		return nil
	}
	if from+n == len(p.Text) {
		return r.nextLine(i, kind)
	}
	var out []stated
	for at := from; ; {
		s := stated{kind: kind, label: p.Origin(at, at+n), at: i}
		start := at + n
		next, k, nn := nextCaption(p, start)
		next = min(next, to)
		s.value = trimPiece(p.Text, piece{i, start, next})
		out = append(out, s)
		if nn == 0 {
			return out
		}
		at, kind, n = next, k, nn
	}
}

// captioned reports whether s begins with a caption and its colon.
func captioned(s string) bool {
	_, _, colon, ok := captionAt(s)
	return ok && colon
}

// valueAt returns what stands beside a caption from byte i on, up to the next.
func valueAt(p *passage.Passage, i int) string {
	next, _, _ := nextCaption(p, i+1)
	return p.Text[i:next]
}

// answers reports whether s, which one space parts from a caption of kind, is
// what that asks for: the name of a unit, a date.
func answers(kind caption, s string) bool {
	switch kind {
	case unitCaption, projectUnit, supervisorCap:
		return hasPlace(s) && zh.IsOrgan(s)
	case fillCaption:
		d, ok := zh.FindDate(s, 0)
		return ok && d.Start == 0
	}
	return false
}

// nextCaption returns where, at or after i, the next caption with a colon
// begins, what it is and how long; or the end of the text.
func nextCaption(p *passage.Passage, i int) (int, caption, int) {
	for j := captionStarts.Next(p.Text, i); j < len(p.Text); j = captionStarts.Next(p.Text, j+1) {
		k, n, colon, ok := captionAt(p.Text[j:])
		apart := j > i && j+n < len(p.Text) && (p.Gap(j) >= 2 && p.Gap(j+n) >= 2 || p.Gap(j) > 0 && p.Gap(j+n) > 0 && k != plainUnit && k != plainDate && (k != otherCaption || zh.HasAnySuffix(p.Text[j:j+n], []string{"编码", "代码"})))
		begins := j == i || p.Gap(j) > 0 || strings.IndexByte(";)|,", p.Text[j-1]) >= 0
		if ok && (colon || apart) && (begins || k != plainUnit) {
			return j, k, n
		}
	}
	return len(p.Text), 0, 0
}

// nextLine reads a caption that stands alone: its value is the next paragraph,
// unless that is a caption itself, or nothing.
func (r *Reading) nextLine(i int, kind caption) []stated {
	p := &r.Doc.Passages[i]
	s := stated{kind: kind, label: p.Origin(0, len(p.Text)), at: i, value: piece{p: i}}
	if i+1 >= len(r.Doc.Passages) {
		return []stated{s}
	}
	q := &r.Doc.Passages[i+1]
	if _, n, colon, ok := captionAt(q.Text); ok && (colon || n == len(q.Text)) || q.Table >= 0 || len(q.Text) > 200 || r.Tree.Heading[i+1] {
		return []stated{s}
	}
	s.value = trimPiece(q.Text, piece{i + 1, 0, len(q.Text)})
	return []stated{s}
}

// cellCaption reads a cell that is a caption: its value is the next cell of
// the row; or a cell 单位:X.
func (r *Reading) cellCaption(i int) []stated {
	p := &r.Doc.Passages[i]
	kind, n, colon, ok := captionAt(p.Text)
	if !ok {
		return nil
	}
	if n < len(p.Text) {
		if !colon {
			return nil
		}
		return r.lineCaptions(i)
	}
	t := &r.Doc.Tables[p.Table]
	c := t.Cells[p.Cell]
	s := stated{kind: kind, label: p.Origin(0, len(p.Text)), at: i, value: piece{p: i}}
	for k := p.Cell + 1; k < len(t.Cells) && t.Cells[k].Row == c.Row; k++ {
		q := &r.Doc.Passages[t.Passage[k]]
		if q.Text == "" {
			continue
		}
		if _, n, _, ok := captionAt(q.Text); ok && n == len(q.Text) || isColumnTitle(q.Text) {
			return []stated{s}
		}
		s.value = trimPiece(q.Text, piece{t.Passage[k], 0, len(q.Text)})
		break
	}
	return []stated{s}
}

// isColumnTitle reports whether s heads a column of figures, so that the cell
// beside it heads a column as well.
func isColumnTitle(s string) bool {
	return zh.ContainsAny(s, []string{"万元", "预算数", "执行数", "执行率", "金额", "得分", "分值", "权重", "指标"}) && utf8.RuneCountInString(s) < 14 || s == "序号"
}

// valueEdges stand around a value and are no part of it.
var valueEdges = zh.NewRuneSet(" |:;,。、_/")

// trimPiece cuts spaces, bars and punctuation off both ends of x.
func trimPiece(text string, x piece) piece {
	for x.from < x.to && text[x.from] < 0x80 && valueEdges.Has(rune(text[x.from])) {
		x.from++
	}
	for {
		s := text[x.from:x.to]
		t := valueEdges.TrimRight(s)
		if strings.HasSuffix(t, "章)") {
			for _, w := range []string{"(盖章)", "(公章)", "(签章)", "(章)", "(印章)", "(加盖公章)", "(单位盖章)"} {
				t = strings.TrimSuffix(t, w)
			}
		}
		x.to = x.from + len(t)
		if t == s {
			return x
		}
	}
}

// words returns the folded text of x.
func (r *Reading) words(x piece) string { return r.Doc.Passages[x.p].Text[x.from:x.to] }

// source returns the words of x as they stand in the document, without the
// white space and line ends within them.
func (r *Reading) source(x piece) string {
	if x.from >= x.to {
		return ""
	}
	s := r.span(x)
	return squeeze(r.Doc.Layout.Text[s.Start:s.End])
}

// span returns where x stands in the document, with its quotation marks.
func (r *Reading) span(x piece) layout.Span {
	if x.from >= x.to {
		return layout.Span{}
	}
	return r.withQuotes(r.Doc.Passages[x.p].Origin(x.from, x.to))
}
