package plaintext

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh"
)

// What reviewers wrote into a document stands in the middle of its text when that
// was copied out of a word processor: 批注 [u1]: 请核, 删除的内容: 96分. apartRemarks
// sets each on a line of its own, where it is left out of the running text.

// remark matches what a remark begins with: one that goes on to a closing bracket, or
// one that nothing closes.
var remark = regexp.MustCompile(`^(?:[【\[（(](?:批注|修订|Comment)[ ]?[0-9A-Za-z]{0,6}[:：]` +
	`|批注[ 　]?[\[［(（][^\]］)）\n]{1,12}[\]］)）][ ]?[:：]?` +
	`|(?:删除的内容|带格式的|设置了格式)[:：][ ]?)`)

// remarkWords are what remarks begin with, or have behind a bracket.
var remarkWords = [...]string{"批注", "修订", "Comment", "删除的内容", "带格式的", "设置了格式"}

// remarkStarts are the characters that a remark begins with.
var remarkStarts = zh.NewRuneSet("【[（(批删带设")

const longestRemark = 600 // bytes

func apartRemarks(text string) string {
	if !hasRemarkWord(text) {
		return text
	}
	var out strings.Builder
	out.Grow(len(text) + 64)
	f := newRemarkFinder(text)
	at := 0 // what stands before it has been written
	for m := f.next(at); m != nil; m = f.next(at) {
		end := m[1] + remarkEnd(text, m)
		out.WriteString(text[at:m[0]])
		if m[0] > 0 && text[m[0]-1] != '\n' && m[0] > at {
			out.WriteByte('\n')
		}
		out.WriteString(text[m[0]:end])
		if at = end; at < len(text) && text[at] != '\n' && text[at] != '\r' {
			out.WriteByte('\n')
		}
	}
	out.WriteString(text[at:])
	return out.String()
}

// A remarkFinder goes through a text from remark to remark.
type remarkFinder struct {
	text string
	word [len(remarkWords)]int // where each word stands next; past the end if nowhere
}

func newRemarkFinder(text string) *remarkFinder {
	f := &remarkFinder{text: text}
	for k := range f.word {
		f.word[k] = -1
		f.advance(k, 0)
	}
	return f
}

// advance brings word k to its next place from byte at on.
func (f *remarkFinder) advance(k, at int) {
	n := strings.Index(f.text[at:], remarkWords[k])
	if f.word[k] = at + n; n < 0 {
		f.word[k] = len(f.text)
	}
}

// next returns where the next remark from byte at on begins and where its words do;
// nil if there is none.
func (f *remarkFinder) next(at int) []int {
	for {
		first := 0
		for k := range f.word {
			if f.word[k] < at {
				f.advance(k, at)
			}
			if f.word[k] < f.word[first] {
				first = k
			}
		}
		i := f.word[first]
		if i >= len(f.text) {
			return nil
		}
		if m := remarkAt(f.text, i); m != nil && m[0] >= at {
			return m
		}
		f.advance(first, i+len(remarkWords[first]))
	}
}

// remarkAt returns the remark whose word stands at byte at, behind a bracket or not.
func remarkAt(text string, at int) []int {
	r, n := utf8.DecodeLastRuneInString(text[:at])
	if !strings.ContainsRune("【[（(", r) {
		n = 0
	}
	const longest = 80 // bytes
	for _, from := range []int{at - n, at} {
		if m := remark.FindStringIndex(text[from:min(len(text), from+longest)]); m != nil {
			return []int{from, from + m[1]}
		}
	}
	return nil
}

// remarkEnd returns how far the remark that text[m[0]:m[1]] begins goes on: to its
// bracket; to the end of the line if a finished sentence stands before it or nothing
// but a remark could follow; else to the end of its first clause.
func remarkEnd(text string, m []int) int {
	rest := text[m[1]:min(len(text), m[1]+longestRemark)]
	rest, _, _ = strings.Cut(rest, "\n")
	first, _ := utf8.DecodeRuneInString(text[m[0]:])
	if strings.ContainsRune("【[（(", first) {
		if i := strings.IndexAny(rest, "】]）)"); i >= 0 {
			_, n := utf8.DecodeRuneInString(rest[i:])
			return i + n
		}
		return len(strings.TrimRight(rest, "\r"))
	}
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:m[0]], " 　”\""))
	i := strings.IndexAny(rest, "，。；")
	if i < 0 || m[0] == 0 || strings.ContainsRune("。；！？\n", before) || strings.HasPrefix(text[m[0]:], "带格式的") || strings.HasPrefix(text[m[0]:], "设置了格式") {
		return len(strings.TrimRight(rest, "\r"))
	}
	if mark := "。"; strings.TrimRight(rest[i:], "\r") == mark {
		return i + len(mark) // the remark's own full stop
	}
	return i
}

// remarks marks the lines that are remarks.
func remarks(text string, lines []line) {
	for i := range lines {
		l := &lines[i]
		if first, _ := zh.Next(text, l.Start); !remarkStarts.Has(first) || l.use != prose || l.Len() > longestRemark || !hasRemarkWord(text[l.Start:min(l.End, l.Start+longestStart)]) {
			continue
		}
		if remark.MatchString(text[l.Start:l.End]) {
			l.use = pageNumber
		}
	}
}

// longestStart is how many bytes into a remark its words stand.
const longestStart = 40

// remarkTells are the rarest characters of the remark words, one of each; tellAt is
// where it stands in its word.
var (
	remarkTells = zh.NewRuneSet("注订C删式")
	tellAt      = func() (at [len(remarkWords)]int) {
		for k, w := range remarkWords {
			at[k] = remarkTells.Next(w, 0)
		}
		return at
	}()
)

// hasRemarkWord goes through s once, from tell to tell.
func hasRemarkWord(s string) bool {
	for i := remarkTells.Next(s, 0); i < len(s); i = remarkTells.Next(s, i) {
		for k, w := range remarkWords {
			if from := i - tellAt[k]; from >= 0 && strings.HasPrefix(s[from:], w) {
				return true
			}
		}
		_, n := zh.Next(s, i)
		i += n
	}
	return false
}
