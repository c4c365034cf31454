package field

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/internal/zh"
)

// Where the words stand within a text that announce a list: a label at its colon, at
// the marker before it, or as the phrase that a sentence begins with.

// withReturns adds to labels the places where the list of key, which a label of
// the other kind broke off, goes on: 1.… 改进措施:… 2.….
func withReturns(text, key string, labels []label) []label {
	if key == "" || len(labels) == 0 {
		return labels
	}
	ms := marks(text)
	out := labels
	for k, l := range labels {
		if l.key == key {
			continue
		}
		to := len(text)
		if k+1 < len(labels) {
			to = labels[k+1].at
		}
		if m, ok := returning(ms, l.at, to); ok {
			out = append(out[:len(out):len(out)], label{m.at, m.at, key})
		}
	}
	return tidy(out)
}

// returning finds the line in text[at:to] whose marker counts on from the last
// line before at, unless a list of the same style begins in between.
func returning(ms []mark, at, to int) (mark, bool) {
	last := -1
	for i, m := range ms {
		if m.first && m.at <= at {
			last = i
		}
	}
	if last < 0 {
		return mark{}, false
	}
	for _, m := range ms[last+1:] {
		if m.at >= to || m.at > at && sameKind(ms[last], m) && m.Num == 1 {
			break
		}
		if m.first && m.at > at && sameKind(ms[last], m) && m.Num == ms[last].Num+1 {
			return m, true
		}
	}
	return mark{}, false
}

// labelWords are in every label of a list, those of its next steps included.
var labelWords = zh.NewWords("问题", "不足", "差距", "措施", "建议", "困难", "对策", "整改", "改进", "打算", "下一步", "方向", "短板")

// findLabels returns the labels in text: phrases of the fixed vocabulary that
// speak of problems or measures, with a colon or the first item after them,
// and numbered topics such as 问题1:.
func findLabels(text string) []label {
	if !labelWords.In(text) {
		return nil
	}
	var out []label
	for _, m := range marks(text) {
		if m.Style == passage.Topic {
			if role := section.RoleOf(m.Topic); role == problems || role == measures {
				out = append(out, label{m.at, m.at + runOn(text, m), role})
			}
		} else if m.Num == 1 && !m.first {
			if l, ok := phraseBefore(text, phraseEnd(text, m.at)); ok {
				l.end = m.at
				out = append(out, l)
			}
		} else if m.Style == passage.Han && m.Num > 1 && !m.first {
			if l, ok := gluedLabel(text, m); ok {
				out = append(out, l)
			}
		}
	}
	for i := nextColon(text, 0); i < len(text); i = nextColon(text, i+1) {
		if l, ok := phraseBefore(text, i); ok {
			l.end = i + 1
			out = append(out, l)
		}
	}
	return tidy(append(out, spokenLabels(text)...))
}

// gluedLabel returns the label that m numbers and that nothing parts from its list:
// ….五、改进措施加强预算管理,….
func gluedLabel(text string, m mark) (label, bool) {
	const near = 120 // bytes of the title and of the sentence it runs into
	rest := cutBytes(text[m.end:], near)
	if k := strings.Index(rest, "。"); k >= 0 {
		rest = rest[:k]
	}
	n, role := section.GluedTitle(rest, false)
	return label{m.at, m.end + n, role}, n > 0
}

// nextColon returns where from byte i of text on a colon stands, its end if none does.
func nextColon(text string, i int) int {
	if n := strings.IndexByte(text[i:], ':'); n >= 0 {
		return i + n
	}
	return len(text)
}

// runOn returns the length of the title that the number of its list's first item
// runs into, 整改措施 of 整改措施1.…2.…; 0 if the marker m numbers the title itself.
func runOn(text string, m mark) int {
	const far = 2400 // bytes of an item
	word := len(m.Topic)
	if m.Num != 1 || !strings.HasPrefix(text[m.at:], m.Topic+"1") || passage.LeadingMarker(text[m.at+word:m.end]+"项").Style != passage.Number {
		return 0
	}
	for _, next := range marks(cutBytes(text[m.end:], far)) {
		if next.Num == 2 && (next.Style == passage.Number || next.Style == passage.Topic) {
			if next.Style == passage.Number {
				return word
			}
			return 0
		}
	}
	return 0
}

