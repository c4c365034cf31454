package field

import "strings"

// headsLevels reports whether a column of g from c on, before width, is called one of
// a level of indicators.
func (s *script) headsLevels(g *grid, c, width int) bool {
	for ; c < width; c++ {
		if s.headFeatures(g, c).Any(s.words.level1 | s.words.level2 | s.words.level3) {
			return true
		}
	}
	return false
}

// listsIndicators reports whether column c holds, right below the header, an indicator
// and not one of the groups that all of them are in: 投入, 产出.
func (s *script) listsIndicators(g *grid, c int) bool {
	r := g.head[len(g.head)-1] + 1
	return r < len(g.cell) && s.filled(g.cell[r][c]) && !namesFirstLevel(s.line(g.cell[r][c]))
}

// headsIndicators reports whether the column under head, behind those of the outer
// levels, holds the indicators themselves although it is not called 三级指标.
func (s *script) headsIndicators(head []int) bool {
	if len(head) == 0 {
		return false
	}
	switch s.line(head[len(head)-1]) {
	case "指标", "绩效指标", "指标内容", "具体指标", "指标名称", "评价指标", "考核指标", "指标及内容", "绩效指标内容":
		return true
	}
	return false
}

// headsGroups reports whether the column under head holds the groups that indicators
// stand in, although it is not called 一级指标.
func (s *script) headsGroups(head []int) bool {
	if len(head) == 0 {
		return false
	}
	switch s.line(head[len(head)-1]) {
	case "评价内容", "考核内容", "评价维度", "指标类别", "指标分类", "指标大类", "评价类别", "考核类别", "维度", "指标维度", "分项指标":
		return true
	}
	return false
}

// endsFlatHead reports whether line q is the end of a head that the line before begins:
// 一级, 指标; 年度, 指标值; 偏差原因分析, 及改进措施.
func (s *script) endsFlatHead(q int) bool {
	if q < 1 || q >= len(s.r.Doc.Passages) {
		return false
	}
	before := s.line(q - 1)
	switch line := s.line(q); line {
	case "指标":
		return before == "一级" || before == "二级" || before == "三级"
	case "指标值", "目标值":
		return before == "年度" || before == "年初" || before == "预期" || before == "全年" || before == "计划"
	case "完成值", "完成情况":
		return before == "实际" || before == "全年" || before == "全年实际" || before == "年度" || before == "年度实际"
	default:
		return (strings.HasPrefix(line, "及改进") || strings.HasPrefix(line, "和改进") || line == "改进措施" && strings.HasSuffix(before, "及")) && strings.Contains(before, "原因")
	}
}

// misplaced reports whether the cells of an indicator stand under the heads of others,
// as where a row has lost one: its name is a figure that something is compared with,
// ≥95%, or a kind of indicators, 时效指标, or both its outer levels are one.
func (s *script) misplaced(cells map[string]int) bool {
	name := s.line(cells["level3"])
	if strings.Trim(name, "≥≤><=±0123456789.,% ") == "" || isKind(name) {
		return true
	}
	first, ok := cells["level1"]
	second, both := cells["level2"]
	return ok && both && s.line(first) == s.line(second) && (s.line(first) == "产出指标" || s.line(first) == "效益指标")
}

// isKind reports whether name is that of a kind of indicators, which none of them has.
func isKind(name string) bool {
	switch name {
	case "数量指标", "质量指标", "时效指标", "成本指标", "产出指标", "效益指标", "满意度指标", "经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标":
		return true
	}
	return false
}

// hasResults reports whether a table of indicators without marks is one all the
// same: it tells outer levels, targets and results.
func hasResults(seen map[string]bool) bool {
	return (seen["level1"] || seen["level2"]) && seen["target"] && seen["actual"]
}
