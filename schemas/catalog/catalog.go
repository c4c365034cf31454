// Package catalog is the dictionary of fields: which keys there are, what they
// mean, in which form their values stand and how they are indexed.
package catalog

// A Kind says how a value is normalised, compared and indexed.
type Kind string

// The kinds. Decimals are strings in a record; an index scales them to whole
// numbers: Money to fen, Percent and Points by 10,000.
const (
	Keyword Kind = "keyword" // compared whole, after folding
	Text    Kind = "text"    // searched by words
	Year    Kind = "year"    // JSON number
	Date    Kind = "date"    // 2023-06-28 or 2023-06
	Count   Kind = "count"   // JSON number, persons
	Money   Kind = "money"   // decimal string in yuan
	Percent Kind = "percent" // decimal string as stated
	Points  Kind = "points"  // decimal string as stated
	Items   Kind = "items"   // a text per item, in document order
	Objects Kind = "objects" // an object per item
)

// A Member is one named part of an Objects field.
type Member struct {
	Name    string
	Label   string
	Kind    Kind
	English string
}

// A Field is one entry of the dictionary.
type Field struct {
	Key     string
	Label   string // Chinese, for people
	English string
	Kind    Kind
	Unit    string // yuan, persons, percent, points or ""
	Members []Member
}

// The units of values.
const (
	Yuan    = "yuan"
	Persons = "persons"
	Rate    = "percent"
	Score   = "points"
)

var fields = []Field{
	{Key: "unit", Label: "单位", English: "reporting unit", Kind: Keyword},
	{Key: "year", Label: "年度", English: "year evaluated", Kind: Year},
	{Key: "scope", Label: "范围", English: "整体, 项目 or 政策", Kind: Keyword},
	{Key: "region", Label: "地区", English: "administrative division", Kind: Keyword},
	{Key: "fill_date", Label: "填报日期", English: "date of filling", Kind: Date},
	{Key: "notice_number", Label: "通知文号", English: "number of the notice answered", Kind: Keyword},
	{Key: "project_name", Label: "项目名称", English: "name of the project evaluated", Kind: Keyword},
	{Key: "supervisor", Label: "主管部门", English: "supervising department", Kind: Keyword},
	{Key: "period", Label: "评价期间", English: "years evaluated, where more than one", Kind: Keyword},
	count("headcount.authorized.total", "编制人数", "authorized posts"),
	count("headcount.authorized.admin", "行政编制", "authorized, administrative"),
	count("headcount.authorized.institution", "事业编制", "authorized, institutional"),
	count("headcount.authorized.logistics", "工勤编制", "authorized, logistics"),
	count("headcount.actual.total", "在职人数", "serving staff"),
	count("headcount.actual.admin", "在职行政人员", "serving, administrative"),
	count("headcount.actual.institution", "在职事业人员", "serving, institutional"),
	count("headcount.actual.logistics", "在职工勤人员", "serving, logistics"),
	count("headcount.actual.contract", "编外人员", "contract staff"),
	count("headcount.actual.retired", "离退休人员", "retired staff"),
	money("revenue.total", "收入合计", "revenue"),
	money("revenue.fiscal", "财政拨款收入", "fiscal appropriation"),
	money("budget.initial", "年初预算", "initial budget"),
	money("budget.adjusted", "调整后预算", "adjusted budget"),
	money("expenditure.total", "支出合计", "expenditure"),
	money("expenditure.basic", "基本支出", "basic expenditure"),
	money("expenditure.project", "项目支出", "project expenditure"),
	money("expenditure.three_public", "三公经费", "vehicles, receptions and travel abroad"),
	money("carryover", "年末结转结余", "carried over at year-end"),
	{Key: "execution_rate", Label: "预算执行率", English: "budget execution rate", Kind: Percent, Unit: Rate},
	{Key: "score", Label: "自评得分", English: "self-evaluation score", Kind: Points, Unit: Score},
	{Key: "score_full", Label: "满分", English: "full mark", Kind: Points, Unit: Score},
	{Key: "grade", Label: "等级", English: "grade", Kind: Keyword},
	{Key: "problems", Label: "存在的问题", English: "problems", Kind: Items},
	{Key: "measures", Label: "改进措施", English: "improvement measures", Kind: Items},
	{Key: "projects", Label: "项目", English: "projects", Kind: Objects, Members: []Member{
		{"name", "项目名称", Keyword, "name"}, {"budget", "预算数", Money, "budget"}, {"executed", "执行数", Money, "executed"},
		{"rate", "执行率", Percent, "rate"}, {"score", "得分", Points, "score"},
	}},
	{Key: "indicators", Label: "绩效指标", English: "indicators", Kind: Objects, Members: []Member{
		{"level1", "一级指标", Keyword, "level 1"}, {"level2", "二级指标", Keyword, "level 2"}, {"level3", "三级指标", Keyword, "level 3"},
		{"target", "指标值", Keyword, "target"}, {"actual", "完成值", Keyword, "actual"},
		{"weight", "权重", Points, "weight"}, {"score", "得分", Points, "score"}, {"deviation", "偏差原因", Keyword, "deviation"},
	}},
}

func count(key, label, english string) Field {
	return Field{Key: key, Label: label, English: english, Kind: Count, Unit: Persons}
}

func money(key, label, english string) Field {
	return Field{Key: key, Label: label, English: english, Kind: Money, Unit: Yuan}
}

var byKey = func() map[string]int {
	m := make(map[string]int, len(fields))
	for i, f := range fields {
		m[f.Key] = i
	}
	return m
}()

// All returns every field in the order in which a report is read.
func All() []Field { return append([]Field(nil), fields...) }

// Lookup returns the field of key.
func Lookup(key string) (Field, bool) {
	i, ok := byKey[key]
	if !ok {
		return Field{}, false
	}
	return fields[i], true
}

// Order returns the place of key in All, and a place after all for a key that
// is not in the dictionary.
func Order(key string) int {
	if i, ok := byKey[key]; ok {
		return i
	}
	return len(fields)
}
