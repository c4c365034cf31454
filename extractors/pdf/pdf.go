// Package pdf reads PDF documents: glyphs and rulings by one of two engines,
// laid out by our own rules.
//
// pdfium reads what it can. A page that it cannot open or leaves garbled is
// tried again with the second engine, and each page says which one read it.
// Hostile files can make either engine run for ever: callers keep this
// extractor in a process that they can kill.
package pdf

import (
	"bytes"
	"context"
	"errors"

	"jixiao/extractors"
	"jixiao/extractors/pdf/arrange"
	"jixiao/extractors/pdf/ledongthuc"
	"jixiao/extractors/pdf/pdfium"
	"jixiao/internal/fault"
	"jixiao/schemas/layout"
)

// The engines by name, for Input.Engine.
const (
	Pdfium     = "pdfium"
	Ledongthuc = "ledongthuc"
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

var mark = []byte("%PDF-")

func (extractor) Accepts(head []byte) bool {
	return bytes.Contains(head[:min(len(head), headSpan)], mark)
}

func (extractor) Extract(ctx context.Context, in extractors.Input) (*layout.Doc, error) {
	if err := admit(ctx, in); err != nil {
		return nil, err
	}
	r := &reading{in: in}
	defer r.close()
	if err := r.read(ctx); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, err
	}
	return r.doc(), nil
}

// admit refuses what need not be opened to be refused.
func admit(ctx context.Context, in extractors.Input) error {
	limit := in.MaxBytes
	if limit == 0 {
		limit = maxBytes
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case in.Engine != "" && in.Engine != Pdfium && in.Engine != Ledongthuc:
		return fault.WithHint(fault.New(fault.Usage, "there is no engine %q for PDF", in.Engine),
			"use --engine "+Pdfium+" or --engine "+Ledongthuc)
	case in.Size == 0:
		return fault.WithHint(fault.New(fault.Invalid, "the file is empty"), "submit the file again from its source")
	case in.Size > limit:
		return fault.WithHint(fault.New(fault.TooLarge, "the PDF has %d bytes, more than the limit of %d", in.Size, limit),
			"raise the limit with --max-bytes")
	default:
		return nil
	}
}

// explain gives an error of an engine a kind and words for people.
func explain(err error) error {
	switch {
	case fault.KindOf(err) != fault.Internal:
		return err
	case errors.Is(err, pdfium.ErrPassword), errors.Is(err, ledongthuc.ErrPassword):
		return fault.WithHint(fault.New(fault.Invalid, "the PDF is encrypted and opens only with a password"),
			"remove the password with the program that set it and submit the file again")
	case errors.Is(err, pdfium.ErrDamaged):
		return fault.WithHint(fault.New(fault.Invalid, "the PDF is damaged or cut off: no pages can be found in it"),
			"open it in a PDF reader; if that fails too, submit the file again from its source")
	default:
		return err
	}
}

// doc lays out the pages read.
func (r *reading) doc() *layout.Doc {
	pages := make([]arrange.Page, len(r.pages))
	empty := true
	for i := range r.pages {
		pages[i] = r.pages[i].Page
		empty = empty && len(pages[i].Glyphs) == 0
	}
	text, out := arrange.Arrange(pages)
	for i := range out {
		p := &r.pages[i]
		if empty && p.problem == "" {
			p.problem, p.reason = layout.NoText, "the document has no text on any page"
		}
		out[i].Engine, out[i].Problem, out[i].Reason = p.engine, p.problem, p.reason
	}
	return &layout.Doc{Format: "pdf", Text: text, Pages: out}
}
