package pipeline

import (
	"context"
	"io"

	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/record"
)

// Status says what became of a submission at once.
type Status string

// The statuses of a receipt.
const (
	New     Status = "new"     // never seen before: it will be read
	Pending Status = "pending" // seen, not finished yet, or to be read again
	Known   Status = "known"   // finished before; at most the name is new
	Failed  Status = "failed"  // failed before, and would again
)

// A Receipt says what became of a submission.
type Receipt struct {
	ID     schemas.DocID
	Size   int64
	Status Status
	// Final is false while a stage has work to do on the document. A known
	// document is not final when its new name has to go into the index.
	Final bool
	State event.State
}

// Submit stores the bytes of r under their DocID, notes the name they came
// under, and sends the document to the first stage unless it is finished.
//
// The order is bytes, state, message: killed at any point, the same Submit
// again or Recover picks the document up where it stands.
func (p *Pipeline) Submit(ctx context.Context, name, batch string, r io.Reader) (Receipt, error) {
	panic("not yet")
}

// Document returns the record of id with what belongs to it; NotFound if it
// was not read (yet) or is removed.
func (p *Pipeline) Document(ctx context.Context, id schemas.DocID) (*record.Document, error) {
	panic("not yet")
}

// Find returns the one document whose id begins with prefix; NotFound if there
// is none, Usage if there are several. Removed documents are not found.
func (p *Pipeline) Find(ctx context.Context, prefix string) (event.State, error) {
	panic("not yet")
}
