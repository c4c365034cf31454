// Package event describes the messages on the queue. They carry names, never
// bytes: what they speak of lies in the store under the DocID.
package event

import (
	"time"

	"jixiao/schemas"
)

// Arrived says that the bytes of a document are in the store.
type Arrived struct {
	ID    schemas.DocID `json:"id"`
	Name  string        `json:"name"`
	Batch string        `json:"batch,omitempty"`
	Round uint64        `json:"round"` // State.Round when it was asked for
}

// Extracted says that the record of a document is in the store at Revision.
type Extracted struct {
	ID       schemas.DocID `json:"id"`
	Revision uint64        `json:"revision"`
}

// Indexed says that the record of a document can be found at Revision.
type Indexed struct {
	ID       schemas.DocID `json:"id"`
	Revision uint64        `json:"revision"`
	State    string        `json:"state"` // record.State
}

// Failed says that a stage gave a document up. It is also the dead letter.
type Failed struct {
	ID       schemas.DocID `json:"id"`
	Name     string        `json:"name,omitempty"`
	Stage    string        `json:"stage"` // "extract" or "index"
	Kind     string        `json:"kind"`  // fault.Kind
	Message  string        `json:"message"`
	Hint     string        `json:"hint,omitempty"`
	Attempts int           `json:"attempts"`
	At       time.Time     `json:"at"`
}

// Error makes a Failed the error with which a stage says that the document is
// given up, as opposed to one that asks for another try.
func (f *Failed) Error() string { return f.Message }
