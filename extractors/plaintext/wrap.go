package plaintext

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh"
	"jixiao/schemas/layout"
)

// What tells a sentence from a heading or a cell, what ends one, and what cannot
// end anything.
var (
	proseMarks    = zh.NewRuneSet("，。；、,;")
	sentenceMarks = zh.NewRuneSet("。；")
	endMarks      = zh.NewRuneSet("。！？；：!?;:…")
	openMarks     = zh.NewRuneSet("，、,（(《“")
	closeMarks    = zh.NewRuneSet("”\"’』」")
)

// paragraphs returns the paragraphs of the lines that are prose. Lines are
// joined where the text was wrapped: the line ends in the middle of a sentence
// and either at a comma or where many other lines of the text end as well, and
// the next one is neither set apart nor the start of something of its own.
func paragraphs(text string, lines []line) []layout.Span {
	out := make([]layout.Span, 0, len(lines))
	m := margin(text, lines)
	first := 0    // line that the last paragraph starts on
	open := false // the last paragraph goes on
	for i := range lines {
		l := &lines[i]
		if l.use != prose {
			open = false
			continue
		}
		s := withoutBar(text, l.Span)
		switch {
		case s.Len() == 0:
		case open:
			out[len(out)-1].End = s.End
		default:
			out = append(out, s)
			first = i
		}
		open = i+1 < len(lines) && wrapped(text, &lines[first], l, &lines[i+1], m)
	}
	return out
}

// withoutBar drops the bar that closes the only cell of a line.
func withoutBar(text string, s layout.Span) layout.Span {
	if r := lastRune(text[s.Start:s.End]); isBar(r) {
		s.End -= utf8.RuneLen(r)
		return trim(text, s)
	}
	return s
}

// wrapped reports whether the paragraph that starts on first and has come to l
// goes on in next. Even a finished sentence goes on if its paragraph is
// indented, the next line is not, and the line is full.
func wrapped(text string, first, l, next *line, m edge) bool {
	s, t := text[l.Start:l.End], text[next.Start:next.End]
	last := lastRune(s)
	if !mayContinue(l, next) || isBar(last) {
		return false
	}
	if tornFigure(s, t) && !opens(t) {
		return true
	}
	goesOn := m.holds(l) || l.width >= 16 && openMarks.Has(last)
	if finished(s) {
		goesOn = m.holds(l) && first.indent > next.indent
	}
	return goesOn && !opens(t)
}

func mayContinue(l, next *line) bool {
	return next.use == prose && !next.gap && next.indent <= l.indent
}

// finished reports whether s ends as a sentence, a label or a cell does.
func finished(s string) bool {
	r := lastRune(closeMarks.TrimRight(s))
	return endMarks.Has(r) || isBar(r)
}

// opener matches what begins something of its own: a numbered heading or item,
// a label with its colon.
var opener = regexp.MustCompile(`^(?:` +
	`[（(〔【\[]?[一二三四五六七八九十]{1,3}[、.．)）〕】\]]` + // 一、 （一） 十二、
	`|[（(\[【][0-9０-９]{1,2}[)）\]】]` + // (1)
	`|[0-9０-９]{1,2}(?:[、)）]|[.．](?:[^0-9０-９]|$))` + // 1. 1、 but not 1.5
	`|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}[ 　、]` + // 1.2.3
	`|[①-⑳●◆■□☑√※*•·★☆▲△▪◇○➢]` +
	`|第[一二三四五六七八九十0-9]{1,3}[章节条部]` +
	`|[（(]?[甲乙丙丁戊己庚辛][、.．)）]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ㈠-㈩⑴-⒛❶-❿]` + // （甲） Ⅵ
	`|[壹贰叁肆伍陆柒捌玖拾]{1,2}[、.．]|[A-Ha-h][、．)）]|其[一二三四五六][，,是]` +
	`|[首其再][先次][，,]|最后[，,]|第[一二三四五六七八九][，,、是]` +
	`|(?:问题|措施|建议|对策|举措)[（(]?[一二三四五六七八九十0-9①-⑩]` +
	`|[一二三四五六七八九十]是|附件|附表|附：|注[：:]` +
	`|[\p{Han}（）()、 　]{2,14}[：:]` +
	`)`)

func opens(s string) bool { return opener.MatchString(s) && !amount(s) || signed(s) }

// signed reports whether s is the line of who signs and when, which wide spaces
// part: 某局财务科    2017年3月30日印.
func signed(s string) bool {
	const longest, gap = 150, 2 // bytes, blanks
	if len(s) > longest || !strings.ContainsRune("日月印制填0123456789", lastRune(s)) {
		return false
	}
	t := zh.FoldString(s)
	d, ok := zh.FindDate(t, 0)
	if !ok || d.Start == 0 || len(t)-d.End > len("印") || strings.ContainsAny(t[:d.Start], ",;:、%。") {
		return false
	}
	i := strings.IndexAny(s, " \t\u3000")
	return i > 0 && strings.Count(s[i:], " ")+2*strings.Count(s[i:], "\u3000") >= gap
}

// amount reports whether s begins with an amount or a rate whose unit stands
// apart, 20.01 万元, which looks like the number of a part.
func amount(s string) bool {
	rest := strings.TrimLeft(s, "0123456789.")
	if rest == s {
		return false
	}
	rest = strings.TrimLeft(rest, " 　")
	for _, unit := range []string{"万元", "亿元", "千元", "元", "%", "％"} {
		if strings.HasPrefix(rest, unit) {
			return true
		}
	}
	return false
}

// An edge is where the lines of a wrapped text end. A line may end before it:
// marks that may not start a line pull characters down, and in a printed text
// not all characters were of the same width.
type edge struct {
	to     int  // columns, or characters
	byRune bool // some programs wrap at a number of characters
}

func (e edge) slack() int {
	if e.byRune {
		return e.to / 12
	}
	return e.to / 6
}

func (e edge) holds(l *line) bool {
	n := e.of(l)
	return e.to > 0 && n <= e.to && n >= e.to-e.slack()
}

func (e edge) of(l *line) int {
	if e.byRune {
		return l.runes
	}
	return l.width
}

// The range of widths in columns at which texts are wrapped, and how many lines
// must agree on one.
const (
	minWrap = 30
	maxWrap = 200
	minVote = 3
)

// margin finds the edge at which unfinished lines of prose end. The zero edge
// means that the text is not wrapped.
func margin(text string, lines []line) edge {
	columns, runes := edge{}, edge{byRune: true}
	var byColumn, byRune [maxWrap + 1]int
	votes := 0
	for i := 0; i+1 < len(lines); i++ {
		l, next := &lines[i], &lines[i+1]
		if l.use != prose || l.width < minWrap || l.width > maxWrap || !mayContinue(l, next) {
			continue
		}
		s := text[l.Start:l.End]
		if !proseMarks.In(s) || finished(s) || opens(text[next.Start:next.End]) {
			continue
		}
		votes++
		byColumn[l.width]++
		byRune[l.runes]++
	}
	a, b := columns.fit(&byColumn), runes.fit(&byRune)
	switch most := max(a, b); {
	case most < minVote || most*2 < votes:
		return edge{}
	case b > a:
		return runes
	}
	return columns
}

// fit puts e where most votes fall within its slack and returns their number.
func (e *edge) fit(votes *[maxWrap + 1]int) (most int) {
	for to := range votes {
		if votes[to] == 0 {
			continue
		}
		n := 0
		for _, v := range votes[to-(edge{to: to, byRune: e.byRune}).slack() : to+1] {
			n += v
		}
		if n > most {
			most, e.to = n, to
		}
	}
	return most
}
