package bleve

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	engine "github.com/blevesearch/bleve_index_api"

	"jixiao/pipeline/index"
	"jixiao/schemas/search"
)

// An evaluation answers one request on one state of the index. Each leaf of the
// expression becomes the set of entries it holds for, and the tree is set
// arithmetic. The engine numbers entries from 0, below 2³².
type evaluation struct {
	ctx    context.Context
	reader engine.IndexReader
	suffix string          // of the text fields: documents' or items'
	all    *roaring.Bitmap // entries that can be hits
	known  map[string][]occurrence
}

func newEvaluation(ctx context.Context, r engine.IndexReader, in string) (*evaluation, error) {
	v := &evaluation{ctx: ctx, reader: r, known: map[string][]occurrence{}}
	if in != search.InDocuments {
		v.suffix = itemMark
	}
	var err error
	v.all, err = v.union(kindField, kindTerm(in))
	return v, err
}

// matches returns the entries for which e holds.
func (v *evaluation) matches(e index.Expr) (*roaring.Bitmap, error) {
	switch e := e.(type) {
	case nil:
		return v.all, nil
	case index.And:
		return v.and(e)
	case index.Or:
		out := roaring.New()
		for _, x := range e {
			s, err := v.matches(x)
			if err != nil {
				return nil, err
			}
			out.Or(s)
		}
		return out, nil
	case index.Not:
		s, err := v.matches(e.X)
		if err != nil {
			return nil, err
		}
		return roaring.AndNot(v.all, s), nil
	case index.Phrase:
		occurrences, err := v.occurrences(e)
		if err != nil {
			return nil, err
		}
		out := roaring.New()
		for _, o := range occurrences {
			out.Add(o.entry)
		}
		out.And(v.all)
		return out, nil
	case index.Cond:
		return v.cond(e)
	}
	return nil, errors.New("unknown kind of expression")
}

func (v *evaluation) and(parts index.And) (*roaring.Bitmap, error) {
	out := v.all.Clone()
	for _, x := range parts {
		if out.IsEmpty() {
			break
		}
		s, err := v.matches(x)
		if err != nil {
			return nil, err
		}
		out.And(s)
	}
	return out, nil
}

// cond looks the values of c up in the dictionaries of its key.
func (v *evaluation) cond(c index.Cond) (*roaring.Bitmap, error) {
	out := roaring.New()
	for _, mark := range []string{firstMark, otherMark} {
		name := mark + c.Key
		var terms []string
		for _, t := range c.Terms {
			found, err := v.valuesLike(name, t)
			if err != nil {
				return nil, err
			}
			terms = append(terms, found...)
		}
		for _, r := range c.Ranges {
			if r.Min > r.Max {
				continue
			}
			found, err := termsOf(v.reader.FieldDictRange(name, []byte(number(r.Min)), []byte(number(r.Max))))
			if err != nil {
				return nil, err
			}
			terms = append(terms, found...)
		}
		s, err := v.union(name, terms...)
		if err != nil {
			return nil, err
		}
		out.Or(s)
	}
	out.And(v.all)
	return out, nil
}

func (v *evaluation) valuesLike(name string, t index.Term) ([]string, error) {
	switch t.How {
	case index.Equal:
		return []string{t.Text}, nil
	case index.Prefix:
		return termsOf(v.reader.FieldDictPrefix(name, []byte(t.Text)))
	case index.Contains:
		all, err := termsOf(v.reader.FieldDict(name))
		return slices.DeleteFunc(all, func(s string) bool { return !strings.Contains(s, t.Text) }), err
	}
	return nil, errors.New("unknown comparison")
}

// union returns the entries that have one of terms.
func (v *evaluation) union(name string, terms ...string) (*roaring.Bitmap, error) {
	out := roaring.New()
	for _, term := range terms {
		if err := v.each(name, term, 0, func(d *engine.TermFieldDoc) { out.Add(entryOf(d)) }); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// detail says what the engine reads of a posting.
type detail int

const (
	counted detail = 1 << iota // how often, and how long the text is
	placed                     // where
)

func (v *evaluation) open(name, term string, d detail) (engine.TermFieldReader, error) {
	return v.reader.TermFieldReader(v.ctx, []byte(term), name, d&counted != 0, d&counted != 0, d&placed != 0)
}

// each calls f for every posting of term. f must not keep its argument.
func (v *evaluation) each(name, term string, d detail, f func(*engine.TermFieldDoc)) error {
	t, err := v.open(name, term, d)
	if err != nil {
		return err
	}
	var next engine.TermFieldDoc
	for n := 0; ; n++ {
		hit, err := t.Next(next.Reset())
		if err == nil && n&0xfff == 0 {
			err = v.ctx.Err()
		}
		if err != nil || hit == nil {
			return joinClose(err, t)
		}
		f(hit)
	}
}

func entryOf(d *engine.TermFieldDoc) uint32 { return uint32(d.ID.Value()) }

// An occurrence says how often something stands in an entry, and how long the
// text is.
type occurrence struct {
	entry  uint32
	times  uint32
	length float64 // in terms
}

func occurrenceOf(d *engine.TermFieldDoc, times int) occurrence {
	o := occurrence{entry: entryOf(d), times: uint32(times), length: 1}
	if d.Norm > 0 {
		o.length = 1 / (d.Norm * d.Norm)
	}
	return o
}

// occurrences returns where p stands, by entry. Matching and ranking both ask.
func (v *evaluation) occurrences(p index.Phrase) ([]occurrence, error) {
	key := p.Text + "\x00" + strings.Join(p.Units, "\x00")
	if out, ok := v.known[key]; ok {
		return out, nil
	}
	out, err := v.find(p)
	v.known[key] = out
	return out, err
}

func (v *evaluation) find(p index.Phrase) ([]occurrence, error) {
	name := textMark + p.Text + v.suffix
	terms, prefix := p.Lookup()
	switch {
	case prefix:
		return v.beginnings(name, terms[0])
	case len(terms) == 1:
		var out []occurrence
		err := v.each(name, terms[0], counted, func(d *engine.TermFieldDoc) { out = append(out, occurrenceOf(d, int(d.Freq))) })
		return out, err
	}
	return v.phrase(name, terms)
}

// beginnings adds up the terms that begin with prefix.
func (v *evaluation) beginnings(name, prefix string) ([]occurrence, error) {
	terms, err := termsOf(v.reader.FieldDictPrefix(name, []byte(prefix)))
	if err != nil {
		return nil, err
	}
	sum := map[uint32]occurrence{}
	for _, term := range terms {
		err := v.each(name, term, counted, func(d *engine.TermFieldDoc) {
			o := occurrenceOf(d, int(d.Freq))
			o.times += sum[o.entry].times
			sum[o.entry] = o
		})
		if err != nil {
			return nil, err
		}
	}
	out := make([]occurrence, 0, len(sum))
	for _, o := range sum {
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b occurrence) int { return cmp.Compare(a.entry, b.entry) })
	return out, nil
}

func joinClose(err error, c io.Closer) error { return errors.Join(err, c.Close()) }
