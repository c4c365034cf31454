package arrange

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A flow joins lines into paragraphs, over the ends of columns and pages.
type flow struct {
	w           *writer
	pending     []piece // the paragraph that may go on
	gutters     gutters
	left, right float64         // margins of most of the document's text
	size        float64         // of most of its lines
	columns     []span          // margins of its columns, see columnMargins
	marks       map[string]bool // watermarks that have been written
}

func newFlow(w *writer, pages [][]line) *flow {
	f := &flow{w: w, gutters: guttersOf(pages), marks: map[string]bool{}}
	var all []line
	var sizes []float64
	for _, lines := range pages {
		all = append(all, lines...)
		for i := range lines {
			sizes = append(sizes, lines[i].size)
		}
	}
	f.left, f.right = margins(all)
	f.size = median(sizes)
	f.columns = f.columnMargins(pages)
	return f
}

// columnMargins returns the margins of all columns of the document: the text of
// some may be too short to tell.
func (f *flow) columnMargins(pages [][]line) []span {
	if len(f.gutters) == 0 {
		return nil
	}
	var out []span
	for _, lines := range pages {
		for _, b := range f.gutters.blocks(lines, 0) {
			if b.column {
				left, right := margins(b.lines)
				out = append(out, span{left, right})
			}
		}
	}
	return out
}

// margins returns where lines begin and how far they reach: the outermost ends
// that several share. Single lines may hang over, as a title or a note below a
// wide table.
func margins(lines []line) (left, right float64) {
	if len(lines) == 0 {
		return 0, 0
	}
	const alikeLeft, alikeRight = 0.5, 1.5 // sizes between ends that are one margin
	lefts, rights := make([]float64, len(lines)), make([]float64, len(lines))
	for i := range lines {
		lefts[i], rights[i] = lines[i].x0, -lines[i].x1
	}
	size := lines[len(lines)/2].size
	return shared(lefts, alikeLeft*size), -shared(rights, alikeRight*size)
}

// shared returns the least value that several others are near to, or simply the
// least if there is none.
func shared(v []float64, near float64) float64 {
	slices.Sort(v)
	several := max(2, len(v)/20)
	for i := 0; i+several <= len(v); i++ {
		if v[i+several-1]-v[i] <= near {
			return v[i]
		}
	}
	return v[0]
}

// page adds a page: its lines outside tables, which the tables part into bands.
func (f *flow) page(i int, s *sheet, lines []line, tables []*grid) {
	at := 0
	for _, t := range tables {
		middle := (t.ys[0] + t.ys[len(t.ys)-1]) / 2
		from := at
		for at < len(lines) && (lines[at].y0+lines[at].y1)/2 < middle {
			at++
		}
		f.band(i, s, lines[from:at])
		f.flush()
		f.w.table(i, t, s)
	}
	f.band(i, s, lines[at:])
	f.asides(i, s)
}

// band adds lines that no table parts.
func (f *flow) band(page int, s *sheet, lines []line) {
	for _, b := range f.gutters.blocks(lines, 0) {
		if b.table != nil {
			f.flush()
			f.w.table(page, b.table, s)
			continue
		}
		left, right := f.marginsOf(b)
		for i := range b.lines {
			b.lines[i].left, b.lines[i].right = left, right
		}
		f.block(page, s, b.lines)
	}
}

// enough lines to tell a block's margins from the block itself.
const enough = 5

// block adds lines below each other.
func (f *flow) block(page int, s *sheet, lines []line) {
	usual := spaceLines(lines)
	for i := range lines {
		l := &lines[i]
		if !f.goesOn(l, usual) {
			f.flush()
		}
		f.pending = append(f.pending, piece{*l, page, s.onPage(l.x0, l.y0, l.x1, l.y1)})
	}
}

// spaceLines notes the white space above each line and returns what is usual.
func spaceLines(lines []line) (usual float64) {
	var gaps []float64
	for i := 1; i < len(lines); i++ {
		lines[i].gap = max(0, lines[i].y0-lines[i-1].y1)
		gaps = append(gaps, lines[i].gap)
	}
	return median(gaps)
}

// marginsOf returns the margins of a block: its own if it has lines enough to
// tell, and never narrower than those of the document or of its column.
func (f *flow) marginsOf(b block) (left, right float64) {
	left, right = math.Inf(1), math.Inf(-1)
	for i := range b.lines {
		left, right = min(left, b.lines[i].x0), max(right, b.lines[i].x1)
	}
	widest := right
	if len(b.lines) >= enough {
		left, right = margins(b.lines)
	}
	if b.column {
		return left, f.columnRight(left, right)
	}
	const away = 60 // points: further out it is another column
	if math.Abs(left-f.left) > away || widest > f.right+away {
		return left, right
	}
	if len(b.lines) >= enough {
		return left, max(right, min(f.right, widest))
	}
	return min(left, f.left), max(right, f.right)
}

