package check

import (
	"fmt"
	"hash/maphash"
	"unicode/utf8"

	"jixiao/internal/zh"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// A paragraph shorter than this, in characters, may well be repeated.
const longParagraph = 60

// maxRepeats bounds the findings about repeated paragraphs of one document.
const maxRepeats = 20

var seed = maphash.MakeSeed()

// repeats finds long paragraphs that stand in the report twice.
func (r *report) repeats() {
	if r.doc == nil {
		return
	}
	seen := map[uint64]layout.Span{}
	found := 0
	for i := range r.doc.Pages {
		for _, p := range r.doc.Pages[i].Paragraphs {
			text := r.doc.Text[p.Start:p.End]
			if len(text) < longParagraph || found == maxRepeats {
				continue
			}
			folded := zh.FoldString(text)
			if utf8.RuneCountInString(folded) < longParagraph {
				continue
			}
			h := maphash.String(seed, folded)
			first, ok := seen[h]
			if !ok {
				seen[h] = p
				continue
			}
			if zh.FoldString(r.doc.Text[first.Start:first.End]) == folded {
				found++
				r.repeat(first, p)
			}
		}
	}
}

func (r *report) repeat(a, b layout.Span) {
	r.findings = append(r.findings, record.Finding{Code: "repeated_paragraph", Severity: record.Info, Keys: []string{},
		Message:  fmt.Sprintf("一段%d字的文字出现了两次", utf8.RuneCountInString(r.doc.Text[a.Start:a.End])),
		Evidence: []record.Evidence{record.Quote(r.doc, record.RoleValue, a), record.Quote(r.doc, record.RoleValue, b)}})
}
