package pipeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

func TestPagesNotReadAreTold(t *testing.T) {
	const text = "东江县教育局2021年度部门整体支出绩效自评报告\n"
	page := func(n int, p layout.Problem) layout.Page {
		return layout.Page{Number: n, Problem: p, Reason: "why"}
	}
	whole := layout.Page{
		Number: 1, Span: layout.Span{End: len(text)}, Engine: "pdfium",
		Lines:      []layout.Line{{Span: layout.Span{End: len(text) - 1}}},
		Paragraphs: []layout.Span{{End: len(text) - 1}},
	}
	for _, c := range []struct {
		name  string
		text  string
		pages []layout.Page
		state record.State
		gaps  []record.GapKind
	}{
		{"scan", "", []layout.Page{page(1, layout.NoText), page(2, layout.NoText)}, record.NeedsOCR, []record.GapKind{record.GapNeedsOCR, record.GapNeedsOCR}},
		{"one_page_garbled", text, []layout.Page{whole, page(2, layout.Garbled)}, record.NeedsOCR, []record.GapKind{record.GapGarbled}},
		{"one_page_unreadable", text, []layout.Page{whole, page(2, layout.Unreadable)}, record.PartlyRead, []record.GapKind{record.UnreadablePage}},
		{"both", text, []layout.Page{whole, page(2, layout.NoText), page(3, layout.Unreadable)}, record.NeedsOCR, []record.GapKind{record.GapNeedsOCR, record.UnreadablePage}},
		{"nothing_wrong", text, []layout.Page{whole}, record.Read, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			rec := Read("", &layout.Doc{Format: "pdf", Text: c.text, Pages: c.pages})
			var got []record.GapKind
			for _, g := range rec.Gaps {
				if g.Page > 0 {
					got = append(got, g.Kind)
				}
			}
			if rec.State != c.state || cmp.Diff(c.gaps, got) != "" {
				t.Errorf("state %s, gaps %v; want %s, %v", rec.State, got, c.state, c.gaps)
			}
		})
	}
}
