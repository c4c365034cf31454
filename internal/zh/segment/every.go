package segment

import "jixiao/internal/zh/segment/dict"

// everyWord appends the words of the dictionary at every place. It follows
// jieba's full mode to the letter, which measures how far words reach by the
// last word that it saw.
func (b *block) everyWord(dst []Token) []Token {
	reach, seen := 0, 0 // characters before reach are covered; length of the last word
	end := len(b.chars) - 1
	for i := range end {
		s := b.dict.Next(0, b.chars[i].Code)
		alone := !b.longer(s, i)
		if _, ok := weight(b.dict, s); ok {
			seen = 1
		}
		if alone && reach <= i {
			dst = append(dst, Token{b.chars[i].At, b.chars[i+1].At})
		}
		reach = max(reach, i+seen)
		for j := i + 1; j < end && s != dict.None; j++ {
			if s = b.dict.Next(s, b.chars[j].Code); s == dict.None {
				break
			}
			if _, ok := b.dict.Weight(s); ok {
				seen = j + 1 - i
				dst = append(dst, Token{b.chars[i].At, b.chars[j+1].At})
				reach = max(reach, i+seen)
			}
		}
	}
	return dst
}

// longer reports whether a word of two or more characters starts at i, where s
// is the state after the first.
func (b *block) longer(s int32, i int) bool {
	for j := i + 1; j < len(b.chars)-1 && s != dict.None; j++ {
		if s = b.dict.Next(s, b.chars[j].Code); s == dict.None {
			return false
		}
		if _, ok := b.dict.Weight(s); ok {
			return true
		}
	}
	return false
}

func weight(d *dict.Dict, s int32) (float64, bool) {
	if s == dict.None {
		return 0, false
	}
	return d.Weight(s)
}
