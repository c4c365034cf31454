package event

import "jixiao/schemas"

// A Receipt answers a program that submitted a document over the queue: either
// where the document stands, or why it was not taken.
type Receipt struct {
	ID    schemas.DocID `json:"id,omitempty"`
	State Phase         `json:"state,omitempty"`
	Error *Fault        `json:"error,omitempty"`
}
