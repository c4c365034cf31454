package passage

import (
	"strings"

	"jixiao/internal/zh"
	"jixiao/schemas/layout"
)

// listTitles are what titles of the lists that readers look for are built around.
var listTitles = []string{"问题", "措施", "建议", "不足", "打算", "困难"}

// addParagraph adds p, parted where a numbered heading of a list stands in the
// middle of it: some producers lose the line ends before headings.
func (d *Doc) addParagraph(p Passage) {
	places := chapters(&p)
	if len(places) == 0 {
		places = cuts(p.Text)
	}
	if len(places) == 0 {
		places = formHead(p.Text)
	}
	if len(places) == 0 {
		d.Passages = append(d.Passages, p)
		return
	}
	start := p.Span.Start
	for _, i := range places {
		at := p.Origin(i, i+1).Start
		d.Passages = append(d.Passages, d.passage(layout.Span{Start: start, End: at}, p.Page))
		start = at
	}
	d.Passages = append(d.Passages, d.passage(layout.Span{Start: start, End: p.Span.End}, p.Page))
}

// cuts returns where in the folded text t such headings begin: after a full
// stop, with a number like 一、 or (一), and a short title behind it that a full
// stop, a colon or the list's first item ends.
func cuts(t string) []int {
	const shortest = 60 // bytes of a paragraph with a heading inside
	if len(t) < shortest {
		return nil
	}
	var out []int
	const stop = "。"
	for i := strings.Index(t, stop); i >= 0; {
		at := i + len(stop)
		if m := headMarker(t[at:]); (m.Style == Han || m.Style == HanParen) && isListTitle(t[at+m.Len:]) {
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

// headStarts are the characters that the numbers of such headings begin with.
var headStarts = zh.NewRuneSet(hanDigits + "([㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")

// headMarker is LeadingMarker for the styles Han and HanParen.
func headMarker(s string) Marker {
	if r, _ := zh.Next(s, 0); !headStarts.Has(r) {
		return Marker{}
	}
	return LeadingMarker(s)
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
			return zh.HasAnySuffix(s[:i], listTitles) && !zh.ContainsAny(s[:i], []string{",", ";", "有待", "不够", "不高", "不到位"})
		}
		if r == ',' || r == ';' {
			return false
		}
	}
	return false
}
