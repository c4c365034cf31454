package field

import "strings"

// readIndicatorRuns reads tables of indicators flattened to one cell a line.
func (s *script) readIndicatorRuns() {
	n := len(s.r.Doc.Passages)
	for p := 0; p < n; p++ {
		if s.inTable(p) || !startsFlatHead(s.line(p)) {
			continue
		}
		cols, q := s.flatHeader(p)
		if cols == nil {
			continue
		}
		q = s.readFlatTable(cols, q)
		s.readFlatTotal(q)
		p = q - 1
	}
}

// readFlatTotal proposes the marks of the total that stands below a flattened table:
// 总分, 100, 96.8.
func (s *script) readFlatTotal(p int) {
	if p+2 >= len(s.r.Doc.Passages) || s.inTable(p) || !s.isTotalText(s.line(p)) || strings.HasPrefix(s.line(p), "小计") {
		return
	}
	full, score := s.number(p+1), s.number(p+2)
	if full < 0 || score < 0 || s.used[full] || s.used[score] || s.figs[full].Number.Float() < s.figs[score].Number.Float() || p+3 < len(s.r.Doc.Passages) && s.number(p+3) >= 0 {
		return
	}
	s.used[full], s.used[score] = true, true
	s.proposeTotal("score", 0.84, score, p, nil)
	s.proposeTotal("score_full", 0.78, full, p, nil)
}

// flatHeader returns the members of the columns headed by the lines from p on,
// "" for a column of no interest, and the line after them.
func (s *script) flatHeader(p int) (cols []column, q int) {
	t := s.words
	seen := map[string]bool{}
	for q = p; q < len(s.r.Doc.Passages) && q-p < 20 && s.isCellLine(q) && !s.isFirstLevel(q); q++ {
		if q > p && s.endsFlatHead(q) {
			continue
		}
		f := s.cellFeatures(q)
		if s.endsFlatHead(q + 1) {
			f |= s.cellFeatures(q + 1)
		}
		c := column{at: q - p}
		switch {
		case f.Any(t.unitcol):
		case f.Any(t.level1):
			c.member = "level1"
		case f.Any(t.level2):
			c.member = "level2"
		case f.Any(t.level3):
			c.member = "level3"
		case f.Any(t.deviation):
			c.member = "deviation"
		case f.Any(t.targetcol):
			c.member = "target"
		case f.Any(t.actualcol):
			c.member = "actual"
		case f.Any(t.weight) && !seen["level3"] && (seen["level1"] || seen["level2"]):
			c.figure = true // of an outer level
		case f.Any(t.weight):
			c.member, c.figure = "weight", true
		case f.Any(t.scorecol | t.score):
			c.member, c.figure = "score", true
		case seen["level3"] && seen["weight"] && seen["score"] && !s.isFirstLevel(q+1) && !s.isFirstLevel(q+2):
			return cols, q // the first row
		}
		if seen[c.member] {
			c.member = "" // 年初指标值 | 调整指标值: the first of them counts
		}
		seen[c.member] = c.member != ""
		cols = append(cols, c)
	}
	if !seen["level3"] || !seen["weight"] && !seen["score"] && !hasResults(seen) {
		return nil, q
	}
	return cols, q
}

// startsFlatHead reports whether a line can be the first header of a flattened table.
func startsFlatHead(line string) bool {
	switch line {
	case "一级指标", "一级", "一级指标名称", "指标名称", "三级指标":
		return true
	}
	return false
}

// isFirstLevel reports whether line p names a first-level indicator.
func (s *script) isFirstLevel(p int) bool {
	return p < len(s.r.Doc.Passages) && !s.inTable(p) && namesFirstLevel(s.line(p))
}

// namesFirstLevel reports whether line is a usual name of an indicator of level 1.
func namesFirstLevel(line string) bool {
	if i := strings.IndexByte(line, '('); i > 0 {
		line = line[:i]
	}
	switch strings.TrimSuffix(line, "指标") {
	case "产出", "效益", "满意度", "成本", "投入", "过程", "决策", "管理", "履职效能", "效果", "预算执行", "产出与效益", "可持续影响", "运行成本", "管理效率", "社会效应":
		return true
	}
	return false
}

func (s *script) isFlatCell(p int) bool { return s.isCellLine(p) || s.isFigureLine(p) }

// readFlatRow makes an indicator of lines [from, to). Without a mark that shows
// where the cells stand, none may be missing.
//
// The first of the columns is that of line from; outer levels that the row lacks are
// carried from the rows above.
func (s *script) readFlatRow(cols []column, from, to int, carried map[string]int) {
	cells := map[string]int{}
	if to-from < len(cols) && !hasMarks(cols) {
		return
	}
	for k, c := range cols {
		if p := from + k; p < to && c.member != "" && s.filled(p) {
			cells[c.member] = p
		}
	}
	s.carryLevels(cells, carried)
	for p := from; p < to; p++ {
		if i := s.number(p); i >= 0 {
			s.used[i] = true
		}
	}
	for _, m := range []string{"weight", "score"} {
		if p, ok := cells[m]; ok && s.figs[s.number(p)].Number.Float() > mostWeight {
			s.refuseRow(lines(from, to), "indicators")
			return
		}
	}
	s.emitIndicator(cells)
	s.readFlatRate(cells)
}

func hasMarks(cols []column) bool {
	for _, c := range cols {
		if c.figure {
			return true
		}
	}
	return false
}
