package plaintext

import (
	"slices"
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
	gappy       bool        // it holds white space that is wide enough to part two columns
	signs       sign        // what stands in it that cells may be parted by
	use         use
}

// A sign is a set of the kinds of marks that stand in a line. Lines are asked for
// them before they are looked at more closely.
type sign uint16

const (
	bar  sign = 1 << iota
	box       // what else borders are drawn with
	plus      // a corner of a border, or a sum
	stop
	arrow
	tabArrow
	comma
	wideComma
	semicolon
	wideSemicolon
	space

	drawn  = bar | box | plus
	parted = arrow | tabArrow | comma | wideComma | semicolon | wideSemicolon
)

// kindOf has the kind of each mark.
var kindOf = func() (m zh.RuneMap[sign]) {
	for r := rune(0x2500); r <= 0x257f; r++ {
		m.Set(r, box)
	}
	for _, r := range "|｜│┃║︱￨" {
		m.Set(r, m.Get(r)|bar)
	}
	for r, kind := range map[rune]sign{'+': plus, '。': stop, '→': arrow, '⇥': tabArrow, ',': comma, '，': wideComma, ';': semicolon, '；': wideSemicolon, ' ': space, '\u3000': space} {
		m.Set(r, kind)
	}
	return m
}()

func isBar(r rune) bool { return kindOf.Get(r)&bar != 0 }

func isBox(r rune) bool { return kindOf.Get(r)&box != 0 }

// has reports whether one of the kinds of marks stands in l.
func (l *line) has(kinds sign) bool { return l.signs&kinds != 0 }

// split appends the lines of text that are not blank to out.
func split(out []line, text string) []line {
	out = slices.Grow(out, 1+strings.Count(text, "\n"))
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
		if j := zh.SkipHan(text, i); j > i { // nearly all of a text
			width, blank = width+(j-i)/3*2, 0
			runes += (j-i)/3 - 1
			i = j
			continue
		}
		r, n := zh.Wide(text, i), 3
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
		l.signs |= kindOf.Get(r)
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
	r, _ := zh.Last(s)
	return r
}
