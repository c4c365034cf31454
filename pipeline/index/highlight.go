package index

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"jixiao/schemas/layout"
	"jixiao/schemas/search"
)

// Sizes of what is shown around marks.
const (
	snippetRunes = 80     // characters of one piece of text
	maxSnippets  = 3      // pieces of one text
	maxMarks     = 10_000 // marks of one text that are looked at
)

// A mark is a place in the original text where a phrase stands.
type mark struct {
	layout.Span
	phrase int // which one
}

// marks returns where phrases stand in text, in order.
func marks(text string, phrases []Phrase) []mark {
	byFirst := map[string][]int{}
	for k, p := range phrases {
		byFirst[p.Units[0]] = append(byFirst[p.Units[0]], k)
	}
	c := cutText(text)
	var out []mark
	for i := range c.units {
		for _, k := range byFirst[c.units[i].text] {
			want := phrases[k].Units
			if standsAt(c.units[i:], want) {
				out = append(out, mark{c.folded.Origin(c.units[i].start, c.units[i+len(want)-1].end), k})
			}
		}
		if len(out) >= maxMarks {
			break
		}
	}
	return out
}

func standsAt(us []unit, want []string) bool {
	if len(us) < len(want) {
		return false
	}
	for i, w := range want {
		if us[i].text != w {
			return false
		}
	}
	return true
}

// highlights returns the pieces of text with the best marks, in the order of
// the text. Start of each is counted from the beginning of text.
func highlights(key, text string, phrases []Phrase) []search.Highlight {
	ms := marks(text, phrases)
	var out []search.Highlight
	for len(out) < maxSnippets && len(ms) > 0 {
		first, last := bestRun(text, ms)
		out = append(out, snippet(key, text, ms[first:last]))
		ms = slices.Delete(ms, first, last)
	}
	slices.SortFunc(out, func(a, b search.Highlight) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// bestRun returns the marks [first, last) that fit into one piece and show the
// most phrases, then the most marks; the first of equals.
func bestRun(text string, ms []mark) (first, last int) {
	best := [2]int{}
	end := 0
	for i := range ms {
		limit := forward(text, ms[i].Start, snippetRunes)
		for end = max(end, i+1); end < len(ms) && ms[end].End <= limit; end++ {
		}
		seen := map[int]bool{}
		for _, m := range ms[i:end] {
			seen[m.phrase] = true
		}
		if score := [2]int{len(seen), end - i}; slices.Compare(score[:], best[:]) > 0 {
			best, first, last = score, i, end
		}
	}
	return first, last
}

// snippet cuts the piece around ms out of text.
func snippet(key, text string, ms []mark) search.Highlight {
	start, end := ms[0].Start, ms[0].End
	for _, m := range ms {
		end = max(end, m.End)
	}
	spare := max(0, snippetRunes-utf8.RuneCountInString(text[start:end]))
	from := backward(text, start, spare/3)
	to := forward(text, end, spare-utf8.RuneCountInString(text[from:start]))
	h := search.Highlight{Key: key, Text: text[from:to], Start: from}
	for _, m := range ms {
		a, b := m.Start-from, m.End-from
		if n := len(h.Marks); n > 0 && a <= h.Marks[n-1][1] {
			h.Marks[n-1][1] = max(h.Marks[n-1][1], b)
			continue
		}
		h.Marks = append(h.Marks, [2]int{a, b})
	}
	return h
}

// forward returns the place n characters after i.
func forward(s string, i, n int) int {
	for ; n > 0 && i < len(s); n-- {
		_, k := utf8.DecodeRuneInString(s[i:])
		i += k
	}
	return i
}

// backward returns the place n characters before i.
func backward(s string, i, n int) int {
	for ; n > 0 && i > 0; n-- {
		_, k := utf8.DecodeLastRuneInString(s[:i])
		i -= k
	}
	return i
}
