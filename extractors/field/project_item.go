package field

import (
	"slices"
	"strings"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/internal/zh"
	"jixiao/schemas/record"
)

// readProjectItems reads projects told one after the other, an item each:
// (1)X项目……全年预算数12万元，执行数为11万元，完成预算的90%.
func (s *script) readProjectItems() {
	for p := range s.r.Doc.Passages {
		if !s.items[p] {
			continue
		}
		if told, ok := s.told[p]; ok {
			for _, x := range told {
				s.readProjectItem(x)
			}
		} else if i, j, ok := s.itemName(p); ok {
			s.readProjectItem(projectItem{i, j, s.from[p+1]})
		}
	}
}

// projectItems returns the passages that are items about one project each. One
// alone is none: it may be about the unit's own money.
func (s *script) projectItems() map[int]bool {
	items := map[int]bool{}
	last := -1 // the item before, if it may be about a project and no text parts it from p
	for p := range s.r.Doc.Passages {
		sure, maybe := s.isItem(p)
		if sure {
			items[p] = true
		}
		switch {
		case maybe:
			if last >= 0 && s.sameMarks(last, p) {
				items[last], items[p] = true, true
			}
			last = p
		case last != p-1 || !s.titlesGroup(p):
			last = -1
		}
	}
	n := len(items) + s.proseItems(items)
	if n < 2 {
		s.told = nil
		return nil
	}
	return items
}

// titlesGroup reports whether passage p is a line that can head a group of items:
// short, without a figure, and no sentence.
func (s *script) titlesGroup(p int) bool {
	const most = 60 // bytes
	a, b := s.figsOf(p)
	return a == b && s.isCellLine(p) && len(s.line(p)) <= most
}

// sameMarks reports whether passages p and q begin with markers of one style.
func (s *script) sameMarks(p, q int) bool {
	return itemMark(s.line(p)).Style == itemMark(s.line(q)).Style
}

// itemMark returns the marker of an item; projects may be numbered by name, too:
// 项目一:, 项目2、
func itemMark(line string) passage.Marker {
	m := passage.LeadingMarker(line)
	rest, ok := strings.CutPrefix(line, "项目")
	if m.Style != passage.NoStyle || !ok {
		return m
	}
	number := strings.TrimLeft(rest, "0123456789一二三四五六七八九十")
	for _, sep := range []string{":", "、", "."} {
		if behind, ok := strings.CutPrefix(number, sep); ok && len(number) < len(rest) {
			return passage.Marker{Style: passage.Topic, Topic: "项目", Len: len(line) - len(behind)}
		}
	}
	return m
}

// planWords announce what was planned for a project right before the amount.
var planWords = []string{"批复", "批准", "核定", "计划", "下达", "安排", "立项", "核拨"}

// paidWords say right before an amount that it was spent on those it was meant for.
var paidWords = []string{"兑现", "兑付", "发放", "已拨付", "已报账", "已支付", "项目支出"}

// isItem reports whether passage p begins with the marker of an item, names
// something, and tells both what was planned for it and what was spent. It is
// sure to be about a project if the name is one that projects have; else the
// items beside it must be alike.
func (s *script) isItem(p int) (sure, maybe bool) {
	if s.inTable(p) {
		return false, false
	}
	f, t, line := s.holds[p].said, s.words, s.line(p)
	if !f.Any(t.executed|t.spend|t.grant|t.perform|t.project) || f.Any(t.basic|t.income|t.public3) {
		return false, false
	}
	switch itemMark(line).Style {
	case passage.NoStyle, passage.Part, passage.Han, passage.Decimal:
		if !zh.Contains(line, "项目绩效目标完成情况") {
			return false, false
		}
	}
	i, j, ok := s.itemName(p)
	if !f.Any(t.budget|t.funds|t.arrive|t.target) && !zh.ContainsAny(line, planWords) && !s.amountAt(j) {
		return false, false
	}
	if !ok || section.Formal(s.text[i:j]) && strings.HasPrefix(s.text[j:], "。") || zh.HasAnySuffix(s.text[i:j], []string{"情况", "情况分析", "情况说明", "分析"}) { // a heading
		return false, false
	}
	if s.namesShare(part{i, j}) && !namesKind(s.text[i:j]) {
		return false, s.tellsItem(p, j)
	}
	sure = f.Any(t.budget|t.funds) && namesMoney(s.text[i:j]+line[j-s.from[p]:min(len(line), j-s.from[p]+len("项目"))])
	return sure, sure || s.namesItem(i, j) && s.tellsItem(p, j)
}

