// Package pdf reads PDF documents: glyphs and rulings by one of two engines,
// laid out by our own rules.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"jixiao/extractors"
	"jixiao/extractors/pdf/arrange"
	"jixiao/extractors/pdf/pdfium"
	"jixiao/internal/fault"
	"jixiao/schemas/layout"
)

// The limits of what is read.
const (
	maxBytes = 256 << 20 // of a document, unless the caller says otherwise
	maxPages = 2000
	headSpan = 1024 // %PDF- may stand within the first so many bytes, as in other readers
)

// New returns the extractor.
func New() extractors.Extractor { return extractor{} }

type extractor struct{}

func (extractor) Name() string    { return "pdf" }
func (extractor) Version() string { return "pdfium/1" }

func (extractor) Accepts(head []byte) bool {
	return bytes.Contains(head[:min(len(head), headSpan)], []byte("%PDF-"))
}

func (extractor) Extract(ctx context.Context, in extractors.Input) (*layout.Doc, error) {
	doc, err := pdfium.Open(ctx, in.Bytes, in.Size)
	if err != nil {
		if errors.Is(err, pdfium.ErrPassword) {
			return nil, fault.New(fault.Invalid, "%w", err)
		}
		return nil, err
	}
	defer doc.Close()
	pages := make([]arrange.Page, doc.Pages())
	for i := range pages {
		p, err := doc.Page(i)
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
		pages[i] = p.Page
	}
	text, out := arrange.Arrange(pages)
	for i := range out {
		out[i].Engine = "pdfium"
	}
	return &layout.Doc{Format: "pdf", Text: text, Pages: out}, nil
}
