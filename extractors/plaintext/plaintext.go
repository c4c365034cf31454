// Package plaintext reads plain text: any encoding that internal/zh/charset
// knows, one paragraph a line or wrapped at a fixed width, with tables drawn
// by bars or tabs.
//
// A text has no pages: its layout has one Page with the number 0.
//
//   - What a web page left in it, &nbsp; or <td>, is no text (see markup.go).
//   - A line is a line of the text without the white space around it; blank
//     lines are none.
//   - A paragraph is a line, or several where the text was wrapped at a fixed
//     width (see wrap.go); its span then holds the line feeds.
//   - A page number that stands alone on its line, or a running head beside it, is
//     a line but no paragraph (see pagenumber.go). The halves of a sentence that
//     it tears apart stay two paragraphs, one after the other, for a paragraph is
//     one span.
//   - So is what reviewers wrote into it, on a line of its own (see remark.go).
//   - Lines of cells are a table (see table.go). A table flattened to one cell a
//     line, "cell |", is not: its cells are paragraphs, without the bar, as label
//     and value follow each other there like in any list.
package plaintext

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"jixiao/extractors"
	"jixiao/internal/fault"
	"jixiao/internal/zh/charset"
	"jixiao/schemas/layout"
)

// DefaultMaxBytes is the largest text that is read unless Input says otherwise;
// a report has some ten kilobytes. Reading takes up to ten times the memory.
const DefaultMaxBytes = 16 << 20

// maxLines bounds the memory that a text of very many very short lines takes.
const maxLines = 400_000

// Extractor reads plain text.
type Extractor struct{}

// New returns an extractor of plain text.
func New() Extractor { return Extractor{} }

// Name implements extractors.Extractor.
func (Extractor) Name() string { return "text" }

// Version implements extractors.Extractor.
func (Extractor) Version() string { return "text/3" }

// Extract implements extractors.Extractor.
func (Extractor) Extract(ctx context.Context, in extractors.Input) (*layout.Doc, error) {
	text, name, err := readText(ctx, in)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	text = withoutPreview(apartRemarks(withoutMarkdown(withoutMarkup(withoutJSON(text)))))
	if n := strings.Count(text, "\n"); n > maxLines {
		return nil, fault.WithHint(fault.New(fault.Invalid, "the text has %d lines, more than the %d that are read", n, maxLines),
			"split it into its reports")
	}
	doc := &layout.Doc{Format: "text", Encoding: name, Text: text}
	doc.Pages = []layout.Page{page(text)}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return doc, nil
}

// raw keeps the memory that texts were read into before they were decoded.
var raw sync.Pool // of *[]byte

// readText returns the text of in and the name of its encoding.
func readText(ctx context.Context, in extractors.Input) (text, name string, err error) {
	const most = 1 << 20 // larger texts are rare, their memory is not worth keeping
	b, ok := raw.Get().(*[]byte)
	if !ok {
		b = new([]byte)
	}
	if *b, err = read(ctx, *b, in); err == nil {
		text, name, err = decode(*b)
	}
	if cap(*b) <= most {
		raw.Put(b)
	}
	return text, name, err
}

// read returns the bytes of in, within its limit, in the memory of b if they fit.
func read(ctx context.Context, b []byte, in extractors.Input) ([]byte, error) {
	limit := in.MaxBytes
	if limit <= 0 {
		limit = DefaultMaxBytes
	}
	switch {
	case in.Size <= 0:
		return b, fault.WithHint(fault.New(fault.Invalid, "the file is empty"), "submit the file again from its source")
	case in.Size > limit:
		return b, fault.WithHint(fault.New(fault.TooLarge, "a text of %d bytes is over the limit of %d", in.Size, limit),
			fmt.Sprintf("raise the limit with --max-bytes %d", in.Size))
	}
	const chunk = 1 << 20
	b = slices.Grow(b[:0], int(in.Size))[:in.Size]
	for at := 0; at < len(b); at += chunk {
		if err := ctx.Err(); err != nil {
			return b, err
		}
		part := b[at:min(at+chunk, len(b))]
		n, err := in.Bytes.ReadAt(part, int64(at))
		if n == len(part) {
			continue
		}
		if errors.Is(err, io.EOF) {
			err = fmt.Errorf("the file ends after %d of %d bytes", at+n, in.Size)
		}
		return b, fault.Mark(fault.Unavailable, fmt.Errorf("read text: %w", err))
	}
	return b, nil
}

func decode(b []byte) (text, name string, err error) {
	text, name, err = charset.Decode(b)
	switch {
	case errors.Is(err, charset.ErrMixed):
		return "", "", fault.WithHint(fault.Mark(fault.Invalid, err), "save all of it as UTF-8 text")
	case errors.Is(err, charset.ErrDamaged):
		return "", "", fault.WithHint(fault.Mark(fault.Invalid, err), "submit the file again from its source")
	case err != nil:
		return "", "", fault.WithHint(fault.Mark(fault.Unsupported, err), "save it as UTF-8 text, or submit the PDF it was made from")
	case strings.TrimSpace(text) == "":
		return "", "", fault.WithHint(fault.New(fault.Invalid, "the file holds nothing but white space"), "submit the file again from its source")
	}
	return text, name, nil
}

// pastLines keeps the memory of lines that are done with: a page is made of
// their spans alone.
var pastLines sync.Pool // of *[]line

func keepLines(memory *[]line, lines []line) {
	const most = 4096 // texts of more lines are rare and their memory not worth keeping
	if *memory = lines; cap(lines) <= most {
		pastLines.Put(memory)
	}
}

// page lays text out.
func page(text string) layout.Page {
	memory, ok := pastLines.Get().(*[]line)
	if !ok {
		memory = new([]line)
	}
	lines := split((*memory)[:0], text)
	defer keepLines(memory, lines)
	p := layout.Page{Span: layout.Span{End: len(text)}, Engine: "text", Lines: make([]layout.Line, len(lines))}
	for i := range lines {
		p.Lines[i].Span = lines[i].Span
	}
	p.Tables = tables(text, lines)
	pageNumbers(text, lines)
	remarks(text, lines)
	p.Paragraphs = paragraphs(text, lines)
	return p
}
