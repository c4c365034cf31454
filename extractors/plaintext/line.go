package plaintext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"jixiao/internal/zh"
	"jixiao/schemas/layout"
)

// use is what a line turned out to be.
type use uint8

const (
	prose use = iota
	inTable
	rule       // a table's border: nothing to read
	pageNumber // left out of the running text
)

// A line is one line that is not blank.
type line struct {
	layout.Span             // without the white space around it
	raw         layout.Span // with it, without the line feed
	gap         bool        // a blank line stands before it
	indent      int         // columns of white space before it
	width       int         // columns up to its end, indent included
	runes       int         // characters between the white space
	drawn       bool        // it holds a bar or something else that tables are drawn with
	gappy       bool        // it holds white space that is wide enough to part two columns
	parted      bool        // it holds what may part cells: a comma, a semicolon, an arrow
	use         use
}

// split returns the lines of text that are not blank.
func split(text string) []line {
	out := make([]line, 0, 1+strings.Count(text, "\n"))
	gap := false
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
		}
		raw := layout.Span{Start: at, End: end}
		if s := trim(text, raw); s.Len() > 0 {
			out = append(out, measure(text, s, raw, gap))
			gap = false
		} else {
			gap = true
		}
		at = end + 1
	}
	return out
}

func measure(text string, s, raw layout.Span, gap bool) line {
	l := line{Span: s, raw: raw, gap: gap}
	for _, r := range text[raw.Start:s.Start] {
		l.indent += columns(r)
	}
	width, runes, blank := l.indent, 0, 0 // blank: columns of white space just before
	text = text[:s.End]
	for i := s.Start; i < s.End; runes++ {
		r, n := zh.Wide(text, i), 3
		if r >= 0x4e00 && r <= 0x9fff { // as nearly all are
			width, blank = width+2, 0
			i += 3
			continue
		}
		if r == 0 {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		i += n
		if r == ' ' || r == '\u3000' {
			blank += columns(r)
			l.gappy = l.gappy || blank >= minGap
		} else {
			blank = 0
		}
		width += columns(r)
		l.drawn = l.drawn || r == '+' || isBar(r) || isBox(r)
		l.parted = l.parted || isParting(r)
	}
	l.width, l.runes = width, runes
	return l
}

// columns is how wide r is printed in a font of fixed width.
func columns(r rune) int {
	switch {
	case r == '\t':
		return 4
	case r < 0x1100:
		return 1
	}
	return 2
}

// trim returns s without the white space and byte order marks at its ends.
func trim(text string, s layout.Span) layout.Span {
	rest := strings.TrimLeftFunc(text[s.Start:s.End], isBlank)
	s.Start = s.End - len(rest)
	s.End = s.Start + len(strings.TrimRightFunc(rest, isBlank))
	return s
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
