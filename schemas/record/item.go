package record

import (
	"crypto/sha256"
	"encoding/hex"
	"unicode"
	"unicode/utf8"
)

// ItemID returns the identity of a list item: a hash of its key and its words.
// White space, punctuation and the width of characters do not count, so that an
// item is the same after reprocessing and in another format. Readers append
// "-2", "-3" … to tell equal items of one document apart.
func ItemID(key, text string) string {
	h := make([]byte, 0, len(key)+1+len(text))
	h = append(append(h, key...), 0)
	for _, r := range text {
		if r >= 0xff01 && r <= 0xff5e {
			r -= 0xfee0
		}
		if r >= 0x4e00 && r <= 0x9fff { // a letter, as nearly all are
			h = utf8.AppendRune(h, r)
			continue
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			h = utf8.AppendRune(h, unicode.ToLower(r))
		}
	}
	sum := sha256.Sum256(h)
	return hex.EncodeToString(sum[:8])
}
