package arrange

import (
	"encoding/binary"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jixiao/extractors/extracttest"
	"jixiao/schemas/layout"
)

// scattered makes pages of glyphs and rules from any bytes: eight for each,
// anywhere on or near a page and of any size. Each glyph is a character of its
// own and stands away from the page's upper and lower edge, so that all must be
// in the text: none is printed twice and none belongs to a running head.
func scattered(data []byte) (pages []Page, drawn int) {
	pages = []Page{{Width: 600, Height: 800}}
	for ; len(data) >= 8; data = data[8:] {
		kind := data[0]
		x := float64(binary.LittleEndian.Uint16(data[1:])%6400)/10 - 20
		y := 160 + float64(binary.LittleEndian.Uint16(data[3:])%4800)/10
		w, h := float64(data[5])*2, float64(data[6])
		p := &pages[len(pages)-1]
		switch kind % 8 {
		case 0:
			p.AddRule(x, y, x+w, y)
		case 1:
			p.AddRule(x, y, x, y+h)
		case 2:
			if len(pages) < 5 {
				pages = append(pages, Page{Width: 600, Height: 800})
			}
		default:
			p.Glyphs = append(p.Glyphs, Glyph{
				Text: string(rune(0x4E00 + drawn)),
				X0:   x, Y0: y, X1: x + w/8, Y1: y + h/8, OX: x, OY: y + h/8,
				Size: float64(data[7]) / 4, Turn: Turn(kind>>3) % (Skewed + 1),
			})
			drawn++
		}
	}
	return pages, drawn
}

// checkScattered fails if the layout is not sound or a glyph is lost or doubled.
func checkScattered(t interface {
	Helper()
	Fatalf(string, ...any)
}, data []byte) {
	t.Helper()
	pages, drawn := scattered(data)
	text, out := Arrange(pages)
	if err := extracttest.Verify(&layout.Doc{Text: text, Pages: out}); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	for i := range drawn {
		if n := strings.Count(text, string(rune(0x4E00+i))); n != 1 {
			t.Fatalf("glyph %d of %d stands %d times in %q", i, drawn, n, text)
		}
	}
}

func FuzzArrange(f *testing.F) {
	f.Add([]byte("12345678abcdefgh\x00\x10\x00\x10\x00\xff\xff\x10\x01\x10\x00\x10\x00\xff\xff\x10"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 8*2000 {
			return
		}
		checkScattered(t, data)
	})
}

// TestNothingIsLost tries pages that are more like documents than any bytes are:
// glyphs on a grid, with rulings between them.
func TestNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var data []byte
		step := rapid.SampledFrom([]int{60, 100, 140}).Draw(t, "step")
		for range rapid.IntRange(1, 120).Draw(t, "marks") {
			kind := rapid.SampledFrom([]byte{0, 1, 2, 3, 3, 3, 3, 3, 3, 11}).Draw(t, "kind")
			x := rapid.IntRange(0, 40).Draw(t, "column")*step + 200
			y := rapid.IntRange(0, 30).Draw(t, "row") * step
			size := rapid.SampledFrom([]byte{40, 48}).Draw(t, "size")
			data = append(data, kind, byte(x), byte(x>>8), byte(y), byte(y>>8), rapid.Byte().Draw(t, "w"), rapid.Byte().Draw(t, "h"), size)
		}
		checkScattered(t, data)
	})
}
