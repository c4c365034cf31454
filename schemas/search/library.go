package search

import (
	"time"

	"jixiao/schemas"
	"jixiao/schemas/record"
)

// A Listing asks for documents, read or not. Without Filters and Sort it is
// every document that was submitted and not removed.
type Listing struct {
	Filters    []Filter `json:"filters,omitempty"`    // as in Query; they keep only what was read
	States     []string `json:"states,omitempty"`     // one of them must be the Entry's State
	Sort       []Sort   `json:"sort,omitempty"`       // default: unit, year, then id
	Duplicates bool     `json:"duplicates,omitempty"` // only Entries that share a Group
	Limit      int      `json:"limit,omitempty"`      // 0 has no limit
	Offset     int      `json:"offset,omitempty"`
}

// An Entry is one document of a Listing.
type Entry struct {
	ID    schemas.DocID `json:"id"`
	Names []string      `json:"names"`
	// Batches are those it came with, if any has a name.
	Batches []string `json:"batches,omitempty"`
	// State is the record's (read, partly_read, needs_ocr, not_a_report) once
	// the document can be found; before, arrived or extracted; or failed.
	State    string `json:"state"`
	Unit     string `json:"unit,omitempty"` // what is not stated has no member
	Year     int    `json:"year,omitempty"`
	Scope    string `json:"scope,omitempty"`
	Project  string `json:"project,omitempty"`
	Revision uint64 `json:"revision"`
	Title    string `json:"title,omitempty"`
	// Values are the figures people compare, by catalogue key. Counts has the
	// number of items of each list, as problems and measures.
	Values map[string]record.Value `json:"values,omitempty"`
	Counts map[string]int          `json:"counts,omitempty"`
	// Findings is how many findings of severity warn or error the record has.
	Findings int `json:"findings,omitempty"`
	// Group is the same for documents that look like one report sent twice:
	// equal unit, year, scope and project, different bytes. From 1.
	Group int    `json:"group,omitempty"`
	Error string `json:"error,omitempty"` // why it failed
}

// A Detail is all that is kept of one document but its bytes and its text.
type Detail struct {
	ID          schemas.DocID       `json:"id"`
	State       string              `json:"state"` // as in Entry
	Revision    uint64              `json:"revision"`
	Submissions []record.Submission `json:"submissions"`
	Record      *record.Record      `json:"record,omitempty"`
	Error       *Trouble            `json:"error,omitempty"`
}

// Trouble says why something failed and what to do.
type Trouble struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// A Status counts what a data folder holds and what is still to do.
type Status struct {
	Data      string         `json:"data"`
	Total     int            `json:"total"`     // documents that are not removed
	Documents map[string]int `json:"documents"` // by State, as in Entry
	Queue     QueueStatus    `json:"queue"`
	Index     IndexStatus    `json:"index"`
	Owner     Owner          `json:"owner"`
}

// QueueStatus is what waits in the queue.
type QueueStatus struct {
	Waiting     map[string]uint64 `json:"waiting"` // messages by stage, not handed out yet
	InHand      map[string]uint64 `json:"in_hand"` // messages by stage, being worked on
	DeadLetters uint64            `json:"dead_letters"`
	Server      string            `json:"server"` // "embedded" or the address
}

// IndexStatus compares the index with the records it is made from.
type IndexStatus struct {
	Version   int `json:"version"`
	Documents int `json:"documents"`
	// Behind is how many records the index does not have at their revision.
	Behind int `json:"behind"`
	// Error is why the index could not be asked: then nothing is known of the rest.
	Error string `json:"error,omitempty"`
}

// Owner is the process that works on the data folder.
type Owner struct {
	PID     int       `json:"pid"`
	Command string    `json:"command"` // as "import"; "" if nobody but the asker
	Since   time.Time `json:"since"`
}
