package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"jixiao/internal/zh"
)

// A unit is the smallest thing a phrase is made of, the same for texts and for
// queries: one wide character (an ideograph, kana, a Greek letter, …), one run
// of ASCII letters and digits, or one run of punctuation, which stands for any
// other run. "12,345" is one unit, 12345.
type unit struct {
	text       string // folded, simplified, lower case; breakUnit for punctuation
	norm       int    // byte of the normal form where it begins
	start, end int    // bytes of the folded text
}

// breakUnit stands for a run of punctuation. It is no letter, so no word is it.
const breakUnit = ","

// maxWord is the longest run of ASCII letters and digits taken as one unit;
// longer ones are cut, in texts and queries alike.
const maxWord = 64

func (u unit) wide() bool { return u.text[0] >= utf8.RuneSelf }

// A cut is a text as units, with what leads from them back to the text.
type cut struct {
	units  []unit
	norm   string // the normal form
	folded zh.Folded
}

func cutText(text string) cut {
	f := zh.Fold(text, 0)
	c := cutter{norm: normalise(f.Text), fold: &f}
	c.out = make([]unit, 0, utf8.RuneCountInString(c.norm)) // none is less than a character
	c.cut()
	return cut{c.out, c.norm, f}
}

// unitTexts cuts a text of which nobody needs to know where units stand.
func unitTexts(text string) []string {
	c := cutText(text)
	out := make([]string, len(c.units))
	for i, u := range c.units {
		out[i] = u.text
	}
	return out
}

// normalise spells a folded text as it is compared: simplified characters,
// lower case. It keeps the number of characters, not of bytes.
func normalise(folded string) string {
	return strings.Map(lower, zh.Simplify(folded))
}

// lower is unicode.ToLower, fast for ideographs, which have no case.
func lower(r rune) rune {
	if r >= 0x2e80 && r < 0xa000 {
		return r
	}
	return unicode.ToLower(r)
}

// fold spells a value as it is compared.
func fold(s string) string { return normalise(zh.FoldString(s)) }

// A cutter walks the normal form and the folded text side by side: a character
// of one may need more bytes than its partner in the other.
type cutter struct {
	norm string
	fold *zh.Folded
	i, j int // bytes of norm, of fold.Text
	out  []unit
}

func (c *cutter) cut() {
	for c.i < len(c.norm) {
		switch b := c.norm[c.i]; {
		case b == ' ':
			c.i++
			c.j++
		case isWord(b):
			c.word()
		default:
			c.rune()
		}
	}
}

// rune takes one character that is no ASCII letter or digit.
func (c *cutter) rune() {
	r, n := utf8.DecodeRuneInString(c.norm[c.i:])
	_, m := utf8.DecodeRuneInString(c.fold.Text[c.j:])
	u := unit{text: c.norm[c.i : c.i+n], norm: c.i, start: c.j, end: c.j + m}
	c.i += n
	c.j += m
	if ideograph(r) || r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)) {
		c.out = append(c.out, u)
		return
	}
	u.text = breakUnit
	if k := len(c.out); k > 0 && c.out[k-1].text == breakUnit {
		c.out[k-1].end = u.end
		return
	}
	c.out = append(c.out, u)
}

// ideograph reports whether r is one of those that nearly all texts consist of.
func ideograph(r rune) bool { return r >= 0x4e00 && r < 0xa000 }

// word takes a run of ASCII letters and digits.
func (c *cutter) word() {
	s := c.norm[c.i:]
	n := 0
	for n < len(s) && n < maxWord && isWord(s[n]) {
		n++
	}
	digits := strings.Trim(s[:n], "0123456789") == ""
	for digits && n+4 <= maxWord && c.thousands(s, n) {
		n += 4
	}
	// ASCII stays ASCII when it is simplified and lowered, with one exception
	// that no folding yields (the Kelvin sign), so both texts move alike.
	c.out = append(c.out, unit{text: strings.ReplaceAll(s[:n], ",", ""), norm: c.i, start: c.j, end: c.j + n})
	c.i += n
	c.j += n
}

// thousands reports whether s[n:] goes on with a separator and three digits.
// A full-width comma parts two numbers, it does not group digits.
func (c *cutter) thousands(s string, n int) bool {
	if len(s) < n+4 || s[n] != ',' || (n > 3 && !strings.Contains(s[:n], ",")) {
		return false
	}
	for k := n + 1; k < n+4; k++ {
		if s[k] < '0' || s[k] > '9' {
			return false
		}
	}
	if len(s) > n+4 && isWord(s[n+4]) {
		return false
	}
	return c.fold.Source(c.j+n, c.j+n+1) == ","
}

func isWord(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}
