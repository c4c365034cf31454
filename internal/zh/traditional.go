package zh

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed traditional.txt
var traditionalPairs string

// The range of characters that have a simplified form.
const (
	firstTraditional = 0x3400
	lastTraditional  = 0x9fff
)

// A trait is what is known of an ideograph before it is met in a text.
type trait struct {
	simple uint16 // its simplified form, 0 where it stays
	signs  Signs
}

// A traitTable has the traits of each ideograph.
type traitTable struct {
	of   [lastTraditional - firstTraditional + 1]trait
	some RuneSet // those that have any, so that for most a table is asked that stays in the cache
}

// traits is the one table of its kind.
var traits = sync.OnceValue(func() *traitTable {
	var table traitTable
	for line := range strings.Lines(traditionalPairs) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, pair := range strings.Fields(line) {
			from, n := utf8.DecodeRuneInString(pair)
			to, _ := utf8.DecodeRuneInString(pair[n:])
			table.of[from-firstTraditional].simple = uint16(to)
		}
	}
	for r := range rune(len(table.of)) {
		table.of[r].signs = signsOf.Get(r + firstTraditional)
		if table.of[r] != (trait{}) {
			table.some.Add(r + firstTraditional)
		}
	}
	return &table
})

// Simplify returns s with traditional characters replaced by simplified ones,
// character by character, so that either script finds the other. Each takes as
// many bytes as the one that it replaces: an offset into the result is an offset
// into s. The result is for matching, not for reading: 乾 becomes 干 in any word.
func Simplify(s string) string {
	table := traits()
	for i, r := range s {
		if t := simplify(table, r); t != r {
			return simplifyFrom(table, s, i)
		}
	}
	return s
}

// simplifyFrom is Simplify for an s whose first i bytes stay.
func simplifyFrom(table *traitTable, s string, i int) string {
	b := []byte(s)
	for at, r := range s[i:] {
		if t := simplify(table, r); t != r {
			utf8.EncodeRune(b[i+at:], t)
		}
	}
	return string(b)
}

func simplify(table *traitTable, r rune) rune {
	if r < firstTraditional || r > lastTraditional {
		return r
	}
	if t := table.of[r-firstTraditional].simple; t != 0 {
		return rune(t)
	}
	return r
}
