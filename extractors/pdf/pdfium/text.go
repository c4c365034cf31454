package pdfium

import (
	"errors"
	"math"

	"github.com/tetratelabs/wazero/api"

	"jixiao/extractors/pdf/arrange"
)

// maxGlyphs is more than any page of a report holds; a page beyond it is cut
// there and said to be bad.
const maxGlyphs = 200_000

// lineHyphen is what pdfium makes of a hyphen at the end of a line, taking it for
// a mark of division. It is printed there all the same, and in a number it counts.
const lineHyphen = 2

// A style is what all glyphs of one text object share.
type style struct {
	object uint64
	size   float64
	turn   arrange.Turn
}

// readText adds the page's glyphs to out.
func (e *engine) readText(page uint64, v view, out *Page) error {
	text := e.call("FPDFText_LoadPage", page)
	if e.broken != nil {
		return e.broken
	}
	if uint32(text) == 0 {
		return errors.New("pdfium cannot read the page's text")
	}
	defer e.call("FPDFText_ClosePage", text)
	n := int(int32(e.call("FPDFText_CountChars", text)))
	if n > maxGlyphs {
		return errors.New("more characters on the page than can be laid out")
	}
	out.Glyphs = make([]arrange.Glyph, 0, max(n, 0))
	var st style
	for i := uint64(0); i < uint64(max(n, 0)) && e.broken == nil; i++ {
		c := rune(uint32(e.call("FPDFText_GetUnicode", text, i)))
		if c == lineHyphen {
			c = '-'
		}
		switch {
		case blank(c):
			continue // white space follows from where the glyphs stand
		case c < ' ':
			out.Bad++
			continue
		}
		if c >= 0xD800 && c < 0xDC00 { // UTF-16 comes in halves
			low := rune(uint32(e.call("FPDFText_GetUnicode", text, i+1)))
			c = 0x10000 + (c-0xD800)<<10 + (low - 0xDC00)
		}
		if c < 0 || c > 0x10FFFF || (c >= 0xDC00 && c < 0xE000) {
			continue // the other half, or no character
		}
		before := st.object
		e.style(text, i, v, &st)
		g := e.glyph(text, i, v)
		g.Text, g.Size, g.Turn = string(c), st.size, st.turn
		if n := len(out.Glyphs); n > 0 && before == st.object && samePlace(&out.Glyphs[n-1], &g) {
			out.Glyphs[n-1].Text += g.Text // a ligature, which pdfium takes apart
			continue
		}
		out.Glyphs = append(out.Glyphs, g)
	}
	return e.broken
}

func samePlace(a, b *arrange.Glyph) bool {
	return a.OX == b.OX && a.OY == b.OY && a.X0 == b.X0 && a.X1 == b.X1
}

// blank reports whether c is white space, or a mark that pdfium itself adds.
func blank(c rune) bool {
	switch c {
	case ' ', '\t', '\n', '\r', 0xA0, 0x3000, 0xFEFF, 0xFFFE:
		return true
	default:
		return false
	}
}

// style sets st to the style of character i, asking only where a new text
// object begins.
func (e *engine) style(text, i uint64, v view, st *style) {
	object := e.call("FPDFText_GetTextObject", text, i)
	if object == st.object && uint32(object) != 0 {
		return
	}
	size := api.DecodeF64(e.call("FPDFText_GetFontSize", text, i))
	e.call("FPDFText_GetMatrix", text, i, e.at(0))
	m := matrix{e.float(0), e.float(1), e.float(2), e.float(3), 0, 0}.then(v.matrix)
	st.object = object
	st.size = size * math.Hypot(m.c, m.d)
	st.turn = arrange.TurnOf(m.a, m.b)
}

// glyph returns where character i stands.
func (e *engine) glyph(text, i uint64, v view) arrange.Glyph {
	e.call("FPDFText_GetLooseCharBox", text, i, e.at(0))
	left, top, right, bottom := e.float(0), e.float(1), e.float(2), e.float(3)
	e.call("FPDFText_GetCharOrigin", text, i, e.at(0), e.at(8))
	ox, oy := v.matrix.apply(e.double(0), e.double(1))
	x0, y0 := v.matrix.apply(left, top)
	x1, y1 := v.matrix.apply(right, bottom)
	return arrange.Glyph{
		X0: min(x0, x1), Y0: min(y0, y1), X1: max(x0, x1), Y1: max(y0, y1),
		OX: ox, OY: oy,
	}
}
