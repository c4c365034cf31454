package field

import (
	"strings"
	"testing"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// layoutOf returns the layout of a text whose lines are paragraphs. Lines with
// bars become tables of one row a line.
func layoutOf(text string) *layout.Doc {
	p := layout.Page{Span: layout.Span{Start: 0, End: len(text)}}
	var table *layout.Table
	at := 0
	for _, l := range strings.SplitAfter(text, "\n") {
		line := strings.TrimRight(l, "\n")
		span := layout.Span{Start: at, End: at + len(line)}
		at += len(l)
		if !strings.Contains(line, "|") {
			table = nil
			if strings.TrimSpace(line) != "" {
				p.Paragraphs = append(p.Paragraphs, span)
			}
			continue
		}
		if table == nil {
			p.Tables = append(p.Tables, layout.Table{Span: span})
			table = &p.Tables[len(p.Tables)-1]
		}
		addRow(table, line, span)
	}
	return &layout.Doc{Format: "text", Text: text, Pages: []layout.Page{p}}
}

func addRow(t *layout.Table, line string, span layout.Span) {
	at := span.Start
	cells := strings.Split(line, "|")
	for col, c := range cells {
		trimmed := strings.TrimSpace(c)
		start := at + strings.Index(c, trimmed)
		t.Cells = append(t.Cells, layout.Cell{Span: layout.Span{Start: start, End: start + len(trimmed)}, Row: t.Rows, Col: col, RowSpan: 1, ColSpan: 1})
		at += len(c) + 1
	}
	t.Rows++
	t.Cols = max(t.Cols, len(cells))
	t.End = span.End
}

// proseReaders are the readers of everything but figures.
var proseReaders = []func(*Reading){
	readTitle, splitReports, readState, readUnit, readYear, readScope, readProject, readRegion, readFillDate, readNotice, readLists, readPrompts,
}

// readText reads text with proseReaders and checks what holds for any document.
func readText(t testing.TB, text string) *Reading {
	t.Helper()
	d := layoutOf(text)
	p := passage.New(d)
	r := &Reading{Doc: p, Tree: section.Outline(p), State: record.Read}
	r.run(proseReaders)
	checkInvariants(t, r, text)
	return r
}

func checkInvariants(t testing.TB, r *Reading, text string) {
	t.Helper()
	for _, f := range r.Fields {
		if err := f.Validate(text); err != nil {
			t.Error(err)
		}
	}
	for _, g := range r.Gaps {
		for _, e := range g.Evidence {
			if err := e.Validate(text); err != nil {
				t.Errorf("gap %s: %v", g.Key, err)
			}
		}
	}
	for _, f := range r.Findings {
		for _, e := range f.Evidence {
			if err := e.Validate(text); err != nil {
				t.Errorf("finding %s: %v", f.Code, err)
			}
		}
	}
}

// values returns the values read for key, in order.
func values(r *Reading, key string) []string {
	var out []string
	for _, f := range r.Fields {
		if f.Key == key {
			out = append(out, f.Value.String())
		}
	}
	return out
}

// gapKinds returns the kinds of gaps noted for key.
func gapKinds(r *Reading, key string) []record.GapKind {
	var out []record.GapKind
	for _, g := range r.Gaps {
		if g.Key == key {
			out = append(out, g.Kind)
		}
	}
	return out
}
