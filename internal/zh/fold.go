package zh

import (
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"jixiao/schemas/layout"
)

// Folded is a text in the one spelling that rules are written for, and the way
// back from it. Folding makes full-width forms ASCII (， becomes a comma, （ a
// bracket, ％ a percent sign), all kinds of square and corner brackets [ ],
// radicals the ideographs they show; it drops quotation marks, invisible
// characters and white space, and the reading that some copies put behind a
// character: 绩(jì)效. One space is kept only between two ASCII letters
// or digits, where dropping it would join two figures or words.
//
// The folded text is what patterns match; values that are prose are taken from
// the source by Origin.
type Folded struct {
	Text string
	src  string
	at   int     // offset of src in the document's text
	from []int32 // byte of Text -> byte of src where its character starts

	signs Signs // of the characters of Text
}

// Fold folds s, which stands at byte offset at of a document's text.
func Fold(s string, at int) Folded {
	var short [256]byte // most cells and many paragraphs fit
	buf := short[:0]
	if len(s) > len(short) {
		buf = make([]byte, 0, len(s))
	}
	buf, from, signs := appendFold(buf, make([]int32, 0, len(s)), s, false)
	return Folded{Text: string(buf), src: s, at: at, from: from, signs: signs}
}

// A Folder folds the many parts of one document into memory that they share.
type Folder struct {
	texts strings.Builder
	from  []int32
	buf   []byte
}

// NewFolder returns a Folder for a text of n bytes.
func NewFolder(n int) *Folder {
	f := new(Folder)
	if from, ok := folderMemory.Get().(*[]int32); ok {
		f.from = *from
	}
	f.from = slices.Grow(f.from, max(n, 1)) // appendFold takes nil for a wish to know no offsets
	f.texts.Grow(n)
	return f
}

// folderMemory keeps the offsets of folders that are done with: they are larger
// than anything else that is made for a document.
var folderMemory sync.Pool

// Release gives the memory of f to the folders that come after it. What was
// folded keeps its Text but must not be asked where it stands any more.
func (f *Folder) Release() {
	const most = 1 << 20 // larger ones are rare and not worth keeping
	if cap(f.from) <= most {
		from := f.from[:0]
		folderMemory.Put(&from)
	}
	f.from = nil
}

// Simplified folds s, which stands at byte offset at of the document's text, and
// turns it into simplified characters.
func (f *Folder) Simplified(s string, at int) Folded {
	first, begin := len(f.from), f.texts.Len()
	var signs Signs
	f.buf, f.from, signs = appendFold(f.buf[:0], f.from, s, true)
	f.texts.Write(f.buf)
	end := len(f.from)
	return Folded{Text: f.texts.String()[begin:], src: s, at: at, from: f.from[first:end:end], signs: signs}
}

// AppendFold appends the folded form of s to buf.
func AppendFold(buf []byte, s string) []byte {
	buf, _, _ = appendFold(buf, nil, s, false)
	return buf
}

// appendFold appends the folded form of s to buf, and for each of its bytes
// where it comes from to from, unless that is nil, and returns its signs as well.
// If simple, it turns ideographs into simplified ones.
func appendFold(buf []byte, from []int32, s string, simple bool) ([]byte, []int32, Signs) {
	table, signs := traits(), Signs(0)
	last, end, space := rune(0), 0, false // the last rune written, where it ends in s, white space since
	for i := 0; i < len(s); {
		if j, found := table.plain(s, i, simple); j > i {
			buf = append(buf, s[i:j]...)
			if from != nil {
				from = appendWide(from, i, j)
			}
			signs |= found
			last, end, space = Wide(s, j-3), j, false
			i = j
			continue
		}
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = Next(s, i)
		}
		t := foldRune(r)
		if t == ' ' {
			space = true
		}
		if t == 0 || t == ' ' {
			signs |= GapSign
			i += n
			continue
		}
		if t == '(' && isHan(last) {
			if m := gloss(s[i+n:]); m > 0 {
				signs |= GapSign
				i += n + m
				continue
			}
		}
		if space && isWordASCII(last) && isWordASCII(t) {
			buf = append(buf, ' ')
			if from != nil {
				from = append(from, int32(end))
			}
		}
		if simple {
			t = simplify(table, t)
		}
		signs |= signsOf.Get(t)
		k := len(buf)
		buf = utf8.AppendRune(buf, t)
		for ; from != nil && k < len(buf); k++ {
			from = append(from, int32(i))
		}
		i += n
		last, end, space = t, i, false
	}
	return buf, from, signs
}

