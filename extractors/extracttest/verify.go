package extracttest

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"jixiao/schemas/layout"
)

// Verify returns the first breach of what package layout promises about d:
// spans inside the text, on character boundaries, in order and apart from each
// other, cells inside their table and apart on its grid.
func Verify(d *layout.Doc) error {
	if !utf8.ValidString(d.Text) {
		return fmt.Errorf("the text is not valid UTF-8")
	}
	if len(d.Pages) == 0 {
		return fmt.Errorf("the document has no page")
	}
	end := 0
	for i := range d.Pages {
		p := &d.Pages[i]
		if want := i + 1; p.Number != want && (p.Number != 0 || len(d.Pages) > 1) {
			return fmt.Errorf("page %d of %d has the number %d", want, len(d.Pages), p.Number)
		}
		if err := inside(d.Text, p.Span, layout.Span{Start: end, End: len(d.Text)}); err != nil {
			return fmt.Errorf("page %d: %w", p.Number, err)
		}
		end = p.End
		if err := verifyPage(d, p); err != nil {
			return fmt.Errorf("page %d: %w", p.Number, err)
		}
	}
	return nil
}

func verifyPage(d *layout.Doc, p *layout.Page) error {
	at := p.Start
	for i, l := range p.Lines {
		if err := inside(d.Text, l.Span, layout.Span{Start: at, End: p.End}); err != nil {
			return fmt.Errorf("line %d: %w", i, err)
		}
		if strings.Contains(d.Text[l.Start:l.End], "\n") {
			return fmt.Errorf("line %d holds a line feed: %q", i, d.Text[l.Start:l.End])
		}
		if err := sound(l.Box); err != nil {
			return fmt.Errorf("line %d: %w", i, err)
		}
		at = l.End
	}
	at = p.Start
	for i, s := range p.Paragraphs {
		if err := inside(d.Text, s, layout.Span{Start: at, End: len(d.Text)}); err != nil {
			return fmt.Errorf("paragraph %d: %w", i, err)
		}
		if s.Start >= p.End {
			return fmt.Errorf("paragraph %d starts at %d, after the page's end %d", i, s.Start, p.End)
		}
		at = s.End
	}
	at = p.Start
	for i := range p.Tables {
		t := &p.Tables[i]
		if err := inside(d.Text, t.Span, layout.Span{Start: at, End: p.End}); err != nil {
			return fmt.Errorf("table %d: %w", i, err)
		}
		if err := verifyTable(d.Text, t); err != nil {
			return fmt.Errorf("table %d: %w", i, err)
		}
		for j, s := range p.Paragraphs {
			if s.Overlaps(t.Span) {
				return fmt.Errorf("paragraph %d overlaps table %d", j, i)
			}
		}
		at = t.End
	}
	return nil
}

func verifyTable(text string, t *layout.Table) error {
	if len(t.Cells) == 0 || t.Rows < 1 || t.Cols < 1 {
		return fmt.Errorf("%d cells in %d rows and %d columns", len(t.Cells), t.Rows, t.Cols)
	}
	taken := map[[2]int]int{}
	for i, c := range t.Cells {
		if err := inside(text, c.Span, t.Span); err != nil {
			return fmt.Errorf("cell %d: %w", i, err)
		}
		if err := sound(c.Box); err != nil {
			return fmt.Errorf("cell %d: %w", i, err)
		}
		if c.RowSpan < 1 || c.ColSpan < 1 || c.Row < 0 || c.Col < 0 || c.Row+c.RowSpan > t.Rows || c.Col+c.ColSpan > t.Cols {
			return fmt.Errorf("cell %d at %d,%d spanning %d×%d leaves the grid of %d×%d", i, c.Row, c.Col, c.RowSpan, c.ColSpan, t.Rows, t.Cols)
		}
		if i > 0 {
			if q := t.Cells[i-1]; c.Row < q.Row || c.Row == q.Row && c.Col <= q.Col {
				return fmt.Errorf("cell %d at %d,%d stands after %d,%d", i, c.Row, c.Col, q.Row, q.Col)
			}
		}
		for r := c.Row; r < c.Row+c.RowSpan; r++ {
			for k := c.Col; k < c.Col+c.ColSpan; k++ {
				if j, ok := taken[[2]int{r, k}]; ok {
					return fmt.Errorf("cells %d and %d both cover %d,%d", j, i, r, k)
				}
				taken[[2]int{r, k}] = i
			}
		}
	}
	return apart(t.Cells)
}

// apart checks that no byte belongs to two cells. Cells need not stand in the
// text in the order of the grid.
func apart(cells []layout.Cell) error {
	owner := map[int]int{} // first byte of a cell -> cell
	for i, c := range cells {
		if c.Len() == 0 {
			continue
		}
		if j, ok := owner[c.Start]; ok {
			return fmt.Errorf("cells %d and %d start at the same byte %d", j, i, c.Start)
		}
		owner[c.Start] = i
	}
	for i, c := range cells {
		for at := c.Start + 1; at < c.End; at++ {
			if j, ok := owner[at]; ok {
				return fmt.Errorf("cell %d starts inside cell %d", j, i)
			}
		}
	}
	return nil
}

func inside(text string, s, outer layout.Span) error {
	if s.Start > s.End || s.Start < outer.Start || s.End > outer.End {
		return fmt.Errorf("span %d–%d is not within %d–%d", s.Start, s.End, outer.Start, outer.End)
	}
	for _, at := range [2]int{s.Start, s.End} {
		if at < len(text) && !utf8.RuneStart(text[at]) {
			return fmt.Errorf("span %d–%d cuts a character", s.Start, s.End)
		}
	}
	return nil
}

func sound(b layout.Box) error {
	for _, v := range b {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("box %v is not finite", b)
		}
	}
	if b[0] > b[2] || b[1] > b[3] {
		return fmt.Errorf("box %v is turned inside out", b)
	}
	return nil
}
