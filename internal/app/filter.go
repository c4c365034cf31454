package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"jixiao/internal/fault"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
	"jixiao/schemas/search"
)

// Keys that filter though they are no fields of the catalogue.
var plainKeys = []string{"id", "state", "batch", "name"}

// ParseWhere reads a condition such as "expenditure.total>=1000万",
// "年度=2019..2021" or "grade=优,良" into a filter. Keys are those of the
// catalogue or their Chinese labels.
func ParseWhere(s string) (search.Filter, error) {
	folded := foldOperators(s)
	at, op := -1, ""
	for i := 0; i < len(folded) && at < 0; i++ {
		for _, o := range []string{">=", "<=", "!=", "==", ">", "<", "="} {
			if strings.HasPrefix(folded[i:], o) {
				at, op = i, o
				break
			}
		}
	}
	if at <= 0 {
		return search.Filter{}, usage("%q is no condition", s)("write KEY, one of = > >= < <=, and a value: expenditure.total>=1000万")
	}
	key, value := folded[:at], folded[at+len(op):]
	switch op {
	case "=", "==":
		return ParseFilter(key, value)
	case "!=":
		return search.Filter{}, usage("%q: != is not supported", s)("ask for the values wanted, or put NOT before a word of the query")
	}
	return parseBound(key, op, value)
}

// ParseFilter reads "a..b", "a..", "..b", or a list "a,b" into a filter of key.
func ParseFilter(key, value string) (search.Filter, error) {
	field, err := filterField(key)
	if err != nil {
		return search.Filter{}, err
	}
	f := search.Filter{Key: field.Key}
	value = strings.TrimSpace(value)
	if lo, hi, ok := strings.Cut(value, ".."); ok && ordered(field.Kind) {
		if f.Min, err = bound(field, lo); err == nil {
			f.Max, err = bound(field, hi)
		}
		if err == nil && f.Min == "" && f.Max == "" {
			err = usage("%s: a range without ends", key)("write 2019..2021, 2019.. or ..2021")
		}
		return f, err
	}
	for _, part := range strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == '，' || r == '、' }) {
		v, err := filterValue(field, part)
		if err != nil {
			return f, err
		}
		f.Values = append(f.Values, v)
	}
	if len(f.Values) == 0 {
		return f, usage("%s: no value given", key)("write a value, a list a,b or a range a..b")
	}
	return f, nil
}

// ParseSort reads "year" or "-score" into a sort order.
func ParseSort(s string) (search.Sort, error) {
	name, desc := strings.CutPrefix(strings.TrimSpace(s), "-")
	if name == "relevance" {
		return search.Sort{Key: name, Desc: desc}, nil
	}
	field, err := filterField(name)
	if err != nil {
		return search.Sort{}, err
	}
	return search.Sort{Key: field.Key, Desc: desc}, nil
}

// ParseFacet reads a key or two joined by × (or x, or *).
func ParseFacet(s string) (string, error) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '×' || r == '*' })
	if len(parts) == 0 || len(parts) > 2 {
		return "", usage("facet %q: one key or two are wanted", s)("write year or year×unit")
	}
	for i, p := range parts {
		field, err := filterField(p)
		if err != nil {
			return "", err
		}
		parts[i] = field.Key
	}
	return strings.Join(parts, "×"), nil
}

func parseBound(key, op, value string) (search.Filter, error) {
	field, err := filterField(key)
	if err != nil {
		return search.Filter{}, err
	}
	if !ordered(field.Kind) {
		return search.Filter{}, usage("%s has no order to compare by", field.Key)("use = with one or more values")
	}
	v, err := filterValue(field, value)
	if err != nil {
		return search.Filter{}, err
	}
	if op[0] == '>' {
		return search.Filter{Key: field.Key, Min: v, MinOpen: op == ">"}, nil
	}
	return search.Filter{Key: field.Key, Max: v, MaxOpen: op == "<"}, nil
}

func bound(field catalog.Field, s string) (string, error) {
	if strings.TrimSpace(s) == "" {
		return "", nil
	}
	return filterValue(field, s)
}

// ordered reports whether values of kind k have ranges.
func ordered(k catalog.Kind) bool {
	switch k {
	case catalog.Year, catalog.Date, catalog.Count, catalog.Money, catalog.Percent, catalog.Points:
		return true
	}
	return false
}

// filterField finds the field that key names: a catalogue key, its label, or
// one of the plain keys.
func filterField(key string) (catalog.Field, error) {
	key = strings.TrimSpace(key)
	if slices.Contains(plainKeys, key) {
		return catalog.Field{Key: key, Kind: catalog.Keyword}, nil
	}
	folded := zh.FoldString(key)
	for _, f := range catalog.All() {
		if f.Key == key || f.Label == folded || strings.EqualFold(f.Key, folded) {
			return f, nil
		}
	}
	return catalog.Field{}, usage("%q is no key", key)(suggest(key, folded))
}

// suggest names the keys that may be meant, or all.
func suggest(key, folded string) string {
	best, far := []string(nil), 4
	for _, f := range catalog.All() {
		if utf8.RuneCountInString(folded) > 1 && strings.Contains(f.Label, folded) {
			if far > 0 {
				best, far = nil, 0
			}
			best = append(best, f.Key+" ("+f.Label+")")
		} else if d := distance(strings.ToLower(key), f.Key); d < far {
			best, far = []string{f.Key}, d
		}
	}
	if len(best) > 0 {
		return "did you mean " + strings.Join(best, " or ") + "?"
	}
	return "keys are " + strings.Join(keyNames(), ", ")
}

// keyNames lists what can be filtered by, most asked for first.
func keyNames() []string {
	out := slices.Clone(plainKeys)
	for _, f := range catalog.All() {
		if f.Kind != catalog.Items && f.Kind != catalog.Objects {
			out = append(out, f.Key)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(strings.Count(a, "."), strings.Count(b, ".")) })
	return out
}

// usage begins a fault of kind Usage that the returned function ends with the
// next step.
func usage(format string, args ...any) func(hint string) error {
	return func(hint string) error {
		return fault.WithHint(fault.Mark(fault.Usage, fmt.Errorf(format, args...)), hint)
	}
}
