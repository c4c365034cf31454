package section

import (
	"strings"
	"unicode/utf8"

	"jixiao/extractors/passage"
	"jixiao/internal/zh"
)

// A line is one paragraph taken apart as a heading would be.
type line struct {
	marker passage.Marker
	title  string // folded, without marker and what ends it
	from   int    // where the title begins in the folded text
	term   string // what ends the title: 。 : ; | or "" for the end of the paragraph
	end    int    // where the text after the title begins
	body   bool   // there is such text
	role   string
	formal bool
	runes  int
}

// maxTitle is how long a title can be, in characters.
const maxTitle = 60

// takeApart splits the folded text t.
func takeApart(t string) line {
	l := line{marker: passage.LeadingMarker(t)}
	l.from = l.marker.Len
	if l.marker.Style == passage.NoStyle {
		l.from = len(t) - len(numberEnds.TrimLeft(t)) // its number is lost
	}
	if l.marker.Style == passage.NoStyle && strings.HasPrefix(t, "=") {
		l.from = len(t) - len(strings.TrimLeft(t, "="))
	}
	l.title, l.term = cutTitle(t[l.from:])
	if bare := titleTails.TrimRight(l.title); len(bare) < len(l.title) && l.term == "" {
		l.title, l.term = bare, l.title[len(bare):] // == 存在问题 ==
	}
	if in := squared(t[l.from:]); in > 0 {
		l.from++
		l.title, l.term = t[l.from:l.from+in], "]"
	}
	if open, in := angled(t[l.from:]); in > 0 {
		l.from += open
		l.title, l.term = t[l.from:l.from+in], t[l.from+in:]
	}
	l.end = l.from + len(l.title) + len(l.term)
	l.body = titleTerms.TrimLeft(t[l.end:]) != ""
	l.runes = zh.RuneCount(l.title[:min(len(l.title), utf8.UTFMax*(maxTitle+1))]) // of a longer one it only matters that it is
	if l.runes > 0 && l.runes <= maxTitle {
		l.formal = Formal(l.title)
		if l.formal || l.marker.Style != passage.NoStyle {
			l.role = RoleOf(l.title) // a line with neither number nor set words is no heading
		}
	}
	return l
}

// squared returns the length of the title in the square brackets that s begins
// with, as in 【存在问题】; 0 if there is none.
func squared(s string) int {
	const longest = 60 // bytes
	if s == "" || s[0] != '[' {
		return 0
	}
	n := strings.IndexByte(s[:min(len(s), longest)], ']')
	if n < 1 || !Formal(s[1:n]) {
		return 0
	}
	return n - 1
}

var (
	numberEnds = zh.NewRuneSet("、.")   // stand behind a heading's number
	titleTerms = zh.NewRuneSet("|。;:") // … and behind its title
	titleTails = zh.NewRuneSet("=★☆◆●■◇▲※*~#")
	hanDigits  = zh.NewRuneSet("一二三四五六七八九十")
	angles     = zh.NewRuneSet("<《〈")
)

// angled returns the length of the title that s, the whole line, has in angle
// brackets or between the marks of a book's title, and of the first of them.
func angled(s string) (open, in int) {
	if r, _ := zh.Next(s, 0); !angles.Has(r) {
		return 0, 0
	}
	for _, w := range [][2]string{{"<", ">"}, {"《", "》"}, {"〈", "〉"}} {
		rest, ok := strings.CutPrefix(s, w[0])
		if title, shut := strings.CutSuffix(rest, w[1]); ok && shut && len(title) < 4*maxTitle && Formal(title) {
			return len(w[0]), len(title)
		}
	}
	return 0, 0
}

// titleMarks are the marks that end a title, and brackets.
var titleMarks = zh.NewRuneSet("()。:;|!?")

// cutTitle returns s up to the first mark that ends a title, and that mark. A
// mark in brackets ends nothing.
func cutTitle(s string) (title, term string) {
	depth := 0
	const last = 4 * maxTitle // where the mark may begin
	near := s[:min(len(s), last+utf8.UTFMax)]
	for i := titleMarks.Next(near, 0); i < len(near) && i <= last; {
		r, n := zh.Next(s, i)
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		default:
			if depth <= 0 {
				return s[:i], s[i : i+n]
			}
		}
		i = titleMarks.Next(near, i+n)
	}
	return s, ""
}

// spaced reads a number that only a space parts from its title, as in 5 存在的问题.
// A title that says nothing of its part is one if it counts on from the heading before.
func (l *line) spaced(p *passage.Passage, o *outliner) {
	if l.marker.Style != passage.NoStyle || l.runes > 30 {
		return
	}
	n := len(l.title) - len(strings.TrimLeft(l.title, "0123456789"))
	style := passage.Number
	if n == 0 {
		n, style = len(l.title)-len(hanDigits.TrimLeft(l.title)), passage.Han
	}
	if n == 0 || n >= len(l.title) || p.Gap(n) == 0 || l.title[n] < 0x80 || n > 9 {
		return
	}
	m := passage.LeadingMarker(l.title[:n] + "、" + l.title[n:])
	role, formal := RoleOf(l.title[n:]), Formal(l.title[n:])
	if m.Style != style || !(role != "" && formal) && !o.countsOn(m, formal) {
		return
	}
	m.Len = n
	l.marker, l.from, l.title, l.role, l.formal = m, n, l.title[n:], role, formal
	l.runes = zh.RuneCount(l.title)
}

