// Package segment cuts Chinese text into words the way jieba does: the most
// probable path through the dictionary's words, and a hidden Markov model for
// runs of characters that no word explains. Dictionary and model are jieba's,
// with user words for reports on budgets in userdict.txt; both are compiled into
// jieba.bin.gz and laid out as a double array when the first text is cut.
//
// The words and offsets are those of github.com/yanyiwu/gojieba with the same
// user words; a test under the build tag gojieba compares them. With that tag
// Default cuts by gojieba itself, which needs cgo.
//
// Texts should be folded first: the dictionary has no full-width letters and a
// line feed inside a word tears it.
package segment

import "sync"

//go:generate go run ./dict/compile -user userdict.txt -o jieba.bin.gz

// Version grows whenever the same text may be cut differently, by code or by
// user words. What is indexed under an older version must be indexed again.
const Version = 1

// A Token is the half-open range of bytes [Start, End) of the text that was cut.
type Token struct{ Start, End int32 }

// Segmenter cuts texts of less than 2 GiB. It is safe for concurrent use.
//
// Every byte that is no valid UTF-8 counts as a control character of its own;
// offsets are always those of the text as it was given.
type Segmenter struct{ impl cutter }

// A cutter appends the tokens of s to dst.
type cutter interface {
	cut(dst []Token, s string, m mode) []Token
}

type mode uint8

const (
	plain  mode = iota
	search      // also the words of two and three characters inside a word
	all         // every word of the dictionary, wherever it stands
)

// Default returns the one segmenter of the process, made when first asked for.
func Default() *Segmenter { return loaded() }

var loaded = sync.OnceValue(func() *Segmenter { return &Segmenter{impl: newCutter()} })

// Cut appends the words of s, which follow each other without gaps; white space
// and punctuation are tokens as well. It allocates only to grow dst.
func (g *Segmenter) Cut(dst []Token, s string) []Token { return g.impl.cut(dst, s, plain) }

// CutSearch is Cut for indexing and queries: before a word of more than two
// characters come the words of two, and before one of more than three those of
// three characters inside it. Tokens are ordered by the words that Cut gives.
func (g *Segmenter) CutSearch(dst []Token, s string) []Token { return g.impl.cut(dst, s, search) }

// CutAll appends every word of the dictionary that stands in s, overlapping
// ones too, ordered by start and then by length. A single character is a token
// only where no longer word covers it. Characters outside of words are tokens
// of their own.
func (g *Segmenter) CutAll(dst []Token, s string) []Token { return g.impl.cut(dst, s, all) }
