package bleve

import (
	"cmp"
	"slices"

	engine "github.com/blevesearch/bleve_index_api"
)

// A cursor walks the postings of one term of a phrase.
type cursor struct {
	reader engine.TermFieldReader
	offset int64 // of the term in the phrase
	doc    engine.TermFieldDoc
	end    bool
}

// to moves c to id or behind it and reports whether it stands on id.
func (c *cursor) to(id engine.IndexInternalID) (bool, error) {
	for !c.end {
		switch n := cmp.Compare(c.doc.ID.Value(), id.Value()); {
		case n == 0:
			return true, nil
		case n > 0:
			return false, nil
		}
		hit, err := c.reader.Advance(id, &c.doc)
		if err != nil {
			return false, err
		}
		c.end = hit == nil
	}
	return false, nil
}

func (c *cursor) next() error {
	hit, err := c.reader.Next(&c.doc)
	c.end = hit == nil
	return err
}

// phrase returns where terms stand one place after another. The rarest term
// leads, the others are asked only where it stands; the work per entry is
// linear in the places of the terms, whatever a text repeats.
func (v *evaluation) phrase(name string, terms []string) (out []occurrence, err error) {
	var cursors []*cursor
	defer func() {
		for _, c := range cursors {
			err = joinClose(err, c.reader)
		}
	}()
	for i, term := range terms {
		r, err := v.open(name, term, counted|placed)
		if err != nil {
			return nil, err
		}
		c := &cursor{reader: r, offset: int64(i)}
		cursors = append(cursors, c)
		if err := c.next(); err != nil {
			return nil, err
		}
		if c.end {
			return nil, nil
		}
	}
	slices.SortStableFunc(cursors, func(a, b *cursor) int { return cmp.Compare(a.reader.Count(), b.reader.Count()) })
	return v.meet(cursors)
}

// meet walks the first cursor to its end and looks at every entry where all
// cursors stand.
func (v *evaluation) meet(cursors []*cursor) ([]occurrence, error) {
	var out []occurrence
	lead := cursors[0]
	for n := 0; !lead.end; n++ {
		if n&0xff == 0 && v.ctx.Err() != nil {
			return nil, v.ctx.Err()
		}
		all := true
		for _, c := range cursors[1:] {
			on, err := c.to(lead.doc.ID)
			if err != nil {
				return nil, err
			}
			if c.end {
				return out, nil
			}
			if all = on; !all {
				break
			}
		}
		if all {
			if times := inLine(cursors); times > 0 {
				out = append(out, occurrenceOf(&lead.doc, times))
			}
		}
		if err := lead.next(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// inLine counts at how many places all terms stand at their offsets.
func inLine(cursors []*cursor) int {
	starts := make([]int64, 0, len(cursors[0].doc.Vectors))
	for i := range cursors[0].doc.Vectors {
		starts = append(starts, cursors[0].start(i))
	}
	for _, c := range cursors[1:] {
		i := 0
		starts = slices.DeleteFunc(starts, func(s int64) bool {
			for i < len(c.doc.Vectors) && c.start(i) < s {
				i++
			}
			return i == len(c.doc.Vectors) || c.start(i) != s
		})
	}
	return len(starts)
}

// start returns where the phrase would begin by place i of the term.
func (c *cursor) start(i int) int64 { return int64(c.doc.Vectors[i].Pos) - c.offset }
