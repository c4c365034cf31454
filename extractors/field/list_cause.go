package field

import (
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh"
	"jixiao/schemas/record"
)

// causeHeads are the words of a column that tells why an indicator was missed.
var causeHeads = []string{"偏差原因", "未完成原因", "偏离原因", "未达标原因", "偏差分析", "未完成的原因", "扣分原因"}

// readCauses reads problems out of the column of causes of an indicator table,
// for a report that tells its problems nowhere else.
func (l *lists) readCauses() {
	for _, t := range l.Doc.Tables {
		col, head := -1, -1
		for k, c := range t.Cells {
			p := &l.Doc.Passages[t.Passage[k]]
			if zh.ContainsAny(p.Text, causeHeads) && utf8.RuneCountInString(p.Text) < 24 {
				col, head = c.Col, c.Row
				continue
			}
			if col < 0 || c.Col != col || c.Row <= head || !isCause(p.Text) {
				continue
			}
			l.addCause(t.Passage[k])
		}
	}
}

// isCause reports whether the cell's words t tell of something that went wrong.
func isCause(t string) bool {
	if _, none := noneForm(t); none || utf8.RuneCountInString(t) < 8 || isListPrompt(t) {
		return false
	}
	return strings.IndexFunc(t, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }) >= 0 && isItem(t, false)
}

func (l *lists) addCause(p int) {
	g := region{key: problems, rule: "cell.cause", pieces: []piece{{p, 0, len(l.Doc.Passages[p].Text)}}}
	s := newStream(l.Doc, g.pieces)
	x := trimItem(s.text, extent{0, len(s.text)})
	if id := record.ItemID(problems, s.text[x.from:x.to]); x.from < x.to {
		if _, again := l.seen[id]; !again {
			l.seen[id] = -1
			l.count[problems]++
			l.addItem(&g, s, x, 0.6)
		}
	}
}
