package stubfont

import (
	"encoding/binary"
	"testing"
)

// u16 and u32 read a number of the font at an offset.
func u16(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
func u32(b []byte, at int) int { return int(binary.BigEndian.Uint32(b[at:])) }

func tables(t *testing.T, font []byte) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	last := ""
	for i := range u16(font, 4) {
		e := font[12+16*i:]
		tag, at, n := string(e[:4]), u32(e, 8), u32(e, 12)
		if tag <= last || at%4 != 0 || at+n > len(font) {
			t.Fatalf("table %q at %d of %d bytes, after %q, in a font of %d", tag, at, n, last, len(font))
		}
		if sum := checksum(font[at : at+n]); int(sum) != u32(e, 4) {
			t.Errorf("table %q: checksum %x, the directory says %x", tag, sum, u32(e, 4))
		}
		out[tag], last = font[at:at+n], tag
	}
	return out
}

func TestEveryCharacterIsTheBox(t *testing.T) {
	font := tables(t, Make())
	sub := font["cmap"][12:]
	segments := u16(sub, 6) / 2
	glyph := func(c int) int { // as the format 4 of subtables defines it
		for s := range segments {
			end, start := u16(sub, 14+2*s), u16(sub, 16+2*segments+2*s)
			delta, at := u16(sub, 16+4*segments+2*s), 16+6*segments+2*s
			if c > end {
				continue
			}
			if c < start {
				return 0
			}
			if off := u16(sub, at); off != 0 {
				return u16(sub, at+off+2*(c-start))
			}
			return (c + delta) & 0xFFFF
		}
		return 0
	}
	for _, c := range "0Aé、一绩齉가（￥" {
		if g := glyph(int(c)); g != 1 {
			t.Errorf("%q is glyph %d, want 1", c, g)
		}
	}
	if g := glyph(0xFFFF); g != 0 {
		t.Errorf("U+FFFF is glyph %d, want the missing one", g)
	}
	if len(sub) != u16(sub, 2) {
		t.Errorf("the subtable has %d bytes and says %d", len(sub), u16(sub, 2))
	}
}

func TestTablesFitTogether(t *testing.T) {
	font := tables(t, Make())
	n := u16(font["maxp"], 4)
	if got := len(font["hmtx"]); got != 4*n {
		t.Errorf("widths of %d glyphs have %d bytes", n, got)
	}
	if got := len(font["loca"]); got != 4*(n+1) {
		t.Errorf("places of %d glyphs have %d bytes", n, got)
	}
	if end := u32(font["loca"], 4*n); end != len(font["glyf"]) {
		t.Errorf("glyphs end at %d of %d", end, len(font["glyf"]))
	}
	for tag, want := range map[string]int{"head": 54, "hhea": 36, "maxp": 32, "OS/2": 86, "post": 32} {
		if got := len(font[tag]); got != want {
			t.Errorf("table %q has %d bytes, its format %d", tag, got, want)
		}
	}
	const simplified = 1 << 18
	if u32(font["OS/2"], 78)&simplified == 0 {
		t.Error("the font does not say that it is for simplified Chinese")
	}
}
