package pipeline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/extractors"
	"jixiao/extractors/plaintext"
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

// A text whose last character is cut off says that something is missing.
func TestLostCharactersAreTold(t *testing.T) {
	for _, c := range []struct {
		name, bytes string
		want        int
	}{
		{"whole", "东江县教育局2021年度部门整体支出绩效自评报告", 0},
		{"cut_utf8", "东江县教育局2021年度部门整体支出绩效自评报\xe5\x91", 1},
		{"cut_gb18030", "\xb2\xbf\xc3\xc5\xd5\xfb\xcc\xe5\xd6\xa7\xb3\xf6\xbc\xa8\xd0\xa7\xd7\xd4\xc6\xc0\xb1\xa8\xb8", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Runner{Extractors: []extractors.Extractor{plaintext.New()}}
			_, rec, err := r.Run(t.Context(), "id", extractors.Input{Size: int64(len(c.bytes)), Bytes: strings.NewReader(c.bytes)})
			if err != nil {
				t.Fatal(err)
			}
			got := 0
			for _, g := range rec.Gaps {
				if g.Kind == record.GapGarbled {
					got++
				}
			}
			if got != c.want {
				t.Errorf("%d gaps of garbled text, want %d: %+v", got, c.want, rec.Gaps)
			}
		})
	}
}
