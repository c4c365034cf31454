package field

import "jixiao/internal/zh"

// Whose figures a column holds, where its header says no more: 2021年度, 上年数.
const (
	anyYear = iota
	thisYear
	otherYear
)

// headsYear says whether cell p heads the figures of the year or of another.
func (s *script) headsYear(p int) int {
	line := s.line(p)
	if len(line) > len("2021年度决算数") {
		return anyYear
	}
	switch line {
	case "本年", "本年数", "本年度", "当年", "当年数", "本期数", "本期", "本年末", "本年末数", "本期末", "全年", "全年数", "全年累计", "全年合计", "本年累计", "1-12月", "12月末":
		return thisYear
	case "一季度", "二季度", "三季度", "四季度", "第一季度", "第二季度", "第三季度", "第四季度", "上半年", "下半年", "1-3月", "1-6月", "1-9月", "3月末", "6月末", "9月末":
		return otherYear
	case "上年末", "上年末数", "上年年末", "上期", "上期数", "上期末":
		return otherYear
	}
	if s.cellFeatures(p)&^s.words.fill == s.words.last {
		return otherYear
	}
	if a, b := s.figsOf(p); b == a+1 && s.isYear(a) && s.figs[a].Start == s.from[p] && s.reportedYear != 0 {
		if n, _ := s.figs[a].Number.Whole(); int(n) != s.reportedYear {
			return otherYear
		}
		return thisYear
	}
	return anyYear
}

// yearOf returns whose figures the column under head holds.
func (s *script) yearOf(head []int) int {
	of := anyYear
	for _, p := range head {
		switch s.headsYear(p) {
		case otherYear:
			return otherYear
		case thisYear:
			of = thisYear
		}
	}
	return of
}

// isYear reports whether figure i is a year, or a number of one before what a column
// holds, 2021决算.
func (s *script) isYear(i int) bool {
	f := &s.figs[i]
	if f.Kind == zh.YearOf {
		return true
	}
	n, whole := f.Number.Whole()
	return (f.Kind == zh.Plain || f.Kind == zh.Measure) && whole && n > 1990 && n < 2100 && zh.HasAnyPrefix(s.text[f.NumEnd:], []string{"决算", "预算", "执行", "实际", "支出", "收入", "年末"})
}
