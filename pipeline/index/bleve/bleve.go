// Package bleve is the index backend that runs inside the program, on a folder
// of its own.
package bleve

import (
	"context"
	"iter"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
	"jixiao/schemas"
)

// An Index is an open index. It implements index.Backend.
type Index struct{}

var _ index.Backend = (*Index)(nil)

var errUnfinished = fault.New(fault.Internal, "bleve: not written yet")

// Open opens the index in dir and makes it if there is none. One process at a
// time can have it open; for a second one Open fails with kind Conflict.
func Open(dir string) (*Index, error) { return nil, errUnfinished }

// NewMemory returns an empty index that lives in memory alone.
func NewMemory() (*Index, error) { return nil, errUnfinished }

// Put implements index.Backend.
func (x *Index) Put(ctx context.Context, docs ...index.Doc) error { return errUnfinished }

// Delete implements index.Backend.
func (x *Index) Delete(ctx context.Context, ids ...schemas.DocID) error { return errUnfinished }

// Match implements index.Backend.
func (x *Index) Match(ctx context.Context, r index.Request) (index.Found, error) {
	return index.Found{}, errUnfinished
}

// Revisions implements index.Backend.
func (x *Index) Revisions(ctx context.Context) iter.Seq2[index.Revision, error] {
	return func(yield func(index.Revision, error) bool) { yield(index.Revision{}, errUnfinished) }
}

// Close implements index.Backend.
func (x *Index) Close() error { return nil }
