package app

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"jixiao/internal/fault"
	"jixiao/internal/zh"
	"jixiao/pipeline/index"
	"jixiao/schemas/catalog"
	"jixiao/schemas/search"
)

// Keys that filter though they are no fields of the catalogue.
var plainKeys = []string{index.IDKey, index.StateKey, index.BatchKey, index.NameKey, index.FlagKey}

// ParseWhere reads a condition such as "expenditure.total>=1000万" or
// "年度=2019..2021" into a filter. Keys are those of the catalogue or their
// Chinese labels; one that is not known is told with those that may be meant.
func ParseWhere(s string) (search.Filter, error) {
	f, err := index.ParseFilter(s)
	if at := strings.IndexAny(s, "=<>≥≤≧≦＝＞＜:："); err != nil && at > 0 {
		if _, keyErr := keyOf(s[:at]); keyErr != nil {
			return f, keyErr // it names the keys that may be meant
		}
	}
	if err == nil {
		err = sensible(f)
	}
	return f, err
}

// ParseFilter reads what a flag for key was given: values, or one range.
func ParseFilter(key string, values []string) (search.Filter, error) {
	f := search.Filter{Key: key}
	for _, v := range values {
		one, err := index.ParseFilter(key + "=" + strings.TrimSpace(v))
		if err == nil {
			err = sensible(one)
		}
		switch {
		case err != nil:
			return f, err
		case len(values) == 1:
			return one, nil
		case len(one.Values) == 0:
			return f, usage("--%s: %q: a range stands alone", key, v)("write one range a..b, or values a,b,c")
		}
		f.Values = append(f.Values, one.Values...)
	}
	return f, nil
}

// closed are the words that a key can have; CondOf knows their other names.
var closed = map[string][]string{"scope": {"整体", "项目", "政策"}, "grade": {"优", "良", "中", "差"}}

// sensible refuses a filter that no report can pass: a range that ends before
// it begins, a word that the key never has, a part of a year or of a person.
func sensible(f search.Filter) error {
	if cond, err := index.CondOf(f); err != nil {
		return err
	} else if f.Min != "" && f.Max != "" && cond.Ranges[0].Min > cond.Ranges[0].Max {
		return usage("%s: the range %s..%s ends before it begins", f.Key, f.Min, f.Max)("write the smaller value first")
	}
	field, _ := catalog.Lookup(f.Key)
	for _, v := range append([]string{f.Min, f.Max}, f.Values...) {
		if v != "" && (field.Kind == catalog.Year || field.Kind == catalog.Count) && !whole(v) {
			return usage("%s: %q is no whole number", f.Key, v)("years and persons have no decimals")
		}
	}
	words, isClosed := closed[f.Key]
	for _, v := range f.Values {
		if isClosed && !oneOf(words, search.Filter{Key: f.Key, Values: []string{v}}) {
			return usage("%s: %q is none of %s", f.Key, v, strings.Join(words, ", "))("write one of them, or several separated by commas")
		}
	}
	return nil
}

// oneOf reports whether f compares with one of words.
func oneOf(words []string, f search.Filter) bool {
	cond, err := index.CondOf(f)
	return err == nil && slices.ContainsFunc(cond.Terms, func(t index.Term) bool { return slices.Contains(words, t.Text) })
}

// whole reports whether v has nothing behind the point: 1.5万 is whole, 1.5 is
// not. A key of rates keeps four decimals.
func whole(v string) bool {
	const scale = 10_000
	cond, err := index.CondOf(search.Filter{Key: "execution_rate", Values: []string{v}})
	return err == nil && cond.Ranges[0].Min%scale == 0
}

// ParseSort reads "year" or "-score" into a sort order.
func ParseSort(s string) (search.Sort, error) {
	name, desc := strings.CutPrefix(strings.TrimSpace(s), "-")
	if name == "relevance" {
		return search.Sort{Key: name, Desc: desc}, nil
	}
	key, err := keyOf(name)
	return search.Sort{Key: key, Desc: desc}, err
}

// ParseFacet reads a key, or two joined by × or *.
func ParseFacet(s string) (string, error) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '×' || r == '*' })
	if len(parts) == 0 || len(parts) > 2 {
		return "", usage("facet %q: one key or two are wanted", s)("write year or year×unit")
	}
	for i, p := range parts {
		key, err := keyOf(p)
		if err != nil {
			return "", err
		}
		parts[i] = key
	}
	return strings.Join(parts, "×"), nil
}

// keyOf finds the key that word means: one of the catalogue, its label, or one
// of the plain keys.
func keyOf(word string) (string, error) {
	word = strings.TrimSpace(word)
	if slices.Contains(plainKeys, word) {
		return word, nil
	}
	folded := zh.FoldString(word)
	for _, f := range catalog.All() {
		if f.Key == word || f.Label == folded {
			return f.Key, nil
		}
	}
	return "", usage("%q is no key", word)(suggest(word, folded))
}

// suggest names the keys that may be meant, or all.
func suggest(word, folded string) string {
	best, far := []string(nil), 4
	for _, f := range catalog.All() {
		if utf8.RuneCountInString(folded) > 1 && strings.Contains(f.Label, folded) {
			if far > 0 {
				best, far = nil, 0
			}
			best = append(best, f.Key+" ("+f.Label+")")
		} else if d := distance(strings.ToLower(word), f.Key); d < far {
			best, far = []string{f.Key}, d
		}
	}
	if len(best) > 0 {
		return "did you mean " + strings.Join(best, " or ") + "?"
	}
	keys := slices.Clone(plainKeys)
	for _, f := range catalog.All() {
		if f.Kind != catalog.Items && f.Kind != catalog.Objects {
			keys = append(keys, f.Key)
		}
	}
	return "keys are " + strings.Join(keys, ", ")
}

// usage begins a fault of kind Usage that the returned function ends with the
// next step.
func usage(format string, args ...any) func(hint string) error {
	return func(hint string) error {
		return fault.WithHint(fault.Mark(fault.Usage, fmt.Errorf(format, args...)), hint)
	}
}
