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
var remark = regexp.MustCompile(`[【\[（(](?:批注|修订|审核批注|Comment)[ ]?[0-9A-Za-z]{0,6}[:：]` +
	`|批注[ 　]?[\[［(（][^\]］)）\n]{1,12}[\]］)）][ ]?[:：]?` +
	`|(?:删除的内容|带格式的|设置了格式)[:：][ ]?`)

// remarkWords are in every remark: a text without them is not looked at.
var remarkWords = [...]string{"批注", "修订：", "修订:", "Comment", "删除的内容", "带格式的", "设置了格式"}

// remarkStarts are the characters that a remark begins with.
var remarkStarts = zh.NewRuneSet("【[（(批删带设")

const longestRemark = 600 // bytes

func apartRemarks(text string) string {
	if !hasRemarkWord(text) {
		return text
	}
	var out strings.Builder
	out.Grow(len(text) + 64)
	for {
		m := remark.FindStringIndex(text)
		if m == nil {
			out.WriteString(text)
			return out.String()
		}
		end := m[1] + remarkEnd(text, m)
		before := text[:m[0]]
		out.WriteString(before)
		if before != "" && !strings.HasSuffix(before, "\n") {
			out.WriteByte('\n')
		}
		out.WriteString(text[m[0]:end])
		if text = text[end:]; text != "" && text[0] != '\n' && text[0] != '\r' {
			out.WriteByte('\n')
		}
	}
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
		if m := remark.FindStringIndex(text[l.Start:l.End]); m != nil && m[0] == 0 {
			l.use = pageNumber
		}
	}
}

// longestStart is how many bytes into a remark its words stand.
const longestStart = 40

// hasRemarkWord looks for one word after the other: in a whole text that is quicker
// than for all at once.
func hasRemarkWord(s string) bool {
	for _, w := range remarkWords {
		if zh.Contains(s, w) {
			return true
		}
	}
	return false
}
