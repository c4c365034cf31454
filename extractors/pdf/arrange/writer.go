package arrange

import (
	"strings"

	"jixiao/schemas/layout"
)

// A writer builds the text and knows on which page each part of it stands.
// Parts are written in page order.
type writer struct {
	text  strings.Builder
	pages []layout.Page
	begun []bool // pages that have text
}

func newWriter(pages []Page) *writer {
	w := &writer{pages: make([]layout.Page, len(pages)), begun: make([]bool, len(pages))}
	for i, p := range pages {
		w.pages[i] = layout.Page{
			Number: i + 1, Width: p.Width, Height: p.Height,
			Lines: []layout.Line{}, Paragraphs: []layout.Span{}, Tables: []layout.Table{},
		}
	}
	return w
}

// A piece is a line with its place in the document.
type piece struct {
	line
	page int
	box  layout.Box
}

// line writes one line and returns its span.
func (w *writer) line(p *piece) layout.Span {
	w.begin(p.page)
	s := layout.Span{Start: w.text.Len()}
	w.text.WriteString(p.text)
	s.End = w.text.Len()
	if s.Len() > 0 {
		w.pages[p.page].Lines = append(w.pages[p.page].Lines, layout.Line{Span: s, Box: p.box})
	}
	return s
}

// begin says that what follows stands on page i.
func (w *writer) begin(i int) {
	if !w.begun[i] {
		w.begun[i] = true
		w.pages[i].Start = w.text.Len()
	}
}

// paragraph writes lines as one paragraph, which belongs to the first one's page.
func (w *writer) paragraph(lines []piece) {
	if len(lines) == 0 {
		return
	}
	start := w.text.Len()
	for i := range lines {
		if i > 0 {
			w.text.WriteString(seam(lines[i-1].text, lines[i].text))
		}
		w.line(&lines[i])
	}
	p := &w.pages[lines[0].page]
	if w.text.Len() > start {
		p.Paragraphs = append(p.Paragraphs, layout.Span{Start: start, End: w.text.Len()})
		w.text.WriteByte('\n')
	}
}

// table writes a table, a line for each row that has text.
func (w *writer) table(page int, t *grid, s *sheet) {
	w.begin(page)
	last := len(t.xs) - 1
	out := layout.Table{
		Rows: t.rows(), Cols: t.columns(),
		Box: s.onPage(t.xs[0], t.ys[0], t.xs[last], t.ys[len(t.ys)-1]),
	}
	out.Start = w.text.Len()
	out.End = out.Start
	next := 0 // index of the first cell of a row
	for r := range t.rows() {
		first := next
		for next < len(t.cells) && t.cells[next].r0 == r {
			next++
		}
		w.row(page, t, s, r, t.cells[first:next], &out)
	}
	w.pages[page].Tables = append(w.pages[page].Tables, out)
}

// row writes the cells that begin in row r; a cell that only goes on in it from
// above leaves its field empty, so that columns stay in line.
func (w *writer) row(page int, t *grid, s *sheet, r int, cells []cell, out *layout.Table) {
	texts := make([][]piece, len(cells))
	empty := true
	for i := range cells {
		texts[i] = t.cellLines(&cells[i], page, s)
		empty = empty && len(texts[i]) == 0 && len(cells[i].more) == 0
	}
	field := false // one has been written in this row
	next := 0
	for c := 0; c < t.columns(); {
		x := &t.cells[t.owner[r*t.columns()+c]]
		if field && !empty {
			w.text.WriteByte('\t')
		}
		field = true
		if x.r0 == r {
			at := w.text.Len()
			if empty {
				at = out.End // a row without text has no line of its own
			}
			w.cell(t, s, x, at, texts[next], out)
			next++
		}
		c = x.c1 + 1
	}
	if !empty {
		out.End = w.text.Len()
		w.text.WriteByte('\n')
	}
}

// cell writes one cell's lines, joined, at offset at.
func (w *writer) cell(t *grid, s *sheet, x *cell, at int, lines []piece, out *layout.Table) {
	c := layout.Cell{
		Span: layout.Span{Start: at, End: at},
		Row:  x.r0, Col: x.c0, RowSpan: x.r1 - x.r0 + 1, ColSpan: x.c1 - x.c0 + 1,
		Box: s.onPage(t.xs[x.c0], t.ys[x.r0], t.xs[x.c1+1], t.ys[x.r1+1]),
	}
	inner := t.xs[x.c1+1] - t.xs[x.c0] - cellPadding
	for i := range lines {
		if i > 0 {
			w.text.WriteString(cellSeam(&lines[i-1].line, &lines[i].line, inner))
		}
		c.End = w.line(&lines[i]).End
	}
	for i := range x.more { // no Line of this page: their boxes are on another
		if i > 0 || len(lines) > 0 {
			w.text.WriteString(x.seamOver(lines, i, inner))
		}
		w.text.WriteString(x.more[i].text)
		c.End = w.text.Len()
	}
	out.Cells = append(out.Cells, c)
}

// finish returns the text and the pages, each of which ends where the next begins.
func (w *writer) finish() (string, []layout.Page) {
	text := w.text.String()
	end := len(text)
	for i := len(w.pages) - 1; i >= 0; i-- {
		p := &w.pages[i]
		p.End = end
		if !w.begun[i] {
			p.Start = end
		}
		end = p.Start
	}
	return text, w.pages
}
