// Package extractors turns the bytes of a document into its text and layout.
//
// Each format is a sub-package that knows nothing of the others, of the queue
// or of the index. They are pure: bytes in, values out; no network, no queue,
// no clock. To add one, see docs/adding-a-format.md.
package extractors

import (
	"context"
	"io"
	"sync"

	"jixiao/internal/fault"
	"jixiao/schemas/layout"
)

// HeadSize is how many bytes Accepts is shown.
const HeadSize = 4 << 10

// Input is one document to read. The caller opens and closes Bytes.
type Input struct {
	Name     string // file name as submitted; a hint for messages, never trusted, never a path
	Size     int64  // bytes
	Bytes    io.ReaderAt
	Engine   string // "" lets the extractor choose; else one of its engines by name
	MaxBytes int64  // refuse larger inputs with fault.TooLarge; 0 means the format's own limit
}

// An Extractor reads one format.
//
// Implementations are safe for concurrent use and keep no state between calls.
type Extractor interface {
	// Name is a stable identifier such as "pdf"; it is the record's format.
	Name() string
	// Version grows whenever output for the same bytes may change. It has the
	// form engine/number, as "pdfium/3".
	Version() string
	// Accepts reports whether head, the first HeadSize bytes or fewer, is this
	// format. It is called for every document, must not allocate and not keep head.
	Accepts(head []byte) bool
	// Extract returns the text of in and where it stands. Pages that could not
	// be read are there with their Problem set; if that is all of them the
	// document is returned all the same. An error of kind Invalid, Unsupported
	// or TooLarge means that nothing can be read, ever; its text and hint are
	// for people. It stops soon after ctx is done and then returns ctx.Err.
	Extract(ctx context.Context, in Input) (*layout.Doc, error)
}

// heads keeps the memory that heads were read into.
var heads = sync.Pool{New: func() any { return new([HeadSize]byte) }}

// Choose returns the first of list that accepts in.
func Choose(list []Extractor, in Input) (Extractor, error) {
	if in.Size == 0 {
		return nil, fault.WithHint(fault.New(fault.Invalid, "the file is empty"), "submit the file again from its source")
	}
	memory := heads.Get().(*[HeadSize]byte)
	defer heads.Put(memory)
	head := memory[:min(in.Size, HeadSize)]
	if _, err := in.Bytes.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, fault.Mark(fault.Unavailable, err)
	}
	for _, e := range list {
		if e.Accepts(head) {
			return e, nil
		}
	}
	return nil, fault.WithHint(fault.New(fault.Unsupported, "not a format that can be read"),
		"text (UTF-8, GB18030, Big5, UTF-16) and PDF can be read")
}
