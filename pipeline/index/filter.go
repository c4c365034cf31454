package index

import (
	"math"
	"strings"

	"jixiao/internal/fault"
	"jixiao/schemas/catalog"
	"jixiao/schemas/search"
)

// A column is a key that filters and sorts can name.
type column struct {
	key   string
	kind  catalog.Kind // Keyword or a kind of number
	terms Comparison   // how a Keyword is compared with what a person gives
}

// whole are the keywords with a closed list of values, which are compared
// whole: 合格 is not to find 不合格. All others are found by any part of them:
// 湛江市 finds 广东省湛江市霞山区.
var whole = map[string]bool{"scope": true, "grade": true}

// alike leads from words that people use to the value of a closed list.
var alike = map[string]map[string]string{
	"grade": {"优秀": "优", "良好": "良", "中等": "中", "一般": "中", "较差": "差"},
	"scope": {"整体支出": "整体", "部门整体": "整体", "部门整体支出": "整体", "项目支出": "项目", "政策支出": "政策"},
}

// columnOf returns the column of key.
func columnOf(key string) (column, bool) {
	switch key {
	case IDKey:
		return column{key, catalog.Keyword, Prefix}, true
	case StateKey, BatchKey, FlagKey:
		return column{key, catalog.Keyword, Equal}, true
	case NameKey:
		return column{key, catalog.Keyword, Contains}, true
	}
	f, ok := catalog.Lookup(key)
	if !ok {
		return column{}, false
	}
	c := column{key, f.Kind, Contains}
	if whole[key] {
		c.terms = Equal
	}
	_, number := scaleOf(f.Kind)
	return c, number || f.Kind == catalog.Keyword
}

// CondOf compiles a filter; an error is of kind Usage.
func CondOf(f search.Filter) (Cond, error) {
	c, ok := columnOf(f.Key)
	if !ok {
		return Cond{}, unknownKey(f.Key, "filter")
	}
	if c.kind == catalog.Keyword {
		return c.keyword(f)
	}
	return c.numeric(f)
}

func unknownKey(key, use string) error {
	return fault.WithHint(fault.New(fault.Usage, "no key %q to %s by", key, use),
		"the keys are those of the catalogue, such as unit, year, region or expenditure.total, and id, state, batch, name, flag")
}

func (c column) keyword(f search.Filter) (Cond, error) {
	if f.Min != "" || f.Max != "" {
		return Cond{}, fault.New(fault.Usage, "%s is a word and has no range", f.Key)
	}
	out := Cond{Key: c.key}
	for _, v := range f.Values {
		t := Term{Text: v, How: c.terms}
		if rest, found := strings.CutPrefix(v, "="); found {
			t = Term{Text: rest, How: Equal}
		}
		if t.Text = termOf(t.Text); t.Text == "" {
			return Cond{}, fault.New(fault.Usage, "%s: nothing to compare in %q", f.Key, v)
		}
		out.Terms = append(out.Terms, t)
		if other, ok := alike[c.key][t.Text]; ok {
			out.Terms = append(out.Terms, Term{Text: other, How: Equal})
		}
	}
	return out, nil
}

func (c column) numeric(f search.Filter) (Cond, error) {
	out := Cond{Key: c.key}
	for _, v := range f.Values {
		r, err := c.bounds(v)
		if err != nil {
			return Cond{}, err
		}
		out.Ranges = append(out.Ranges, r)
	}
	if f.Min == "" && f.Max == "" {
		return out, nil
	}
	r := Range{math.MinInt64, math.MaxInt64}
	if f.Min != "" {
		b, err := c.bounds(f.Min)
		if err != nil {
			return Cond{}, err
		}
		if r.Min = b.Min; f.MinOpen {
			r.Min = b.Max + 1
		}
	}
	if f.Max != "" {
		b, err := c.bounds(f.Max)
		if err != nil {
			return Cond{}, err
		}
		if r.Max = b.Max; f.MaxOpen {
			r.Max = b.Min - 1
		}
	}
	out.Ranges = append(out.Ranges, r)
	return out, nil
}

