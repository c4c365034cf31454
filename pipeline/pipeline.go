// Package pipeline runs documents through their stages: bytes to text and
// layout, to fields with evidence, to the index. Runner does it for one
// document in one process; the stage handlers do it for messages on the queue.
// What they need of the outside is declared here and joined in internal/app.
package pipeline

import (
	"context"
	"io"
	"iter"
	"log/slog"
	"time"

	"jixiao/extractors"
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
	// Document returns the record of id and the text that was put with it.
	Document(ctx context.Context, id schemas.DocID) (*record.Record, string, error)
	// Records yields the ids of all records after the given one, ascending.
	Records(ctx context.Context, after schemas.DocID) iter.Seq2[schemas.DocID, error]
	// Delete forgets everything about id; an unknown id is no error.
	Delete(ctx context.Context, id schemas.DocID) error
}

// States keeps one event.State a document; pipeline/queue implements it.
type States interface {
	// State returns the entry of id; NotFound if there is none.
	State(ctx context.Context, id schemas.DocID) (event.State, error)
	// PutState writes st if the entry is still the one with number st.Seq (0:
	// there is none) and returns the number of the write; Conflict if not.
	PutState(ctx context.Context, st event.State) (uint64, error)
	// PutStates is PutState for many, with as few writes to the disk as can be.
	// It returns an error or nil for each.
	PutStates(ctx context.Context, sts []event.State) []error
	// AllStates yields every entry as it is now, tombstones included, in no order.
	AllStates(ctx context.Context) iter.Seq2[event.State, error]
	// WatchStates yields every entry written from now on, until ctx is done.
	// Its first yield is a zero State: from there on nothing is missed.
	WatchStates(ctx context.Context) iter.Seq2[event.State, error]
}

// A Publisher sends an event on. The two that are work are as safe as their
// states: on the disk, or made again from them by Recover.
type Publisher interface {
	PublishArrived(ctx context.Context, e event.Arrived) error
	PublishExtracted(ctx context.Context, e event.Extracted) error
	// PublishIndexed and PublishFailed tell whoever listens; nothing depends on them.
	PublishIndexed(ctx context.Context, e event.Indexed) error
	PublishFailed(ctx context.Context, e event.Failed) error
	// Waiting returns the documents that have a message waiting or in hand at stage.
	Waiting(ctx context.Context, stage string) (map[schemas.DocID]bool, error)
	// DropLetters forgets the dead letters of id.
	DropLetters(ctx context.Context, id schemas.DocID) error
}

// An Indexer makes documents findable. It is idempotent: an older revision
// than the one indexed changes nothing.
type Indexer interface {
	Index(ctx context.Context, docs ...*record.Document) error
	Remove(ctx context.Context, ids ...schemas.DocID) error
}

// A Reader takes the bytes of one document to its layout and record. Runner is
// one in this process; internal/app gives one that parses in a child process.
type Reader interface {
	Run(ctx context.Context, id schemas.DocID, in extractors.Input) (*layout.Doc, *record.Record, error)
}

// A Pipeline is the verbs over many documents, joined from the parts it works
// with. All its methods are safe for concurrent use and safe to repeat.
type Pipeline struct {
	Store     Store
	States    States
	Publisher Publisher
	Indexer   Indexer // needed by IndexBatch, Remove and Reindex
	Reader    Reader  // needed by Extract

	// Program is a fingerprint of everything that decides what is read out of
	// the same bytes (all versions). A document that another program finished
	// is read again when it is submitted again.
	Program string
	// Extractors are the versions of what reads each format, by its name, as
	// "pdf": "pdfium/3". A format that is missing here is never out of date.
	Extractors map[string]string
	// MaxBytes is the size above which a document is refused before it is
	// stored; 0 means no limit.
	MaxBytes int64
	// MaxAttempts is how often a document is tried before it is given up;
	// 0 means 5. Reading that ran out of time is tried twice at most.
	MaxAttempts int
	// Timeout bounds the reading of one document; 0 means 10 minutes.
	Timeout time.Duration
	// Parallel is how many documents are read at a time, however many are in
	// hand; 0 means all of them.
	Parallel int
	Log      *slog.Logger // nil is silent
	// Observer is told what becomes of documents; nil means nobody is.
	Observer Observer

	trouble  trouble
	arrivals arrivals
	handover handover
	turns    turns
	started  time.Time // when Recover ran; zero if it did not
}
