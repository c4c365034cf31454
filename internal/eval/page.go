package eval

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jixiao/schemas/catalog"
	"jixiao/schemas/layout"
)

//go:embed page.html
var pageText string

// page is the page to read misses. It holds everything it shows, runs no
// script and loads nothing, for the texts in it come from anywhere.
var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"share": func(x float64) string { return fmt.Sprintf("%.4f", x) },
	"short": func(x float64) string { return fmt.Sprintf("%.3f", x) },
	"times": func(a, b float64) float64 { return a * b },
}).Parse(pageText))

// A pageView is what the page shows.
type pageView struct {
	*Report
	Cases []caseView // with misses
	Clean []string   // cases without
}

// A caseView is one report with its misses, and its text in pieces.
type caseView struct {
	Name, File string
	Misses     []missView
	Pieces     []piece
}

// A missView is one miss as people read it.
type missView struct {
	ID, Key, Label, Kind string
	Expected, Got        string
	Rule, Gap, Why       string
	Confidence           string
	Review               bool
	Quotes               []quoteView
	Found                bool // ID is the name of a place in the text
}

type quoteView struct{ Role, Words string }

// A piece is a run of the text; ID and Kind say which miss it belongs to.
type piece struct{ ID, Kind, Role, Words string }

// WritePage writes r as a page to read the misses beside the texts they come
// from, with the evidence marked.
func (r *Report) WritePage(w io.Writer) error {
	view := pageView{Report: r}
	for i := range r.Results {
		c := viewOf(&r.Results[i], r.Unproven, i)
		if len(c.Misses) == 0 {
			view.Clean = append(view.Clean, c.Name)
			continue
		}
		view.Cases = append(view.Cases, c)
	}
	var b strings.Builder
	if err := page.Execute(&b, view); err != nil {
		return err
	}
	_, err := io.WriteString(w, visible(b.String()))
	return err
}

// viewOf shows the n-th case.
func viewOf(r *Result, unproven []Miss, n int) caseView {
	c := caseView{Name: r.Case.Name}
	text := ""
	if r.Output != nil {
		c.File, text = r.Output.Name, r.Output.Text
	}
	if text == "" {
		text, _ = r.Case.plainText() // a page without the text still tells the misses
	}
	misses := slices.Clone(r.Misses)
	for _, m := range unproven {
		if m.Case == r.Case.Name {
			misses = append(misses, m)
		}
	}
	var marks []mark
	for i := range misses {
		id := fmt.Sprintf("m%d-%d", n, i)
		found := marksOf(&misses[i], id, text, r.Output != nil && r.Output.Text != "")
		marks = append(marks, found...)
		c.Misses = append(c.Misses, missViewOf(&misses[i], id, len(found) > 0))
	}
	c.Pieces = cut(text, marks)
	return c
}

func missViewOf(m *Miss, id string, found bool) missView {
	key, _ := catalog.Lookup(m.Key)
	v := missView{
		ID: id, Key: m.Key, Label: key.Label, Kind: m.Kind, Expected: plain(m.Expected), Got: plain(m.Got),
		Rule: m.Rule, Gap: m.Gap, Why: m.Why, Review: m.Review, Found: found,
	}
	if m.Confidence != nil {
		v.Confidence = fmt.Sprintf("%.2f", *m.Confidence)
	}
	if m.value != nil {
		for _, e := range m.value.Evidence {
			v.Quotes = append(v.Quotes, quoteView{e.Role, words(e.Quote)})
		}
	}
	return v
}

// plain writes a value for people: a text as it is, all else as JSON.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return words(v)
	}
	return strings.TrimSpace(b.String())
}

// A mark is a place in the text that belongs to a miss.
type mark struct {
	layout.Span
	id, kind, role string
}

// marksOf returns where the evidence of m stands; of what was not read, where
// its words stand, if they do.
func marksOf(m *Miss, id, text string, placed bool) (marks []mark) {
	if m.value == nil {
		if s, ok := find(text, m.Expected); ok {
			return []mark{{s, id, m.Kind, "expected"}}
		}
		return nil
	}
	for _, e := range m.value.Evidence {
		if placed && e.Start >= 0 && e.Start < e.End && e.End <= len(text) {
			marks = append(marks, mark{e.Span, id, m.Kind, e.Role})
		} else if s, ok := find(text, e.Quote); ok && !placed {
			marks = append(marks, mark{s, id, m.Kind, e.Role})
		}
	}
	return marks
}

// find looks for the beginning of a value in the text, a line's worth of it.
func find(text string, value any) (layout.Span, bool) {
	if m, ok := value.(map[string]any); ok {
		value = cmp.Or[any](m["name"], m["level3"])
	}
	s := words(value)
	const enough = 36 // bytes: longer ones may be wrapped in the text
	if len(s) > enough {
		for s = s[:enough]; !utf8.ValidString(s); s = s[:len(s)-1] {
		}
	}
	at := strings.Index(text, s)
	return layout.Span{Start: at, End: at + len(s)}, at >= 0 && len(s) > 3
}

// cut parts text at marks. Of places that overlap the first is marked whole.
func cut(text string, marks []mark) (pieces []piece) {
	slices.SortStableFunc(marks, func(a, b mark) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	at := 0
	named := map[string]bool{}
	for _, m := range marks {
		m.Start = max(m.Start, at)
		id := m.id
		if named[id] {
			id = ""
		}
		if m.Start >= m.End {
			if id != "" { // its words are marked already: an empty piece takes the link
				named[id] = true
				pieces = append(pieces, piece{ID: id})
			}
			continue
		}
		named[m.id] = true
		pieces = append(pieces, piece{Words: text[at:m.Start]}, piece{id, m.kind, m.role, text[m.Start:m.End]})
		at = m.End
	}
	return append(pieces, piece{Words: text[at:]})
}

// visible replaces what turns the direction of writing or does not show.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\r' && r != '\t' && unicode.In(r, unicode.Cc, unicode.Cf) {
			return utf8.RuneError
		}
		return r
	}, s)
}
