package index

import (
	"slices"
	"strings"

	"jixiao/internal/fault"
	"jixiao/schemas/catalog"
	"jixiao/schemas/search"
)

// DefaultLimit is how many hits a query gets that names no limit.
const DefaultLimit = 20

// relevance is the sort key that is no column.
const relevance = "relevance"

// maxRankWords bounds the terms that only rank.
const maxRankWords = 200

// compile turns q into what a backend answers.
func compile(q search.Query) (Request, error) {
	r := Request{In: q.In, Limit: q.Limit, Offset: q.Offset}
	if !slices.Contains([]string{search.InDocuments, search.InProblems, search.InMeasures, search.InItems}, q.In) {
		return r, fault.New(fault.Usage, "cannot search in %q: only in documents, problems, measures or all", q.In)
	}
	if q.Limit < 0 || q.Offset < 0 {
		return r, fault.New(fault.Usage, "limit %d, offset %d: neither can be negative", q.Limit, q.Offset)
	}
	if q.Limit == 0 {
		r.Limit = DefaultLimit
	}
	text, err := Parse(q.Text)
	if err != nil {
		return r, err
	}
	if err := fitsItems(text, q.In); err != nil {
		return r, err
	}
	if r.Expr, err = withFilters(text, q.Filters); err != nil {
		return r, err
	}
	if r.Sort, err = orders(q.Sort); err != nil {
		return r, err
	}
	ranked := r.rank(text)
	if len(r.Sort) == 0 && ranked {
		r.Sort = []Order{{By: ByScore}}
	}
	r.Bodies = ranked || q.In != search.InDocuments
	r.Facets, err = facets(q.Facets)
	return r, err
}

// fitsItems refuses phrases in texts that items do not have.
func fitsItems(e Expr, in string) error {
	if in == search.InDocuments || e == nil {
		return nil
	}
	var err error
	phrases(e, func(p Phrase) {
		if p.Text != BodyText && err == nil {
			err = fault.WithHint(fault.New(fault.Usage, "%s: can be searched in documents only", p.Text),
				"leave out --in, or write the words without "+p.Text+":")
		}
	})
	return err
}

func withFilters(text Expr, filters []search.Filter) (Expr, error) {
	var all And
	if text != nil {
		all = append(all, text)
	}
	for _, f := range filters {
		c, err := CondOf(f)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	if len(all) == 1 {
		return all[0], nil
	}
	if all == nil {
		return nil, nil
	}
	return all, nil
}

// rank fills what only decides about order: the phrases again in titles, and
// the segmenter's words. It reports whether there is anything to rank by.
func (r *Request) rank(text Expr) (ranked bool) {
	Positive(text, func(p Phrase) {
		ranked = true
		if p.Text == BodyText && r.In == search.InDocuments {
			r.Boost = append(r.Boost, Phrase{Text: TitleText, Units: p.Units})
		}
		for _, w := range CutTexts([]string{strings.Join(p.Units, " ")}).Words() {
			if !slices.Contains(r.Words, w) && len(r.Words) < maxRankWords {
				r.Words = append(r.Words, w)
			}
		}
	})
	return ranked
}

func orders(sorts []search.Sort) ([]Order, error) {
	var out []Order
	for _, s := range sorts {
		if s.Key == relevance {
			out = append(out, Order{By: ByScore})
			continue
		}
		o, err := orderOf(s.Key, "sort")
		if err != nil {
			return nil, err
		}
		o.Desc = s.Desc
		out = append(out, o)
	}
	return out, nil
}

func orderOf(key, use string) (Order, error) {
	k, _ := keyOf(key)
	c, ok := columnOf(k)
	if !ok {
		return Order{}, unknownKey(key, use)
	}
	if c.kind == catalog.Keyword {
		return Order{Key: k, By: ByTerm}, nil
	}
	return Order{Key: k, By: ByNumber}, nil
}

// facets compiles names such as "unit" and "year×unit". Only words, years and
// head counts are counted: amounts hardly ever repeat.
func facets(names []string) ([]Facets, error) {
	var out []Facets
	for _, name := range names {
		f := Facets{Name: name}
		for _, key := range strings.Split(name, FacetSeparator) {
			o, err := orderOf(strings.TrimSpace(key), "count")
			if err != nil {
				return nil, err
			}
			if c, _ := columnOf(o.Key); o.By == ByNumber && c.kind != catalog.Year && c.kind != catalog.Count {
				return nil, fault.New(fault.Usage, "%s has too many values to count by", key)
			}
			f.Keys = append(f.Keys, o)
		}
		out = append(out, f)
	}
	return out, nil
}
