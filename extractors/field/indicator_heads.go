package field

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
	case "评价内容", "考核内容", "评价维度", "指标类别", "指标分类", "指标大类", "评价类别", "考核类别", "维度", "指标维度":
		return true
	}
	return false
}

// hasResults reports whether a table of indicators without marks is one all the
// same: it tells outer levels, targets and results.
func hasResults(seen map[string]bool) bool {
	return (seen["level1"] || seen["level2"]) && seen["target"] && seen["actual"]
}
