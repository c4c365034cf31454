package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/extractors/passage"
	"jixiao/internal/zh"
	"jixiao/schemas/record"
)

// projectColumns returns the columns of a table with one project a row.
func (s *script) projectColumns(g *grid, width int) (cols []column) {
	seen := map[string]bool{}
	serial, plain := false, false
	named := s.nameColumn(g, width)
	for c := range width {
		f := s.headFeatures(g, c)
		if s.yearOf(g.header(c)) == otherYear || s.headsCodes(g.header(c)) {
			continue
		}
		serial = serial || f.Any(s.words.serial)
		m := ""
		switch {
		case seen["name"] || c < named && s.holdsFigures(g, c):
			m = s.projectMember(f)
			if m == "" {
				m = s.memberByWords(g.header(c))
			}
		case f.Any(s.words.pname):
			m, plain = "name", !serial && !s.namesProject(g.header(c))
		case s.mayName(f, g.header(c)):
			m, plain = "name", true
		}
		cols = s.addMember(cols, seen, column{m, c, m != "name"}, f)
	}
	if !seen["name"] || !seen["budget"] && !seen["executed"] || plain && !s.listsProjects(g, cols) {
		return nil
	}
	return cols
}

// addMember adds c, whose header has the features f, to the columns of projects. Of
// several budgets the one the rate refers to is taken.
func (s *script) addMember(cols []column, seen map[string]bool, c column, f lexicon.Features) []column {
	switch {
	case c.member == "budget" && f.Any(s.words.adjusted), c.member == "budget" && seen["arrived"]:
		cols = drop(cols, "budget") // the later, adjusted budget is the one the rate refers to
		delete(seen, "budget")
		delete(seen, "arrived")
	case c.member == "arrived" && !seen["budget"]:
		seen["arrived"], c.member = true, "budget" // what arrived, where no column says what was planned
	}
	if c.member == "" || c.member == "arrived" || seen[c.member] {
		return cols
	}
	seen[c.member] = true
	return append(cols, c)
}

// nameColumn returns the column that is called one of projects; -1 if none is.
func (s *script) nameColumn(g *grid, width int) int {
	for c := range width {
		if f := s.headFeatures(g, c); f.Any(s.words.pname) && !f.Any(s.words.figures()&^s.words.project) {
			return c
		}
	}
	return -1
}

// holdsFigures reports whether the first row below the header has a figure in
// column c.
func (s *script) holdsFigures(g *grid, c int) bool {
	r := g.head[len(g.head)-1] + 1
	return r < len(g.cell) && c < len(g.cell[r]) && s.number(g.cell[r][c]) >= 0
}

// headsCodes reports whether a column under head holds the numbers of projects.
func (s *script) headsCodes(head []int) bool {
	for _, p := range head {
		for _, w := range []string{"编码", "代码", "编号"} {
			if strings.HasSuffix(s.line(p), w) {
				return true
			}
		}
	}
	return false
}

// mayName reports whether a column that the lexicon does not know, such as 扶持方向,
// can hold the names of projects: not one of places, units, funds or years.
func (s *script) mayName(f lexicon.Features, head []int) bool {
	if len(head) == 0 || f.Any(s.words.figures()|s.words.names()|s.words.funds|s.words.arrive|s.words.initial|s.words.adjusted|s.words.last) {
		return false
	}
	last := head[len(head)-1]
	if _, _, amounts := s.unitIn(s.from[last], s.from[last+1]-1); amounts {
		return false // 资金(万元)
	}
	line := s.line(last)
	for _, w := range []string{"单位", "部门", "地区", "市", "县", "区", "乡", "镇", "村", "来源", "渠道", "性质", "科目", "类别", "分类", "年", "月", "季", "日期", "时间", "指标", "姓名", "人员", "合计", "结构"} {
		if strings.Contains(line, w) {
			return false
		}
	}
	return len(line) >= len("方向") && len(line) <= len("资金支持的主要方向")
}

// projectMember says which member of a project a column with features f holds,
// "" if none; arrived is a budget if there is no other.
func (s *script) projectMember(f lexicon.Features) string {
	t := s.words
	switch {
	case f.Any(t.last | t.compare):
	case f.Any(t.ratehead):
		return "rate"
	case f.Any(t.executed) || f.Any(t.spend) && !f.Any(t.budget): // 预算执行数 is executed
		return "executed"
	case f.Any(t.budget | t.funds):
		return "budget"
	case f.Any(t.arrive):
		return "arrived"
	case f.Any(t.scorecol|t.score) && !f.Any(t.sub):
		return "score"
	}
	return ""
}

