package pipeline

import (
	"context"
	"io"
	"iter"

	"jixiao/schemas"
)

// A Source is one thing to import.
type Source struct {
	Name string // as shown and remembered
	Size int64  // bytes, if known; bounds what is under way at one time
	Skip string // why it is not tried; "" means it is
	Err  error  // why it cannot be tried, as a folder that may not be read
	Open func() (io.ReadCloser, error)
}

// ImportOptions bound an import.
type ImportOptions struct {
	Batch    string       // remembered with every name
	Parallel int          // submissions at a time; 0 means 8
	MaxOpen  int          // documents submitted and not final; 0 means 1,000
	MaxBytes int64        // their bytes; 0 means 1 GiB; one always gets through
	Progress func(Report) // called now and then, from one goroutine; must not block
}

// A Report adds up an import: Seen = New + Known + Failed + Skipped + Pending.
type Report struct {
	Seen    int `json:"seen"`
	New     int `json:"new"`     // read by this import
	Known   int `json:"known"`   // finished before, or the same bytes as another source
	Failed  int `json:"failed"`  //
	Skipped int `json:"skipped"` // not tried
	Pending int `json:"pending"` // submitted, not finished when the import stopped

	Failures []Failure  `json:"failures"`
	NeedsOCR []NeedsOCR `json:"needs_ocr"`
	Bytes    int64      `json:"bytes"` // of all that was submitted
}

// A Failure is a source that was not imported, and why.
type Failure struct {
	Name    string        `json:"name"`
	Kind    string        `json:"kind"`
	Message string        `json:"message"`
	Hint    string        `json:"hint,omitempty"`
	ID      schemas.DocID `json:"id,omitempty"`
}

// NeedsOCR is a document with pages whose text has to be recognised first.
type NeedsOCR struct {
	Name  string        `json:"name"`
	ID    schemas.DocID `json:"id"`
	Pages []int         `json:"pages,omitempty"`
}

// Import submits every source and follows the documents until each is final,
// ctx is done, or the work cannot go on (a full disk). The report is complete
// and adds up in every case; the error says why the import stopped early, and
// is nil when it did not. Workers must be running somewhere.
func (p *Pipeline) Import(ctx context.Context, sources iter.Seq[Source], o ImportOptions) (Report, error) {
	panic("not yet")
}