// columnRight returns how far the column that begins at left reaches on any page.
func (f *flow) columnRight(left, right float64) float64 {
	for _, c := range f.columns {
		if math.Abs(c.a-left) <= 2*f.size {
			right = max(right, c.b)
		}
	}
	return right
}

// newItem is the beginning of a line that opens a paragraph wherever it stands.
var newItem = regexp.MustCompile(`^(第?[一二三四五六七八九十]+[、章节条]|[（(][一二三四五六七八九十]+[）)]|[（(]?[0-9]+[.、．)）][^0-9]|[①-⑳•●■◆▪➢])`)

// goesOn reports whether l continues the pending paragraph: the line before ran
// to the margin, and l begins at it, with no number and no wider space above.
func (f *flow) goesOn(l *line, usualGap float64) bool {
	if len(f.pending) == 0 {
		return false
	}
	last := &f.pending[len(f.pending)-1].line
	if stacked(last, l) {
		return true
	}
	if math.Abs(l.size-last.size) >= 0.15*last.size || newItem.MatchString(l.text) || apart(last, l) {
		return false
	}
	if last.right-last.left < columnWidth*last.size {
		return false // a list of short lines, not text that was wrapped
	}
	if last.x1+l.chunk() < last.right-last.size {
		return false // there was room for more
	}
	if last.x0-last.left > (last.right-last.left)/2 {
		return false // set against the right margin, as a signature or a date
	}
	if l.gap > usualGap+0.8*l.size {
		return false
	}
	return l.x0-l.left < 0.7*l.size || f.hangs(last, l) || f.title(last, l)
}

// hangs reports whether b, though it begins right of the margin, goes on with a,
// the line before: below the second line of its paragraph, or, while the
// sentence has not ended, below the first or below the words behind its number.
func (f *flow) hangs(a, b *line) bool {
	const deepest = 4 // sizes from a number to the words behind it
	below := math.Abs(b.x0-a.x0) < 0.3*b.size
	if below && len(f.pending) > 1 {
		return true
	}
	if end, _ := utf8.DecodeLastRuneInString(a.text); strings.ContainsRune("。；：！？.;:!?", end) {
		return false
	}
	return below || newItem.MatchString(a.text) && b.x0 > a.x0 && b.x0-a.x0 < deepest*b.size
}

// stacked reports whether a and b are characters of a text written from top to
// bottom.
func stacked(a, b *line) bool {
	if len(a.glyphs) != 1 || len(b.glyphs) != 1 || !wide(firstRune(a.text)) || !wide(firstRune(b.text)) {
		return false
	}
	return math.Abs((a.x0+a.x1)-(b.x0+b.x1)) < 0.4*b.size && b.y0-a.y1 < 0.5*b.size && b.y0 > a.y0
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// apart reports whether two lines are rows rather than text: one is several
// things beside each other, or both are two.
func apart(a, b *line) bool {
	x, y := strings.Count(a.text, "\t"), strings.Count(b.text, "\t")
	return max(x, y) > 1 || x > 0 && y > 0
}

// title reports whether b goes on with a title that a began: both are larger
// than the text and stand in the middle.
func (f *flow) title(a, b *line) bool {
	const larger = 1.15
	middle := func(l *line) bool { return math.Abs((l.x0+l.x1)-(l.left+l.right)) < 2*l.size }
	return b.size > larger*f.size && middle(a) && middle(b)
}

// chunk is the width of what cannot be parted at the line's start: a word or
// figure, or an ideograph.
func (l *line) chunk() float64 {
	n := 1
	for n < len(l.glyphs) && !breaksBefore(l.glyphs[n-1].Text, l.glyphs[n].Text) {
		n++
	}
	return l.glyphs[n-1].X1 - l.glyphs[0].X0
}

func breaksBefore(a, b string) bool {
	x, _ := utf8.DecodeLastRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	return wide(x) || wide(y)
}

// seam is what stands between two lines of a paragraph.
func seam(a, b string) string {
	x, _ := utf8.DecodeLastRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	if x < utf8.RuneSelf && y < utf8.RuneSelf && unicode.IsLetter(x) && unicode.IsLetter(y) {
		return " "
	}
	return ""
}

// asides writes text that runs in other directions than the page's, and
// watermarks at their first page, before a paragraph that may go on over the
// page's end.
func (f *flow) asides(page int, s *sheet) {
	var pieces []piece
	for _, group := range byTurn(s.aside) {
		pieces = append(pieces, s.turnedLines(group, page)...)
	}
	for _, group := range byTurn(s.over) {
		for _, p := range s.turnedLines(group, page) {
			if !f.marks[p.text] {
				f.marks[p.text] = true
				pieces = append(pieces, p)
			}
		}
	}
	if len(pieces) > 0 && len(f.pending) > 0 && f.pending[0].page != page {
		f.flush() // it began before this page
	}
	for _, p := range pieces {
		f.w.paragraph([]piece{p})
	}
}

// flush ends the pending paragraph.
func (f *flow) flush() {
	f.w.paragraph(f.pending)
	f.pending = nil
}