// listsProjects reports whether the rows below the header of g are projects
// although it calls them but 项目 or 支出内容, as it would the lines of an
// account: amounts planned and spent for several, none of which is such a line.
func (s *script) listsProjects(g *grid, cols []column) bool {
	has := map[string]int{}
	for _, c := range cols {
		has[c.member] = c.at + 1
	}
	name := has["name"] - 1
	if has["budget"] == 0 || has["executed"] == 0 || len(g.head) == 0 {
		return false
	}
	rows, built := 0, 0
	for r := g.head[len(g.head)-1] + 1; r < len(g.cell) && !s.isHeader(g, r); r++ {
		p := g.cell[r][name]
		if !s.filled(p) || s.isTotalText(s.line(p)) {
			continue
		}
		if s.number(p) >= 0 || s.isAccountLine(p) || zh.HasAnySuffix(s.line(p), placeEnds) || zh.HasAnySuffix(s.line(p), periodEnds) || s.cellFeatures(p).Any(s.words.funds) && len(s.line(p)) <= len("年度财政资金总额:") {
			return false
		}
		if rows++; zh.HasAnySuffix(s.line(p), builtEnds) {
			built++
		}
	}
	return rows >= 2 && 2*built <= rows
}

// memberByWords is projectMember for headers that say it only in a table of
// projects.
func (s *script) memberByWords(head []int) string {
	if len(head) == 0 {
		return ""
	}
	return memberOf(s.line(head[len(head)-1]))
}

// memberOf returns the member that a column headed by line and no more holds.
func memberOf(line string) string {
	if i := strings.IndexByte(line, '('); i > 0 {
		line = line[:i]
	}
	switch strings.TrimRight(line, "%") {
	case "兑现率", "兑付率", "发放率", "报账率", "完成率", "完成比例", "使用率", "资金使用率", "完成进度", "资金进度", "进度", "支出比例", "拨付率", "支付比例":
		return "rate"
	case "批复金额", "批准金额", "核定金额", "立项金额", "合同金额", "指标金额", "计划", "安排", "下达", "批复", "核定", "分配", "计划数", "安排数", "下达数":
		return "budget"
	case "完成金额", "结算金额", "兑现金额", "发放金额", "报账金额", "兑现", "兑付", "发放", "结算", "兑现数", "兑付数", "发放数", "使用", "拨付":
		return "executed"
	}
	return ""
}

func drop(cols []column, member string) []column {
	out := cols[:0]
	for _, c := range cols {
		if c.member != member {
			out = append(out, c)
		}
	}
	return out
}

// namesProject reports whether a header says name of a project: 项目 alone also
// heads the lines of an account.
func (s *script) namesProject(head []int) bool {
	for _, p := range head {
		if l := s.line(p); strings.Contains(l, "名称") || strings.Contains(l, "子项目") || strings.Contains(l, "支出项目") {
			return true
		}
	}
	return false
}

// isAccount reports whether row r is a line of the unit's account, such as
// 基本支出, rather than a project.
func (s *script) isAccount(g *grid, r int, cols []column) bool {
	d := s.shift(g, r)
	for _, c := range cols {
		if x := c.at - d; c.member == "name" && x >= 0 && x < len(g.cell[r]) {
			if s.isAccountLine(g.cell[r][x]) {
				return true
			}
			// a total below such lines sums up the account
			return s.isTotalText(s.line(g.cell[r][x])) && s.hasAccount(g, r, c.at)
		}
	}
	return false
}

// isAccountLine reports whether cell p names a line of an account.
func (s *script) isAccountLine(p int) bool {
	f, t := s.cellFeatures(p), s.words
	if line := s.line(p); namesClass(line) || namesKind(line) {
		return true
	}
	return f.Any(t.basic|t.income|t.public3|t.parts) || f.Any(t.spend) && strings.HasSuffix(s.line(p), "计") || f.Any(t.carry|t.mother) && s.endsInAccount(s.part(p)) || f.Any(t.project) && s.isBare(p)
}

// namesClass reports whether line names a class of the budget, as accounts part
// expenditure: 公共安全支出(类)法院(款)案件审判(项), 住房保障支出(类).
func namesClass(line string) bool {
	return zh.HasAnySuffix(line, []string{"(类)", "(款)"}) || strings.HasSuffix(line, "(项)") && zh.ContainsAny(line, []string{"(类)", "(款)"})
}

