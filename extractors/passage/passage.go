// Package passage turns a layout into what readers work on: paragraphs and
// table cells in reading order, each folded and each able to point back into
// Doc.Text. It is made once per document and then only read.
package passage

import (
	"cmp"
	"slices"
	"sync"

	"jixiao/internal/zh"
	"jixiao/schemas/layout"
)

// Doc is a layout with its passages.
type Doc struct {
	Layout   *layout.Doc
	Passages []Passage // reading order; a table's cells stand in row order
	Tables   []Table

	folder *zh.Folder
	stops  bool // its sentences end with the full stop of a Latin keyboard
}

// A Passage is one paragraph, or a part of one that has a heading of its own, or
// one cell of a table. Its Text is folded and
// in simplified characters; Source has the words as they are.
type Passage struct {
	zh.Folded
	Span  layout.Span // of the source
	Page  int         // 0 if the format has no pages
	Table int         // index into Doc.Tables; -1 for a paragraph
	Cell  int         // index into that table's Cells
}

// A Table is a grid whose cells know their passages. One that goes on over the
// end of a page is one Table here.
type Table struct {
	*layout.Table
	Page    int   // where it begins
	Last    int   // where it ends
	First   int   // index in Doc.Passages of its first cell
	Passage []int // cell index -> index into Doc.Passages
}

// New folds d. Empty paragraphs are left out, empty cells are kept.
func New(d *layout.Doc) *Doc {
	out := &Doc{Layout: d, folder: zh.NewFolder(len(d.Text)), stops: zh.LatinStops(d.Text)}
	if memory, ok := passages.Get().(*[]Passage); ok {
		out.Passages = *memory
	}
	out.Passages = slices.Grow(out.Passages, count(d))
	for i := range d.Pages {
		out.addPage(&d.Pages[i])
	}
	return out
}

// Release gives memory back that the passages needed to know where they stand.
// d and its passages must not be used any more.
func (d *Doc) Release() {
	const most = 4096 // passages; documents of more are rare and their memory not worth keeping
	d.folder.Release()
	if cap(d.Passages) <= most {
		clear(d.Passages)
		memory := d.Passages[:0]
		passages.Put(&memory)
	}
	d.Passages, d.Tables = nil, nil
}

// passages keeps the memory of passages that are done with.
var passages sync.Pool // of *[]Passage

// count returns how many paragraphs and cells d has.
func count(d *layout.Doc) (n int) {
	for i := range d.Pages {
		n += len(d.Pages[i].Paragraphs)
		for j := range d.Pages[i].Tables {
			n += len(d.Pages[i].Tables[j].Cells)
		}
	}
	return n
}

// addPage adds the paragraphs and tables of p in reading order.
func (d *Doc) addPage(p *layout.Page) {
	type part struct {
		at    int
		para  layout.Span
		table *layout.Table
	}
	parts := make([]part, 0, len(p.Paragraphs)+len(p.Tables))
	for _, s := range p.Paragraphs {
		parts = append(parts, part{at: s.Start, para: s})
	}
	for i := range p.Tables {
		parts = append(parts, part{at: p.Tables[i].Start, table: &p.Tables[i]})
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(a.at, b.at) })
	for _, x := range parts {
		if x.table != nil {
			if before := d.continues(x.table, p.Number); before != nil {
				d.extend(before, x.table, p.Number)
			} else {
				d.addTable(x.table, p.Number)
			}
			continue
		}
		if q := d.passage(x.para, p.Number); q.Text != "" {
			d.addParagraph(q)
		}
	}
}

func (d *Doc) addTable(t *layout.Table, page int) {
	n := len(d.Tables)
	out := Table{Table: t, Page: page, Last: page, First: len(d.Passages), Passage: make([]int, len(t.Cells))}
	for i := range t.Cells {
		q := d.passage(t.Cells[i].Span, page)
		q.Table, q.Cell = n, i
		out.Passage[i] = len(d.Passages)
		d.Passages = append(d.Passages, q)
	}
	d.Tables = append(d.Tables, out)
}

// passage folds the text at s. Rules know simplified characters only; the
// simplified text has the same offsets.
func (d *Doc) passage(s layout.Span, page int) Passage {
	folded := d.folder.Simplified(d.Layout.Text[s.Start:s.End], s.Start)
	if d.stops {
		folded = folded.WithStops()
	}
	return Passage{Folded: folded, Span: s, Page: page, Table: -1}
}
