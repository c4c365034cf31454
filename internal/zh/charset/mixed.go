package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// leastMixed is how many Chinese characters must stand on lines of each of two
// encodings for a text to be written in both: fewer may be damage. leastLine is
// how many a line of UTF-8 needs, so that it is not by chance that the bytes of
// another encoding look like it.
const (
	leastMixed = 6
	leastLine  = 4
)

// mixed reports whether some lines of b are UTF-8 and others another encoding,
// as in a file put together of two. Whichever is taken for the whole turns the
// other part into characters that nobody wrote.
func mixed(b []byte) bool {
	han, other := 0, []byte(nil)
	for line := range bytes.Lines(b) {
		in, out := byteKinds(line)
		switch {
		case out == 0 && in >= leastLine:
			han += in
		case out > 4*in && len(other) < sampleSize:
			other = append(other, line...)
		}
	}
	return han >= leastMixed && len(other) > 0 && (writtenIn(other, GB18030) || writtenIn(other, Big5))
}

// writtenIn reports whether what is not ASCII in b is clearly Chinese in the
// encoding name.
func writtenIn(b []byte, name string) bool {
	wide := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf {
			return -1
		}
		return r
	}, decode(b, name))
	return utf8.RuneCountInString(wide) >= leastMixed && score(wide) > sure
}

// byteKinds counts the Chinese characters of a line in UTF-8, and its bytes that
// are beyond ASCII and no part of one.
func byteKinds(line []byte) (han, other int) {
	for len(line) > 0 {
		r, n := utf8.DecodeRune(line)
		switch {
		case r >= 0x3000 && r != utf8.RuneError:
			han++
		case r >= utf8.RuneSelf:
			other += n
		}
		line = line[n:]
	}
	return han, other
}
