package zh

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// A RuneSet is a set of characters of the basic plane. Asking it costs one load
// from a table that stays in the processor's cache, whatever the set's size, so
// it is what scans ask of every character of a text.
type RuneSet [1 << 16 / 64]uint64

// NewRuneSet returns the set of the characters of s.
func NewRuneSet(s string) *RuneSet {
	set := new(RuneSet)
	for _, r := range s {
		set.Add(r)
	}
	return set
}

// Add puts r into the set; characters beyond the basic plane cannot be in it.
func (s *RuneSet) Add(r rune) {
	if r >= 0 && r < 1<<16 {
		s[r>>6] |= 1 << (r & 63)
	}
}

// Has reports whether r is in the set.
func (s *RuneSet) Has(r rune) bool {
	u := uint32(r)
	return u < 1<<16 && s[u>>6]&(1<<(u&63)) != 0
}

// In reports whether a character of the set stands in text.
func (s *RuneSet) In(text string) bool {
	return s.Next(text, 0) < len(text)
}

// Next returns the first place from byte i of text on where a character of the
// set stands; len(text) if there is none. It takes the bits of a character of
// three bytes, as nearly all are, without putting it together; only one that is
// in the set is decoded with care.
func (s *RuneSet) Next(text string, i int) int {
	rest := text[min(i, len(text)):]
	for {
		for len(rest) >= 8 { // two characters at a time: eight bytes are one load
			x := eight(rest)
			if x&0xc0c0f0c0c0f0 != 0x8080e08080e0 || (s.wide(uint32(x))|s.wide(uint32(x>>24)))&1 != 0 {
				break
			}
			rest = rest[6:]
		}
		for len(rest) >= utf8.UTFMax { // four bytes are one load
			x := uint32(rest[0]) | uint32(rest[1])<<8 | uint32(rest[2])<<16 | uint32(rest[3])<<24
			if c := uint8(x); c < utf8.RuneSelf {
				if s[c>>6]>>(c&63)&1 != 0 {
					return len(text) - len(rest)
				}
				rest = rest[1:]
				continue
			}
			if x&0xc0c0f0 != 0x8080e0 || s.wide(x)&1 != 0 {
				break
			}
			rest = rest[3:]
		}
		if rest == "" {
			return len(text)
		}
		r, n := Wide(rest, 0), 3
		if r == 0 {
			r, n = utf8.DecodeRuneInString(rest)
		}
		if s.Has(r) {
			return len(text) - len(rest)
		}
		rest = rest[n:]
	}
}

// wide returns a word the lowest bit of which says whether the character of three
// bytes is in the set that x holds in its lowest bytes.
func (s *RuneSet) wide(x uint32) uint64 { return s[x&0x0f<<6|x>>8&0x3f] >> (x >> 16 & 0x3f) }

