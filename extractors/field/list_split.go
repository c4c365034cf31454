package field

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/internal/zh"
)

// An extent is the part [from, to) of a stream's text.
type extent struct{ from, to int }

// splitList parts the text of s, in which ms stand, into items. With markers each is an item with
// all that follows it up to the next; without, a semicolon parts items, and
// else each paragraph is one.
func splitList(s *stream, ms []mark) []extent {
	whole := extent{0, closer(s.text)}
	if whole.to < len(s.text) {
		ms = marks(s.text[:whole.to])
	}
	if k := runInHeading(s.text, ms); k < len(ms) {
		whole.to, ms = ms[k].at, ms[:k]
	}
	if list := outerList(ms); len(list) > 0 {
		return marked(s.text, whole, ms, list)
	}
	return unmarked(s.text, whole)
}

// runInHeading returns the first of the marks ms of text that heads another part of
// the report, which ran into the list where line ends were lost: ….五、自评结果按照….
func runInHeading(text string, ms []mark) int {
	for k, m := range ms {
		if m.Style != passage.Han || m.at == 0 || m.Num < 2 || slices.ContainsFunc(ms[:k], func(x mark) bool { return x.Style == passage.Han }) {
			continue
		}
		title := ""
		for i, r := range text[m.end:min(len(text), m.end+36)] {
			if end := m.end + i + utf8.RuneLen(r); r != utf8.RuneError && section.Formal(text[m.end:end]) {
				title = text[m.end:end]
			}
		}
		switch section.RoleOf(title) {
		case "", problems, measures:
			continue
		}
		rest := text[m.end+len(title):]
		if !zh.Shorter(title, 4) || title != "" && (strings.HasPrefix(rest, "。") || strings.HasPrefix(rest, ":")) {
			return k
		}
	}
	return len(ms)
}

// marked returns the items of a list whose markers are ms[k] for k in list,
// within x.
func marked(text string, x extent, ms []mark, list []int) []extent {
	var out []extent
	if first := ms[list[0]]; first.Num > 1 && first.at > x.from { // the first item lost its marker
		out = append(out, unmarked(text, extent{x.from, first.at})...)
	}
	for n, k := range list {
		to := x.to
		next := len(ms)
		if n+1 < len(list) {
			next = list[n+1]
			to = ms[next].at
		}
		x := extent{ms[k].end, to}
		if i := further(text[x.from:x.to], ms[k]); i > 0 && n+1 == len(list) {
			out = append(out, extent{x.from, x.from + i}, extent{x.from + i, x.to})
			continue
		}
		out = append(out, nested(text, x, ms[k+1:next])...)
	}
	return out
}

// further returns where in s, the last item of a list that m numbers, one more
// begins: 一方面 can only count to two, a third follows with 同时.
func further(s string, m mark) int {
	if m.Style != passage.OneSide {
		return 0
	}
	for _, w := range []string{";同时", ";此外", ";另外", ";再者", ";再一方面"} {
		if i := strings.Index(s, w); i > 0 {
			return i + 1
		}
	}
	return 0
}

// nested returns x as one item, or the items of the list within it if its own
// words are only the title of a group, as in (一)预算编制方面.
func nested(text string, x extent, inner []mark) []extent {
	list := outerList(inner)
	if len(list) == 0 || len(list) < 2 && !inner[list[0]].first {
		return []extent{x}
	}
	title := text[x.from:inner[list[0]].at]
	if !groupTitle(title) {
		return []extent{x}
	}
	return marked(text, x, inner, list)
}

