package bleve

import (
	"cmp"
	"slices"

	engine "github.com/blevesearch/bleve_index_api"
)

// A cursor walks the postings of one term of a phrase.
type cursor struct {
	reader  engine.TermFieldReader
	offsets []int64 // of the term in the phrase; a phrase can repeat a term
	doc     engine.TermFieldDoc
	end     bool
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
	byTerm := map[string]*cursor{}
	for i, term := range terms {
		if c := byTerm[term]; c != nil {
			c.offsets = append(c.offsets, int64(i))
			continue
		}
		r, err := v.open(name, term, counted|placed)
		if err != nil {
			return nil, err
		}
		c := &cursor{reader: r, offsets: []int64{int64(i)}}
		byTerm[term] = c
		cursors = append(cursors, c)
		if err := c.next(); err != nil || c.end {
			return nil, err
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
	lead := cursors[0]
	starts := make([]int64, 0, len(lead.doc.Vectors))
	for i := range lead.doc.Vectors {
		starts = append(starts, lead.place(i)-lead.offsets[0])
	}
	for _, c := range cursors {
		for _, offset := range c.offsets {
			starts = c.keep(starts, offset)
		}
	}
	return len(starts)
}

// keep returns those of starts, which ascend, behind which the term stands at
// offset.
func (c *cursor) keep(starts []int64, offset int64) []int64 {
	i := 0
	return slices.DeleteFunc(starts, func(s int64) bool {
		for i < len(c.doc.Vectors) && c.place(i) < s+offset {
			i++
		}
		return i == len(c.doc.Vectors) || c.place(i) != s+offset
	})
}

// place returns the i-th place where the term stands.
func (c *cursor) place(i int) int64 { return int64(c.doc.Vectors[i].Pos) }
