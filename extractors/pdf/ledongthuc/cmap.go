package ledongthuc

import (
	"unicode/utf16"

	lpdf "github.com/ledongthuc/pdf"
)

// maxRanges of one table; a font has at most 65,536 codes.
const maxRanges = 70_000

// A toUnicode is a font's table from codes to text.
type toUnicode struct {
	one    map[code]string
	ranges []codeRange
}

// A code is a character's number and how many bytes it takes.
type code struct {
	n     uint32
	bytes int
}

type codeRange struct {
	lo, hi uint32
	bytes  int
	first  []uint16 // text of lo in UTF-16; the last unit counts up
	list   []string // or one text for each
}

// readToUnicode reads the table of a font.
func readToUnicode(stream lpdf.Value) (*toUnicode, error) {
	l, err := newLexer(stream)
	if err != nil {
		return nil, err
	}
	t := &toUnicode{one: map[code]string{}}
	l.run(func(op string, args []token) {
		switch op {
		case "endbfchar":
			t.readChars(args)
		case "endbfrange":
			t.readRanges(args)
		}
	})
	return t, nil
}

// readChars reads pairs of a code and its text.
func (t *toUnicode) readChars(args []token) {
	for ; len(args) >= 2 && len(t.one) < maxRanges; args = args[2:] {
		t.one[code{bigEndian(args[0].text), len(args[0].text)}] = string(utf16.Decode(units(args[1].text)))
	}
}

// readRanges reads triples of a first and a last code and the first one's text,
// or a list of texts.
func (t *toUnicode) readRanges(args []token) {
	for ; len(args) >= 3 && len(t.ranges) < maxRanges; args = args[3:] {
		lo, hi, to := args[0].text, args[1].text, args[2]
		r := codeRange{lo: bigEndian(lo), hi: bigEndian(hi), bytes: len(lo), first: units(to.text)}
		for _, x := range to.list {
			r.list = append(r.list, string(utf16.Decode(units(x.text))))
		}
		t.ranges = append(t.ranges, r)
	}
}

// text returns what a code stands for.
func (t *toUnicode) text(c code) (string, bool) {
	if s, ok := t.one[c]; ok {
		return s, true
	}
	for i := range t.ranges {
		r := &t.ranges[i]
		if c.bytes != r.bytes || c.n < r.lo || c.n > r.hi {
			continue
		}
		at := int(c.n - r.lo)
		if at < len(r.list) {
			return r.list[at], true
		}
		if n := len(r.first); n > 0 {
			u := append([]uint16(nil), r.first...)
			u[n-1] += uint16(at)
			return string(utf16.Decode(u)), true
		}
	}
	return "", false
}

// bigEndian reads up to four bytes as a number.
func bigEndian(s string) (n uint32) {
	for i := 0; i < len(s) && i < 4; i++ {
		n = n<<8 | uint32(s[i])
	}
	return n
}

// units reads UTF-16; a single byte is a character below 256.
func units(s string) []uint16 {
	if len(s) == 1 {
		return []uint16{uint16(s[0])}
	}
	u := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		u = append(u, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return u
}
