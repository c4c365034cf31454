package ledongthuc

import (
	"strconv"
	"strings"
	"unicode/utf16"

	lpdf "github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// A coding says how the bytes of a string make codes and, without a ToUnicode
// table, what they stand for.
type coding int

const (
	oneByte   coding = iota // a simple font
	identity                // two bytes, the number of a glyph
	unicode16               // UTF-16 or UCS-2
	gb                      // GBK, GB18030
	big5
)

// A font is what is needed to read strings set in it.
type font struct {
	coding  coding
	table   *toUnicode
	literal bool // ToUnicode says that codes are Unicode
	legacy  encoding.Encoding
	simple  lpdf.TextEncoding
	named   map[byte]string // from the font's Differences, where the library knows no name
	widths  map[int]float64 // thousandths of the size
	width   float64         // of all others
	unit    float64         // of widths: a Type 3 font has its own
}

// A char is one character of a string.
type char struct {
	text  string  // "" if nothing says what it is
	width float64 // of the size
	blank bool    // the one-byte code 32, which word spacing widens
}

func newFont(v lpdf.Value) *font {
	f := &font{widths: map[int]float64{}, unit: 0.001}
	switch tu := v.Key("ToUnicode"); tu.Kind() {
	case lpdf.Stream:
		f.table, _ = readToUnicode(tu) // without it the font's encoding may say enough
	case lpdf.Name:
		f.literal = strings.HasPrefix(tu.Name(), "Identity")
	}
	if v.Key("Subtype").Name() == "Type0" {
		f.composite(v)
	} else {
		f.single(v)
	}
	return f
}

// composite reads a font of many bytes a code.
func (f *font) composite(v lpdf.Value) {
	f.coding = identity
	switch enc := v.Key("Encoding").Name(); {
	case strings.HasPrefix(enc, "Uni") && (strings.Contains(enc, "UCS2") || strings.Contains(enc, "UTF16")):
		f.coding = unicode16
	case strings.HasPrefix(enc, "GB"):
		f.coding, f.legacy = gb, simplifiedchinese.GB18030
	case strings.HasPrefix(enc, "ETen"), strings.HasPrefix(enc, "B5"), strings.HasPrefix(enc, "HKscs"):
		f.coding, f.legacy = big5, traditionalchinese.Big5
	}
	d := v.Key("DescendantFonts").Index(0)
	f.width = 1000
	if dw := d.Key("DW"); !dw.IsNull() {
		f.width = dw.Float64()
	}
	f.readWidths(d.Key("W"))
}

// readWidths reads "first [w w …]" and "first last w".
func (f *font) readWidths(w lpdf.Value) {
	const most = 1 << 16
	for i := 0; i+1 < w.Len(); {
		first := int(w.Index(i).Int64())
		if list := w.Index(i + 1); list.Kind() == lpdf.Array {
			for k := range min(list.Len(), most) {
				f.widths[first+k] = list.Index(k).Float64()
			}
			i += 2
			continue
		}
		last, width := int(w.Index(i+1).Int64()), w.Index(i+2).Float64()
		for k := first; k <= last && k < first+most; k++ {
			f.widths[k] = width
		}
		i += 3
	}
}

// single reads a font of one byte a code.
func (f *font) single(v lpdf.Value) {
	f.coding = oneByte
	first := int(v.Key("FirstChar").Int64())
	w := v.Key("Widths")
	for i := range min(w.Len(), 256) {
		f.widths[first+i] = w.Index(i).Float64()
	}
	if m, ok := matrixOf(v.Key("FontMatrix")); ok && v.Key("Subtype").Name() == "Type3" {
		f.unit = m.a
	}
	if len(f.widths) == 0 {
		f.width = 500 // one of the standard fonts, whose widths a file need not hold
	}
	lib := lpdf.Font{V: v}
	f.simple = lib.Encoder()
	f.named = differences(v.Key("Encoding").Key("Differences"))
}

// differences returns the codes whose glyphs are named by their character, as
// uni7EE9 or u7EE9.
func differences(v lpdf.Value) map[byte]string {
	out := map[byte]string{}
	at := 0
	for i := range min(v.Len(), 1024) {
		x := v.Index(i)
		if x.Kind() == lpdf.Integer {
			at = int(x.Int64())
			continue
		}
		if hex, ok := strings.CutPrefix(x.Name(), "u"); ok && at >= 0 && at < 256 {
			n, err := strconv.ParseUint(strings.TrimPrefix(hex, "ni"), 16, 21)
			if err == nil && len(hex) >= 4 {
				out[byte(at)] = string(rune(n))
			}
		}
		at++
	}
	return out
}

// chars reads a string.
func (f *font) chars(raw string) []char {
	var out []char
	for len(raw) > 0 {
		n := min(f.length(raw), len(raw))
		c := code{bigEndian(raw[:n]), n}
		out = append(out, char{
			text:  f.text(c, raw[:n]),
			width: f.widthOf(c),
			blank: n == 1 && c.n == ' ',
		})
		raw = raw[n:]
	}
	return out
}

// length returns how many bytes the first code of raw takes.
func (f *font) length(raw string) int {
	switch f.coding {
	case oneByte:
		return 1
	case gb:
		switch {
		case raw[0] < 0x81:
			return 1
		case len(raw) >= 4 && raw[1] >= '0' && raw[1] <= '9':
			return 4
		}
	case big5:
		if raw[0] < 0x81 {
			return 1
		}
	case unicode16:
		if raw[0] >= 0xD8 && raw[0] < 0xDC {
			return 4
		}
	}
	return 2
}

func (f *font) text(c code, raw string) string {
	if f.table != nil {
		if s, ok := f.table.text(c); ok {
			return s
		}
	}
	switch {
	case f.literal && f.coding != oneByte, f.coding == unicode16:
		return string(utf16.Decode(units(raw)))
	case f.legacy != nil:
		s, err := f.legacy.NewDecoder().String(raw)
		if err != nil {
			return ""
		}
		return s
	case f.coding == oneByte:
		if s, ok := f.named[raw[0]]; ok {
			return s
		}
		return f.simple.Decode(raw)
	default:
		return ""
	}
}

// widthOf returns the advance in sizes. Widths are listed by glyph number, which
// for the Unicode and legacy codings is not known here: those set ASCII half as
// wide as ideographs.
func (f *font) widthOf(c code) float64 {
	switch f.coding {
	case unicode16, gb, big5:
		if c.n < 0x80 {
			return f.width * f.unit / 2
		}
		return f.width * f.unit
	}
	if w, ok := f.widths[int(c.n)]; ok {
		return w * f.unit
	}
	return f.width * f.unit
}
