package passage

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh"
)

// A Style is a way in which Chinese documents number their parts.
type Style uint8

// The styles, from the outermost that is usual to the innermost.
const (
	NoStyle  Style = iota
	Part           // 第一部分 第二章 第三节
	Han            // 一、 [一]
	HanParen       // (一)
	Number         // 1. 1、 ⒈
	Decimal        // 1.1 4.2.1
	NumParen       // (1) 1) ⑴
	Circled        // ①
	Topic          // 问题一: 措施2: 问题之一,
	Yishi          // 一是 二是; 一要 二要
	Diyi           // 第一, 第二,
	Qiyi           // 其一, 其二,
	Firstly        // 首先, 其次, 再次, 最后
	OneSide        // 一方面 另一方面
	Stem           // 甲、 乙、 (甲)
	Roman          // Ⅰ. II.
	Letter         // A. (a)
	Bullet         // —— ● ◆
	Asked          // 问: before a question that is answered below
)

// A Marker is the number or bullet a paragraph or an item begins with. The
// zero Marker means there is none.
type Marker struct {
	Style Style
	Num   int    // from 1; 0 if the style does not count
	Depth int    // of a Decimal: 2 for 1.1, 3 for 1.1.1; of a Part: 1 for 第一节; of a Stem: 1 for (甲)
	Topic string // of a Topic: its word, as 问题
	Len   int    // bytes of the folded text it takes up, separators included
}

// LeadingMarker returns the marker that s, a folded text, begins with.
func LeadingMarker(s string) Marker {
	if s == "" {
		return Marker{}
	}
	c := s[0]
	switch {
	case c >= '0' && c <= '9':
		return arabic(s)
	case c == '(':
		if m := enclosedTopic(s); m.Len > 0 {
			return m
		}
		return bracketed(s)
	case c == '[':
		if m := enclosedTopic(s); m.Len > 0 {
			return m
		}
		return squared(s)
	case c >= 'A' && c <= 'H' || c >= 'a' && c <= 'h':
		return letter(s)
	case c == 'I' || c == 'V' || c == 'X':
		return roman(s)
	case c == 'Q':
		if n := asked(s); n > 0 {
			return Marker{Style: Asked, Len: n}
		}
		return Marker{}
	case c < 0x80:
		return dash(s)
	}
	r, n := zh.Next(s, 0)
	if !leads.Has(r) {
		return Marker{}
	}
	if num, style := circled(r); num > 0 {
		return Marker{Style: style, Num: num, Len: n + separators(s[n:])}
	}
	if bulletSet.Has(r) {
		if n := bulletLen(s); n > 0 {
			return Marker{Style: Bullet, Len: n}
		}
		return Marker{}
	}
	return worded(s, r)
}

// leads are the characters beyond ASCII that a marker can begin with: nearly all
// text is told from markers by one look at its first character.
var leads = func() *zh.RuneSet {
	set := zh.NewRuneSet(bullets + hanDigits + stems + "第首其再最另问措举建对针整改不困")
	for _, c := range enclosed {
		for i := range c.count {
			set.Add(c.first + rune(i))
		}
	}
	return set
}()

// MayLead reports whether a marker can begin with r.
func MayLead(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= '0' && r <= '9' || r >= 'A' && r <= 'H' || r >= 'a' && r <= 'h' || r == 'I' || r == 'V' || r == 'X' || r == 'Q' || r == '(' || r == '[' || r == '-' || r == '*' || r == '+' || r == '>'
	}
	return leads.Has(r)
}

var bulletSet = zh.NewRuneSet(bullets)

// bullets are the signs that stand before an item. A plain hyphen counts only
// where no figure follows.
const bullets = "—·●◆■◇★▲►▶➢→※▪◎✦✧❖✤✿❀☆▸◈♦•✓✔"

func bulletLen(s string) int {
	n := len(s) - len(strings.TrimLeft(s, bullets))
	if rest := s[n:]; rest != "" && rest[0] >= '0' && rest[0] <= '9' && LeadingMarker(rest).Style == NoStyle {
		return 0 // — 3 — is a page number
	}
	return n
}

func dash(s string) Marker {
	n := len(s) - len(strings.TrimLeft(s, "-*>+"))
	if n == 0 || n > 2 || n == len(s) || s[n] < 0x80 {
		return Marker{}
	}
	return Marker{Style: Bullet, Len: n}
}

