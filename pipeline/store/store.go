// Package store keeps originals, layouts and records. Its implementations share
// the exam in storetest.
package store

import (
	"context"
	"io"
	"iter"

	"jixiao/schemas"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// A Local is a store in one folder of this machine, for one process at a time.
type Local struct{}

// OpenLocal opens the store in dir and creates it if it is missing. It returns
// Conflict if another process has it open, Forbidden or Full if the folder
// cannot be written.
func OpenLocal(dir string) (*Local, error) { panic("not yet") }

// Close releases the folder. It is safe to call twice.
func (l *Local) Close() error { panic("not yet") }

// PutOriginal implements pipeline.Store.
func (l *Local) PutOriginal(ctx context.Context, r io.Reader) (schemas.DocID, int64, error) {
	panic("not yet")
}

// Original implements pipeline.Store. What it returns is an io.ReaderAt as well.
func (l *Local) Original(ctx context.Context, id schemas.DocID) (io.ReadSeekCloser, int64, error) {
	panic("not yet")
}

// PutResult implements pipeline.Store.
func (l *Local) PutResult(ctx context.Context, doc *layout.Doc, rec *record.Record) error {
	panic("not yet")
}

// Layout implements pipeline.Store.
func (l *Local) Layout(ctx context.Context, id schemas.DocID) (*layout.Doc, error) { panic("not yet") }

// Record implements pipeline.Store.
func (l *Local) Record(ctx context.Context, id schemas.DocID) (*record.Record, error) {
	panic("not yet")
}

// Records implements pipeline.Store.
func (l *Local) Records(ctx context.Context, after schemas.DocID) iter.Seq2[schemas.DocID, error] {
	panic("not yet")
}

// Delete implements pipeline.Store.
func (l *Local) Delete(ctx context.Context, id schemas.DocID) error { panic("not yet") }
