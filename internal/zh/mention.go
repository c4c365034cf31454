package zh

import (
	"strings"
	"unicode/utf8"
)

// FigureKind says what a figure counts, as far as the words behind it tell.
type FigureKind uint8

// The kinds of figures.
const (
	Plain   FigureKind = iota // nothing known behind it
	Money                     // 元, 万元, 亿元 …
	Count                     // 人, 名, 个, 位
	Percent                   // %, 百分之…
	Points                    // 分
	YearOf                    // a year: 2021年
	Measure                   // any other measure: 件, 次, 平方米 …
)

// A Figure is one number with its unit in a folded text. Offsets are bytes of
// that text, half open.
type Figure struct {
	Kind   FigureKind
	Start  int
	NumEnd int // end of the number
	End    int // end of the unit; NumEnd if there is none
	Number Decimal
	Power  int  // of ten, that the unit multiplies by: 4 for 万元
	Approx bool // 约, 近, 左右, 余
	Bad    bool // not well formed: Number is empty
	Weak   bool // 万 or 亿 without 元: money only if a label says so
}

// Yuan returns the amount of f in yuan with at least two decimals.
func (f Figure) Yuan() Decimal { return f.Number.Shift(f.Power).AtLeast(2) }

// Value returns the number of f with its unit's power in it.
func (f Figure) Value() Decimal { return f.Number.Shift(f.Power) }

// Figures appends to dst the figures of text, a folded text, in order.
func Figures(dst []Figure, text string) []Figure {
	for i := figureStarts.Next(text, 0); i < len(text); i = figureStarts.Next(text, i) {
		if text[i] < utf8.RuneSelf {
			dst, i = arabic(dst, text, i)
		} else {
			dst, i = numeral(dst, text, i)
		}
	}
	return dst
}

// arabic reads the run of digits, commas, points and single spaces at i.
func arabic(dst []Figure, text string, i int) ([]Figure, int) {
	end := runEnd(text, i)
	if i > 0 && isWordASCII(rune(text[i-1])) {
		return dst, end // A12, PM2.5: part of a name
	}
	run := text[i:end]
	if strings.Contains(run, " ") && !joins(text, i, end) {
		for at := i; at < end; {
			n := strings.IndexByte(text[at:end], ' ')
			if n < 0 {
				n = end - at
			}
			dst = append(dst, figure(text, at, at+n))
			at += n + 1
		}
		return dst, end
	}
	f := figure(text, i, end)
	return append(dst, f), max(end, f.End)
}

// runEnd returns the end of the run of digits at i, in which single commas,
// points and spaces may stand between digits.
func runEnd(text string, i int) int {
	for i < len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			i++
		case (c == ',' || c == '.' || c == ' ') && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9':
			i += 2
		default:
			return i
		}
	}
	return i
}

// joins reports whether the spaces within text[i:end] were torn into one
// figure: 1 5,236.40万元, 2 8名. They were if a unit stands behind it, Chinese
// or a colon before it, and the parts are too short to be figures of their own.
func joins(text string, i, end int) bool {
	run := text[i:end]
	if len(run) > maxDigits {
		return false
	}
	joined := strings.ReplaceAll(run, " ", "")
	d, ok := ParseDecimal(joined)
	if !ok || strings.Count(run, " ") > 3 || i == 0 || text[i-1] < 0x80 && text[i-1] != ':' && (text[i-1] != ')' || !inThousands(run)) {
		return false
	}
	u := unitAt(text, end)
	if u.kind == Plain || u.kind == YearOf || u.kind == Measure || u.kind == Percent && d.Float() > 100 {
		return false
	}
	parts := strings.Split(run, " ")
	for _, p := range parts {
		if _, ok := ParseDecimal(p); !ok {
			return true // 16,7 12.66: only together are they well formed
		}
	}
	for k, p := range parts[:len(parts)-1] {
		_, frac, point := strings.Cut(p, ".")
		if point && (u.kind == Count || len(frac) > 1 || len(parts[k+1]) > 2) {
			return false
		}
		if whole, _, _ := strings.Cut(p, "."); k == 0 && !point && len(whole) > 3 {
			return false
		}
	}
	return u.kind != Points || d.Float() <= 100
}

// inThousands reports whether spaces part run into groups of three.
func inThousands(run string) bool {
	parts := strings.Split(run, " ")
	for k, p := range parts {
		if whole, _, _ := strings.Cut(p, "."); len(whole) > 3 || k > 0 && len(whole) != 3 || strings.Contains(whole, ",") {
			return false
		}
	}
	return true
}

// figure makes the figure of the number text[i:end] and the unit behind it.
func figure(text string, i, end int) Figure {
	f := Figure{Start: i, NumEnd: end, End: end}
	number := strings.ReplaceAll(text[i:end], " ", "")
	u := unitAt(text, end)
	f.Kind, f.Power, f.End, f.Weak = u.kind, u.power, u.end, u.weak
	f.Approx = u.approx || approxBefore(text, i)
	f.Number, f.Bad = parse(number)
	if i > 0 && text[i-1] == '-' && signed(text, i-1) {
		f.Start, f.Number = i-1, "-"+f.Number
		if f.Bad {
			f.Number = ""
		}
	}
	if f.Kind == Count && f.Power == 0 && strings.Contains(number, ".") {
		return unnumber(f, text)
	}
	return f
}

// maxDigits bounds a figure that is believed: a hundred digits are no amount.
const maxDigits = 40

func parse(number string) (Decimal, bool) {
	if len(number) > maxDigits {
		return "", true
	}
	d, ok := ParseDecimal(number)
	return d, !ok
}

