package index

import "strings"

// A Rule is one thing that a query can say, with an example.
type Rule struct{ Example, English, Chinese string }

// Syntax is the query syntax for help texts; docs/search.md tells it at length.
var Syntax = []Rule{
	{"预算编制", "reports in whose text these characters stand in a row, over line breaks and spaces too", "正文中连续出现这几个字的报告，跨行、夹空格也算"},
	{"预算编制 绩效目标", "a space means AND: both", "空格表示“并且”：两者都有"},
	{"采购 OR 招标", "either; | means the same. AND binds closer than OR", "任一即可，也可写 |；“并且”先于“或者”"},
	{"预算编制 -培训", "not; NOT means the same", "不含，也可写 NOT"},
	{"预算 (采购 OR 招标)", "brackets group; the Chinese ones do too", "括号分组，全角括号亦可"},
	{"“结转结余”", "in quotation marks of any kind: exactly these words, without synonyms", "加引号（各种引号均可）：只找原词，不扩展同义词"},
	{"預算編製 ＧＢ１８０３０", "traditional characters, full width and capitals find all forms", "繁体、全角、大小写不影响结果"},
	{"unit:财政局 年度:2021", "a field by key or Chinese label; words match any part, =财政局 the whole", "按字段查：键名或中文名；文字匹配其中一部分，=财政局 表示全等"},
	{"year:2019..2021 score:>=90", "ranges: a..b, a.., >=, >, <=, <", "范围：a..b、a..、>=、>、<=、<"},
	{"支出合计:>=1000万", "amounts in yuan, with 万 or 亿 if you like", "金额以元计，可带万、亿"},
	{"fill_date:2023-06", "dates by year, month or day", "日期可到年、月、日"},
	{"problems:进度 projects:道路", "words in problems, measures, projects, indicators, title", "在问题、措施、项目、指标、标题中查词"},
}

// Help returns Syntax for people, in Chinese or English.
func Help(chinese bool) string {
	var b strings.Builder
	for _, r := range Syntax {
		text := r.English
		if chinese {
			text = r.Chinese
		}
		b.WriteString("  " + r.Example + "\n      " + text + "\n")
	}
	return b.String()
}
