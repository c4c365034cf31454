package passage

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas/layout"
)

// pagesOf lays out one table a page, each row a string with cells parted by
// bars, and after it, if given, a paragraph.
func pagesOf(tables ...[]string) *layout.Doc {
	d := &layout.Doc{Format: "pdf"}
	for i, rows := range tables {
		p := layout.Page{Number: i + 1, Span: layout.Span{Start: len(d.Text)}}
		t := layout.Table{Span: layout.Span{Start: len(d.Text)}, Box: layout.Box{50, 60, 500, 700}}
		for _, row := range rows {
			if para, ok := strings.CutPrefix(row, "¶"); ok {
				p.Paragraphs = append(p.Paragraphs, layout.Span{Start: len(d.Text), End: len(d.Text) + len(para)})
				d.Text += para + "\n"
				continue
			}
			for c, text := range strings.Split(row, "|") {
				t.Cells = append(t.Cells, layout.Cell{Span: layout.Span{Start: len(d.Text), End: len(d.Text) + len(text)}, Row: t.Rows, Col: c, RowSpan: 1, ColSpan: 1})
				t.Cols = max(t.Cols, c+1)
				d.Text += text + "\t"
			}
			t.Rows++
			t.End = len(d.Text)
			d.Text += "\n"
		}
		p.End = len(d.Text)
		p.Tables = []layout.Table{t}
		d.Pages = append(d.Pages, p)
	}
	return d
}

// show writes the tables of d, a row a line; a cell that spans n rows ends in ↓n.
func show(d *Doc) (out []string) {
	for _, t := range d.Tables {
		rows := make([]string, t.Rows)
		for i, c := range t.Cells {
			p := d.Passages[t.Passage[i]]
			if rows[c.Row] != "" {
				rows[c.Row] += "|"
			}
			rows[c.Row] += p.Text
			if c.RowSpan > 1 {
				rows[c.Row] += fmt.Sprint("↓", c.RowSpan)
			}
		}
		out = append(out, strings.Join(rows, "/"))
	}
	return out
}

func TestTablesOverPages(t *testing.T) {
	header := "指标|目标|得分"
	tests := map[string]struct {
		pages [][]string
		want  []string
	}{
		"header_alone":      {[][]string{{header}, {"甲|10|9", "乙|5|5"}}, []string{"指标|目标|得分/甲|10|9/乙|5|5"}},
		"rows_go_on":        {[][]string{{header, "甲|10|9"}, {"乙|5|5"}}, []string{"指标|目标|得分/甲|10|9/乙|5|5"}},
		"header_repeated":   {[][]string{{header, "甲|10|9"}, {header, "乙|5|5"}}, []string{"指标|目标|得分/甲|10|9/乙|5|5"}},
		"three_pages":       {[][]string{{header}, {"甲|10|9"}, {"乙|5|5"}}, []string{"指标|目标|得分/甲|10|9/乙|5|5"}},
		"merged_cell_torn":  {[][]string{{header, "甲|10|9"}, {"|5|5", "丙|4|4"}}, []string{"指标|目标|得分/甲↓2|10|9/5|5/丙|4|4"}},
		"another_table":     {[][]string{{header, "甲|10|9"}, {"项目|预算|执行", "丁|1|1"}}, []string{"指标|目标|得分/甲|10|9", "项目|预算|执行/丁|1|1"}},
		"other_columns":     {[][]string{{header, "甲|10|9"}, {"乙|5"}}, []string{"指标|目标|得分/甲|10|9", "乙|5"}},
		"words_between":     {[][]string{{header, "甲|10|9", "¶四、其他"}, {"乙|5|5"}}, []string{"指标|目标|得分/甲|10|9", "乙|5|5"}},
		"words_before_next": {[][]string{{header, "甲|10|9"}, {"¶附表二", "乙|5|5"}}, []string{"指标|目标|得分/甲|10|9", "乙|5|5"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := New(pagesOf(tt.pages...))
			if diff := cmp.Diff(tt.want, show(d)); diff != "" {
				t.Errorf("tables (-want +got):\n%s", diff)
			}
			for i, table := range d.Tables {
				for k, p := range table.Passage {
					if d.Passages[p].Table != i || d.Passages[p].Cell != k {
						t.Errorf("table %d: cell %d does not know its place", i, k)
					}
				}
			}
		})
	}
}

func TestTablesElsewhereOnThePage(t *testing.T) {
	d := pagesOf([]string{"指标|目标"}, []string{"甲|10"})
	d.Pages[1].Tables[0].Box = layout.Box{120, 60, 300, 200}
	if got := show(New(d)); len(got) != 2 {
		t.Errorf("tables of other width were joined: %v", got)
	}
}
