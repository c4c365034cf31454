package pdf

import (
	"fmt"
	"sync"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"jixiao/extractors/pdf/arrange"
	"jixiao/schemas/layout"
)

// What a page must be like to be read as Chinese. Text whose fonts do not say
// what their glyphs mean comes out as unnamed characters, as letters of rare
// scripts, as rare ideographs or as no ideographs at all.
const (
	mostBad   = 0.02 // share of characters without a name
	mostOdd   = 0.03 // share of letters of scripts that reports do not use
	leastHan  = 0.10 // share of ideographs
	leastUsed = 0.90 // share of the ideographs that are common ones
	few       = 30   // characters of a kind below which a share says nothing
	hopeless  = 0.20 // share of bad characters from which the text is worth nothing
)

// What a page must be like to be an image of text.
const (
	someImage = 0.05 // share of the page's area
	mostImage = 0.50
	fewGlyphs = 30 // on a scan: a stamp or a page number, not its text
	outlines  = 50 // shapes with curves: text drawn as shapes
)

// judged says what is wrong with a page, if anything. The glyphs of a page that
// is garbled beyond use are left out: they are no text.
func judged(p arrange.Page, bad int, images float64, drawings int, engine string) page {
	out := page{Page: p, engine: engine}
	switch n := len(p.Glyphs); {
	case n == 0 && bad == 0 && images >= someImage:
		out.problem, out.reason = layout.NoText, "the page is an image without text"
	case n == 0 && bad == 0 && drawings >= outlines:
		out.problem, out.reason = layout.NoText, "the page's text is drawn as shapes"
	case n+bad < fewGlyphs && images >= mostImage:
		out.problem, out.reason = layout.NoText, "the page is an image with hardly any text"
	default:
		t := countLetters(p.Glyphs, bad)
		if reason := t.garbled(); reason != "" {
			out.problem, out.reason = layout.Garbled, reason
			if t.hopeless() {
				out.Glyphs = nil
			}
		}
	}
	return out
}

// A tally counts the characters of a page by kind.
type tally struct {
	all, bad, han, used, usedTraditional int
	latin, vowels, figures, odd          int
}

func countLetters(gs []arrange.Glyph, bad int) *tally {
	t := &tally{all: bad, bad: bad}
	for i := range gs {
		for _, r := range gs[i].Text {
			t.add(r)
		}
	}
	return t
}

func (t *tally) add(r rune) {
	t.all++
	switch {
	case r < 0x80:
		t.addASCII(r)
	case r >= 0x2E80 && r <= 0x2FDF: // radicals, which some programs write for the ideographs they look like
		t.han, t.used, t.usedTraditional = t.han+1, t.used+1, t.usedTraditional+1
	case unicode.Is(unicode.Han, r):
		t.han++
		simplified, traditional := common()
		if simplified[r] {
			t.used++
		}
		if traditional[r] {
			t.usedTraditional++
		}
	case r == unicode.ReplacementChar:
		t.bad++
	case r >= 0xFF10 && r <= 0xFF19:
		t.figures++
	case odd(r):
		t.odd++
	}
}

func (t *tally) addASCII(r rune) {
	switch {
	case r >= '0' && r <= '9' || r == '.' || r == ',' || r == '-' || r == '%' || r == '/' || r == ':':
		t.figures++
	case unicode.IsLetter(r):
		t.latin++
		switch unicode.ToLower(r) {
		case 'a', 'e', 'i', 'o', 'u':
			t.vowels++
		}
	}
}

// odd reports whether r belongs to no script that reports use. Letters with
// accents are what Chinese in the wrong encoding looks like. Symbol fonts keep
// their bullets in a private area, and those are all right.
func odd(r rune) bool {
	switch {
	case r >= 0xF000 && r <= 0xF0FF, r >= 0xFF00 && r <= 0xFFEF:
		return false
	case unicode.In(r, unicode.Co, unicode.Cc):
		return true
	default:
		return unicode.IsLetter(r) && !unicode.In(r, unicode.Greek, unicode.Bopomofo, unicode.Hiragana, unicode.Katakana)
	}
}

func (t *tally) share(n int) float64 { return float64(n) / float64(max(t.all, 1)) }

// garbled says why the text is no Chinese, or "".
func (t *tally) garbled() string {
	switch {
	case t.bad > 1 && t.share(t.bad) > mostBad:
		return fmt.Sprintf("%d of %d characters have no name in the file's fonts", t.bad, t.all)
	case t.all < few:
		return ""
	case t.share(t.odd) > mostOdd:
		return fmt.Sprintf("%d of %d characters belong to scripts that make no Chinese", t.odd, t.all)
	case t.han >= few && t.usual() < leastUsed:
		return fmt.Sprintf("only %.0f%% of the ideographs are common ones", 100*t.usual())
	case t.share(t.han) < leastHan && !t.numeric() && !t.westernWords():
		return fmt.Sprintf("%d of %d characters are ideographs", t.han, t.all)
	default:
		return ""
	}
}

// usual returns the share of ideographs that are common, in simplified or in
// traditional writing.
func (t *tally) usual() float64 {
	return float64(max(t.used, t.usedTraditional)) / float64(max(t.han, 1))
}

// numeric reports whether the page is a table of figures.
func (t *tally) numeric() bool { return 2*t.figures >= t.all-t.latin && t.figures >= t.latin }

// westernWords reports whether the letters look like words of a language.
func (t *tally) westernWords() bool {
	return 2*t.latin > t.all && 4*t.vowels > t.latin && 2*t.vowels < t.latin+t.latin/10
}

// hopeless reports whether there is hardly anything to read.
func (t *tally) hopeless() bool {
	return t.share(t.bad+t.odd) > hopeless || t.han >= few && t.usual() < 1-hopeless || t.share(t.han) < leastHan
}

// common returns the ideographs of the first level of GB 2312 and of Big5, which
// hold nearly all that reports are written with.
var common = sync.OnceValues(func() (simplified, traditional map[rune]bool) {
	gb, b5 := simplifiedchinese.GBK.NewDecoder(), traditionalchinese.Big5.NewDecoder()
	simplified, traditional = map[rune]bool{}, map[rune]bool{}
	add := func(to map[rune]bool, s string, err error) {
		for _, r := range s {
			if err == nil && unicode.Is(unicode.Han, r) {
				to[r] = true
			}
		}
	}
	for hi := byte(0xA4); hi <= 0xD7; hi++ {
		for lo := byte(0x40); lo < 0xFF; lo++ {
			if hi >= 0xB0 && lo >= 0xA1 {
				s, err := gb.String(string([]byte{hi, lo}))
				add(simplified, s, err)
			}
			if hi <= 0xC6 && (lo <= 0x7E || lo >= 0xA1) {
				s, err := b5.String(string([]byte{hi, lo}))
				add(traditional, s, err)
			}
		}
	}
	return simplified, traditional
})