// arabic reads 1. 1、 1.1 1) at the start of s.
func arabic(s string) Marker {
	depth, num, n := decimalNumber(s)
	if depth == 0 {
		return Marker{}
	}
	if k := monthBehind(s, depth); k > 0 {
		num, _ = smallNumber(s)
		return Marker{Style: Number, Num: num, Len: k}
	}
	sep := separators(s[n:])
	if depth > 1 {
		return decimal(s, Marker{Style: Decimal, Num: num, Depth: depth, Len: n + sep}, sep)
	}
	switch {
	case n < len(s) && s[n] == ')':
		return Marker{Style: NumParen, Num: num, Len: n + 1 + separators(s[n+1:])}
	case slashed(s[n:]), n+1 < len(s) && s[n] == ':' && s[n+1] >= 0x80:
		return Marker{Style: Number, Num: num, Len: n + 1}
	case sep == 0 || n+sep < len(s) && isDigit(s[n+sep]) && s[n] != '.' && !strings.HasPrefix(s[n:], "、"):
		return Marker{}
	case n+sep < len(s) && isDigit(s[n+sep]) && s[n] == '.' && !yearAt(s[n+sep:]):
		return Marker{}
	}
	if rest := s[n+sep:]; strings.HasPrefix(rest, "问:") {
		return Marker{Style: Asked, Len: n + sep + len("问:")}
	}
	return Marker{Style: Number, Num: num, Len: n + sep}
}

// monthBehind returns the length of the number at the start of s, and its dot, behind
// which a month stands, as in 2.6月底前完成; 0 if none does. depth numbers with dots
// between them begin s.
func monthBehind(s string, depth int) int {
	if depth != 2 {
		return 0
	}
	k := strings.IndexByte(s, '.') + 1
	month, n := smallNumber(s[k:])
	rest, ok := strings.CutPrefix(s[k+n:], "月")
	if !ok || month < 1 || month > 12 || s[k] == '0' {
		return 0
	}
	if zh.HasAnyPrefix(rest, []string{"底", "初", "中旬", "上旬", "下旬", "末前", "份", "前", "起", "至"}) || rest != "" && isDigit(rest[0]) {
		return k
	}
	return 0
}

// slashed reports whether s, behind a number, begins with a stroke and words that
// are not counted by it: 1/ 台账不全, but not 1/月.
func slashed(s string) bool {
	return len(s) > 1 && s[0] == '/' && s[1] >= 0x80 && !strings.HasPrefix(s, "/年") && !strings.HasPrefix(s, "/月") && !strings.HasPrefix(s, "/日") && !strings.HasPrefix(s, "/人")
}

// yearAt reports whether s begins with a year, as in 1.2023年….
func yearAt(s string) bool {
	return len(s) > 4 && (s[0] == '1' || s[0] == '2') && isDigit(s[1]) && isDigit(s[2]) && isDigit(s[3]) && !isDigit(s[4])
}

// decimal accepts m, 1.1 or 1.1.1 with sep bytes of separators at the start of s,
// unless it is a figure with a measure word.
func decimal(s string, m Marker, sep int) Marker {
	rest := s[m.Len:]
	if words := strings.TrimLeft(rest, " "); len(words) < len(rest) && dated(words) {
		return m // 5.3 2021年底前完成…
	}
	if rest != "" && rest[0] < 0x80 && rest[0] != '(' || m.Depth == 2 && sep == 0 && measure(rest) {
		return Marker{}
	}
	return m
}

// dated reports whether s begins with a year and words that it dates.
func dated(s string) bool {
	rest, ok := strings.CutPrefix(s[min(len(s), 4):], "年")
	return ok && yearAt(s) && rest != ""
}

const measureRunes = "万亿千百元%‰％个人名辆公件次倍分年月日米吨平台户亩场处册家篇条项套天小度克升斤里层座期所间张批级~至-×"

// notMeasures begin with a measure word's character and are none.
var notMeasures = []string{"项目", "个别", "人员", "人才", "人均", "名称", "公开", "公用", "公共", "公务", "公益", "条件", "年度", "年初", "年中", "年末", "家庭", "场地", "场所", "处理", "处置", "处罚", "期间", "所属", "批复", "张贴", "级次"}

func measure(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	if s == "" || !strings.ContainsRune(measureRunes, r) {
		return false
	}
	return !slices.ContainsFunc(notMeasures, func(w string) bool { return strings.HasPrefix(s, w) })
}