// groupTitle reports whether s names a group of items and is none itself.
func groupTitle(s string) bool {
	s = strings.Trim(s, "。:;\n|")
	if s == "" || utf8.RuneCountInString(s) > 24 {
		return s == ""
	}
	if i := strings.LastIndexAny(s, ",。"); i >= 0 {
		return false
	}
	for _, w := range []string{"方面", "问题", "措施", "建议", "层面", "情况", "环节", "意见", "几点", "如下"} {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return section.Formal(s)
}

// unmarked returns the items of a text without markers.
func unmarked(text string, x extent) []extent {
	if out := titledLines(text, x); len(out) > 0 {
		return out
	}
	var out []extent
	for from := x.from; from < x.to; {
		to := x.to
		if n := strings.IndexByte(text[from:to], hardEnd); n >= 0 {
			to = from + n
		}
		out = append(out, paragraph(text, extent{from, to})...)
		from = to + 1
	}
	return out
}

// titledLines returns the items of a text whose lines are by turns a short title
// and the sentences that explain it, two times at least.
func titledLines(text string, x extent) []extent {
	const longest, sure = 20, 2 // characters of a title, items
	var out []extent
	at := x.from
	for n := 0; at < x.to; n++ {
		end := x.to
		if k := strings.IndexByte(text[at:x.to], hardEnd); k >= 0 {
			end = at + k
		}
		line := text[at:end]
		explains := strings.HasSuffix(line, "。")
		if n%2 == 0 {
			if explains || zh.RuneCount(line) > longest || strings.ContainsAny(line, ",;:。") {
				return nil
			}
			out = append(out, extent{at, end})
		} else {
			if !explains {
				return nil
			}
			out[len(out)-1].to = end
		}
		at = end + 1
	}
	if len(out) < sure || !strings.HasSuffix(text[:x.to], "。") {
		return nil
	}
	return out
}

// paragraph parts a paragraph without markers at its semicolons. One without
// them that goes on with 同时 has two items as well.
func paragraph(text string, x extent) []extent {
	if lead(text[x.from:x.to]) {
		return nil
	}
	var out []extent
	for _, w := range []string{"答:", "A:"} {
		if strings.HasPrefix(text[x.from:x.to], w) {
			x.from += len(w)
		}
	}
	x.from += preamble(text[x.from:x.to])
	x.from += sighting(text[x.from:x.to])
	from := x.from
	depth := 0
	for i := x.from; i < x.to; i++ {
		switch text[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ';':
			if depth <= 0 && !zh.HasAnyPrefix(text[i+1:x.to], causeLeads) {
				out = append(out, extent{from, i})
				from = i + 1
			}
		}
	}
	out = append(out, extent{from, x.to})
	if len(out) == 1 {
		if list := refrain(text, x); len(list) > 1 {
			return list
		}
		if i := joint(text[x.from:x.to]); i > 0 {
			return []extent{{x.from, x.from + i}, {x.from + i, x.to}}
		}
	}
	return out
}

// causeLeads begin what tells of the cause of the problem before it.
var causeLeads = []string{"原因:", "原因是", "原因为", "原因在于", "主要原因", "其原因", "究其原因", "产生原因"}

// refrain parts the paragraph x of sentences that begin alike, with what each is
// about: 针对预算不细的问题,…。针对支出偏慢的问题,…. Others belong to the one before.
func refrain(text string, x extent) []extent {
	words := topicOf(text[x.from:x.to])
	if words == "" {
		return nil
	}
	var out []extent
	for _, s := range clauses(text[x.from:x.to]) {
		if topicOf(text[x.from+s.from:x.from+s.to]) == words {
			out = append(out, extent{x.from + s.from, x.to})
			if n := len(out); n > 1 {
				out[n-2].to = out[n-1].from
			}
		}
	}
	return out
}

// topicOf returns the word with which the sentence s says what it is about, 针对,
// 对于 or 方面; "" if it does not.
func topicOf(s string) string {
	const longest = 90 // bytes
	head, _, comma := strings.Cut(s[:min(len(s), longest)], ",")
	if i := strings.IndexByte(head, ':'); i >= 0 {
		head, comma = head[:i], true
	}
	if !comma || zh.ContainsAny(head, []string{"以上", "上述", "存在的问题", "这些", "针对性"}) {
		return ""
	}
	if zh.HasAnyPrefix(head, []string{"针对", "对于", "关于"}) {
		return head[:len("针对")]
	}
	if strings.HasSuffix(head, "方面") && zh.Shorter(head, 16) {
		return "方面"
	}
	return ""
}

// lead reports whether the paragraph s only announces what follows.
func lead(s string) bool {
	return strings.HasSuffix(s, ":") && !strings.Contains(s, "。") && utf8.RuneCountInString(s) < 80
}

// preamble returns how much of the paragraph s leads to the list that
// semicolons part behind a colon: 虽有成绩,但仍有差距:….
func preamble(s string) int {
	i := strings.IndexByte(s, ':')
	if i < 0 || !strings.Contains(s[i:], ";") || strings.ContainsAny(s[:i], "(;") {
		return 0
	}
	if head := s[:i]; utf8.RuneCountInString(head) < 80 && (zh.HasAnySuffix(head, preambleEnds) || section.Formal(head)) {
		return i + 1
	}
	return 0
}

// sighting returns the length of the clause at the start of s that only says that
// something was seen, 自评中也看到, before what that is.
func sighting(s string) int {
	const longest = 42 // bytes
	i := strings.IndexByte(s, ',')
	if i < 0 || i > longest || len(s)-i < longest/2 || !zh.HasAnySuffix(s[:i], []string{"看到", "发现", "认识到", "意识到", "感到", "注意到"}) {
		return 0
	}
	return i + 1
}

// preambleEnds are what the words end with that lead to a list.
var preambleEnds = []string{"差距", "问题", "不足", "短板", "困难", "如下", "以下几点", "几个方面", "主要是", "表现为", "体现在", "表现在", "措施", "建议", "工作", "件事", "几点", "入手", "着手"}

// joint returns where the second half of a single sentence begins whose halves
// are two measures joined by 同时 or 另外; 0 if there is no such place.
func joint(s string) int {
	if strings.Contains(strings.TrimSuffix(s, "。"), "。") {
		return 0
	}
	const half = 8 // characters; a shorter half is no item of its own
	for _, w := range []string{",同时", ",此外", ",另外", ",另一方面"} {
		i := strings.Index(s, w)
		if i > 0 && utf8.RuneCountInString(s[:i]) >= half && utf8.RuneCountInString(s[i:]) >= half+3 {
			return i
		}
	}
	return 0
}

// closers begin the sentence that sums up or looks ahead after a list.
var closers = []string{"综上", "综合以上", "总体来看", "总的来看", "总之", "针对以上", "针对上述", "针对存在的", "以上问题", "上述问题", "特此",
	"此报告", "妥否", "专此", "以上报告", "以上情况", "造成上述", "造成以上", "产生上述", "产生以上", "出现上述", "对此,", "通过以上", "通过上述", "通过采取以上"}

// closer returns where the list in text ends: before a paragraph, or a last
// sentence, that begins like closers.
func closer(text string) int {
	from := 0
	for from < len(text) {
		if from > 0 && zh.HasAnyPrefix(text[from:], closers) {
			return from
		}
		n := strings.IndexByte(text[from:], hardEnd)
		if n < 0 {
			break
		}
		from += n + 1
	}
	return closingSentence(text, from)
}

// closingSentence returns where the sentence begins that sums a list up, in the
// last paragraph of text, which begins at byte from; len(text) if there is none.
// Of several it is the last of those that begin with the first of closers.
func closingSentence(text string, from int) int {
	const stop = "。"
	best, at := len(closers), len(text)
	for i := from; ; {
		n := strings.Index(text[i:], stop)
		if n < 0 {
			return at
		}
		i += n + len(stop)
		for k, w := range closers[:min(best+1, len(closers))] {
			if strings.HasPrefix(text[i:], w) {
				best, at = k, i
				break
			}
		}
	}
}

// What an item begins and ends with that is not its own: marks, and words that lead
// from one item to the next.
var (
	itemLeads = zh.NewRuneSet("\n |。;:,、")
	itemEnds  = zh.NewRuneSet("\n |。;:,、.!")
	itemTurns = zh.NewWords("答:", "A:", "偏离原因:", "偏差原因:", "未完成原因:", "原因:", "此外,", "另外,", "同时,", "同时", "还有,", "首先,", "其次,", "再次,", "最后,", "此外", "另一方面,", "另一方面")
)

// trimItem cuts the marker, what joins the item to the one before, and the
// final punctuation off x.
func trimItem(text string, x extent) extent {
	for {
		before := x
		x.from = x.to - len(itemLeads.TrimLeft(text[x.from:x.to]))
		if m := passage.LeadingMarker(text[x.from:x.to]); m.Style != passage.NoStyle && m.Style != passage.Firstly {
			x.from += m.Len
		}
		x.from += len(itemTurns.Before(text[x.from:x.to]))
		x.to = x.from + len(itemEnds.TrimRight(text[x.from:x.to]))
		if s := text[x.from:x.to]; strings.HasSuffix(s, ")") && strings.Count(s, "(") < strings.Count(s, ")") && passage.LeadingMarker(s).Style == passage.NoStyle {
			x.to-- // it closes what the item stands in
		}
		if x == before || x.from >= x.to {
			return x
		}
	}
}
