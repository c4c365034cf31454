package passage

import (
	"strings"

	"jixiao/schemas/layout"
)

// listTitles are what titles of the lists that readers look for are built around.
var listTitles = []string{"问题", "措施", "建议", "不足", "打算", "困难"}

// split parts the paragraph p where a numbered heading of a list stands in the
// middle of it: some producers lose the line ends before headings.
func (d *Doc) split(p Passage) []Passage {
	var out []Passage
	for _, i := range cuts(p.Text) {
		at := p.Origin(i, i+1).Start
		head := d.passage(layout.Span{Start: p.Span.Start, End: at}, p.Page)
		out = append(out, head)
		p.Span.Start = at
	}
	if len(out) == 0 {
		return []Passage{p}
	}
	return append(out, d.passage(p.Span, p.Page))
}

// cuts returns where in the folded text t such headings begin: after a full
// stop, with a number like 一、 or (一), and a short title behind it that a full
// stop, a colon or the list's first item ends.
func cuts(t string) []int {
	const shortest = 60 // bytes of a paragraph with a heading inside
	if len(t) < shortest || !containsAny(t, listTitles) {
		return nil
	}
	var out []int
	const stop = "。"
	for i := strings.Index(t, stop); i >= 0; {
		at := i + len(stop)
		if m := LeadingMarker(t[at:]); (m.Style == Han || m.Style == HanParen) && isListTitle(t[at+m.Len:]) {
			out = append(out, at)
		}
		n := strings.Index(t[at:], stop)
		if n < 0 {
			break
		}
		i = at + n
	}
	return out
}

// isListTitle reports whether s begins with a short title of a list.
func isListTitle(s string) bool {
	const longest = 48 // bytes
	for i, r := range s {
		if i > longest {
			return false
		}
		m := LeadingMarker(s[i:])
		if r == '。' || r == ':' || i > 0 && m.Num == 1 && m.Style != Topic {
			return hasSuffixAny(s[:i], listTitles) && !containsAny(s[:i], []string{",", ";", "有待", "不够", "不高", "不到位"})
		}
		if r == ',' || r == ';' {
			return false
		}
	}
	return false
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func hasSuffixAny(s string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}
