package field

import (
	"strings"
	"unicode/utf8"

	"jixiao/extractors/section"
	"jixiao/internal/zh"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// maxItems is how many items of one key are read; a text with more is no report.
const maxItems = 300

// readLists reads problems and measures, item by item.
func readLists(r *Reading) {
	l := &lists{Reading: r, seen: map[string]int{}, count: map[string]int{}, none: map[string][]emptiness{}}
	for n, g := range r.lookingAhead(r.mainRegions(r.regions())) {
		l.read(n, &g)
	}
	l.pair()
	for i := range r.Doc.Passages {
		l.jammedNone(i)
	}
	if l.count[problems] == 0 && len(l.none[problems]) == 0 {
		l.readCauses()
	}
	for _, key := range []string{problems, measures} {
		if l.count[key] == 0 {
			l.missing(key)
		}
	}
}

// lists is the state of readLists.
type lists struct {
	*Reading
	seen  map[string]int // identity of an item -> the region it was read in
	count map[string]int // items by key
	none  map[string][]emptiness
	told  []told
}

// An emptiness is a region without items, and what it has instead.
type emptiness struct {
	kind record.GapKind
	at   layout.Span
}

// read adds the items of g, the n-th region.
func (l *lists) read(n int, g *region) {
	l.dropPrompts(g)
	g.key = l.keyOf(g)
	l.told = append(l.told, told{key: g.key, group: g.group})
	s := newStream(l.Doc, g.pieces)
	if l.ofEarlierYear(s.text) {
		return
	}
	if kind, ok := nothing(g.key, s.text); ok {
		l.empty(g.key, kind, s.origin(0, len(s.text)))
		return
	}
	found := false
	confidence := 0.9
	ms := marks(s.text)
	if len(outerList(ms)) > 0 {
		confidence = 0.95
	}
	for _, x := range splitList(s, ms) {
		x = trimItem(s.text, x)
		if x.from >= x.to {
			continue
		}
		words := s.text[x.from:x.to]
		if kind, ok := nothing(g.key, words); ok {
			l.empty(g.key, kind, s.origin(x.from, x.to))
			found = true
			continue
		}
		if isListPrompt(words) || !isItem(words, confidence > 0.9) {
			continue
		}
		found = true
		id := record.ItemID(g.key, words)
		if at, again := l.seen[id]; again && at != n || l.count[g.key] >= maxItems {
			continue // the same words in another place: a form and its narrative say it twice
		}
		l.seen[id] = n
		l.count[g.key]++
		if l.addItem(g, s, x, confidence) {
			l.note(s.spans(x.from, x.to)[0].p, topicNumber(s.text, ms, x.from))
		}
	}
	if !found && len(g.pieces) == 0 {
		l.empty(g.key, record.Blank, g.label)
	}
}

// nothing reports whether text, where items of key are asked for, says that there
// are none, and in which way.
func nothing(key, text string) (record.GapKind, bool) {
	text = strings.TrimPrefix(strings.TrimPrefix(text, "答:"), "A:")
	if key == problems && allDone(text) {
		return record.NoneStated, true
	}
	return noneForm(text)
}

// ofEarlierYear reports whether a list with the words t answers what an earlier
// year's evaluation found: 针对2021年绩效评价反馈的问题:….
func (l *lists) ofEarlierYear(t string) bool {
	const opening = 75 // bytes
	head := cutBytes(t, opening)
	y, year := yearIn(head), l.number("year")
	return y > 0 && y < year && zh.HasAnyPrefix(head, []string{"针对", "对照", "对于"}) && zh.ContainsAny(head, []string{"反馈", "指出", "提出", "发现"})
}

func (l *lists) empty(key string, kind record.GapKind, at layout.Span) {
	l.none[key] = append(l.none[key], emptiness{kind, at})
}

// jammedNone notes what 存在问题暂无改进措施暂无 says, where a form lost its rules.
func (l *lists) jammedNone(i int) {
	t := l.Doc.Passages[i].Text
	if len(t) > 120 || !l.Doc.Passages[i].Any(zh.NoneSign) {
		return
	}
	words := strings.FieldsFunc(strings.NewReplacer("暂无", "|", "无", "|").Replace(t), func(r rune) bool { return strings.ContainsRune("|。;,:", r) })
	for _, w := range words {
		if !section.Formal(w) {
			return
		}
	}
	for _, w := range words {
		if role := section.RoleOf(w); role == problems || role == measures {
			l.empty(role, record.NoneStated, l.Doc.Passages[i].Origin(0, len(t)))
		}
	}
}

// keyOf returns the key of g: what is headed 存在的问题及改进措施 tells measures
// where its words say so.
func (l *lists) keyOf(g *region) string {
	if g.key != problems || len(g.pieces) == 0 {
		return g.key
	}
	p := g.pieces[0]
	t := l.Doc.Passages[p.p].Text[p.from:p.to]
	if strings.HasPrefix(t, "下一步") && !strings.Contains(t, "问题") {
		return measures
	}
	return g.key
}

// dropPrompts takes the template's instructions out of g.
func (l *lists) dropPrompts(g *region) {
	kept := g.pieces[:0:0]
	for _, p := range g.pieces {
		t := l.Doc.Passages[p.p].Text[p.from:p.to]
		if isEditorial(t) {
			continue
		}
		if isListPrompt(t) {
			l.empty(g.key, record.UnfilledPrompt, l.Doc.Passages[p.p].Origin(p.from, p.to))
			continue
		}
		if n := closing(t); n > 0 && isPrompt(t[:n+1]) { // an instruction and, after it, the answer
			l.empty(g.key, record.UnfilledPrompt, l.Doc.Passages[p.p].Origin(p.from, p.from+n+1))
			p.from += n + 1
		}
		if p.from < p.to {
			kept = append(kept, p)
		}
	}
	g.pieces = kept
}

// isEditorial reports whether t, a paragraph in brackets, is told by whoever kept
// the text: (以下为第4页,原件缺页).
func isEditorial(t string) bool {
	in, ok := inBrackets(t)
	return ok && utf8.RuneCountInString(in) < 30 && zh.ContainsAny(in, []string{"缺页", "原件", "原文", "此页", "下页", "以下为第", "以下空白", "扫描件", "接上页"})
}

// isItem reports whether words can be a problem or a measure: a clause, not a
// figure, a date, a name or a lone title.
func isItem(words string, marked bool) bool {
	least := 4 // characters
	if marked {
		least = 3
	}
	if utf8.RuneCountInString(words) < least || isPageNumber(words) || section.BareDate(words) || offersBoxes(words) {
		return false
	}
	if zh.HasAnyPrefix(words, []string{"详见", "见附件", "见上", "同上", "如上", "略"}) && utf8.RuneCountInString(words) < 24 {
		return false // a place to look at
	}
	if strings.HasSuffix(words, "方面") && zh.Shorter(words, 13) && !strings.ContainsAny(words, ",;。") {
		return false // the title of a group
	}
	if strings.HasPrefix(words, "见") && zh.Shorter(words, 16) && zh.HasAnySuffix(words, []string{"报告", "附件", "附表", "正文", "说明"}) {
		return false
	}
	return (!zh.IsOrgan(words) || marked && doing(words)) && !(section.Formal(words) && zh.ContainsAny(words, []string{"问题", "措施", "建议", "存在", "发现", "原因分析", "方面", "情况"}))
}

// doing reports whether words, which end like the name of a body, say what is done
// for it or with it: 从各站所抽2人充实财政分局.
func doing(words string) bool {
	return zh.HasAnyPrefix(words, []string{"从", "向", "由", "将", "把", "请", "与", "会同", "商请", "建议", "提请", "报", "移交", "督促", "加强", "抽调", "增派"}) || strings.ContainsAny(words, "0123456789")
}

// missing notes why there is no item of key: the strongest reason found.
func (l *lists) missing(key string) {
	for _, kind := range []record.GapKind{record.NoneStated, record.NotApplicable, record.UnfilledPrompt, record.Blank} {
		for _, e := range l.none[key] {
			if e.kind == kind {
				l.gap(kind, key, gapReasons[kind], e.at)
				return
			}
		}
	}
}

// gapReasons tell people why a list is empty.
var gapReasons = map[record.GapKind]string{
	record.NoneStated:     "报告写明没有",
	record.NotApplicable:  "报告写明不适用",
	record.UnfilledPrompt: "只有模板的填写提示，没有填写内容",
	record.Blank:          "标题下没有内容",
}