// phraseEnd returns where the label ends behind which the marker at text[i]
// begins: before the comma of 在存在问题方面,一是 and 主要问题有两个,一是.
func phraseEnd(text string, i int) int {
	const most = 36 // bytes of what stands at the label's end
	if head, ok := strings.CutSuffix(text[:i], "。"); ok {
		return len(head) // 工作中还有一些不足。首先,….
	}
	before, ok := strings.CutSuffix(text[:i], ",")
	if !ok {
		return i
	}
	tail := before[max(0, len(before)-most):]
	if zh.HasAnySuffix(tail, []string{"方面", "如下", "以下几点", "几个", "主要有", "主要是"}) {
		return len(before)
	}
	for _, w := range []string{"个", "条", "项", "点", "个方面"} {
		if head, ok := strings.CutSuffix(tail, w); ok && zh.HasAnySuffix(head, []string{"二", "两", "三", "四", "五", "六", "几", "2", "3", "4", "5", "6"}) {
			return len(before)
		}
	}
	return i
}

// What stands before the words of a label, and before the sentence it is in.
var (
	phraseEnds   = zh.NewRuneSet("。;:!?|,(\n")
	sentenceEnds = zh.NewRuneSet("。;!?|\n")
)

// phraseWords are in every title that is a label.
var phraseWords = zh.NewWords("问题", "不足", "差距", "困难", "短板", "措施", "建议", "对策", "整改", "改进", "打算", "下一步", "方向")

// phraseBefore returns the label that ends at text[i]: the words since the last
// clause or marker, if they are a title of problems or measures.
func phraseBefore(text string, i int) (label, bool) {
	const most = 96 // bytes
	low := max(0, i-most)
	start := i
	for start > low {
		r, n := zh.Last(text[:start])
		if phraseEnds.Has(r) {
			break
		}
		start -= n
	}
	phrase := text[start:i]
	if passage.LeadingMarker(text[start:min(len(text), i+1)]).Style == passage.Topic {
		return label{}, false // 问题一: is a marker
	}
	if m := passage.LeadingMarker(phrase); m.Style != passage.Topic {
		phrase = phrase[m.Len:]
	}
	if n := utf8.RuneCountInString(phrase); n < 2 || n > 24 {
		return label{}, false
	}
	if !phraseWords.In(phrase) {
		return label{}, false
	}
	role := section.RoleOf(phrase)
	if role != problems && role != measures || !section.Formal(phrase) && !section.Formal(withoutSubject(phrase)) {
		return label{}, false
	}
	if start > 0 && text[start-1] == '(' {
		return label{at: start - 1, key: role}, true // (改进措施:…)
	}
	return label{at: sentenceStart(text, start), key: role}, true
}

// withoutSubject drops who means to act from phrase: 今后我镇将从三个方面加以改进.
func withoutSubject(phrase string) string {
	for i := range phrase {
		if w := aheadSubjects.Before(phrase[i:]); w != "" {
			return phrase[:i] + phrase[i+len(w):]
		}
	}
	return phrase
}

// sentenceStart returns where the sentence of the label at text[i] begins if
// what stands before the label only leads to it: 针对上述问题,拟采取的措施:.
func sentenceStart(text string, i int) int {
	const most = 300 // bytes
	from := i
	for from > max(0, i-most) {
		r, n := zh.Last(text[:from])
		if sentenceEnds.Has(r) {
			break
		}
		from -= n
	}
	lead := text[from:i]
	if m := passage.LeadingMarker(lead); m.Style != passage.Topic {
		lead = lead[m.Len:]
	}
	if zh.HasAnyPrefix(lead, leadWords) || zh.HasAnyPrefix(text[i:], turnWords) {
		return from
	}
	return i
}

// leadWords begin clauses that only lead to what a label announces.
var leadWords = []string{"针对", "根据", "通过", "从", "为", "经", "结合", "按照", "对照", "自评中", "本次", "综合", "在自评", "在绩效", "但", "虽然", "会议",
	"同时", "此外", "目前", "我", "本", "下一步", "下步", "今后", "接下来"}

// turnWords begin a label behind what went well: 成效较好,但仍有不足:.
var turnWords = []string{"但", "然而", "不过", "可", "仍", "还", "也", "却"}

// tidy puts labels in order and drops those within others.
func tidy(list []label) []label {
	slices.SortStableFunc(list, func(a, b label) int { return cmp.Compare(a.at, b.at) })
	out := list[:0]
	for _, l := range list {
		if n := len(out); n > 0 && l.at < out[n-1].end {
			continue
		}
		if n := len(out); n > 0 && l.at == out[n-1].at {
			out[n-1].end = max(out[n-1].end, l.end)
			continue
		}
		out = append(out, l)
	}
	return out
}
