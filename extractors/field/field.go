// Package field reads the values of the catalogue out of a report, each with
// the words it was read from.
//
// Several readers look at the same passages one after the other, each for the
// keys it knows. What they have in common: mentions (figures, dates, names) are
// found by a linear scan, the lexicon's labels say which key a mention may
// answer, candidates are scored, and the best above a threshold wins. Nothing
// is guessed: a key without a candidate has no entry.
package field

import (
	"cmp"
	"slices"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/schemas/catalog"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// Version grows whenever the same layout may yield other fields.
const Version = 1

// A Reading is one document being read.
type Reading struct {
	Doc      *passage.Doc
	Tree     *section.Tree
	Title    string
	State    record.State  // NotAReport if the text is no self-evaluation
	Reports  []layout.Span // where each report begins and ends, if the text holds several
	Fields   []record.Field
	Gaps     []record.Gap
	Findings []record.Finding // what only a reader can see; extractors/check adds the rest

	front   title          // the report's title, line by line
	frontAt int            // passage of its last line; -1 if there is none
	stated  []stated       // what labels such as 评价单位: announce
	items   map[string]int // identity of an item -> how many were read that have it
}

// Read reads doc with its outline tree.
func Read(doc *passage.Doc, tree *section.Tree) *Reading {
	const usual = 40 // fields
	r := &Reading{Doc: doc, Tree: tree, State: record.Read, Fields: make([]record.Field, 0, usual)}
	r.run(readers)
	r.sort()
	return r
}

// sort puts the fields in the catalogue's order, those of one key in the order
// in which they were read. It sorts their places, for fields are large, and then
// moves each field once.
func (r *Reading) sort() {
	if len(r.Fields) == 0 {
		return
	}
	type place struct{ order, at int }
	places := make([]place, len(r.Fields))
	for i := range r.Fields {
		places[i] = place{catalog.Order(r.Fields[i].Key), i}
	}
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(a.order, b.order) })
	for i := range places {
		first, to := r.Fields[i], i
		for from := places[to].at; from != i; from = places[to].at { // along the circle of those that change places
			r.Fields[to], places[to].at = r.Fields[from], to
			to = from
		}
		r.Fields[to], places[to].at = first, to
	}
}

// run lets readers read one after the other.
func (r *Reading) run(readers []func(*Reading)) {
	for _, read := range readers {
		if read(r); r.State == record.NotAReport {
			r.Fields = nil // what stands in another kind of document is no report's figure
			return
		}
	}
}

// readers in the order in which they run; a later one may look at the fields
// of an earlier one.
var readers = []func(*Reading){
	readTitle,
	splitReports,
	readState,
	readUnit,
	readYear,
	readScope,
	readProject,
	readRegion,
	readFillDate,
	readNotice,
	readLists,
	readPrompts,
	readFigures,
}

// Quote returns evidence for s.
func (r *Reading) Quote(role string, s layout.Span) record.Evidence {
	return record.Quote(r.Doc.Layout, role, s)
}
