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

// readToUnicode reads the table of a font. A damaged one gives what it has.
func readToUnicode(stream, dict lpdf.Value) (t *toUnicode) {
	t = &toUnicode{one: map[code]string{}}
	defer func() { _ = recover() }() // the library's way to end a malformed program
	lpdf.Interpret(stream, func(stk *lpdf.Stack, op string) {
		switch op {
		case "findresource": // its dictionary is wanted by "begin": lend it one
			stk.Pop()
			stk.Pop()
			stk.Push(dict)
		case "defineresource":
			stk.Pop()
			x := stk.Pop()
			stk.Pop()
			stk.Push(x)
		case "endbfchar":
			t.readChars(stk)
		case "endbfrange":
			t.readRanges(stk)
		case "begincodespacerange", "endcodespacerange", "beginbfchar", "beginbfrange":
			for stk.Len() > 0 {
				stk.Pop()
			}
		}
	})
	return t
}

func (t *toUnicode) readChars(stk *lpdf.Stack) {
	for stk.Len() >= 2 && len(t.one) < maxRanges {
		to, from := stk.Pop(), stk.Pop()
		if from.Kind() != lpdf.String {
			return
		}
		s := from.RawString()
		t.one[code{bigEndian(s), len(s)}] = string(utf16.Decode(units(to.RawString())))
	}
}

func (t *toUnicode) readRanges(stk *lpdf.Stack) {
	for stk.Len() >= 3 && len(t.ranges) < maxRanges {
		to, hi, lo := stk.Pop(), stk.Pop(), stk.Pop()
		if lo.Kind() != lpdf.String || hi.Kind() != lpdf.String {
			return
		}
		r := codeRange{lo: bigEndian(lo.RawString()), hi: bigEndian(hi.RawString()), bytes: len(lo.RawString())}
		if to.Kind() == lpdf.Array {
			for i := range min(to.Len(), maxRanges) {
				r.list = append(r.list, string(utf16.Decode(units(to.Index(i).RawString()))))
			}
		} else {
			r.first = units(to.RawString())
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
