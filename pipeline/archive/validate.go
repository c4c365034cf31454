package archive

import (
	"fmt"
	"unicode/utf8"

	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// Validate reports what d cannot be: it may come from anywhere.
func (d *Document) Validate(id schemas.DocID) error {
	st := &d.State
	switch {
	case st.ID != id:
		return fmt.Errorf("its state is of %.12q", st.ID)
	case st.Phase != event.PhaseArrived && st.Phase != event.PhaseExtracted && st.Phase != event.PhaseIndexed && st.Phase != event.PhaseFailed:
		return fmt.Errorf("it is %.20q", st.Phase)
	case st.From != "" && st.From != event.FromLayout:
		return fmt.Errorf("it is read from %.20q", st.From)
	case len(st.Submissions) > event.MaxSubmissions:
		return fmt.Errorf("it has %d names", len(st.Submissions))
	case (d.Record == nil) != (d.Layout == nil):
		return fmt.Errorf("of record and layout one is missing")
	case d.Record == nil && (st.Phase == event.PhaseExtracted || st.Phase == event.PhaseIndexed):
		return fmt.Errorf("it is %s and has no record", st.Phase)
	}
	for _, s := range st.Submissions {
		if len(s.Name) > maxName || len(s.Batch) > maxName {
			return fmt.Errorf("a name of it is too long")
		}
	}
	for _, l := range d.Letters {
		if l.ID != id || l.Stage != event.StageExtract && l.Stage != event.StageIndex {
			return fmt.Errorf("a letter is not about it")
		}
	}
	if d.Record == nil {
		return nil
	}
	return validRecord(d.Record, d.Layout, id)
}

// validRecord holds rec to the text that it quotes.
func validRecord(rec *record.Record, doc *layout.Doc, id schemas.DocID) error {
	if rec.ID != id {
		return fmt.Errorf("its record is of %.12q", rec.ID)
	}
	for _, f := range rec.Fields {
		if err := f.Validate(doc.Text); err != nil {
			return fmt.Errorf("record: %w", err)
		}
	}
	for _, f := range rec.Findings {
		if err := validQuotes(f.Evidence, doc.Text); err != nil {
			return fmt.Errorf("finding %.40q: %w", f.Code, err)
		}
	}
	for _, g := range rec.Gaps {
		if err := validQuotes(g.Evidence, doc.Text); err != nil {
			return fmt.Errorf("gap %.40q: %w", g.Kind, err)
		}
	}
	if err := validSections(rec.Sections, len(doc.Text), 0); err != nil {
		return err
	}
	return validLayout(doc)
}

func validQuotes(list []record.Evidence, text string) error {
	for _, e := range list {
		if err := e.Validate(text); err != nil {
			return err
		}
	}
	return nil
}

// deepest is how deep sections may lie in each other.
const deepest = 64

func validSections(list []record.Section, end, depth int) error {
	for _, s := range list {
		if s.Start < 0 || s.Start > s.End || s.End > end || depth > deepest {
			return fmt.Errorf("section %.40q does not stand in the text", s.Title)
		}
		if err := validSections(s.Children, end, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// validLayout holds doc to what its readers take for granted: all of it stands in
// the text and every cell on the grid of its table.
func validLayout(doc *layout.Doc) error {
	if !utf8.ValidString(doc.Text) {
		return fmt.Errorf("its text is not UTF-8")
	}
	whole := layout.Span{End: len(doc.Text)}
	for i := range doc.Pages {
		p := &doc.Pages[i]
		spans := append([]layout.Span{p.Span}, p.Paragraphs...)
		for _, l := range p.Lines {
			spans = append(spans, l.Span)
		}
		for j := range p.Tables {
			t := &p.Tables[j]
			spans = append(spans, t.Span)
			for _, c := range t.Cells {
				if !onGrid(c, t) {
					return fmt.Errorf("a cell of page %d leaves its table", p.Number)
				}
				spans = append(spans, c.Span)
			}
		}
		for _, s := range spans {
			if s.Start < whole.Start || s.Start > s.End || s.End > whole.End {
				return fmt.Errorf("page %d: %d–%d is not in the text", p.Number, s.Start, s.End)
			}
		}
	}
	return nil
}

// widest is how many rows or columns a table may have.
const widest = 1 << 20

func onGrid(c layout.Cell, t *layout.Table) bool {
	in := func(at, span, all int) bool {
		return all <= widest && at >= 0 && span >= 1 && span <= all && at <= all-span
	}
	return in(c.Row, c.RowSpan, t.Rows) && in(c.Col, c.ColSpan, t.Cols)
}
