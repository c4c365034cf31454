package app

import (
	"strings"
	"unicode/utf8"

	"jixiao/schemas/catalog"
)

// foldOperators gives the comparison signs of a Chinese keyboard their ASCII
// form and leaves all else as it is.
func foldOperators(s string) string {
	return strings.NewReplacer("≥", ">=", "≤", "<=", "＞", ">", "＜", "<", "＝", "=", "≧", ">=", "≦", "<=", "＞＝", ">=", "＜＝", "<=").Replace(s)
}

// magnitudes are the powers of ten that may follow a figure; 千万 has two.
var magnitudes = map[string]int{"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}

// cutMagnitude takes the magnitudes off the end of s.
func cutMagnitude(s string) (rest string, power int) {
	for range 2 {
		_, n := utf8.DecodeLastRuneInString(s)
		p, ok := magnitudes[s[len(s)-n:]]
		if !ok {
			break
		}
		s, power = strings.TrimSpace(s[:len(s)-n]), power+p
	}
	return s, power
}

// filterValue brings a value that a person typed into the form of a record.
func filterValue(field catalog.Field, s string) (string, error) {
	s = strings.TrimSpace(s)
	switch field.Kind {
	case catalog.Money:
		return figure(field, s, true, "元")
	case catalog.Count:
		return figure(field, s, true, "人", "名", "个")
	case catalog.Percent:
		return figure(field, s, false, "%", "％")
	case catalog.Points:
		return figure(field, s, false, "分")
	case catalog.Year:
		return figure(field, s, false, "年度", "年")
	}
	if s == "" {
		return "", usage("%s: no value given", field.Key)("write a value after the sign")
	}
	return s, nil
}

// figure reads a decimal figure with an optional magnitude and unit.
func figure(field catalog.Field, s string, scaled bool, units ...string) (string, error) {
	text := strings.Map(halfWidth, s)
	for _, u := range units {
		if rest, ok := strings.CutSuffix(text, u); ok {
			text = strings.TrimSpace(rest)
			break
		}
	}
	power := 0
	if scaled {
		text, power = cutMagnitude(text)
	}
	out, ok := shift(text, power)
	if !ok {
		return "", usage("%s: %q is no figure", field.Key, s)("write a figure such as 95, 1234.56 or 1000" + map[bool]string{true: "万", false: ""}[scaled])
	}
	return out, nil
}

// halfWidth folds the digits and signs of an input method and drops separators.
func halfWidth(r rune) rune {
	switch {
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r == '．':
		return '.'
	case r == '－', r == '−':
		return '-'
	case r == ',', r == '，', r == ' ', r == '_':
		return -1
	}
	return r
}

// shift multiplies the plain decimal s by ten to the power, exactly.
func shift(s string, power int) (string, bool) {
	sign := ""
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		sign, s = "-", rest
	}
	whole, frac, _ := strings.Cut(s, ".")
	if whole+frac == "" || len(s) > 40 || strings.Trim(whole+frac, "0123456789") != "" {
		return "", false
	}
	if n := power - len(frac); n > 0 {
		frac += strings.Repeat("0", n)
	}
	whole, frac = whole+frac[:power], strings.TrimRight(frac[power:], "0")
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if frac != "" {
		whole += "." + frac
	}
	return sign + whole, true
}