// unnumber reads 7.21个 at the start of a line as the item 7 and 21个; persons
// come whole, so elsewhere it is no figure at all.
func unnumber(f Figure, text string) Figure {
	number := text[f.Start:f.NumEnd]
	head, tail, _ := strings.Cut(number, ".")
	n, ok := ParseDecimal(tail)
	if len(head) > 2 || !ok || f.Start > 0 && !strings.HasSuffix(text[:f.Start], "\n") && !strings.HasSuffix(text[:f.Start], "。") {
		f.Bad, f.Number = true, ""
		return f
	}
	f.Start += len(head) + 1
	f.Number = n
	return f
}

// signed reports whether the hyphen at i is a minus sign: it follows no
// figure, word or unit.
func signed(text string, i int) bool {
	if i == 0 {
		return true
	}
	switch text[i-1] {
	case ':', ',', '(', '|', '\n', '=':
		return true
	}
	return false
}

func approxBefore(text string, i int) bool {
	before := text[:i]
	return strings.HasSuffix(before, "约") || strings.HasSuffix(before, "近") || strings.HasSuffix(before, "约为")
}

// numeral reads the Chinese numeral at i. Without a unit it is no figure:
// 一 and 十 are in too many words.
func numeral(dst []Figure, text string, i int) ([]Figure, int) {
	if strings.HasPrefix(text[i:], "百分之") {
		end := numeralEnd(text, i+len("百分之"))
		d, ok := ParseNumeral(text[i+len("百分之") : end])
		if ok {
			return append(dst, Figure{Kind: Percent, Start: i, NumEnd: end, End: end, Number: d, Approx: approxBefore(text, i)}), end
		}
	}
	end := numeralEnd(text, i)
	if i > 0 && isWordASCII(rune(text[i-1])) {
		return dst, end
	}
	word := text[i:end]
	u := unitAt(text, end)
	// 五千万元: the powers of the numeral are its own.
	if word == "十" && u.kind == Points || u.kind == Plain || u.kind == Measure || u.kind == YearOf {
		return dst, end
	}
	d, ok := ParseNumeral(word)
	if !ok {
		return dst, end
	}
	return append(dst, Figure{Kind: u.kind, Start: i, NumEnd: end, End: u.end, Number: d, Power: u.power, Approx: u.approx || approxBefore(text, i), Weak: u.weak}), u.end
}

func numeralEnd(text string, i int) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !isNumeral(r) && r != '万' && r != '亿' && r != '点' {
			break
		}
		if r == '点' || r == '万' || r == '亿' {
			next, _ := utf8.DecodeRuneInString(text[i+n:])
			if !isNumeral(next) {
				break // 万元: the unit's
			}
		}
		i += n
	}
	return i
}

// A unit is what stands behind a number.
type unit struct {
	kind   FigureKind
	power  int
	end    int
	approx bool
	weak   bool
}

// unitAt reads the unit at byte i of text.
func unitAt(text string, i int) unit {
	u := unit{end: i}
	if i < len(text) && text[i] == '_' {
		return u.lined(text, i)
	}
	rest := text[i:]
	for { // 余, 百万, 亿多 …
		r, n := utf8.DecodeRuneInString(rest)
		switch p := numeralPower(r); {
		case r == '余' || r == '多' || r == '来' && u.power > 0:
			u.approx = true
		case p == 1:
			return unit{end: i}
		case p > 0 && u.power < 12:
			u.power += p
		default:
			return u.measure(text, len(text)-len(rest))
		}
		rest = rest[n:]
	}
}

// lined reads the unit behind the rest of a line that the number was written on:
// 在职__24__名. A line behind which no unit stands is none of it.
func (u unit) lined(text string, i int) unit {
	k := i
	for k < len(text) && text[k] == '_' {
		k++
	}
	if k < len(text) {
		switch v := unitAt(text, k); v.kind {
		case Money, Count, Percent, Points:
			return v
		}
	}
	return u.measure(text, i)
}

// measure reads the word at byte i of text, behind the powers.
func (u unit) measure(text string, i int) unit {
	rest := text[i:]
	r, n := utf8.DecodeRuneInString(rest)
	u.end = i + n
	switch r {
	case '元', '圆':
		u.kind = Money
	case '兀': // what a scan makes of 元
		if u.power == 0 {
			return u.bare(text, i, r)
		}
		u.kind = Money
	case '人', '名', '位':
		u.kind = Count
		if r == '人' && hasAnyPrefix(rest[n:], "次", "天", "日", "均", "月", "民币", "口") {
			u.kind = Measure
		}
	case '个':
		u.kind = Count
		if next, _ := utf8.DecodeRuneInString(rest[n:]); isHan(next) && !hasAnyPrefix(rest[n:], "编", "名额", "和", "及", "与", "左右") {
			u.kind = Measure // 9个科室
		}
	case '%':
		u.kind = Percent
	case '分':
		u.kind = Points
		if hasAnyPrefix(rest[n:], "钟", "之", "局", "公司", "队", "院", "校", "会", "部", "支", "米") {
			u.kind = Measure
		}
	case '年':
		u.kind = YearOf
		if u.power > 0 || i < 4 || !digits(text[i-4:i]) {
			u.kind = Measure
		}
	default:
		return u.bare(text, i, r)
	}
	u.approx = u.approx || strings.HasPrefix(text[u.end:], "左右") || hasAnyPrefix(text[u.end:], "上下", "多")
	return u
}

// bare is the unit of a number behind which no known measure stands.
func (u unit) bare(text string, i int, r rune) unit {
	switch {
	case u.power >= 4 && !isHan(r):
		return unit{kind: Money, power: u.power, end: i, approx: u.approx, weak: true}
	case isHan(r):
		return unit{kind: Measure, end: i, power: u.power, approx: u.approx}
	}
	return unit{end: i, approx: u.approx}
}

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

func hasAnyPrefix(s string, list ...string) bool {
	for _, p := range list {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
