package check

import (
	"bytes"
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
	var folded, before []byte
	for _, p := range r.alike() {
		if found == maxRepeats {
			return
		}
		folded = zh.AppendFold(folded[:0], r.doc.Text[p.Start:p.End])
		if len(folded) < utf8.UTFMax*longParagraph && utf8.RuneCount(folded) < longParagraph {
			continue
		}
		h := maphash.Bytes(seed, folded)
		first, ok := seen[h]
		if !ok {
			seen[h] = p
			continue
		}
		if before = zh.AppendFold(before[:0], r.doc.Text[first.Start:first.End]); bytes.Equal(before, folded) {
			found++
			r.repeat(first, p)
		}
	}
}

// alike returns the paragraphs that may be long and open like another one: few
// do, and only these have to be folded as a whole to be compared.
func (r *report) alike() []layout.Span {
	n := 0
	for i := range r.doc.Pages {
		n += len(r.doc.Pages[i].Paragraphs)
	}
	spans, opens := make([]layout.Span, 0, n), make([]opening, 0, n)
	var once, twice openings
	for i := range r.doc.Pages {
		for _, p := range r.doc.Pages[i].Paragraphs {
			if p.Len() < longParagraph {
				continue
			}
			o := openingOf(r.doc.Text[p.Start:p.End])
			spans, opens = append(spans, p), append(opens, o)
			if once.has(o) {
				twice.add(o)
			}
			once.add(o)
		}
	}
	out := spans[:0]
	for i, p := range spans {
		if twice.has(opens[i]) {
			out = append(out, p)
		}
	}
	return out
}

// openings are a set that may have some more than were added: what is not alike is
// compared in vain then.
type openings [1 << 13 / 64]uint64

func (s *openings) add(o opening)      { s[o>>6%opening(len(s))] |= 1 << (o & 63) }
func (s *openings) has(o opening) bool { return s[o>>6%opening(len(s))]>>(o&63)&1 != 0 }

// An opening tells the first Chinese characters of a paragraph, folded: texts that
// are equal when folded have equal ones, whatever white space is in them, and
// hardly any others.
type opening uint64

func openingOf(text string) opening {
	const chars, prime = 8, 0x100000001b3
	var buf [utf8.UTFMax]byte
	o := opening(0)
	for i, n := 0, 0; i < len(text) && n < chars; {
		r, size := zh.Next(text, i)
		if r >= utf8.RuneSelf && !isHan(r) { // it may be a radical, which folds to a character
			r, _ = utf8.DecodeRune(zh.AppendFold(buf[:0], text[i:i+size]))
		}
		if isHan(r) {
			o = o*prime + opening(r)
			n++
		}
		i += size
	}
	return o
}

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

func (r *report) repeat(a, b layout.Span) {
	r.findings = append(r.findings, record.Finding{Code: "repeated_paragraph", Severity: record.Info, Keys: []string{},
		Message:  fmt.Sprintf("一段%d字的文字出现了两次", utf8.RuneCountInString(r.doc.Text[a.Start:a.End])),
		Evidence: []record.Evidence{record.Quote(r.doc, record.RoleValue, a), record.Quote(r.doc, record.RoleValue, b)}})
}
