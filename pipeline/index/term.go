package index

import (
	"iter"
	"slices"
)

// A Posting is one term of a text and where it stands, counted in units from 1.
// Two terms can stand at one place.
type Posting struct {
	Term string
	Pos  int
}

// A Cut is what a text or several are indexed by.
type Cut struct{ texts []cut }

// CutTexts cuts texts, each up to MaxText.
func CutTexts(texts []string) Cut {
	c := Cut{make([]cut, len(texts))}
	for i, text := range texts {
		c.texts[i] = cutText(clip(text, MaxText))
	}
	return c
}

// Postings returns the terms for matching, in order of place. Every unit has a
// place. Two wide characters in a row give a term of both at the place of the
// first; a wide character beside something else, or beside nothing, gives a
// term of its own as well. So every phrase of two units or more can be looked
// up exactly, and the places of a single wide character are those of the terms
// that begin with it.
//
// One place stays empty between two texts: no phrase runs from one into the
// next.
func (c Cut) Postings() []Posting {
	n := 0
	for i := range c.texts {
		n += len(c.texts[i].units)
	}
	return slices.AppendSeq(make([]Posting, 0, n+n/8), c.All())
}

// All yields the terms of Postings.
func (c Cut) All() iter.Seq[Posting] {
	return func(yield func(Posting) bool) {
		pos := 0
		for i := range c.texts {
			if i > 0 {
				pos++
			}
			for k := range c.texts[i].units {
				if !c.texts[i].postings(k, pos+k+1, yield) {
					return
				}
			}
			pos += len(c.texts[i].units)
		}
	}
}

// Size is about as many bytes as its terms have, each with one beside it.
func (c Cut) Size() (n int) {
	for i := range c.texts {
		n += 2*len(c.texts[i].norm) + len(c.texts[i].units) + 8
	}
	return n
}

// postings yields the terms of unit k, whose place is pos, until yield has enough.
func (c *cut) postings(k, pos int, yield func(Posting) bool) bool {
	u := &c.units[k]
	if !u.wide() {
		return yield(Posting{u.text, pos})
	}
	next := k+1 < len(c.units) && c.units[k+1].wide()
	if next {
		// Nothing stands between two wide units: folding dropped it.
		after := &c.units[k+1]
		if !yield(Posting{c.norm[u.norm : after.norm+len(after.text)], pos}) {
			return false
		}
	}
	if !next || k == 0 || !c.units[k-1].wide() {
		return yield(Posting{u.text, pos})
	}
	return true
}

// Lookup returns the terms that stand one place after another wherever p does.
// If prefix is set there is one term, and p is wherever a term begins with it.
func (p Phrase) Lookup() (terms []string, prefix bool) {
	if len(p.Units) == 1 {
		return p.Units, wideUnit(p.Units[0])
	}
	for i, u := range p.Units {
		last := i == len(p.Units)-1
		switch {
		case wideUnit(u) && !last && wideUnit(p.Units[i+1]):
			terms = append(terms, u+p.Units[i+1])
		case wideUnit(u) && last && wideUnit(p.Units[i-1]):
			// the pair before says it
		default:
			terms = append(terms, u)
		}
	}
	return terms, false
}

func wideUnit(s string) bool { return unit{text: s}.wide() }
