// Package record describes what was read out of a document, and why we believe
// it. Its JSON form is the contract of `jixiao extract`, see schemas/json.
package record

import (
	"fmt"
	"time"

	"jixiao/schemas"
	"jixiao/schemas/layout"
)

// State says how far the reading of a document got.
type State string

// The states of a record.
const (
	Read       State = "read"
	PartlyRead State = "partly_read"  // some pages could not be read
	NeedsOCR   State = "needs_ocr"    // pages without text or with garbled text
	NotAReport State = "not_a_report" // text, but no self-evaluation report
)

// A Record is everything read out of one document. For the same bytes and the
// same versions it is always the same.
type Record struct {
	ID       schemas.DocID    `json:"id"`
	Schema   int              `json:"schema"` // schemas.Version
	Versions schemas.Versions `json:"versions"`
	Source   Source           `json:"source"`
	State    State            `json:"state"`
	Title    string           `json:"title"`
	Fields   []Field          `json:"fields"`
	Sections []Section        `json:"sections"`
	Findings []Finding        `json:"findings"`
	Gaps     []Gap            `json:"gaps"`
}

// Source says what the bytes are. Name belongs to a submission, not to the
// bytes: it is set only on output and never stored.
type Source struct {
	Name     string   `json:"name,omitempty"`
	Format   string   `json:"format"`
	Bytes    int64    `json:"bytes"`
	Pages    int      `json:"pages"` // 0 for a format without pages
	Encoding string   `json:"encoding,omitempty"`
	Engines  []string `json:"engines,omitempty"`
}

// A Field is one value and its proof. A Field without Evidence is not valid:
// unknown is said by leaving the field out, never by an empty value.
type Field struct {
	Key        string     `json:"key"` // as in schemas/catalog
	Value      Value      `json:"value"`
	Unit       string     `json:"unit,omitempty"`    // yuan, persons, percent, points
	Raw        string     `json:"raw"`               // the words read; for a table cell the cell's
	Confidence float64    `json:"confidence"`        // 0 to 1
	Rule       string     `json:"rule"`              // which label or rule fired
	Item       string     `json:"item,omitempty"`    // identity of a list item, see ItemID
	Answers    string     `json:"answers,omitempty"` // of a measure: Item of the problem that it answers
	Code       string     `json:"code,omitempty"`    // of a region: code of the division, as GB/T 2260 has it
	Approx     bool       `json:"approx,omitempty"`
	Review     bool       `json:"review,omitempty"`
	Evidence   []Evidence `json:"evidence"`
}

// The roles of evidence. An object's members use their own names as roles.
const (
	RoleValue      = "value"
	RoleLabel      = "label"
	RoleUnitHeader = "unit_header"
	RoleRow        = "row"
	RoleColumn     = "column"
)

// Evidence points at the words a value was read from, so that a person can
// check it in one click. Quote repeats Doc.Text[Start:End] verbatim.
type Evidence struct {
	Role string `json:"role"`
	Page int    `json:"page,omitempty"` // from 1; 0 if the format has no pages
	layout.Span
	Box   layout.Box `json:"box,omitzero"`
	Quote string     `json:"quote"`
}

// Quote returns the evidence for s in doc, with page, box and words.
func Quote(doc *layout.Doc, role string, s layout.Span) Evidence {
	page, box := doc.Locate(s)
	return Evidence{Role: role, Page: page, Span: s, Box: box, Quote: doc.Text[s.Start:s.End]}
}

// A Section is a titled part of the text; Level 1 is outermost. Its span runs
// from its heading to the next heading of the same or a higher level.
type Section struct {
	Role  string `json:"role"` // "basics", "money", "score", "problems", "measures", … or ""
	Level int    `json:"level"`
	Title string `json:"title"`
	layout.Span
	Children []Section `json:"children"`
}

// Severity of a finding.
type Severity string

// The severities.
const (
	Info  Severity = "info"
	Warn  Severity = "warn"
	Error Severity = "error"
)

// A Finding is something about the record that a careful reader would ask
// about. It never changes a value.
type Finding struct {
	Code     string     `json:"code"`
	Severity Severity   `json:"severity"`
	Keys     []string   `json:"keys"`
	Message  string     `json:"message"`
	Evidence []Evidence `json:"evidence"`
}

// GapKind says in which way something is missing.
type GapKind string

// The kinds of gaps. "Not stated" is no gap: the key simply has no entry.
const (
	NoneStated     GapKind = "none_stated"     // 无, 暂无
	NotApplicable  GapKind = "not_applicable"  // 不适用
	Blank          GapKind = "blank"           // a label with an empty place
	UnfilledPrompt GapKind = "unfilled_prompt" // the template's own words left standing
	Masked         GapKind = "masked"          // 20xx
	Refused        GapKind = "refused"         // a jammed or impossible figure
	HintInName     GapKind = "hint_in_name"    // only the file name says it
	UnreadablePage GapKind = "unreadable_page"
	GapNeedsOCR    GapKind = "needs_ocr"
	GapGarbled     GapKind = "garbled"
)

// A Gap is something that was not read, and why.
type Gap struct {
	Kind     GapKind    `json:"kind"`
	Key      string     `json:"key,omitempty"`
	Page     int        `json:"page,omitempty"`
	Reason   string     `json:"reason"`
	Evidence []Evidence `json:"evidence"`
}

// A Submission is one arrival of a document: the same bytes can come under
// many names. It is kept beside the record and never yields a value.
type Submission struct {
	Name  string    `json:"name"`
	Batch string    `json:"batch,omitempty"`
	At    time.Time `json:"at"`
}

// A Document is a record with what belongs to it but is not read from its
// bytes, as index and export need it.
type Document struct {
	Record      *Record
	Text        string // layout.Doc.Text
	Revision    uint64 // only grows
	Submissions []Submission
}

// Validate reports the first broken rule of f against the text it was read from.
func (f Field) Validate(text string) error {
	if len(f.Evidence) == 0 {
		return fmt.Errorf("field %q: no evidence", f.Key)
	}
	if f.Value.IsZero() {
		return fmt.Errorf("field %q: no value", f.Key)
	}
	if f.Confidence < 0 || f.Confidence > 1 {
		return fmt.Errorf("field %q: confidence %v is not in 0–1", f.Key, f.Confidence)
	}
	for i, e := range f.Evidence {
		if err := e.Validate(text); err != nil {
			return fmt.Errorf("field %q: evidence %d: %w", f.Key, i, err)
		}
	}
	return nil
}

// Validate reports whether e quotes text rightly.
func (e Evidence) Validate(text string) error {
	if e.Start < 0 || e.End > len(text) || e.Start >= e.End {
		return fmt.Errorf("span [%d,%d) outside text of %d bytes", e.Start, e.End, len(text))
	}
	if got := text[e.Start:e.End]; got != e.Quote {
		return fmt.Errorf("quote %q, text has %q", e.Quote, got)
	}
	return nil
}
