package pipeline

import (
	"context"

	"jixiao/schemas"
)

// Recover sends every document that is not final and has no message waiting to
// its stage again, and finishes removals. It returns how many there were. Call
// it once at the start of the process that owns the data, before the workers.
func (p *Pipeline) Recover(ctx context.Context) (int, error) { panic("not yet") }

// Retry sends a failed document to the first stage again and forgets its dead
// letters.
func (p *Pipeline) Retry(ctx context.Context, id schemas.DocID) error { panic("not yet") }

// Reprocess sends a finished document to the first stage again.
func (p *Pipeline) Reprocess(ctx context.Context, id schemas.DocID) error { panic("not yet") }

// Remove takes a document out of index and store; NotFound if there is none.
func (p *Pipeline) Remove(ctx context.Context, id schemas.DocID) error { panic("not yet") }

// RemoveBatch takes back what batch submitted: its names, and the documents
// that have no other. It returns the ids of these.
func (p *Pipeline) RemoveBatch(ctx context.Context, batch string) ([]schemas.DocID, error) {
	panic("not yet")
}

// Reindex sends every record of the store to to, an empty index, and returns
// how many. progress, if given, is told how many of how many are done.
func (p *Pipeline) Reindex(ctx context.Context, to Indexer, progress func(done, total int)) (int, error) {
	panic("not yet")
}