// decimalNumber reads up to four numbers of one or two digits with dots between
// them. It returns how many there are, the last of them, and their length.
func decimalNumber(s string) (depth, last, n int) {
	for depth < 4 {
		v, k := smallNumber(s[n:])
		if k == 0 {
			break
		}
		depth, last, n = depth+1, v, n+k
		if n+1 >= len(s) || s[n] != '.' || !isDigit(s[n+1]) || yearAt(s[n+1:]) {
			return depth, last, n
		}
		n++
	}
	return 0, 0, 0
}

// smallNumber reads a number of one or two digits that no third one follows.
func smallNumber(s string) (v, n int) {
	for n < len(s) && isDigit(s[n]) {
		if n == 2 {
			return 0, 0
		}
		v, n = v*10+int(s[n]-'0'), n+1
	}
	return v, n
}

// bracketed reads (一) (1) (a) (甲) at the start of s.
func bracketed(s string) Marker {
	rest := s[1:]
	m := Marker{Style: HanParen}
	v, n := hanNumber(rest)
	if n == 0 {
		m.Style = NumParen
		v, n = smallNumber(rest)
	}
	if n == 0 && len(rest) > 1 && (rest[0] >= 'a' && rest[0] <= 'h' || rest[0] >= 'A' && rest[0] <= 'H') {
		m.Style, v, n = Letter, int(rest[0]|0x20-'a')+1, 1
	}
	if r, k := zh.Next(rest, 0); n == 0 && k > 0 {
		if i := strings.IndexRune(stems, r); i >= 0 {
			m.Style, m.Depth, v, n = Stem, 1, i/len("甲")+1, k
		}
	}
	if n == 0 || v == 0 || n >= len(rest) || rest[n] != ')' {
		return Marker{}
	}
	m.Num, m.Len = v, n+2
	m.Len += separators(s[m.Len:])
	return m
}

// squared reads [一] at the start of s, which heads parts as 一、 does.
func squared(s string) Marker {
	v, n := hanNumber(s[1:])
	if n == 0 || 1+n >= len(s) || s[1+n] != ']' {
		return Marker{}
	}
	return Marker{Style: Han, Num: v, Len: n + 2 + separators(s[n+2:])}
}

func letter(s string) Marker {
	if len(s) < 3 || s[1] != '.' && s[1] != ')' && !strings.HasPrefix(s[1:], "、") {
		return Marker{}
	}
	n := 1 + separators(s[1:])
	if s[1] == ')' {
		n = 2
	}
	if n >= len(s) || s[n] < 0x80 {
		return Marker{}
	}
	return Marker{Style: Letter, Num: int(s[0]|0x20-'a') + 1, Len: n}
}

// romans are the numbers in capital letters, longer ones first.
var romans = []struct {
	word string
	num  int
}{{"VIII", 8}, {"VII", 7}, {"III", 3}, {"II", 2}, {"IV", 4}, {"VI", 6}, {"IX", 9}, {"I", 1}, {"V", 5}, {"X", 10}}

// roman reads II. or IV、 at the start of s.
func roman(s string) Marker {
	for _, x := range romans {
		if !strings.HasPrefix(s, x.word) {
			continue
		}
		n := len(x.word) + separators(s[len(x.word):])
		if n == len(x.word) || n >= len(s) || s[n] < 0x80 {
			return Marker{}
		}
		return Marker{Style: Roman, Num: x.num, Len: n}
	}
	return Marker{}
}

// separators returns the length of the 、 . or comma after a number.
func separators(s string) int {
	switch {
	case strings.HasPrefix(s, "、"):
		return len("、")
	case strings.HasPrefix(s, "．"):
		return len("．")
	case s != "" && (s[0] == '.' || s[0] == ','):
		return 1
	}
	return 0
}

// circled returns the number of an enclosed figure and its style.
func circled(r rune) (int, Style) {
	for _, c := range enclosed {
		if r >= c.first && r < c.first+rune(c.count) {
			return int(r-c.first) + 1, c.style
		}
	}
	return 0, NoStyle
}

var enclosed = []struct {
	first rune
	count int
	style Style
}{
	{'①', 20, Circled}, {'⑴', 20, NumParen}, {'⒈', 20, Number}, {'❶', 10, Circled},
	{'➀', 10, Circled}, {'➊', 10, Circled}, {'㈠', 10, HanParen}, {'㊀', 10, Circled}, {'Ⅰ', 12, Roman}, {'ⅰ', 12, Roman},
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
