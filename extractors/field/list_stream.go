package field

import (
	"strings"

	"jixiao/extractors/passage"
	"jixiao/internal/zh"
	"jixiao/schemas/layout"
)

// Bounds on one list; what is longer is no report's.
const (
	maxPieces = 2000
	maxStream = 256 << 10 // bytes
)

// A piece is the part [from, to) of the folded text of passage p.
type piece struct{ p, from, to int }

// A stream is the folded text of pieces one after the other, parted by line
// ends, and the way back from it.
type stream struct {
	text   string
	doc    *passage.Doc
	pieces []piece
	starts []int // where each piece begins in text
	closed bool  // most of its paragraphs end as sentences do: one that does not was torn
}

// newStream joins pieces. Empty ones, page numbers and what they leave torn
// are mended: a paragraph that stops in the middle goes on in the next.
func newStream(doc *passage.Doc, pieces []piece) *stream {
	s := &stream{doc: doc, pieces: make([]piece, 0, len(pieces)), starts: make([]int, 0, len(pieces))}
	if len(pieces) == 1 {
		s.addOnly(pieces[0])
		return s
	}
	var b strings.Builder
	size := 0
	for _, x := range pieces {
		size += x.to - x.from + 1
	}
	b.Grow(min(size, maxStream))
	s.closed = closes(doc, pieces)
	for _, x := range pieces {
		if len(s.pieces) >= maxPieces || b.Len() >= maxStream {
			break
		}
		t, x := trimmed(doc, x)
		if t == "" {
			continue
		}
		if b.Len() > 0 && s.ends(x, t) {
			b.WriteByte(hardEnd)
		}
		s.pieces = append(s.pieces, x)
		s.starts = append(s.starts, b.Len())
		b.WriteString(t)
	}
	s.text = b.String()
	return s
}

// addOnly makes x, the only piece of s, its text without a copy.
func (s *stream) addOnly(x piece) {
	if t, x := trimmed(s.doc, x); t != "" {
		s.text, s.pieces, s.starts = t, append(s.pieces, x), append(s.starts, 0)
	}
}

// trimmed returns the words of x that are of a stream, and where they stand; "" for
// a page number.
func trimmed(doc *passage.Doc, x piece) (string, piece) {
	t, from := trimLeft(cutBytes(doc.Passages[x.p].Text[x.from:x.to], maxStream), x.from)
	if isPageNumber(t) {
		return "", x
	}
	return t, piece{x.p, from, from + len(t)}
}

func trimLeft(t string, from int) (string, int) {
	cut := strings.TrimLeft(t, " |")
	return strings.TrimRight(cut, " |"), from + len(t) - len(cut)
}

// ends reports whether the line before x ends there or goes on in x, whose text
// is t.
func (s *stream) ends(x piece, t string) bool {
	const wrap = 24 // characters; a shorter line was not wrapped
	last := s.pieces[len(s.pieces)-1]
	before := s.doc.Passages[last.p].Text[last.from:last.to]
	r, _ := zh.Last(before)
	paragraphs := s.doc.Passages[last.p].Table < 0 && s.doc.Passages[x.p].Table < 0
	switch {
	case !paragraphs && last.p != x.p && s.doc.WrappedTo(last.p) == x.p:
		return clauseEnds.Has(r) && r != '|'
	case !paragraphs || x.p == last.p, clauseEnds.Has(r), passage.LeadingMarker(t).Style != passage.NoStyle:
		return true
	case strings.ContainsRune(",、(", r) && !zh.Shorter(before, wrap/4+1), x.p-last.p > 1 && !zh.Shorter(before, wrap/2+1): // or a page number stood between
		return false
	}
	if s.closed && !groupTitle(before) {
		return false
	}
	line := s.doc.Passages[last.p].Text[:last.to] // of which the piece can be the end
	return zh.Shorter(line, wrap) || !strings.ContainsAny(t, "。;")
}

// closes reports whether pieces are paragraphs most of which end as sentences do,
// the last one among them.
func closes(doc *passage.Doc, pieces []piece) bool {
	closed, torn, last := 0, 0, false
	for _, x := range pieces[:min(len(pieces), maxPieces)] {
		t, _ := trimLeft(doc.Passages[x.p].Text[x.from:x.to], x.from)
		if t == "" || isPageNumber(t) {
			continue
		}
		if doc.Passages[x.p].Table >= 0 {
			return false
		}
		r, _ := zh.Last(t)
		if last = r == '。' || r == ';'; last {
			closed++
		} else {
			torn++
		}
	}
	return last && closed > 1 && closed > torn
}

// spans returns the parts of passages that make up text[a:b].
func (s *stream) spans(a, b int) []piece {
	var out []piece
	for i, x := range s.pieces {
		from, to := s.starts[i], s.starts[i]+x.to-x.from
		if to <= a || from >= b {
			continue
		}
		from, to = max(from, a), min(to, b)
		off := x.from - s.starts[i]
		out = append(out, withoutPageNumbers(s.doc.Passages[x.p].Text, piece{x.p, from + off, to + off})...)
	}
	return out
}

// origin returns where text[a:b], within one piece, stands in the document.
func (s *stream) origin(a, b int) layout.Span {
	for _, x := range s.spans(a, b) {
		return s.doc.Passages[x.p].Origin(x.from, x.to)
	}
	return layout.Span{}
}

// isPageNumber reports whether the folded line t is a page number: 3, -3-, —
// 3 —, 第3页, 第3页共12页, 3/12.
func isPageNumber(t string) bool {
	if len(t) > 40 {
		return false
	}
	digits := false
	for _, r := range t {
		switch {
		case r >= '0' && r <= '9':
			digits = true
		case !strings.ContainsRune("-—·/第页共, ~", r):
			return false
		}
	}
	return digits && (strings.Contains(t, "页") || len(strings.Trim(t, "-—·/ ~0123456789")) == 0 && len(t) < 16)
}

// withoutPageNumbers cuts page numbers such as -3- out of the middle of x.
func withoutPageNumbers(text string, x piece) []piece {
	var out []piece
	text = text[:x.to]
	for i := pageDashes.Next(text, x.from); i < x.to; i = pageDashes.Next(text, i) {
		if n := pageMark(text[i:]); n > 0 && i > x.from {
			out = append(out, piece{x.p, x.from, i})
			i += n
			x.from = i
			continue
		}
		_, n := zh.Next(text, i)
		i += n
	}
	if x.from < x.to {
		out = append(out, x)
	}
	return out
}

// pageDashes stand around a page number.
var pageDashes = zh.NewRuneSet("-—")

// pageMark returns the length of the page number between dashes that s begins
// with; 0 if there is none.
func pageMark(s string) int {
	open := len(s) - len(pageDashes.TrimLeft(s))
	if open == 0 || open == len(s) {
		return 0
	}
	n := open
	for n < len(s) && n < open+3 && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	shut := len(s[n:]) - len(pageDashes.TrimLeft(s[n:]))
	if n == open || shut == 0 {
		return 0
	}
	return n + shut
}
