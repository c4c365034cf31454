// Package index makes records findable. In reading order:
//
//	Flatten    a record.Document becomes a Doc: entries with terms, numbers and texts
//	Backend    keeps Docs, matches and ranks; bleve here, others pass the same exam
//	Parse      the words a person types become an Expr, a tree of phrases and filters
//	Service    joins them: what the rest of the program calls
//
// Everything that decides what is found is done here and not in a backend:
// folding, cutting text into terms, synonyms, scaling of numbers, reading of
// queries, and highlights. A backend compares terms and whole numbers, so two
// backends cannot drift apart: equal hit sets, and for a sort by field equal
// order. Only the order by relevance is a backend's own.
//
// An index is a view of the store and can be rebuilt from its records at any
// time.
package index

import (
	"context"
	"iter"

	"jixiao/schemas"
	"jixiao/schemas/search"
)

// Version is the number of the indexed form. It grows whenever the same record
// would be indexed differently, by this package or by folding and segmentation
// below it; an index of another version is rebuilt.
//
//	1  the first
const Version = 1

// A Backend keeps documents, and matches and ranks them.
//
// Implementations are safe for concurrent use. Their errors are of kind
// Unavailable when the same call may work later, Full when there is no space,
// Internal otherwise, and Canceled or Timeout when ctx ended.
type Backend interface {
	// Put makes docs findable, each replacing what stood under its ID, all its
	// entries at once. A document whose ID is already there with the same or a
	// newer revision changes nothing and is no error. When Put returns nil
	// everything in docs is durable: it survives a kill and a loss of power. An
	// error says nothing about which of docs were kept; putting them again is
	// harmless.
	Put(ctx context.Context, docs ...Doc) error
	// Delete removes ids with all their entries, durably. Unknown ids are no
	// error. The revision is forgotten too: a later Put of any revision works.
	Delete(ctx context.Context, ids ...schemas.DocID) error
	// Match answers r. Its cost grows with the number of entries that match,
	// not with Offset and Limit alone.
	Match(ctx context.Context, r Request) (Found, error)
	// Revisions yields every document that is indexed, in no fixed order, as of
	// the moment the iteration starts. An error ends it.
	Revisions(ctx context.Context) iter.Seq2[Revision, error]
	// Close frees what the backend holds. Calls after it fail.
	Close() error
}

// A Revision says which state of a document is indexed.
type Revision struct {
	ID       schemas.DocID
	Revision uint64
}

// A Doc is one document in the form in which a backend keeps it.
type Doc struct {
	ID       schemas.DocID
	Revision uint64
	Entries  []Entry // the document itself, then its items
	// Objects are its projects and indicators with their figures, for those who
	// look into a backend with tools of its own. No Request asks for them.
	Objects []Object
}

// An Object is one project or indicator. Members that have no value, or one
// that cannot be read, are left out.
type Object struct {
	Key     string            // of the catalogue
	Terms   map[string]string // member -> folded value
	Numbers map[string]int64  // member -> scaled value
}

// An Entry is one thing that can be a hit: a document, or a problem or measure
// of one. Items carry the terms and numbers of their document, so that every
// filter works on them.
type Entry struct {
	Key     string              // "" for the document; "problems" or "measures"
	Item    string              // identity of the item; unique among the entries of one Key
	Terms   map[string][]string // catalogue key -> folded values; the first one sorts
	Numbers map[string][]int64  // catalogue key -> scaled values; the first one sorts
	Texts   map[string][]string // what phrases are searched in, unfolded; see BodyText
	Head    []byte              // given back with a hit; not searched
	Body    string              // the text that is highlighted; given back on demand
}

// The texts of an entry that are not catalogue keys.
const (
	BodyText  = "text"  // whole text of a document, or of an item
	TitleText = "title" // title of a document; an item has none
)

// A Request is a compiled query.
type Request struct {
	In     string   // one of search.In…: which entries can be hits
	Expr   Expr     // nil matches all
	Boost  []Phrase // these never change what matches, only its score
	Words  []string // terms of the segmenter, likewise
	Facets []Facets
	Sort   []Order // the rest is in order of id, then of Doc.Entries
	Offset int
	Limit  int
	Bodies bool // hits carry Body
}

// An Order sorts by the first value of Key; what has none comes last, in both
// directions.
type Order struct {
	Key  string
	By   OrderKind
	Desc bool
}

// An OrderKind says what an Order looks at.
type OrderKind int

// The kinds of order. Terms compare byte by byte.
const (
	ByTerm OrderKind = iota
	ByNumber
	ByScore // best first, whatever Desc says
)

// Facets asks how many documents have each value, or combination of values, of
// Keys. Only the first value of a key counts, so that a document counts once;
// one without a value for one of Keys does not count.
type Facets struct {
	Name string // as the query wrote it: "year×unit"
	Keys []Order
}

// FacetSeparator joins the names and the values of a combined facet.
const FacetSeparator = "×"

// Found is a backend's answer to a Request.
type Found struct {
	Total     int // entries that match
	TotalDocs int // documents they stand in
	Hits      []Match
	Facets    map[string][]search.Facet // by Facets.Name; most documents first, then by value
}

// A Match is one entry that matches.
type Match struct {
	ID    schemas.DocID
	Key   string
	Item  string
	Score float64 // 0 unless a Request sorts by it
	Head  []byte
	Body  string
}
