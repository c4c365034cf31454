package field

import (
	"strings"
	"unicode/utf8"

	"jixiao/extractors/passage"
	"jixiao/internal/zh"
)

// A listed item is one that was read, and where.
type listed struct {
	field int    // index into Reading.Fields
	row   [2]int // table and row; the table is -1 outside of one
	topic int    // its number in 问题一 or 措施一; 0 if it has none
}

// A told region is one that was read: what it lists, which others were parted
// from the same stretch, and its items.
type told struct {
	key   string
	group int
	items []listed
}

// note remembers that the last field is an item of the region being read, whose
// first words stand in passage p, and whose number topic is.
func (l *lists) note(p, topic int) {
	x := listed{field: len(l.Fields) - 1, row: [2]int{-1, 0}, topic: topic}
	if q := &l.Doc.Passages[p]; q.Table >= 0 {
		x.row = [2]int{q.Table, l.Doc.Tables[q.Table].Cells[q.Cell].Row}
	}
	last := &l.told[len(l.told)-1]
	last.items = append(last.items, x)
}

// pair notes which problem a measure answers, where the report says so: by
// turns, in the rows of a table, or in words.
func (l *lists) pair() {
	if l.count[problems] == 0 || l.count[measures] == 0 {
		return
	}
	l.pairTurns()
	l.pairRows()
	l.pairTopics()
	l.pairWords()
}

// pairTopics pairs 措施一 and 针对问题一 with 问题一, if there is one such problem.
func (l *lists) pairTopics() {
	found := map[int][]listed{}
	for _, x := range l.all(problems) {
		found[x.topic] = append(found[x.topic], x)
	}
	for _, m := range l.all(measures) {
		if of := found[m.topic]; m.topic > 0 && len(of) == 1 {
			l.answer(m, of[0])
		}
	}
}

// topicNumber returns the number of the topic, 问题一, that heads the item at text[at:];
// 0 if none does.
func topicNumber(text string, ms []mark, at int) int {
	for k := len(ms) - 1; k >= 0; k-- {
		if m := &ms[k]; m.end <= at {
			if m.Style == passage.Topic && strings.Trim(text[m.end:at], "\n |。;:,、") == "" {
				return m.Num
			}
			return 0
		}
	}
	return 0
}

// answer notes that the measure m answers the problem p.
func (l *lists) answer(m, p listed) {
	if f := &l.Fields[m.field]; f.Answers == "" {
		f.Answers = l.Fields[p.field].Item
	}
}

// pairTurns pairs what the report tells by turns, one problem and what is done
// about it, two times at least: once is a list of problems and one of measures.
func (l *lists) pairTurns() {
	const sure = 2
	var turns []int // regions of measures
	for n := 1; n < len(l.told); n++ {
		a, b := &l.told[n-1], &l.told[n]
		if a.key == problems && b.key == measures && a.group == b.group && len(a.items) == 1 && len(b.items) > 0 {
			turns = append(turns, n)
		}
	}
	if len(turns) < sure {
		return
	}
	for _, n := range turns {
		for _, m := range l.told[n].items {
			l.answer(m, l.told[n-1].items[0])
		}
	}
}

// pairRows pairs the measures of a table's row with the only problem in it.
func (l *lists) pairRows() {
	found := map[[2]int][]listed{}
	for _, x := range l.all(problems) {
		if x.row[0] >= 0 {
			found[x.row] = append(found[x.row], x)
		}
	}
	for _, m := range l.all(measures) {
		if of := found[m.row]; m.row[0] >= 0 && len(of) == 1 {
			l.answer(m, of[0])
		}
	}
}

// all returns the items of key in order.
func (l *lists) all(key string) (out []listed) {
	for _, t := range l.told {
		if t.key == key {
			out = append(out, t.items...)
		}
	}
	return out
}

// pairWords pairs measures that begin like 针对预算编制不细的问题, with the only
// problem that is told in these words.
func (l *lists) pairWords() {
	for _, m := range l.all(measures) {
		named := namedProblem(l.itemText(m))
		if named == "" {
			continue
		}
		var of []listed
		for _, p := range l.all(problems) {
			if text := l.itemText(p); strings.Contains(text, named) || strings.Contains(named, firstClause(text)) {
				of = append(of, p)
			}
		}
		if len(of) == 1 {
			l.answer(m, of[0])
		}
	}
}

func (l *lists) itemText(x listed) string {
	s, _ := l.Fields[x.field].Value.AsText()
	return zh.FoldString(s)
}

// namedProblem returns the problem that the folded text of a measure says it
// answers; "" if it names none.
func namedProblem(s string) string {
	const shortest = 4 // characters; fewer are not a problem's own words
	rest, ok := strings.CutPrefix(s, "针对")
	if !ok {
		return ""
	}
	if i := strings.IndexAny(rest, ",;:"); i >= 0 {
		rest = rest[:i]
	}
	for _, w := range []string{"等问题", "的问题", "问题", "等情况", "的情况", "的现象"} {
		rest = strings.TrimSuffix(rest, w)
	}
	if utf8.RuneCountInString(rest) < shortest {
		return ""
	}
	return rest
}

// firstClause returns what s says first.
func firstClause(s string) string {
	if i := strings.IndexAny(s, ",;:"); i >= 0 {
		s = s[:i]
	}
	if i := strings.Index(s, "。"); i >= 0 {
		s = s[:i]
	}
	return s
}
