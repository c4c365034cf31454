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
	dict   *dict.Dict
	mode   mode
	runes  []rune
	codes  []uint16
	at     []int32   // byte where each character starts, and at last where the block ends
	weight []float64 // of the best path from here to the end
	length []int32   // of the first word on that path
	path   [][4]uint8
}

func (p *pure) cut(dst []Token, s string, m mode) []Token {
	b := p.scratch.Get().(*block)
	b.mode = m
	for i := 0; i < len(s); {
		start, r, size := i, rune(0), 0
		b.reset()
		for i < len(s) && len(b.runes) < maxBlock {
			if r, size = zh.Wide(s, i), 3; r == 0 {
				r, size = decode(s, i)
			}
			if isSeparator(r) {
				break
			}
			b.add(r, i)
			i += size
		}
		if i > start {
			b.at = append(b.at, int32(i))
			dst = b.cut(dst)
		}
		if i < len(s) && isSeparator(r) && len(b.runes) < maxBlock {
			dst = append(dst, Token{int32(i), int32(i + size)})
			i += size
		}
	}
	p.scratch.Put(b)
	return dst
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

func (b *block) reset() { b.runes, b.codes, b.at = b.runes[:0], b.codes[:0], b.at[:0] }

func (b *block) add(r rune, at int) {
	b.runes = append(b.runes, r)
	b.codes = append(b.codes, b.dict.Code(r))
	b.at = append(b.at, int32(at))
}

func (b *block) cut(dst []Token) []Token {
	if b.mode == all {
		return b.everyWord(dst)
	}
	b.bestPath()
	for i := 0; i < len(b.runes); {
		if !b.unexplained(i) {
			n := int(b.length[i])
			dst = b.word(dst, i, i+n)
			i += n
			continue
		}
		j := i + 1
		for j < len(b.runes) && b.unexplained(j) {
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
	return b.length[i] == 1 && !b.dict.Single(b.runes[i])
}

// bestPath fills weight and length from the end to the start.
func (b *block) bestPath() {
	n := len(b.codes)
	b.weight = grow(b.weight, n+1)
	b.length = grow(b.length, n)
	b.weight[n] = 0
	for i := n - 1; i >= 0; i-- {
		b.weight[i], b.length[i] = b.dict.Best(b.codes[i:], b.weight[i:])
	}
}

// word appends the word of the characters i to j.
func (b *block) word(dst []Token, i, j int) []Token {
	if b.mode == search {
		for n := 2; n <= 3 && n < j-i; n++ {
			for k := i; k+n <= j; k++ {
				if b.isWord(k, k+n) {
					dst = append(dst, Token{b.at[k], b.at[k+n]})
				}
			}
		}
	}
	return append(dst, Token{b.at[i], b.at[j]})
}

func (b *block) isWord(i, j int) bool {
	s := int32(0)
	for _, c := range b.codes[i:j] {
		if s = b.dict.Next(s, c); s == dict.None {
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
