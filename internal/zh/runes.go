package zh

import "unicode/utf8"

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
	return uint32(r) < 1<<16 && s[r>>6]&(1<<(r&63)) != 0
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
	return len(s) < n || len(s) < n*utf8.UTFMax && utf8.RuneCountInString(s) < n
}

// Next returns the character at byte i of s and its size, as
// utf8.DecodeRuneInString does, but with the case of nearly all characters of a
// Chinese text, three bytes, first.
func Next(s string, i int) (rune, int) {
	if r := three(s, i); r != 0 {
		return r, 3
	}
	return utf8.DecodeRuneInString(s[i:])
}

// three returns the character at byte i of s if it has three bytes, and 0 for
// all others. Of the lead bytes it leaves out the two whose sequences take more
// care, E0 and ED; no Chinese character begins with them.
func three(s string, i int) rune {
	if i+2 >= len(s) || s[i] <= 0xe0 || s[i] == 0xed || s[i] >= 0xf0 || s[i+1]&0xc0 != 0x80 || s[i+2]&0xc0 != 0x80 {
		return 0
	}
	return rune(s[i]&0x0f)<<12 | rune(s[i+1]&0x3f)<<6 | rune(s[i+2]&0x3f)
}
