package segment

import (
	_ "embed"
	"fmt"
	"sync"
	"unicode/utf8"

	"jixiao/internal/zh"
	"jixiao/internal/zh/segment/dict"
)

//go:embed jieba.bin.gz
var compiled []byte

// maxBlock is how many characters without a separator are cut in one piece,
// which bounds the memory that a hostile text takes. Words at the border of two
// pieces may come out cut.
const maxBlock = 1 << 16

// pure is jieba in Go.
type pure struct {
	dict    *dict.Dict
	scratch sync.Pool // of *block
}

func newPure() *pure {
	d, err := dict.Decode(compiled)
	if err != nil {
		panic(fmt.Sprintf("segment: %v: run go generate", err)) // the file is part of this program
	}
	return &pure{dict: d, scratch: sync.Pool{New: func() any { return &block{dict: d} }}}
}

// A block is a run of characters between separators with what is worked out
// about it; its slices are used again for the next one.
type block struct {
	dict  *dict.Dict
	mode  mode
	chars []dict.Char // while it is cut, the last one is the end
	path  [][4]uint8
}

func (p *pure) cut(dst []Token, s string, m mode) []Token {
	b := p.scratch.Get().(*block)
	b.mode = m
	for i := 0; i < len(s); {
		from := i
		if i = b.fill(s, i); i > from {
			dst = b.cut(dst)
		}
		if i < len(s) && len(b.chars) <= maxBlock {
			_, size := decode(s, i)
			dst = append(dst, Token{int32(i), int32(i + size)})
			i += size
		}
	}
	p.scratch.Put(b)
	return dst
}

// fill takes the characters from byte i of s on up to a separator, at most
// maxBlock of them, and the end behind them, and returns where it stopped. It
// writes field by field, which is much quicker than to append whole characters.
func (b *block) fill(s string, i int) int {
	chars, n := grow(b.chars, 1+min(len(s)-i, maxBlock)), 0
	for ; i < len(s) && n < maxBlock; n++ {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			if r, size = zh.Wide(s, i), 3; r == 0 {
				r, size = decode(s, i)
			}
		}
		c := &chars[n]
		if c.Code = b.dict.Code(r); c.Code == 0 && isSeparator(r) {
			break
		}
		c.Rune, c.At = r, int32(i)
		i += size
	}
	chars[n].At = int32(i)
	b.chars = chars[:n+1]
	return i
}

// badByte stands for a byte that is no valid UTF-8: like a control character it
// is a word of its own.
const badByte = 1

func decode(s string, i int) (r rune, size int) {
	if r = rune(s[i]); r < utf8.RuneSelf {
		return r, 1
	}
	if r, size = utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && size == 1 {
		r = badByte
	}
	return r, size
}

func isSeparator(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '，' || r == '。'
}

func (b *block) cut(dst []Token) []Token {
	if b.mode == all {
		return b.everyWord(dst)
	}
	b.dict.BestPath(b.chars)
	for i, end := 0, len(b.chars)-1; i < end; {
		if !b.unexplained(i) {
			n := int(b.chars[i].Length)
			dst = b.word(dst, i, i+n)
			i += n
			continue
		}
		j := i + 1
		for j < end && b.unexplained(j) {
			j++
		}
		dst = b.guess(dst, i, j)
		i = j
	}
	return dst
}

// unexplained reports whether the best path has a single character at i, which
// is left to the model unless the user named it as a word.
func (b *block) unexplained(i int) bool {
	return b.chars[i].Length == 1 && !b.dict.Single(b.chars[i].Rune)
}

// word appends the word of the characters i to j.
func (b *block) word(dst []Token, i, j int) []Token {
	if b.mode == search {
		dst = b.wordsWithin(dst, i, j)
	}
	return append(dst, Token{b.chars[i].At, b.chars[j].At})
}

// wordsWithin appends the words of two and three characters within a longer one.
func (b *block) wordsWithin(dst []Token, i, j int) []Token {
	for n := 2; n <= 3 && n < j-i; n++ {
		for k := i; k+n <= j; k++ {
			if b.isWord(k, k+n) {
				dst = append(dst, Token{b.chars[k].At, b.chars[k+n].At})
			}
		}
	}
	return dst
}

func (b *block) isWord(i, j int) bool {
	s := int32(0)
	for k := i; k < j; k++ {
		if s = b.dict.Next(s, b.chars[k].Code); s == dict.None {
			return false
		}
	}
	_, ok := b.dict.Weight(s)
	return ok
}

// grow returns a slice of length n that may share memory with s.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n+n/2)[:n]
	}
	return s[:n]
}
