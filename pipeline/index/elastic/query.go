package elastic

import (
	"slices"
	"strings"

	"jixiao/pipeline/index"
	"jixiao/schemas/search"
)

// A scope says where the leaves of an expression are looked up: in the fields
// of a report, or in those of items nested under path.
type scope struct{ path string }

// The weights of what speaks for a hit.
const (
	phraseWeight = 2.0 // the phrase itself
	titleWeight  = 3.0 // the phrase in the title
	wordWeight   = 1.0 // a word of it, by the segmenter
)

// maxRanked is how many terms may rank. A question of more is answered all the
// same, ranked by its first ones: servers bound the terms of one query.
const maxRanked = 500

// rankBeginnings lets some of the terms that begin with one character rank.
const rankBeginnings = "top_terms_blended_freqs_50"

var (
	everything = object{"match_all": object{}}
	nothing    = object{"match_none": object{}}
)

// query returns what matches e, without a score.
func (s scope) query(e index.Expr) object {
	switch e := e.(type) {
	case index.And:
		return boolean("filter", s.all(e))
	case index.Or:
		return anyOf(s.all(e))
	case index.Not:
		return boolean("must_not", []object{s.query(e.X)})
	case index.Phrase:
		return s.phrase(e, 0)
	case index.Cond:
		if s.path != "" {
			return anyOf(s.facts(e))
		}
		return anyOf(values(e))
	}
	return everything
}

func (s scope) all(parts []index.Expr) []object {
	out := make([]object, len(parts))
	for i, p := range parts {
		out[i] = s.query(p)
	}
	return out
}

func boolean(clause string, parts []object) object {
	if len(parts) == 0 {
		return everything
	}
	return object{"bool": object{clause: parts}}
}

func anyOf(parts []object) object {
	switch len(parts) {
	case 0:
		return nothing
	case 1:
		return parts[0]
	}
	return object{"bool": object{"should": parts, "minimum_should_match": 1}}
}

// termsField is where the postings of a text stand. An item has one text.
func (s scope) termsField(text string) string {
	if s.path != "" {
		return s.path + "." + fieldTerms
	}
	return fieldTerms + "." + text
}

func (s scope) wordsField() string {
	if s.path != "" {
		return s.path + "." + fieldWords
	}
	return fieldWords
}

// phrase looks p up, exactly. With a boost it is to rank, and of the many terms
// that begin with one character a few do.
func (s scope) phrase(p index.Phrase, boost float64) object {
	field := s.termsField(p.Text)
	terms, prefix := p.Lookup()
	switch {
	case prefix && boost > 0:
		return object{"prefix": object{field: object{"value": terms[0], "rewrite": rankBeginnings, "boost": boost}}}
	case prefix:
		return object{"prefix": object{field: object{"value": terms[0]}}}
	case len(terms) == 1:
		return object{"term": object{field: boosted(object{"value": terms[0]}, boost)}}
	}
	return object{"match_phrase": object{field: boosted(object{"query": strings.Join(terms, " "), "analyzer": analyzer}, boost)}}
}

func boosted(q object, boost float64) object {
	if boost > 0 {
		q["boost"] = boost
	}
	return q
}

// values compares c with the first value of its key and with the others.
func values(c index.Cond) []object {
	var out []object
	for _, field := range []string{c.Key, fieldAlso + "." + c.Key} {
		if c.Key == index.IDKey && field != c.Key {
			continue // a document has one
		}
		for _, t := range c.Terms {
			out = append(out, compare(field, "", t))
		}
		for _, r := range c.Ranges {
			if r.Min <= r.Max {
				out = append(out, object{"range": object{field: object{"gte": r.Min, "lte": r.Max}}})
			}
		}
	}
	return out
}

// facts does the same in an item.
func (s scope) facts(c index.Cond) []object {
	field := s.path + "." + fieldFacts
	var out []object
	for _, t := range c.Terms {
		out = append(out, compare(field, fact(c.Key, ""), t))
	}
	for _, r := range c.Ranges {
		if r.Min <= r.Max {
			out = append(out, object{"range": object{field: object{"gte": fact(c.Key, ordered(r.Min)), "lte": fact(c.Key, ordered(r.Max))}}})
		}
	}
	return out
}

// wild takes away what * and ? mean.
var wild = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`)

// compare holds values, each behind before, against t.
func compare(field, before string, t index.Term) object {
	switch t.How {
	case index.Prefix:
		return object{"prefix": object{field: object{"value": before + t.Text}}}
	case index.Contains:
		return object{"wildcard": object{field: object{"value": wild.Replace(before) + "*" + wild.Replace(t.Text) + "*"}}}
	default:
		return object{"term": object{field: object{"value": before + t.Text}}}
	}
}

// ranked is query with a score, if r asks for one: by the phrases that speak
// for a hit, by Boost and by Words.
func (s scope) ranked(r index.Request) object {
	q := object{"filter": []object{s.query(r.Expr)}}
	if !byScore(r) {
		return object{"bool": q}
	}
	var should []object
	count := 0
	add := func(p index.Phrase, weight float64) {
		if count += len(p.Units); count <= maxRanked {
			should = append(should, s.phrase(p, weight))
		}
	}
	index.Positive(r.Expr, func(p index.Phrase) { add(p, phraseWeight) })
	for _, p := range r.Boost {
		add(p, titleWeight)
	}
	for _, w := range r.Words {
		if count++; count <= maxRanked {
			should = append(should, object{"term": object{s.wordsField(): object{"value": w, "boost": wordWeight}}})
		}
	}
	if len(should) > 0 {
		q["should"] = should
	}
	return object{"bool": q}
}

func byScore(r index.Request) bool {
	return slices.ContainsFunc(r.Sort, func(o index.Order) bool { return o.By == index.ByScore })
}

// paths are the items that r asks for; none for reports.
func paths(r index.Request) []string {
	switch r.In {
	case search.InDocuments:
		return nil
	case search.InItems:
		return itemKeys
	default:
		return []string{r.In}
	}
}