// bounds returns the numbers that v means: one, or for a date without a day
// all days of it.
func (c column) bounds(v string) (Range, error) {
	if c.kind == catalog.Date {
		first, last, ok := parseDate(v)
		if !ok {
			return Range{}, fault.New(fault.Usage, "%s: %q is no date such as 2023, 2023-06 or 2023-06-28", c.key, v)
		}
		return Range{first, last}, nil
	}
	digits, _ := scaleOf(c.kind)
	n, _, ok := parseNumber(v, digits)
	if !ok {
		return Range{}, fault.New(fault.Usage, "%s: %q is no number such as 95.5 or 1000万", c.key, v)
	}
	return Range{n, n}, nil
}

// comparisons are the signs of ParseFilter, longer ones first.
var comparisons = []string{">=", "<=", "≥", "≤", ">", "<", "=", ":"}

// ParseFilter reads a condition such as "expenditure.total>=1000万",
// "score=90..95", "年度=2021" or "unit=财政局".
func ParseFilter(s string) (search.Filter, error) {
	at, sign := -1, ""
	n := normalisePunctuation(s)
	for _, c := range comparisons {
		if i := strings.Index(n, c); i >= 0 && (at < 0 || i < at) {
			at, sign = i, c
		}
	}
	if at <= 0 {
		return search.Filter{}, fault.WithHint(fault.New(fault.Usage, "%q is no condition", s),
			"write a key, a comparison and a value: 'expenditure.total>=1000万', 'score=90..95', 'unit=财政局'")
	}
	key, ok := keyOf(strings.TrimSpace(n[:at]))
	if !ok {
		return search.Filter{}, unknownKey(strings.TrimSpace(n[:at]), "filter")
	}
	value := strings.TrimSpace(n[at+len(sign):])
	if sign == "=" || sign == ":" {
		sign = ""
	}
	f, err := filterOf(key, sign+value)
	if err != nil {
		return search.Filter{}, err
	}
	_, err = CondOf(f)
	return f, err
}

var punctuationForms = strings.NewReplacer("：", ":", "＝", "=", "＞", ">", "＜", "<", "≥", ">=", "≤", "<=", "≧", ">=", "≦", "<=", "－", "-")

func normalisePunctuation(s string) string { return punctuationForms.Replace(s) }

// filterOf reads the value part of a condition: 90..95, 90.., >=90, <90, or a
// value.
func filterOf(key, value string) (search.Filter, error) {
	f := search.Filter{Key: key}
	c, ok := columnOf(key)
	if !ok {
		return f, unknownKey(key, "filter")
	}
	if strings.Trim(value, ".<>= ") == "" {
		return f, fault.New(fault.Usage, "%s: no value", key)
	}
	if plain := normalisePunctuation(value); c.kind != catalog.Keyword {
		value = plain
	} else if plain[0] == '<' || plain[0] == '>' {
		return f, fault.New(fault.Usage, "%s is a word and has no order", key)
	} else {
		f.Values = []string{value}
		return f, nil
	}
	from, to, isRange := strings.Cut(value, "..")
	switch {
	case isRange:
		f.Min, f.Max = from, to
	case strings.HasPrefix(value, ">="):
		f.Min = value[2:]
	case strings.HasPrefix(value, "<="):
		f.Max = value[2:]
	case strings.HasPrefix(value, ">"):
		f.Min, f.MinOpen = value[1:], true
	case strings.HasPrefix(value, "<"):
		f.Max, f.MaxOpen = value[1:], true
	default:
		f.Values = []string{value}
	}
	return f, nil
}

// keyOf returns the key that a person means by word: a key of the catalogue,
// its Chinese label, or one of the others.
func keyOf(word string) (string, bool) {
	if k, ok := otherKeys[word]; ok {
		return k, true
	}
	if _, ok := catalog.Lookup(word); ok {
		return word, true
	}
	for _, f := range catalog.All() {
		if f.Label == word {
			return f.Key, true
		}
	}
	return "", false
}

var otherKeys = map[string]string{
	"id": IDKey, "编号": IDKey, "state": StateKey, "状态": StateKey, "batch": BatchKey, "批次": BatchKey,
	"name": NameKey, "文件名": NameKey, "flag": FlagKey, "标记": FlagKey, "text": BodyText, "正文": BodyText, "title": TitleText, "标题": TitleText,
}
