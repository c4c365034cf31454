package zh

import (
	"strings"
	"unicode/utf8"
)

// tones are the vowels that Pinyin marks with a tone.
const tones = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"

// gloss returns the length of the reading in Pinyin that s, behind an opening
// bracket, begins with, its closing bracket included: jì). It is 0 if there is
// none; letters without a tone are no reading, for they may be an abbreviation.
func gloss(s string) int {
	const longest = 7 // letters: zhuàng
	toned := false
	for i, letters := 0, 0; i < len(s) && letters <= longest; letters++ {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case (r == ')' || r == '）') && toned:
			return i + n
		case r >= 'a' && r <= 'z' || r == 'ü' || r == 'ɡ':
		case r >= 0x80 && strings.ContainsRune(tones, r):
			toned = true
		default:
			return 0
		}
		i += n
	}
	return 0
}
