// Package layout describes what is printed where: pages, lines, paragraphs,
// tables, and the one text that every offset in the system points into.
package layout

import (
	"slices"
	"sort"
)

// Version grows whenever a Doc means something else, so that stored ones have to
// be made again from the bytes.
const Version = 1

// A Span is a half-open range [Start, End) of byte offsets into Doc.Text.
// Offsets always fall on UTF-8 boundaries.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len returns the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Overlaps reports whether s and t share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// A Box is a rectangle x0, y0, x1, y1 on a page in PDF points (1/72 inch),
// origin top left. The zero Box means the format carries no geometry.
type Box [4]float64

// Union returns the smallest box that holds b and c; a zero box adds nothing.
func (b Box) Union(c Box) Box {
	switch {
	case b == Box{}:
		return c
	case c == Box{}:
		return b
	}
	return Box{min(b[0], c[0]), min(b[1], c[1]), max(b[2], c[2]), max(b[3], c[3])}
}

// A Line is one visual line of text.
type Line struct {
	Span
	Box Box `json:"box,omitzero"`
}

// A Cell is one cell of a table. Row and Col count from 0; RowSpan and ColSpan
// are at least 1. An empty cell has an empty Span at the place where its text
// would stand.
type Cell struct {
	Span
	Row     int `json:"row"`
	Col     int `json:"col"`
	RowSpan int `json:"row_span"`
	ColSpan int `json:"col_span"`
	Box     Box `json:"box,omitzero"`
}

// A Table is a grid of cells in row order. Its rows are lines of Doc.Text and
// a cell's text is contiguous in it, wrapped lines joined.
type Table struct {
	Span
	Rows  int    `json:"rows"`
	Cols  int    `json:"cols"`
	Cells []Cell `json:"cells"`
	Box   Box    `json:"box,omitzero"`
}

// A Problem says why a page yielded no or no trustworthy text.
type Problem string

// The problems of a page.
const (
	NoText     Problem = "no_text"    // nothing but images: needs OCR
	Garbled    Problem = "garbled"    // characters that make no Chinese: needs OCR
	Unreadable Problem = "unreadable" // no engine could open it
)

// A Page is one page, numbered from 1 as a viewer counts; 0 for a format that
// has no pages, whose Doc then has exactly one Page.
//
// Pages, and the lines, paragraphs and tables of each, stand in the order of
// the text.
//
// Paragraphs are spans of running text outside tables, in reading order. A
// paragraph belongs to the page it starts on and may end on the next. It may
// hold line feeds where a plain text was hard-wrapped; readers ignore them.
type Page struct {
	Number int     `json:"page,omitempty"`
	Width  float64 `json:"width,omitempty"`  // points
	Height float64 `json:"height,omitempty"` // points
	Span
	Engine     string  `json:"engine,omitempty"`
	Problem    Problem `json:"problem,omitempty"`
	Reason     string  `json:"reason,omitempty"` // for people, when Problem is set
	Lines      []Line  `json:"lines"`
	Paragraphs []Span  `json:"paragraphs"`
	Tables     []Table `json:"tables"`
}

// A Doc is the text of a document and where each part of it stands. Text is
// valid UTF-8 and never changes once stored.
type Doc struct {
	Format   string `json:"format"`             // "text", "pdf", …
	Encoding string `json:"encoding,omitempty"` // of a text: "utf-8", "gb18030", "big5", "utf-16le", …
	Text     string `json:"text"`
	Pages    []Page `json:"pages"`
}

// Engines returns the distinct engines that read the pages, in page order.
func (d *Doc) Engines() []string {
	var out []string
	for _, p := range d.Pages {
		if p.Engine != "" && !slices.Contains(out, p.Engine) {
			out = append(out, p.Engine)
		}
	}
	return out
}

// Locate returns the page on which s starts and the box that its lines or
// cells cover there, cut to the share of each line that s takes up. Page is 0
// and the box zero where the format has none.
func (d *Doc) Locate(s Span) (page int, box Box) {
	i := d.pageOf(s.Start)
	if i < 0 {
		return 0, Box{}
	}
	p := &d.Pages[i]
	if p.Number == 0 {
		return 0, box
	}
	first := sort.Search(len(p.Lines), func(j int) bool { return p.Lines[j].End > s.Start })
	for j := first; j < len(p.Lines) && p.Lines[j].Overlaps(s); j++ {
		box = box.Union(part(p.Lines[j].Box, p.Lines[j].Span, s, d.Text))
	}
	if (box != Box{}) {
		return p.Number, box
	}
	for j := range p.Tables {
		if !p.Tables[j].Overlaps(s) {
			continue
		}
		for k := range p.Tables[j].Cells {
			if c := &p.Tables[j].Cells[k]; c.Overlaps(s) {
				box = box.Union(c.Box)
			}
		}
	}
	return p.Number, box
}

func (d *Doc) pageOf(off int) int {
	i := sort.Search(len(d.Pages), func(i int) bool { return d.Pages[i].End > off })
	if i == len(d.Pages) || d.Pages[i].Start > off {
		return -1
	}
	return i
}

// part cuts b, the box of the text at whole, to the share of s, counting a
// character beyond ASCII as twice as wide as one of ASCII.
func part(b Box, whole, s Span, text string) Box {
	if (b == Box{}) {
		return b
	}
	from, to := max(whole.Start, s.Start), min(whole.End, s.End)
	if from >= to || whole.End > len(text) {
		return Box{}
	}
	all := columns(text[whole.Start:whole.End])
	if all == 0 {
		return b
	}
	w := (b[2] - b[0]) / float64(all)
	x0 := b[0] + w*float64(columns(text[whole.Start:from]))
	return Box{x0, b[1], x0 + w*float64(columns(text[from:to])), b[3]}
}

func columns(s string) (n int) {
	for _, r := range s {
		n++
		if r >= 0x80 {
			n++
		}
	}
	return n
}