// endsInAccount reports whether name ends like a line of an account or is little
// else: 清扫人员经费, not 高标准农田新建, where 标准 says nothing about money.
func (s *script) endsInAccount(name part) bool {
	told := 0
	for _, h := range s.hitsIn(name.i, name.j) {
		if !h.Features.Any(s.words.carry | s.words.mother) {
			continue
		}
		if told += h.End - h.Start; h.End == name.j {
			return true
		}
	}
	return 2*told >= name.j-name.i
}

// isBare reports whether cell p says 项目支出 and no more.
func (s *script) isBare(p int) bool {
	line := s.line(p)
	return strings.HasSuffix(line, "支出") && len(line)-passage.LeadingMarker(line).Len <= len("项目支出")
}

// hasAccount reports whether a row above r is about basic expenditure.
func (s *script) hasAccount(g *grid, r, c int) bool {
	for q := range r {
		if p := g.cell[q][c]; p >= 0 && s.cellFeatures(p).Any(s.words.basic) {
			return true
		}
	}
	return false
}

// readProjectTotal proposes the total of a table of projects as the money of a
// report that is about these projects.
func (s *script) readProjectTotal(g *grid, r int) {
	s.ask(g)
	key, cols := g.key, g.cols
	if key != "projects" || s.scope != lexicon.Project {
		return
	}
	d := s.shift(g, r)
	label := s.rowLabel(g, r, len(g.cell[r]))
	for _, c := range cols {
		if x := c.at - d; x >= 0 && x < len(g.cell[r]) && c.member != "score" && s.number(g.cell[r][x]) >= 0 {
			s.readCell(s.number(g.cell[r][x]), s.part(label), s.parts(g.header(c.at)), true, 0)
		}
	}
}

// emitProject makes a field of one row of projects.
func (s *script) emitProject(g *grid, r int, cells map[string]int, cols []column) {
	name, ok := cells["name"]
	if !ok || s.number(name) >= 0 || len(cells) < 2 || s.isTotalText(s.line(name)) || leadOf(s.line(name)) >= len(s.line(name)) {
		return
	}
	at := s.r.withQuotes(s.span(s.from[name]+leadOf(s.line(name)), s.from[name+1]-1))
	members := map[string]string{"name": squeeze(s.r.Doc.Layout.Text[at.Start:at.End])}
	ev := []record.Evidence{s.r.Quote("name", at)}
	members["name"], ev = s.goOn(name, "name", members["name"], ev)
	seenHeader := false // both amounts stand under one unit
	for _, c := range cols {
		p, ok := cells[c.member]
		if !ok || c.member == "name" {
			continue
		}
		f := &s.figs[s.number(p)]
		if f.Bad {
			continue
		}
		number := f.Number
		if c.member == "budget" || c.member == "executed" {
			amount, header, ok := s.cellAmount(f, g.header(c.at))
			if !ok {
				continue
			}
			number = amount
			if header != nil && !seenHeader {
				seenHeader = true
				ev = append(ev, s.r.Quote(record.RoleUnitHeader, s.span(header.i, header.j)))
			}
		}
		if impossible(c.member, number) {
			s.refuseRow(g.cell[r], "projects")
			return
		}
		members[c.member] = string(number)
		ev = append(ev, s.quoteCell(c.member, p))
	}
	if len(members) > 1 {
		s.object("projects", members, ev, members["name"])
	}
}

// leadOf returns the length of what stands before a project's name in its cell: its
// number, and that it is one of several.
func leadOf(line string) int {
	n := passage.LeadingMarker(line).Len
	for _, w := range []string{"其中:", "其中"} {
		if strings.HasPrefix(line[n:], w) {
			n += len(w)
			break
		}
	}
	return n + passage.LeadingMarker(line[n:]).Len
}

// cellAmount returns the figure of a cell in yuan and where its unit stands if
// that is not in the cell.
func (s *script) cellAmount(f *zh.Figure, head []int) (zh.Decimal, *proof, bool) {
	if f.Kind == zh.Money {
		return f.Yuan(), nil, true
	}
	power, at, ok := s.tableUnit(part{}, s.parts(head), s.passage(f.Start))
	if !ok {
		power, at, ok = s.unitOfProse(f.Start)
	}
	if !ok {
		return "", nil, false
	}
	return f.Number.Shift(power).AtLeast(2), &at, true
}
