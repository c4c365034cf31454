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

// A simplifiedTable has the simplified form of each character, 0 where it stays.
type simplifiedTable [lastTraditional - firstTraditional + 1]uint16

// simplified is the table of Simplify.
var simplified = sync.OnceValue(func() *simplifiedTable {
	var table simplifiedTable
	for line := range strings.Lines(traditionalPairs) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, pair := range strings.Fields(line) {
			from, n := utf8.DecodeRuneInString(pair)
			to, _ := utf8.DecodeRuneInString(pair[n:])
			table[from-firstTraditional] = uint16(to)
		}
	}
	return &table
})

// Simplify returns s with traditional characters replaced by simplified ones,
// character by character, so that either script finds the other. Each takes as
// many bytes as the one that it replaces: an offset into the result is an offset
// into s. The result is for matching, not for reading: 乾 becomes 干 in any word.
func Simplify(s string) string {
	table := simplified()
	for i, r := range s {
		if t := simplify(table, r); t != r {
			return simplifyFrom(table, s, i)
		}
	}
	return s
}

// simplifyFrom is Simplify for an s whose first i bytes stay.
func simplifyFrom(table *simplifiedTable, s string, i int) string {
	b := []byte(s)
	for at, r := range s[i:] {
		if t := simplify(table, r); t != r {
			utf8.EncodeRune(b[i+at:], t)
		}
	}
	return string(b)
}

func simplify(table *simplifiedTable, r rune) rune {
	if r < firstTraditional || r > lastTraditional {
		return r
	}
	if t := table[r-firstTraditional]; t != 0 {
		return rune(t)
	}
	return r
}