// namesShare reports whether name is that of a share of the money and of no project:
// a source, a place, a kind of spending, a time. What is told of several of them one
// after the other is about none of them the whole.
func (s *script) namesShare(name part) bool {
	words := s.text[name.i:name.j]
	return s.namesAccount(name) || namesKind(words) || isPlace(words) || zh.HasAnySuffix(strings.TrimSuffix(words, "资金"), periodEnds)
}

// amountAt reports whether an amount of money stands right behind the name that ends
// at byte j, or behind what parts it from the name: 草原补奖:2908万元, 草原补奖。资金2908万元.
func (s *script) amountAt(j int) bool {
	k, _ := s.figsIn(j, min(len(s.text), j+len("。资金")+1))
	return k < len(s.figs) && s.isAmountAt(j, k)
}

// isAmountAt is amountAt for figure k.
func (s *script) isAmountAt(j, k int) bool {
	f := &s.figs[k]
	if f.Kind != zh.Money || f.Start < j || f.Start > j+len("。资金") {
		return false
	}
	switch strings.TrimLeft(s.text[j:f.Start], ":,。") {
	case "", "资金", "经费", "金额":
		return true
	}
	return false
}

// namesItem reports whether text[i:j] can be what a project is called if it is no
// place: no figure and no word about money is in it, and it is no time.
func (s *script) namesItem(i, j int) bool {
	t := s.words
	if a, b := s.figsIn(i, j); a < b || s.wordsIn(i, j).Any(t.budget|t.executed|t.spend|t.carry|t.ratehead|t.last|t.arrive|t.modes) {
		return false
	}
	return !zh.HasAnySuffix(strings.TrimSuffix(s.text[i:j], "资金"), periodEnds) && !slices.Contains(spendingKinds, s.text[i:j])
}

// isPlace reports whether name ends like a place, a unit or a source of money.
func isPlace(name string) bool {
	name = strings.TrimSuffix(name, "资金") // 自治区资金
	if zh.HasAnySuffix(name, []string{"村", "社区", "村委会", "居委会"}) && !zh.HasAnySuffix(name, []string{"乡村", "农村", "新村", "示范村", "智慧社区"}) {
		return true
	}
	return zh.HasAnySuffix(name, placeEnds) || zh.HasAnySuffix(name, builtEnds)
}

// kinds of spending and of purchases, which reports list as they do projects
var spendingKinds = []string{"办公费", "印刷费", "咨询费", "手续费", "水费", "电费", "水电费", "邮电费", "取暖费", "物业费", "物业管理费", "差旅费", "维修费", "维护费", "维修(护)费", "租赁费", "会议费", "培训费", "劳务费",
	"委托业务费", "工会经费", "福利费", "公务接待费", "公务用车运行维护费", "公务用车购置费", "因公出国(境)费", "因公出国(境)费用", "其他交通费用", "税金及附加费用", "资本性支出", "货物", "货物类", "货物采购", "工程类", "工程采购", "服务", "服务类", "服务采购"}

// periodEnds end what names a time or a share of the money, as 上半年 and 第一批 do.
var periodEnds = []string{"年", "年度", "季度", "季", "月", "月份", "阶段", "批", "批次"}

// placeEnds end the names of places, units and sources of money; builtEnds do so
// too, but what a project builds may be called the same.
var (
	placeEnds = []string{"本级", "央级", "国家级", "省级", "市级", "县级", "区级", "州级", "镇级", "乡级", "村级", "上级", "下级", "市", "县", "镇", "乡", "街道",
		"局", "机关", "本部", "单位", "部门", "财政", "方面", "情况", "级资金", "财政资金", "预算资金", "预算", "配套资金", "结转资金", "级配套", "地方配套", "单位自筹"}
	builtEnds = []string{"区", "中心", "学校", "医院", "站", "所", "馆", "院", "大队", "支队", "公司"}
)

// tellsItem reports whether passage p, from byte j on, is one sentence that
// tells an amount planned and one spent.
func (s *script) tellsItem(p, j int) bool {
	end := s.from[p+1] - 1
	from := j + len(s.text[j:end]) - len(strings.TrimPrefix(s.text[j:end], "。")) // 1.河道清淤。预算12万元
	if k := strings.Index(s.text[from:end], "。"); k >= 0 && from+k+len("。") < end {
		return false
	}
	a, b := s.figsIn(j, end)
	return s.tells(j, a, b)
}

