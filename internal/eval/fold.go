package eval

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// words writes a JSON value of any type as the corpus's scorer writes it before
// it compares texts: the way Python prints it.
func words(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case nil:
		return "None"
	case bool:
		if v {
			return "True"
		}
		return "False"
	case json.Number:
		return numberWords(v)
	case []any:
		parts := make([]string, len(v))
		for i, x := range v {
			parts[i] = quotedWords(x)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		parts := make([]string, 0, len(v))
		for _, k := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, quotedWords(k)+": "+quotedWords(v[k]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return fmt.Sprint(v)
}

// quotedWords is words for a member of a list or an object.
func quotedWords(v any) string {
	s, ok := v.(string)
	if !ok {
		return words(v)
	}
	mark := "'"
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		mark = `"`
	}
	return mark + strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`, "\t", `\t`, mark, `\`+mark).Replace(s) + mark
}

// numberWords writes n as Python does: whole numbers as they stand, all others
// with the fewest digits that tell them apart.
func numberWords(n json.Number) string {
	s := string(n)
	if !strings.ContainsAny(s, ".eE") {
		return s
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e")
	if e, err := strconv.Atoi(exponent); err == nil && e >= -4 && e < 16 {
		plain := strconv.FormatFloat(f, 'f', -1, 64)
		if !strings.Contains(plain, ".") {
			plain += ".0"
		}
		return plain
	}
	return mantissa + "e" + exponent
}

// space reports whether r is white space: all that Unicode calls so, and the
// four separators of ASCII.
func space(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

// drop returns s without the runes for which gone holds.
func drop(s string, gone func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if gone(r) {
			return -1
		}
		return r
	}, s)
}

// fold brings a value into the form in which values are compared: one width,
// no white space.
func fold(v any) string { return drop(norm.NFKC.String(words(v)), space) }

// foldQuote is fold without the commas and bars that tables and figures have in
// one rendering and not in another.
func foldQuote(v any) string {
	return drop(norm.NFKC.String(words(v)), func(r rune) bool { return space(r) || r == ',' || r == '，' || r == '|' })
}

// bare is fold without the stops around a text.
func bare(v any) string { return strings.Trim(fold(v), "。;,.、:") }

var bracketedYear = regexp.MustCompile(`[\[【﹝(〔{]?(\p{Nd}{4})[\]】﹞)〕}]第?`)

// foldText is fold with the brackets around the year of a document number
// written 〔〕, whichever they are.
func foldText(v any) string {
	s := fold(v)
	var b strings.Builder
	for {
		m := bracketedYear.FindStringSubmatchIndex(s)
		switch {
		case m == nil:
			b.WriteString(s)
			return b.String()
		case numberFollows(s[m[1]:]):
			b.WriteString(s[:m[0]] + "〔" + s[m[2]:m[3]] + "〕")
			s = s[m[1]:]
		default: // try again a character further on
			next := m[0] + len(string([]rune(s[m[0]:])[0]))
			b.WriteString(s[:next])
			s = s[next:]
		}
	}
}

// numberFollows reports whether 号 stands in rest before any comma.
func numberFollows(rest string) bool {
	until, _, found := strings.Cut(rest, "号")
	return found && !strings.ContainsAny(until, ",，")
}
