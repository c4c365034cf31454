package passage

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas/layout"
)

func TestWrappedTo(t *testing.T) {
	tests := map[string]struct {
		text string
		want string // the cells that go on, with where they do
	}{
		"drawn":            {"│问题│前期慢│\n│    │影响大│\n", "前期慢影响大"},
		"not_full":         {"│问题│前期慢    │\n│    │影响大    │\n", ""},
		"another_width":    {"│问题│前期慢│\n│    │影响很大│\n", ""},
		"ruled_apart":      {"│问题│前期慢│\n├────┼──────┤\n│    │影响大│\n", ""},
		"an_item":          {"│问题│1.前期慢│\n│    │2.影响大│\n", ""},
		"a_row_of_its_own": {"│问题│前期慢│\n│措施│提前办│\n", ""},
		"a_figure":         {"│问题│前期│12│\n│    │后期│34│\n", ""},
		"plain_bars":       {"| 问题 | 前期慢 |\n|      | 影响大 |\n", ""},
		"three_lines":      {"│问题│前期慢│\n│    │影响大│\n│    │年底赶│\n", "前期慢影响大 影响大年底赶"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := drawn(tt.text)
			var got []string
			for i := range d.Passages {
				if j := d.WrappedTo(i); j >= 0 {
					got = append(got, d.Passages[i].Text+d.Passages[j].Text)
				}
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// drawn returns text, lines of cells between bars, as a document of one table.
func drawn(text string) *Doc {
	tab := layout.Table{Span: layout.Span{Start: 0, End: len(text)}}
	at := 0
	for line := range strings.Lines(text) {
		if !strings.ContainsAny(line, "─") {
			from, col := at, 0
			for k, r := range line {
				if r != '│' && r != '|' {
					continue
				}
				if k > 0 {
					cell := text[from : at+k]
					bare := strings.TrimSpace(cell)
					start := from + max(0, strings.Index(cell, bare))
					tab.Cells = append(tab.Cells, layout.Cell{Span: layout.Span{Start: start, End: start + len(bare)}, Row: tab.Rows, Col: col, RowSpan: 1, ColSpan: 1})
					col++
				}
				from = at + k + len(string(r))
			}
			tab.Cols = max(tab.Cols, col)
			tab.Rows++
		}
		at += len(line)
	}
	return New(&layout.Doc{Text: text, Pages: []layout.Page{{Span: layout.Span{Start: 0, End: len(text)}, Tables: []layout.Table{tab}}}})
}
