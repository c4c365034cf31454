package zh

import (
	"sort"
	"unicode"
	"unicode/utf8"

	"jixiao/schemas/layout"
)

// Folded is a text in the one spelling that rules are written for, and the way
// back from it. Folding makes full-width forms ASCII (， becomes a comma, （ a
// bracket, ％ a percent sign), all kinds of square and corner brackets [ ],
// radicals the ideographs they show; it drops quotation marks, invisible
// characters and white space. One space is kept only between two ASCII letters
// or digits, where dropping it would join two figures or words.
//
// The folded text is what patterns match; values that are prose are taken from
// the source by Origin.
type Folded struct {
	Text string
	src  string
	at   int     // offset of src in the document's text
	from []int32 // byte of Text -> byte of src where its character starts
	to   []int32 // byte of Text -> byte of src after its character
}

// Fold folds s, which stands at byte offset at of a document's text.
func Fold(s string, at int) Folded {
	f := Folded{src: s, at: at, from: make([]int32, 0, len(s)), to: make([]int32, 0, len(s))}
	buf := make([]byte, 0, len(s))
	var last rune // last rune written
	space := false
	for i, r := range s {
		n := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, n = utf8.DecodeRuneInString(s[i:])
		}
		r = foldRune(r)
		if r == 0 {
			continue
		}
		if r == ' ' {
			space = true
			continue
		}
		if space && isWordASCII(last) && isWordASCII(r) {
			buf = append(buf, ' ')
			f.from = append(f.from, f.to[len(f.to)-1])
			f.to = append(f.to, int32(i))
		}
		space = false
		k := len(buf)
		buf = utf8.AppendRune(buf, r)
		for ; k < len(buf); k++ {
			f.from = append(f.from, int32(i))
			f.to = append(f.to, int32(i+n))
		}
		last = r
	}
	f.Text = string(buf)
	return f
}

// Origin returns where Text[i:j] stands in the document's text: from the start
// of its first character to the end of its last one. i < j must hold.
func (f *Folded) Origin(i, j int) layout.Span {
	return layout.Span{Start: f.at + int(f.from[i]), End: f.at + int(f.to[j-1])}
}

// Source returns the untouched characters of Text[i:j], i < j.
func (f *Folded) Source(i, j int) string { return f.src[f.from[i]:f.to[j-1]] }

// At returns the offset in Text of the first character that stands at or after
// byte off of the document's text; len(Text) if there is none.
func (f *Folded) At(off int) int {
	return sort.Search(len(f.from), func(i int) bool { return f.at+int(f.from[i]) >= off })
}

// Gap returns how many bytes of the source were dropped just before Text[i]:
// white space, quotation marks and the like. A wide gap can be a column.
func (f *Folded) Gap(i int) int {
	if i == 0 {
		return int(f.from[0])
	}
	return int(f.from[i] - f.to[i-1])
}

// FoldString returns the folded form of s alone.
func FoldString(s string) string { f := Fold(s, 0); return f.Text }

func isWordASCII(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// foldRune returns the folded form of r, ' ' for white space, 0 for what is
// dropped.
func foldRune(r rune) rune {
	switch {
	case r < 0x80:
		switch r {
		case ' ', '\t', '\n', '\r', '\v', '\f':
			return ' '
		case '"', '\'':
			return 0
		}
		if r < 0x20 || r == 0x7f {
			return 0
		}
		return r
	case r >= 0xff01 && r <= 0xff5e:
		return foldRune(r - 0xfee0)
	case r >= 0x4e00 && r <= 0x9fff:
		return r
	}
	if t, ok := punctuation[r]; ok {
		return t
	}
	if t, ok := radical(r); ok {
		return t
	}
	if unicode.IsSpace(r) {
		return ' '
	}
	if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) {
		return 0
	}
	return r
}

var punctuation = map[rune]rune{
	'〔': '[', '〕': ']', '【': '[', '】': ']', '﹝': '[', '﹞': ']', '〖': '[', '〗': ']', '［': '[', '］': ']', '「': '[', '」': ']', '『': '[', '』': ']',
	'“': 0, '”': 0, '‘': 0, '’': 0, '＂': 0, '＇': 0, '〝': 0, '〞': 0,
	'﹙': '(', '﹚': ')', '﹕': ':', '﹔': ';', '﹐': ',', '﹑': '、', '﹖': '?', '﹗': '!', '﹒': '.', '﹪': '%', '︰': ':', '∶': ':', '︓': ':', '︔': ';', '｡': '。', '､': '、',
	'–': '-', '—': '—', '―': '—', '－': '-', '﹣': '-', '−': '-', '‐': '-', '‑': '-', '～': '~', '〜': '~', '∼': '~', '·': '·', '・': '·', '•': '·', '‧': '·',
	'￥': '¥', '〇': '〇', '○': '〇', '◯': '〇', '／': '/', '∕': '/', '＋': '+', '﹢': '+', '≧': '≥', '≦': '≤', '⩾': '≥', '⩽': '≤',
	'\u200b': 0, '\u200c': 0, '\u200d': 0, '\ufeff': 0, '\u00ad': 0, '\u2060': 0,
}
