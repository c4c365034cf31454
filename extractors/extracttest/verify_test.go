package extracttest

import (
	"math"
	"strings"
	"testing"

	"jixiao/schemas/layout"
)

func soundDoc() *layout.Doc {
	text := "标题\n甲乙\n1 2\n尾"
	s := func(sub string) layout.Span {
		i := strings.Index(text, sub)
		return layout.Span{Start: i, End: i + len(sub)}
	}
	cell := func(sub string, r, c int) layout.Cell {
		return layout.Cell{Span: s(sub), Row: r, Col: c, RowSpan: 1, ColSpan: 1}
	}
	return &layout.Doc{Format: "text", Text: text, Pages: []layout.Page{{
		Number: 1, Span: layout.Span{End: len(text)},
		Lines:      []layout.Line{{Span: s("标题")}, {Span: s("甲乙")}, {Span: s("1 2")}, {Span: s("尾")}},
		Paragraphs: []layout.Span{s("标题"), s("尾")},
		Tables: []layout.Table{{Span: s("甲乙\n1 2"), Rows: 2, Cols: 2, Cells: []layout.Cell{
			cell("甲", 0, 0), cell("乙", 0, 1), cell("1", 1, 0), cell("2", 1, 1)}}},
	}}}
}

// Every breach of the rules is found; the sound document has none.
func TestVerify(t *testing.T) {
	if err := Verify(soundDoc()); err != nil {
		t.Fatalf("the sound document: %v", err)
	}
	page := func(f func(*layout.Page)) func(*layout.Doc) { return func(d *layout.Doc) { f(&d.Pages[0]) } }
	table := func(f func(*layout.Table)) func(*layout.Doc) {
		return func(d *layout.Doc) { f(&d.Pages[0].Tables[0]) }
	}
	breaches := map[string]func(*layout.Doc){
		"no_utf8":            func(d *layout.Doc) { d.Text = "\xff" + d.Text[1:] },
		"no_page":            func(d *layout.Doc) { d.Pages = nil },
		"page_number":        page(func(p *layout.Page) { p.Number = 2 }),
		"page_outside":       page(func(p *layout.Page) { p.End++ }),
		"line_cuts_rune":     page(func(p *layout.Page) { p.Lines[0].End-- }),
		"line_with_feed":     page(func(p *layout.Page) { p.Lines = p.Lines[:1]; p.Lines[0].End = 9 }),
		"lines_overlap":      page(func(p *layout.Page) { p.Lines[1].Start = 0 }),
		"line_box":           page(func(p *layout.Page) { p.Lines[0].Box = layout.Box{0, 0, math.NaN(), 1} }),
		"line_box_turned":    page(func(p *layout.Page) { p.Lines[0].Box = layout.Box{5, 0, 1, 1} }),
		"paragraph_order":    page(func(p *layout.Page) { p.Paragraphs[0], p.Paragraphs[1] = p.Paragraphs[1], p.Paragraphs[0] }),
		"paragraph_in_table": page(func(p *layout.Page) { p.Paragraphs[0].End = 10 }),
		"table_empty":        table(func(t *layout.Table) { t.Cells = nil }),
		"cell_outside":       table(func(t *layout.Table) { t.Start += 3 }),
		"cell_off_grid":      table(func(t *layout.Table) { t.Cols = 1 }),
		"cell_no_span":       table(func(t *layout.Table) { t.Cells[0].RowSpan = 0 }),
		"cells_same_place":   table(func(t *layout.Table) { t.Cells[0].ColSpan = 2 }),
		"cells_out_of_order": table(func(t *layout.Table) { t.Cells[0], t.Cells[1] = t.Cells[1], t.Cells[0] }),
		"cells_share_text":   table(func(t *layout.Table) { t.Cells[3].Span = t.Cells[2].Span }),
		"cell_in_cell":       table(func(t *layout.Table) { t.Cells[0].End = t.Cells[1].End }),
	}
	for name, breach := range breaches {
		t.Run(name, func(t *testing.T) {
			d := soundDoc()
			breach(d)
			if err := Verify(d); err == nil {
				t.Error("the breach is not found")
			} else {
				t.Log(err)
			}
		})
	}
}
