// Package search describes questions and answers: the contract of the command
// line and of the HTTP API.
package search

import "jixiao/schemas"

// What a query searches.
const (
	InDocuments = ""         // a hit is a report
	InProblems  = "problems" // a hit is one problem
	InMeasures  = "measures" // a hit is one measure
	InItems     = "all"      // a hit is a problem or a measure
)

// A Query asks for documents or for items.
type Query struct {
	Text    string   `json:"text"`              // query syntax, see pipeline/index; "" matches all
	In      string   `json:"in,omitempty"`      // one of the In constants
	Filters []Filter `json:"filters,omitempty"` // all must hold
	Facets  []string `json:"facets,omitempty"`  // catalogue keys, or two joined by "×": "year×unit"
	Sort    []Sort   `json:"sort,omitempty"`    // default: best first, then id
	Limit   int      `json:"limit,omitempty"`
	Offset  int      `json:"offset,omitempty"`
}

// A Filter keeps what has, for Key, one of Values, or a value in the range
// from Min to Max. Values are written as in a record: money in yuan. Key is a
// catalogue key, or "id", "state", "batch", "name", "flag".
type Filter struct {
	Key    string   `json:"key"`
	Values []string `json:"values,omitempty"`
	Min    string   `json:"min,omitempty"` // "" is open
	Max    string   `json:"max,omitempty"`
	// MinOpen and MaxOpen leave the bound itself out.
	MinOpen bool `json:"min_open,omitempty"`
	MaxOpen bool `json:"max_open,omitempty"`
}

// Sort orders hits by a catalogue key or by "relevance"; what has no value
// comes last, ties go by id.
type Sort struct {
	Key  string `json:"key"`
	Desc bool   `json:"desc,omitempty"`
}

// A Result is one page of hits. Total counts what Query.In asks for, TotalDocs
// the documents they stand in.
type Result struct {
	Total     int                `json:"total"`
	TotalDocs int                `json:"total_docs"`
	Hits      []Hit              `json:"hits"`
	Facets    map[string][]Facet `json:"facets"`
}

// A Hit is one document, or one item of one.
type Hit struct {
	ID         schemas.DocID `json:"id"`
	Unit       string        `json:"unit,omitempty"` // what is not stated has no member
	Year       int           `json:"year,omitempty"`
	Scope      string        `json:"scope,omitempty"`
	Project    string        `json:"project,omitempty"`
	Title      string        `json:"title,omitempty"`
	Score      float64       `json:"score"` // relevance, comparable within one result only
	Highlights []Highlight   `json:"highlights"`
	// Of an item only:
	Item  string `json:"item,omitempty"`
	Key   string `json:"key,omitempty"` // problems or measures
	Text  string `json:"text,omitempty"`
	Page  int    `json:"page,omitempty"`
	Quote string `json:"quote,omitempty"`
}

// A Highlight is a piece of the original text with what matched in it. Marks
// are byte offsets into Text, half open.
type Highlight struct {
	Key   string   `json:"key"` // "text", "title", or a catalogue key
	Text  string   `json:"text"`
	Start int      `json:"start"` // byte offset of Text in the document's text; -1 if it is not in it
	Marks [][2]int `json:"marks"`
}

// A Facet is one value of a key and how many documents have it.
type Facet struct {
	Value string `json:"value"` // for "year×unit": the two joined by "×"
	Count int    `json:"count"`
}
