package index

import (
	"encoding/json"
	"fmt"

	"jixiao/schemas/search"
)

// answer turns what a backend found into what people see.
func answer(r Request, f Found) (search.Result, error) {
	out := search.Result{Total: f.Total, TotalDocs: f.TotalDocs, Hits: make([]search.Hit, 0, len(f.Hits)), Facets: f.Facets}
	if out.Facets == nil {
		out.Facets = map[string][]search.Facet{}
	}
	var shown []Phrase
	Positive(r.Expr, func(p Phrase) { shown = append(shown, p) })
	for _, m := range f.Hits {
		h, err := hitOf(m, shown)
		if err != nil {
			return search.Result{}, fmt.Errorf("search: hit %s: %w", m.ID, err)
		}
		out.Hits = append(out.Hits, h)
	}
	return out, nil
}

func hitOf(m Match, shown []Phrase) (search.Hit, error) {
	var x head
	if err := json.Unmarshal(m.Head, &x); err != nil {
		return search.Hit{}, fmt.Errorf("reading what the index keeps of it: %w", err)
	}
	h := search.Hit{
		ID: m.ID, Unit: x.Unit, Year: x.Year, Scope: x.Scope, Project: x.Project, Title: x.Title, Score: m.Score,
		Highlights: []search.Highlight{},
	}
	if m.Key != "" {
		h.Item, h.Key, h.Text, h.Page, h.Quote = m.Item, m.Key, m.Body, x.Page, x.Quote
		h.Highlights = append(h.Highlights, placed(highlights(m.Key, m.Body, shown), x.Start)...)
		return h, nil
	}
	if len(shown) > 0 {
		h.Highlights = append(h.Highlights, placed(highlights(TitleText, x.Title, shown), -1)...)
		h.Highlights = append(h.Highlights, highlights(BodyText, m.Body, shown)...)
	}
	return h, nil
}

// placed moves highlights of a text that stands at byte start of the document's
// text; -1 if it does not stand there as it is.
func placed(hs []search.Highlight, start int) []search.Highlight {
	for i := range hs {
		if start < 0 {
			hs[i].Start = -1
			continue
		}
		hs[i].Start += start
	}
	return hs
}
