package search

import (
	"jixiao/schemas"
	"jixiao/schemas/record"
)

// The earliest stage that a Redo may begin with.
const (
	FromBytes   = "bytes"   // parse the original again
	FromLayout  = "layout"  // read the fields again out of the stored text and layout
	FromRecords = "records" // put the stored record into the index again
)

// A Redo asks for documents to be done again as far as the program has changed.
type Redo struct {
	IDs     []string `json:"ids,omitempty"` // ids or their beginnings; without them Listing chooses
	Listing Listing  `json:"listing"`
	From    string   `json:"from"`              // one of the From constants
	Force   bool     `json:"force,omitempty"`   // also what is up to date
	DryRun  bool     `json:"dry_run,omitempty"` // store nothing, say what would change
}

// A Redone says what became of the documents that a Redo was asked for:
// Total = Bytes + Layout + Records + Current + Earlier + Busy + Failed + Pending.
type Redone struct {
	DryRun  bool   `json:"dry_run"`
	From    string `json:"from"`
	Total   int    `json:"total"`
	Bytes   int    `json:"bytes"`   // done again from their bytes
	Layout  int    `json:"layout"`  // from their layout
	Records int    `json:"records"` // from their record: indexed again
	Current int    `json:"current"` // up to date and left alone
	Earlier int    `json:"earlier"` // out of date, but From does not go back far enough; left alone
	Busy    int    `json:"busy"`    // under way already when it was come to, and waited for
	Failed  int    `json:"failed"`  // see Failures
	Pending int    `json:"pending"` // not finished when it was stopped
	// Outdated is how many of those done were read by workers that are another
	// version of the program than the one that asked.
	Outdated int       `json:"outdated"`
	Failures []NotDone `json:"failures"`
	// Changes is what a dry run found.
	Changes *Changes `json:"changes,omitempty"`
	Done    bool     `json:"done"` // false while it goes on
}

// NotDone is a document that could not be done again. What was read of it before
// is still there.
type NotDone struct {
	ID      schemas.DocID `json:"id"`
	Name    string        `json:"name"`
	Kind    string        `json:"kind"`
	Message string        `json:"message"`
	Hint    string        `json:"hint,omitempty"`
}

// Changes adds up how new records differ from the stored ones.
type Changes struct {
	Documents int `json:"documents"` // with a value added, removed or changed
	// Other counts those whose values stay, but not all of what stands beside
	// them: evidence, confidence, sections, findings, gaps.
	Other   int           `json:"other"`
	Added   int           `json:"added"` // values
	Removed int           `json:"removed"`
	Changed int           `json:"changed"`
	Fields  []FieldChange `json:"fields"` // in the order of the catalogue
}

// A FieldChange counts how the values of one key differ.
type FieldChange struct {
	Key     string         `json:"key"`
	Added   int            `json:"added"`
	Removed int            `json:"removed"`
	Changed int            `json:"changed"`
	Samples []ChangeSample `json:"samples"` // the first few
}

// A ChangeSample is one value before and after. One that was added has no Old,
// one that was removed no New. The quote is the new value's, else the old one's.
type ChangeSample struct {
	ID    schemas.DocID `json:"id"`
	Old   *record.Value `json:"old,omitempty"`
	New   *record.Value `json:"new,omitempty"`
	Page  int           `json:"page,omitempty"`
	Quote string        `json:"quote"`
}

// DoneAgain returns how many documents were done again.
func (r *Redone) DoneAgain() int { return r.Bytes + r.Layout + r.Records }

// Settled returns how many documents nothing more is done about.
func (r *Redone) Settled() int { return r.DoneAgain() + r.Current + r.Earlier + r.Busy + r.Failed }
