package passage

import (
	"sort"
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh"
)

// In a table drawn with lines of characters a cell whose words do not fit goes on in
// the line below, up to the next rule:
//
//	│存在问题│前期工作深度不够，影响支付│
//	│        │进度；资产盘点不及时。    │
//	├────────┼──────────────────────────┤
//
// Only there do all columns keep their width, and is the broken line full.

// WrappedTo returns the passage in which the words of cell i go on, where a drawn
// table broke them; -1 if they do not.
func (d *Doc) WrappedTo(i int) int {
	p := &d.Passages[i]
	if p.Table < 0 || p.Text == "" {
		return -1
	}
	width, rest, ok := d.drawnColumn(p)
	if !ok || rest > 2 { // columns of the screen that are left
		return -1
	}
	j := d.below(p)
	if j < 0 {
		return -1
	}
	q := &d.Passages[j]
	between := d.Layout.Text[p.Span.End:max(p.Span.End, q.Span.Start)]
	if q.Text == "" || strings.ContainsAny(between, "─━═") || strings.Contains(between, "--") || LeadingMarker(q.Text).Style != NoStyle {
		return -1
	}
	if w, _, ok := d.drawnColumn(q); !ok || w != width || !d.completes(p.Table, d.row(q), d.row(p)) {
		return -1
	}
	return j
}

// row returns the row that cell p stands in.
func (d *Doc) row(p *Passage) int { return d.Tables[p.Table].Cells[p.Cell].Row }

// completes reports whether row lower of a table can be the rest of row upper: it has
// words in fewer cells, or in as many where upper is a rest as well, and no figure.
func (d *Doc) completes(table, lower, upper int) bool {
	t := &d.Tables[table]
	words, rest := [2]int{}, true
	k := sort.Search(len(t.Cells), func(k int) bool { return t.Cells[k].Row >= upper })
	for ; k < len(t.Cells) && t.Cells[k].Row <= lower && t.Passage[k] < len(d.Passages); k++ {
		text := d.Passages[t.Passage[k]].Text
		if text == "" {
			continue
		}
		if t.Cells[k].Row == upper {
			words[0]++
			rest = rest && t.Cells[k].Col > 0
		} else if words[1]++; strings.Trim(text, "0123456789.,%-") == "" {
			return false
		}
	}
	return words[1] < words[0] || rest && words[1] == words[0]
}

// below returns the cell under p in the next row of its table; -1 if there is none.
func (d *Doc) below(p *Passage) int {
	t := &d.Tables[p.Table]
	c := &t.Cells[p.Cell]
	row := c.Row + max(c.RowSpan, 1)
	k := sort.Search(len(t.Cells), func(k int) bool {
		return t.Cells[k].Row > row || t.Cells[k].Row == row && t.Cells[k].Col >= c.Col
	})
	if k == len(t.Cells) || t.Cells[k].Row != row || t.Cells[k].Col != c.Col || t.Passage[k] >= len(d.Passages) {
		return -1
	}
	return t.Passage[k]
}

// drawnBars part the cells of drawn tables; a plain one does so where +---+ rules them.
var drawnBars = zh.NewRuneSet("│┃║")

// drawnColumn returns how wide the column is, from bar to bar, that cell p is drawn in,
// and how much of it is left behind its words.
func (d *Doc) drawnColumn(p *Passage) (width, rest int, ok bool) {
	const longest = 400 // bytes of a line
	text := d.Layout.Text
	behind := strings.TrimLeft(text[p.Span.End:], " 　")
	r, _ := utf8.DecodeRuneInString(behind)
	if !drawnBars.Has(r) && (r != '|' || !d.ruledAbove(p)) {
		return 0, 0, false
	}
	rest = columns(text[p.Span.End : len(text)-len(behind)])
	before := text[max(0, p.Span.Start-longest):p.Span.Start]
	bare := strings.TrimRight(before, " 　")
	if last, _ := utf8.DecodeLastRuneInString(bare); last != r {
		return 0, 0, false
	}
	return columns(before[len(bare):]) + columns(text[p.Span.Start:p.Span.End]) + rest, rest, true
}

// ruledAbove reports whether a rule such as +-----+ stands right above the table of p.
func (d *Doc) ruledAbove(p *Passage) bool {
	const near = 8 // bytes
	start := d.Tables[p.Table].Start
	above := strings.TrimRight(d.Layout.Text[max(0, start-near):start], " |\r\n")
	return strings.HasSuffix(above, "-+")
}

// columns returns how many columns of a screen s takes up.
func columns(s string) (n int) {
	for _, r := range s {
		if n++; r >= 0x80 {
			n++
		}
	}
	return n
}