// jammed ends the title where the first item of its list runs into it, as in
// 存在的问题1、….
func (l *line) jammed() {
	const shortest, longest = 6, 3 * maxTitle // bytes of a title
	formal := formalPrefix(l.title[:min(len(l.title), longest)])
	if formal < shortest {
		return
	}
	for k := range l.title[:min(len(l.title), formal+1)] {
		if k < shortest {
			continue
		}
		if m := passage.LeadingMarker(l.title[k:]); m.Num != 1 || m.Style == passage.Topic || !Formal(l.title[:k]) {
			continue
		}
		if r := RoleOf(l.title[:k]); r == Problems || r == Measures {
			l.title, l.term, l.end, l.body, l.role, l.formal = l.title[:k], "|", l.from+k, true, r, true
			l.runes = zh.RuneCount(l.title)
			return
		}
	}
}

// glued ends the title behind the noun that it is built around where a sentence
// follows without any mark, as in 五、存在的问题预算编制不够精细,….
func (l *line) glued() {
	if l.formal || l.marker.Style == passage.NoStyle || l.marker.Style >= passage.Yishi && l.marker.Style <= passage.OneSide {
		return
	}
	k, r := GluedTitle(l.title, l.marker.Style == passage.Han)
	if k == 0 {
		return
	}
	l.title, l.term, l.end, l.body, l.role, l.formal = l.title[:k], "|", l.from+k, true, r, true
	l.runes = zh.RuneCount(l.title)
}

// GluedTitle returns the length and the role of the title of problems or measures that
// s, folded, begins with and that runs into a sentence; 0 if it begins with none. Where
// bare, the noun that titles are built around can be all of it: 建议 is a verb elsewhere.
func GluedTitle(s string, bare bool) (n int, role string) {
	const sentence = 24 // bytes of the shortest sentence
	if !strings.Contains(s, ",") {
		return 0, ""
	}
	formal := formalPrefix(s)
	for _, w := range []string{"问题", "措施", "建议", "打算", "不足"} {
		i := strings.Index(s[:formal], w)
		k := i + len(w)
		if i < 0 || i == 0 && !bare || len(s)-k < sentence || zh.HasAnyPrefix(s[k:], []string{"及", "和", "与", "、", "的", "是", "较", "方面", "整改", "导向", "意识"}) {
			continue
		}
		if r := RoleOf(s[:k]); r == Problems || r == Measures {
			return k, r
		}
	}
	return 0, ""
}

// gap ends the title where a wide space parts it from the text beside it, as
// in forms that print a label and its text on one line.
func (l *line) gap(p *passage.Passage) {
	if l.formal {
		return
	}
	if l.numberedGap(p) {
		return
	}
	const wide, far = 3, 100
	end := min(l.from+len(l.title), far)
	for k := p.WideGap(l.from+1, end, wide); k < end; k = p.WideGap(k+1, end, wide) {
		if utf8.RuneStart(p.Text[k]) && strings.TrimSpace(p.Source(k-1, k)) != "" {
			title := p.Text[l.from:k]
			if r := RoleOf(title); (r == Problems || r == Measures) && Formal(title) {
				l.title, l.term, l.end, l.body, l.role, l.formal = title, "|", k, true, r, true
			}
			return
		}
	}
}

// apart reports whether a wide space parts the title from the text beside it, as a
// label and its cell in a form.
func (l *line) apart(p *passage.Passage) bool {
	const wide = 3
	return l.term == "|" && l.body && l.from == 0 && p.WideGap(l.end, l.end+1, wide) == l.end && p.Text[l.end] != '|'
}

// numberedGap ends the numbered title behind which its text follows after a space,
// as where line ends were lost: 六、自评结果 按照评分表,….
func (l *line) numberedGap(p *passage.Passage) bool {
	if l.marker.Style != passage.Han && l.marker.Style != passage.HanParen {
		return false
	}
	const shortest = 6 // bytes
	for k := formalPrefix(l.title); k >= shortest; k-- {
		if !utf8.RuneStart(p.Text[l.from+k]) || p.Gap(l.from+k) == 0 || !Formal(l.title[:k]) {
			continue
		}
		role := RoleOf(l.title[:k])
		if role == "" {
			return false
		}
		l.title, l.term, l.end, l.body, l.role, l.formal = l.title[:k], "|", l.from+k, true, role, true
		l.runes = zh.RuneCount(l.title)
		return true
	}
	return false
}