// eight returns the first eight bytes of s.
func eight(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// TrimLeft returns text without the characters of the set that it begins with.
func (s *RuneSet) TrimLeft(text string) string {
	for text != "" {
		r, n := Next(text, 0)
		if !s.Has(r) {
			break
		}
		text = text[n:]
	}
	return text
}

// TrimRight returns text without the characters of the set that it ends with.
func (s *RuneSet) TrimRight(text string) string {
	for text != "" {
		r, n := Last(text)
		if !s.Has(r) {
			break
		}
		text = text[:len(text)-n]
	}
	return text
}

// A RuneMap is a map from characters of the basic plane, as cheap to ask as a
// RuneSet. The zero RuneMap is empty.
type RuneMap[V any] struct {
	pages  [256]*[256]uint16 // of 256 characters each; where each one's value stands in values, 0 for none
	values []V               // the first is the zero value
}

// Get returns the value of r, the zero value if it has none.
func (m *RuneMap[V]) Get(r rune) (v V) {
	if uint32(r) < 1<<16 && m.pages[r>>8] != nil {
		return m.values[m.pages[r>>8][r&0xff]]
	}
	return v
}

// Set makes v the value of r; characters beyond the basic plane cannot have one.
func (m *RuneMap[V]) Set(r rune, v V) {
	if uint32(r) >= 1<<16 {
		return
	}
	if len(m.values) == 0 {
		m.values = make([]V, 1)
	}
	page := m.pages[r>>8]
	if page == nil {
		page = new([256]uint16)
		m.pages[r>>8] = page
	}
	if page[r&0xff] == 0 {
		page[r&0xff] = uint16(len(m.values))
		m.values = append(m.values, v)
		return
	}
	m.values[page[r&0xff]] = v
}

// Shorter reports whether s has fewer than n characters, without counting those
// of a long text.
func Shorter(s string, n int) bool {
	return len(s) < n || len(s) < n*utf8.UTFMax && RuneCount(s) < n
}

// RuneCount returns the number of characters of s, valid UTF-8: of all bytes but
// those that go on a character, eight at a time.
func RuneCount(s string) int {
	n := len(s)
	for ; len(s) >= 8; s = s[8:] { // eight bytes are one load
		x := eight(s)
		n -= bits.OnesCount64(x &^ (x << 1) & 0x8080808080808080)
	}
	for i := range len(s) {
		if s[i]&0xc0 == 0x80 {
			n--
		}
	}
	return n
}

// Contains is strings.Contains for a text and a word of Chinese characters. It
// looks for the word's last byte: all characters of a text begin with the same
// few bytes, but few end alike.
func Contains(s, word string) bool {
	n := len(word)
	if n == 0 {
		return true
	}
	last := word[n-1]
	for at := n - 1; at < len(s); at++ {
		k := strings.IndexByte(s[at:], last)
		if k < 0 {
			return false
		}
		if at += k; s[at+1-n:at+1] == word {
			return true
		}
	}
	return false
}

// Next returns the character at byte i of s and its size, as
// utf8.DecodeRuneInString does, but with the case of nearly all characters of a
// Chinese text, three bytes, first.
func Next(s string, i int) (rune, int) {
	if r := Wide(s, i); r != 0 {
		return r, 3
	}
	return utf8.DecodeRuneInString(s[i:])
}

// Last returns the last character of s and its size, as
// utf8.DecodeLastRuneInString does, but with the usual cases first.
func Last(s string) (rune, int) {
	n := len(s)
	if n > 0 && s[n-1] < utf8.RuneSelf {
		return rune(s[n-1]), 1
	}
	if n >= 3 {
		if r := Wide(s, n-3); r != 0 {
			return r, 3
		}
	}
	return utf8.DecodeLastRuneInString(s)
}

// SkipHan returns where the run of characters from U+4000 to U+9FFF ends that
// begins at byte i of s: the ideographs that most of a Chinese text consists of,
// told by their first byte.
func SkipHan[T ~string | ~[]byte](s T, i int) int {
	rest := s[i:]
	for len(rest) >= 3 && rest[0]-0xe4 <= 0xe9-0xe4 && (rest[1]^0x80)|(rest[2]^0x80) < 0x40 {
		rest = rest[3:]
	}
	return len(s) - len(rest)
}

// Wide returns the character at byte i of s if it has three bytes, as Chinese
// characters and marks have, and 0 for all others. It is short enough to be
// compiled into the loops that look at every character of a text. Of the lead
// bytes it leaves out the two whose sequences take more care, E0 and ED; no
// Chinese character begins with them.
func Wide[T ~string | ~[]byte](s T, i int) rune {
	if i+3 > len(s) {
		return 0
	}
	t := s[i : i+3]
	a, b, c := uint32(t[0])-0xe0, uint32(t[1])^0x80, uint32(t[2])^0x80
	if a-1 > 0xe || a == 0xd || b|c > 0x3f {
		return 0
	}
	return rune(a<<12 | b<<6 | c)
}