// plain returns where the run of ideographs ends that begins at byte i of s and
// that folding leaves as they are, as it does nearly all, and their signs.
func (t *traitTable) plain(s string, i int, simple bool) (int, Signs) {
	rest, signs := s[i:], Signs(0)
	for len(rest) >= 3 {
		a, b, c := rest[0]-0xe4, rest[1]^0x80, rest[2]^0x80
		if a > 0xe9-0xe4 || b|c >= 0x40 { // as in SkipHan
			break
		}
		if t.some[0x4000>>6+int(a)<<6+int(b)]>>c&1 != 0 {
			is := &t.of[0x4000-firstTraditional+int(a)<<12+int(b)<<6+int(c)]
			if simple && is.simple != 0 {
				break
			}
			signs |= is.signs
		}
		rest = rest[3:]
	}
	return len(s) - len(rest), signs
}

// appendWide appends where the bytes of s[i:j] come from, characters of three
// bytes each.
func appendWide(from []int32, i, j int) []int32 {
	k := len(from)
	from = slices.Grow(from, j-i)[:k+j-i]
	for rest := from[k:]; len(rest) >= 3; rest = rest[3:] {
		rest[0], rest[1], rest[2] = int32(i), int32(i), int32(i)
		i += 3
	}
	return from
}

// Origin returns where Text[i:j] stands in the document's text: from the start
// of its first character to the end of its last one. i < j must hold.
func (f *Folded) Origin(i, j int) layout.Span {
	return layout.Span{Start: f.at + int(f.from[i]), End: f.at + f.to(j-1)}
}

// Source returns the untouched characters of Text[i:j], i < j.
func (f *Folded) Source(i, j int) string { return f.src[f.from[i]:f.to(j-1)] }

// to returns the byte of src after the character that Text[k] comes from. A
// space stands for all white space up to the next character.
func (f *Folded) to(k int) int {
	if f.Text[k] == ' ' {
		return int(f.from[k+1])
	}
	i := int(f.from[k])
	_, n := Next(f.src, i)
	return i + n
}

// At returns the offset in Text of the first character that stands at or after
// byte off of the document's text; len(Text) if there is none.
func (f *Folded) At(off int) int {
	return sort.Search(len(f.from), func(i int) bool { return f.at+int(f.from[i]) >= off })
}

// WideGap returns the first k from i to before j where at least n bytes of the
// source were dropped just before Text[k]; j if there is none. i > 0 must hold.
func (f *Folded) WideGap(i, j, n int) int {
	if !f.Any(GapSign) {
		return j
	}
	for k := i; k < j; k++ {
		// A character takes a byte at least, so most places need no closer look.
		if int(f.from[k])-int(f.from[k-1]) > n && f.Gap(k) >= n {
			return k
		}
	}
	return j
}

// Gap returns how many bytes of the source were dropped just before Text[i]:
// white space, quotation marks and the like. A wide gap can be a column.
func (f *Folded) Gap(i int) int {
	if i == 0 {
		return int(f.from[0])
	}
	at, before := int(f.from[i]), int(f.from[i-1])
	if at == before+3 && Wide(f.src, before) != 0 {
		return 0 // two characters side by side, as nearly all are
	}
	return at - f.to(i-1)
}

// FoldString returns the folded form of s alone, s itself if it is folded.
func FoldString(s string) string {
	if isFolded(s) {
		return s
	}
	var short [256]byte
	buf := short[:0]
	if len(s) > len(short) {
		buf = make([]byte, 0, len(s))
	}
	return string(AppendFold(buf, s))
}

// isFolded reports whether s is plainly its own folded form: ideographs and
// ASCII without spaces and quotation marks.
func isFolded(s string) bool {
	for _, r := range s {
		if (r < 0x4e00 || r > 0x9fff) && (r <= ' ' || r >= 0x7f || r == '"' || r == '\'') {
			return false
		}
	}
	return true
}

func isWordASCII(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// foldRune returns the folded form of r, ' ' for white space, 0 for what is
// dropped.
func foldRune(r rune) rune {
	switch {
	case r >= 0x4e00 && r <= 0x9fff:
		return r
	case r < 0x80:
		return ascii[r]
	case r >= firstMark && r <= lastMark:
		return marks[r-firstMark]
	case r >= firstForm && r <= lastForm:
		return forms[r-firstForm]
	}
	return lookUp(r)
}

// What marks and ASCII fold to, as tables: they are in every line.
const (
	firstMark, lastMark = 0x2000, 0x33ff
	firstForm, lastForm = 0xfe00, 0xffff
)

var (
	ascii [0x80]rune
	marks [lastMark - firstMark + 1]rune
	forms [lastForm - firstForm + 1]rune
)

func init() {
	for r := range ascii {
		ascii[r] = lookUp(rune(r))
	}
	for i := range marks {
		marks[i] = lookUp(firstMark + rune(i))
	}
	for i := range forms {
		forms[i] = lookUp(firstForm + rune(i))
	}
}

// lookUp is foldRune without the tables.
func lookUp(r rune) rune {
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
		return lookUp(r - 0xfee0)
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
