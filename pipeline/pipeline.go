// Package pipeline runs documents through their stages: bytes to text and
// layout, to fields with evidence, to the index. Runner does it for one
// document in one process; the stage handlers do it for messages on the queue.
// What they need of the outside is declared here and joined in internal/app.
package pipeline

import (
	"context"
	"io"
	"iter"

	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// A Store keeps originals, layouts and records by DocID. It is the truth: an
// index can be dropped and rebuilt from it at any time. Its implementations
// live in pipeline/store and share one exam there.
type Store interface {
	// PutOriginal stores what r yields, durably, and returns its name and size.
	PutOriginal(ctx context.Context, r io.Reader) (schemas.DocID, int64, error)
	// Original opens the bytes of id; NotFound if there are none.
	Original(ctx context.Context, id schemas.DocID) (io.ReadSeekCloser, int64, error)
	// PutResult stores layout and record of rec.ID together, durably; a later
	// call replaces both.
	PutResult(ctx context.Context, doc *layout.Doc, rec *record.Record) error
	Layout(ctx context.Context, id schemas.DocID) (*layout.Doc, error)
	Record(ctx context.Context, id schemas.DocID) (*record.Record, error)
	// Records yields the ids of all records after the given one, ascending.
	Records(ctx context.Context, after schemas.DocID) iter.Seq2[schemas.DocID, error]
	// Delete forgets everything about id; an unknown id is no error.
	Delete(ctx context.Context, id schemas.DocID) error
}

// A Publisher sends an event on to the next stage, durably.
type Publisher interface {
	PublishArrived(ctx context.Context, e event.Arrived) error
	PublishExtracted(ctx context.Context, e event.Extracted) error
}

// An Indexer makes documents findable. It is idempotent: an older revision
// than the one indexed changes nothing.
type Indexer interface {
	Index(ctx context.Context, docs ...*record.Document) error
	Remove(ctx context.Context, ids ...schemas.DocID) error
}
