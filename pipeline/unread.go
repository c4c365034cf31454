package pipeline

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// pageGaps says which kind of gap a page with a problem leaves.
var pageGaps = map[layout.Problem]record.GapKind{
	layout.NoText:     record.GapNeedsOCR,
	layout.Garbled:    record.GapGarbled,
	layout.Unreadable: record.UnreadablePage,
}

// notePages adds to rec what the pages of doc that were not read mean for it. A
// page whose text has to be recognised first makes the whole document wait for
// that: what it states may stand there. What other pages say is kept.
func notePages(rec *record.Record, doc *layout.Doc) {
	state := rec.State
	var gaps []record.Gap
	for _, p := range doc.Pages {
		kind, ok := pageGaps[p.Problem]
		if !ok {
			continue
		}
		gaps = append(gaps, record.Gap{Kind: kind, Page: p.Number, Reason: p.Reason})
		if kind != record.UnreadablePage {
			state = record.NeedsOCR
		} else if state != record.NeedsOCR {
			state = record.PartlyRead
		}
	}
	if gaps == nil {
		return
	}
	if strings.TrimSpace(doc.Text) == "" {
		rec.Gaps = nil // nothing was read that could be said to be no report
	}
	rec.State, rec.Gaps = state, append(rec.Gaps, gaps...)
}

// noteDamage adds to rec that characters of a text in some encoding are lost. What
// stands around them is read all the same.
func noteDamage(rec *record.Record, doc *layout.Doc) {
	if doc.Encoding == "" {
		return
	}
	if n := strings.Count(doc.Text, string(utf8.RuneError)); n > 0 {
		rec.Gaps = append(rec.Gaps, record.Gap{
			Kind: record.GapGarbled, Reason: fmt.Sprintf("characters that could not be decoded as %s: %d", doc.Encoding, n),
		})
	}
}
