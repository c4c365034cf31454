// Package stubfont makes a font that maps every character to one plain box.
//
// Chinese office programs often leave fonts out of the PDF and rely on the
// reader's own. Where there is none, pdfium gives such glyphs no extent and
// silently drops text of a single glyph. The stub gives them one: its shapes
// are never seen, since nothing is drawn.
package stubfont

import (
	"encoding/binary"
	"unicode/utf16"
)

const unitsPerEm = 1000

// Name is the family name of the font. It is one that pdfium looks for when a
// document wants a font for simplified Chinese.
const Name = "WenQuanYi Micro Hei"

type table struct {
	tag  string
	data []byte
}

// Make returns the bytes of a TrueType font.
func Make() []byte {
	glyphs, loca := outlines()
	return assemble([]table{ // in the order of tags, as the format wants it
		{"OS/2", os2()},
		{"cmap", cmap()},
		{"glyf", glyphs},
		{"head", head()},
		{"hhea", hhea()},
		{"hmtx", be(uint16(unitsPerEm), int16(0), uint16(unitsPerEm), int16(0))},
		{"loca", loca},
		{"maxp", maxp()},
		{"name", names()},
		{"post", post()},
	})
}

// be writes fixed-size values one after the other, big end first.
func be(values ...any) []byte {
	var out []byte
	for _, v := range values {
		out, _ = binary.Append(out, binary.BigEndian, v) // fails only for types without a fixed size
	}
	return out
}

// assemble writes the table directory and the tables, each on a multiple of 4.
func assemble(tables []table) []byte {
	n := uint16(len(tables))
	search, selector := uint16(16), uint16(0)
	for search*2 <= n*16 {
		search, selector = search*2, selector+1
	}
	out := be(uint32(0x00010000), n, search, selector, n*16-search)
	at := uint32(12 + 16*len(tables))
	var body []byte
	for _, t := range tables {
		out = append(out, t.tag...)
		out = append(out, be(checksum(t.data), at+uint32(len(body)), uint32(len(t.data)))...)
		body = append(body, t.data...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(out, body...)
}

func checksum(b []byte) (sum uint32) {
	for len(b)%4 != 0 {
		b = append(b[:len(b):len(b)], 0)
	}
	for ; len(b) > 0; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	return sum
}

// outlines returns two glyphs, the missing one and the box, both a rectangle as
// large as an ideograph.
func outlines() (glyf, loca []byte) {
	const left, bottom, right, top = 50, -100, 950, 850
	box := be(
		int16(1), int16(left), int16(bottom), int16(right), int16(top), // one contour, its bounds
		uint16(3), uint16(0), // last point; no instructions
		[]byte{1, 1, 1, 1},                           // all on the curve, long deltas
		[]int16{left, right - left, 0, left - right}, // x
		[]int16{bottom, 0, top - bottom, 0},          // y
		[]byte{0, 0},                                 // to a multiple of 4
	)
	n := uint32(len(box))
	return append(box, box...), be(uint32(0), n, 2*n)
}

func head() []byte {
	return be(
		uint32(0x00010000), uint32(0x00010000), uint32(0), uint32(0x5F0F3CF5),
		uint16(0x000B), uint16(unitsPerEm), uint64(0), uint64(0),
		int16(50), int16(-100), int16(950), int16(850), // bounds of all glyphs
		uint16(0), uint16(8), int16(2),
		int16(1), int16(0), // long offsets in loca
	)
}

func hhea() []byte {
	return be(
		uint32(0x00010000), int16(880), int16(-120), int16(0), uint16(unitsPerEm),
		int16(50), int16(50), int16(950), int16(1), int16(0), int16(0),
		uint64(0), int16(0), uint16(2),
	)
}

func maxp() []byte {
	return be(uint32(0x00010000), uint16(2), uint16(4), uint16(1), [11]uint16{3: 1})
}

func post() []byte {
	return be(uint32(0x00030000), uint32(0), int16(-100), int16(50), [5]uint32{})
}

// os2 declares the code pages for which pdfium may take the font: Latin,
// Japanese, simplified Chinese, Korean, traditional Chinese.
func os2() []byte {
	return be(
		uint16(1), int16(unitsPerEm), uint16(400), uint16(5), uint16(0),
		[10]int16{}, int16(0), [10]byte{2, 11}, // sub- and superscripts, family class, panose
		uint32(1), uint32(1<<27|1<<16), uint32(0), uint32(0), // Unicode ranges: Latin, CJK symbols and ideographs
		[]byte("NONE"), uint16(0x40), uint16(0x20), uint16(0xFFFF),
		int16(880), int16(-120), int16(0), uint16(880), uint16(120),
		uint32(1|1<<17|1<<18|1<<19|1<<20), uint32(0),
	)
}

// cmap maps every character of the basic plane to the box, by a format 4
// subtable: one segment whose codes all point at a run of equal glyph numbers
// would need 64 Ki entries, so each segment takes the same run of 1,024.
func cmap() []byte {
	const run = 1024
	const segments = 0x10000/run + 1 // and the closing one, for U+FFFF alone
	var ends, starts, deltas, offsets []uint16
	for s := range segments - 1 {
		first := s * run
		starts, ends = append(starts, uint16(max(first, 0x20))), append(ends, uint16(min(first+run-1, 0xFFFE)))
		deltas = append(deltas, 0)
		offsets = append(offsets, uint16(2*(segments-s))) // from this word to the run behind the array
	}
	starts, ends = append(starts, 0xFFFF), append(ends, 0xFFFF)
	deltas, offsets = append(deltas, 1), append(offsets, 0)
	glyphs := make([]uint16, run)
	for i := range glyphs {
		glyphs[i] = 1
	}
	search, selector := uint16(2), uint16(0)
	for search*2 <= 2*segments {
		search, selector = search*2, selector+1
	}
	body := be(uint16(0), uint16(2*segments), search, selector, uint16(2*segments)-search,
		ends, uint16(0), starts, deltas, offsets, glyphs)
	sub := be(uint16(4), uint16(len(body)+4))
	sub = append(sub, body...)
	return append(be(uint16(0), uint16(1), uint16(3), uint16(1), uint32(12)), sub...)
}

func names() []byte {
	type entry struct {
		id   uint16
		text string
	}
	entries := []entry{{1, Name}, {2, "Regular"}, {4, Name}, {6, "WenQuanYiMicroHei"}}
	var dir, text []byte
	for _, mac := range []bool{true, false} { // pdfium reads the Macintosh names, FreeType either
		for _, e := range entries {
			s := []byte(e.text)
			platform, encoding, language := uint16(1), uint16(0), uint16(0)
			if !mac {
				s = be(utf16.Encode([]rune(e.text)))
				platform, encoding, language = 3, 1, 0x409
			}
			dir = append(dir, be(platform, encoding, language, e.id, uint16(len(s)), uint16(len(text)))...)
			text = append(text, s...)
		}
	}
	n := uint16(2 * len(entries))
	out := be(uint16(0), n, 6+12*n)
	return append(append(out, dir...), text...)
}
