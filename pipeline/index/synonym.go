package index

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed synonyms.txt
var synonymData string

// maxVariants bounds what one phrase can grow into.
const maxVariants = 8

// synonyms returns the groups, each of phrases cut into units. Expansion is
// done here, once for all backends.
var synonyms = sync.OnceValue(func() [][][]string { return readSynonyms(synonymData) })

func readSynonyms(data string) [][][]string {
	var groups [][][]string
	for line := range strings.Lines(data) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var group [][]string
		for _, w := range strings.Fields(line) {
			group = append(group, trimBreaks(unitTexts(w)))
		}
		if len(group) > 1 {
			groups = append(groups, group)
		}
	}
	return groups
}

// expand returns p, or p and what says the same: the longest synonym in p is
// replaced by each of its group.
func expand(p Phrase) Expr {
	group, at, n := longestSynonym(p.Units)
	if group == nil {
		return p
	}
	out := Or{p}
	for _, w := range group {
		us := slices.Concat(p.Units[:at], w, p.Units[at+n:])
		if !slices.Equal(us, p.Units) && len(out) < maxVariants {
			out = append(out, Phrase{Text: p.Text, Units: us})
		}
	}
	return out
}

// longestSynonym returns the group of the longest synonym in us, where it
// stands and how long it is.
func longestSynonym(us []string) (group [][]string, at, n int) {
	for _, g := range synonyms() {
		for _, w := range g {
			if len(w) <= n {
				continue
			}
			if i := indexUnits(us, w); i >= 0 {
				group, at, n = g, i, len(w)
			}
		}
	}
	return group, at, n
}

// indexUnits returns where want first stands in us, or -1.
func indexUnits(us, want []string) int {
	for i := 0; i+len(want) <= len(us); i++ {
		if slices.Equal(us[i:i+len(want)], want) {
			return i
		}
	}
	return -1
}