// namesMoney reports whether name is what a project is called.
func namesMoney(name string) bool {
	for _, w := range []string{"项目", "经费", "资金", "补助", "工程", "费", "建设", "采购", "维修", "改造", "运维", "购置", "服务", "专项"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

// A projectItem is what a text tells of one project: its name is text[i:j], and
// the figures stand behind it before byte to.
type projectItem struct{ i, j, to int }

func (s *script) readProjectItem(x projectItem) {
	if namesClass(s.text[x.i:x.j]) || s.told[s.passage(x.i)] == nil && s.namesShare(part{x.i, x.j}) {
		return
	}
	at := s.bareName(s.r.withQuotes(s.span(x.i, x.j)))
	members := map[string]string{"name": squeeze(s.r.Doc.Layout.Text[at.Start:at.End])}
	ev := []record.Evidence{s.r.Quote("name", at)}
	adjusted, quoted, of := false, false, map[string]int{} // of: member -> year it is of
	a, b := s.figsIn(x.j, x.to)
	for k := a; k < b; k++ {
		f := &s.figs[k]
		m, number := s.memberIn(x.j, k)
		y := s.itemYear(x.j, f.Start)
		later := m == "budget" && !adjusted && s.isChanged(x.j, k) || m != "" && of[m] != y && y == s.reportedYear
		if m == "" || members[m] != "" && !later || f.Bad {
			continue
		}
		if later { // the rate refers to the budget as it was changed, and to the year's own
			adjusted = adjusted || m == "budget" && s.isChanged(x.j, k)
			ev = slices.DeleteFunc(ev, func(e record.Evidence) bool { return e.Role == m })
		}
		of[m] = y
		members[m] = string(number)
		ev = append(ev, s.r.Quote(m, s.span(f.Start, f.End)))
		if _, at, ok := s.itemUnit(f); ok && !quoted && f.Kind == zh.Plain && (m == "budget" || m == "executed") {
			quoted = true // both amounts stand under one unit
			ev = append(ev, s.r.Quote(record.RoleUnitHeader, s.span(at.i, at.j)))
		}
	}
	if members["budget"] != "" && members["executed"] != "" {
		s.object("projects", members, ev, members["name"])
	}
}

// isChanged reports whether amount k, behind a name that ends at byte j, is the budget
// as it was changed.
func (s *script) isChanged(j, k int) bool {
	f := &s.figs[k]
	return s.before(f.Start, k).features.Any(s.words.adjusted) || strings.Contains(s.text[max(j, f.Start-len("调整后为")):f.Start], "调整")
}

// itemYear returns the last year that text[j:i] speaks of; the reported one if none.
func (s *script) itemYear(j, i int) int {
	const near = 300 // bytes
	j = max(j, i-near)
	for {
		k := strings.LastIndex(s.text[j:max(i, j)], "年")
		if k < 0 {
			return s.reportedYear
		}
		if y, n := zh.YearAt(s.text[max(j, j+k-4) : j+k]); n == 4 {
			return y
		}
		i = j + k
	}
}

// memberIn is itemMember for a project whose name ends at byte j: an amount right
// behind the name is what was planned.
func (s *script) memberIn(j, k int) (string, zh.Decimal) {
	if s.isAmountAt(j, k) {
		return "budget", s.figs[k].Yuan()
	}
	return s.itemMember(k)
}

// itemMember says which member of a project figure k is, by the words before it.
func (s *script) itemMember(k int) (string, zh.Decimal) {
	t, f := s.words, &s.figs[k]
	q := s.before(f.Start, k)
	before := strings.TrimRight(s.text[max(0, f.Start-len("某某计划资金为:")):f.Start], "为达到约:")
	switch {
	case q.features.Any(t.last | t.compare | t.mother):
	case f.Kind == zh.Money || f.Kind == zh.Plain:
		return s.itemMoney(k, q, before)
	case f.Kind == zh.Percent && !s.bounded(f) && (q.end > 0 && q.features.Any(t.ratehead|t.budget) || zh.HasAnySuffix(before, rateEnds) || s.ofPlan(k)):
		return "rate", f.Number
	case q.end == 0:
	case f.Kind == zh.Points && q.features.Any(t.score|t.self|t.gain) && !q.features.Any(t.full|t.sub):
		return "score", f.Number
	}
	return "", ""
}

// rateEnds stand right before the share of what was planned that was spent.
var rateEnds = []string{"使用率", "完成率", "拨付率", "兑现率", "兑付率", "发放率", "支付率", "支出率", "报账率", "完成比例", "占", "占比", "占预算的", "占批复资金的", "占下达资金的", "占计划的"}

// ofPlan reports whether figure k says what share of the figure before it, which was
// planned, something is: 占预算260万元的97.88%.
func (s *script) ofPlan(k int) bool {
	if k == 0 || s.figs[k-1].Kind != zh.Money || s.text[s.figs[k-1].End:max(s.figs[k-1].End, s.figs[k].Start)] != "的" {
		return false
	}
	m, _ := s.itemMember(k - 1)
	return m == "budget"
}

// itemMoney is itemMember for an amount that the phrase q stands before.
func (s *script) itemMoney(k int, q phrase, before string) (string, zh.Decimal) {
	t, f := s.words, &s.figs[k]
	if zh.HasAnySuffix(strings.TrimSuffix(before, "资金"), planWords) && !q.features.Any(t.delta) {
		return s.itemAmount("budget", f)
	}
	if f.Kind == zh.Money && zh.HasAnySuffix(before, []string{"调整后", "调整为", "调整至", "调整到"}) {
		return "budget", f.Yuan()
	}
	if f.Kind == zh.Money && zh.HasAnySuffix(before, paidWords) {
		return "executed", f.Yuan()
	}
	switch {
	case q.end == 0:
	case q.features.Any(t.executed | t.spend | t.grant):
		return s.itemAmount("executed", f)
	case q.features.Any(t.budget|t.funds|t.arrive) && !q.features.Any(t.delta):
		return s.itemAmount("budget", f)
	case f.Kind == zh.Plain && q.features.Any(t.score|t.self) && !q.features.Any(t.full|t.sub) && s.wholeValue(k):
		return "score", f.Number
	}
	return "", ""
}

// itemAmount returns f in yuan; a figure without a unit has that of the lines above.
func (s *script) itemAmount(member string, f *zh.Figure) (string, zh.Decimal) {
	if f.Kind == zh.Money {
		return member, f.Yuan()
	}
	power, _, ok := s.itemUnit(f)
	if !ok {
		return "", ""
	}
	return member, f.Number.Shift(power).AtLeast(2)
}

// itemUnit looks for the unit of a figure that has none: in its label, or in the
// nearest line above that says in which unit all amounts are.
func (s *script) itemUnit(f *zh.Figure) (power int, at proof, ok bool) {
	const far = 40 // passages
	p := s.passage(f.Start)
	if power, at, ok = s.unitIn(max(s.from[p], f.Start-len("预算数(人民币万元):")), f.Start); ok {
		return power, at, true
	}
	for q := p; q >= max(0, p-far); q-- {
		if line := s.line(q); len(line) <= 120 && strings.Contains(line, "单位") || len(line) <= 60 {
			if power, at, ok = s.unitIn(s.from[q], s.from[q+1]-1); ok {
				return power, at, true
			}
		}
	}
	return s.unitOfAll()
}

// beforePlan returns where what stands in text[i:j], right before an amount, ends
// without the words that say but that it was planned: 批复, 安排资金为.
func (s *script) beforePlan(i, j int) int {
	name := strings.TrimRight(s.text[i:j], "为达到约:")
	bare := strings.TrimSuffix(name, "资金")
	for _, w := range planWords {
		if cut, ok := strings.CutSuffix(bare, w); ok && cut != "" {
			return i + len(cut)
		}
	}
	return i + len(name)
}

// itemName returns where the name of the project stands that passage p is
// about: from the item's marker to 项目 or to the first words about money.
func (s *script) itemName(p int) (i, j int, ok bool) {
	line := s.line(p)
	m := itemMark(line)
	i = s.from[p] + m.Len
	end := strings.IndexAny(line[m.Len:], ",:;")
	if k := strings.Index(line[m.Len:], "。"); k >= 0 && (end < 0 || k < end) {
		end = k
	}
	if end < 0 {
		end = len(line) - m.Len
	}
	j = i + end
	if a, b := s.figsIn(i, j); a < b { // 河道清淤 批复12万元
		j = s.beforePlan(i, s.figs[a].Start)
	}
	for _, w := range []string{"项目绩效", "绩效目标", "项目全年", "项目预算", "项目年初", "项目支出", "项目自评", "绩效自评", "自评综述"} {
		if k := strings.Index(s.text[i:j], w); k > 0 {
			j = s.nameEnd(i, i+k)
		}
	}
	if h := s.hitsIn(i, j); len(h) > 0 {
		for _, x := range h {
			if x.Features.Any(s.words.budget) && x.Start > i {
				j = s.nameEnd(i, x.Start)
				break
			}
		}
	}
	return i, j, j-i >= 6 && j-i <= 120
}
