// Package store keeps originals, layouts and records. Its implementations share
// the exam in storetest.
//
// Local is the one for a folder of this machine. Most reports are a few
// kilobytes, and a file each would cost two syncs each; so whatever is small is
// compressed and packed into one bbolt file, where writers that come together
// share a commit. Larger originals are files named after their content.
//
// Objects is the one for many machines: it lies in JetStream, replicated as its
// streams are, small things as messages and large ones as objects.
package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"jixiao/internal/durable"
	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

const (
	// lockWait is how long OpenLocal waits for another process to let go.
	lockWait = 300 * time.Millisecond
	// gather is how long a writer waits for others to share its commit.
	gather = 10 * time.Millisecond
	// page is how many keys are listed in one read of the pack: a long read
	// would keep the pack from using its free space again.
	page = 512
)

// The buckets of the pack, all by DocID.
var (
	originals = []byte("originals")
	layouts   = []byte("layouts")
	records   = []byte("records")
)

// A Local is a store in one folder of this machine, for one process at a time.
// It is safe for concurrent use.
type Local struct {
	codec
	dir  string
	pack *bolt.DB

	closing sync.Once
}

// OpenLocal opens the store in dir and creates it if it is missing. It returns
// Conflict if another process has it open, Forbidden or Full if the folder
// cannot be written.
func OpenLocal(dir string) (*Local, error) {
	l := &Local{dir: dir}
	var err error
	if l.codec, err = newCodec(); err != nil {
		return nil, err
	}
	if err := l.openPack(); err != nil {
		return nil, errors.Join(mark(fmt.Errorf("open the store %q: %w", dir, err)), l.Close())
	}
	l.sweep()
	return l, nil
}

func (l *Local) openPack() (err error) {
	defer func() { // bbolt panics on some damaged files
		if p := recover(); p != nil {
			err = fault.WithHint(fault.New(fault.Internal, "the pack is damaged: %v", p), "restore the data folder from a backup, or import into a new one")
		}
	}()
	if err := os.MkdirAll(filepath.Join(l.dir, blobFolder), 0o700); err != nil {
		return err
	}
	l.pack, err = bolt.Open(filepath.Join(l.dir, "pack.db"), 0o600, &bolt.Options{
		Timeout: lockWait, NoFreelistSync: true, FreelistType: bolt.FreelistMapType,
	})
	if err != nil {
		return err
	}
	l.pack.MaxBatchDelay = gather
	err = l.pack.Update(func(tx *bolt.Tx) error {
		for _, b := range [][]byte{originals, layouts, records} {
			if _, err := tx.CreateBucketIfNotExists(b); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, durable.SyncFolder(l.dir))
}

// Close releases the folder. It is safe to call twice.
func (l *Local) Close() (err error) {
	l.closing.Do(func() {
		if l.pack != nil {
			err = l.pack.Close()
		}
		l.open.Close()
	})
	return err
}

// PutResult implements pipeline.Store.
func (l *Local) PutResult(ctx context.Context, doc *layout.Doc, rec *record.Record) error {
	if !rec.ID.Valid() {
		return fault.New(fault.Internal, "store: record without a valid id: %q", rec.ID)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	packedDoc, err := l.encode(doc)
	if err != nil {
		return fmt.Errorf("store: layout of %s: %w", rec.ID, err)
	}
	packedRec, err := l.encode(rec)
	if err != nil {
		return fmt.Errorf("store: record of %s: %w", rec.ID, err)
	}
	err = l.pack.Batch(func(tx *bolt.Tx) error {
		if err := tx.Bucket(layouts).Put([]byte(rec.ID), packedDoc); err != nil {
			return err
		}
		return tx.Bucket(records).Put([]byte(rec.ID), packedRec)
	})
	if err != nil {
		return mark(fmt.Errorf("store: write the record of %s: %w", rec.ID, err))
	}
	return nil
}

// Layout implements pipeline.Store.
func (l *Local) Layout(ctx context.Context, id schemas.DocID) (*layout.Doc, error) {
	doc := new(layout.Doc)
	return doc, l.read(ctx, layouts, id, doc)
}

// Record implements pipeline.Store.
func (l *Local) Record(ctx context.Context, id schemas.DocID) (*record.Record, error) {
	rec := new(record.Record)
	return rec, l.read(ctx, records, id, rec)
}

// Document implements pipeline.Store.
func (l *Local) Document(ctx context.Context, id schemas.DocID) (*record.Record, string, error) {
	var rec, doc []byte
	err := l.pack.View(func(tx *bolt.Tx) error {
		rec = bytes.Clone(tx.Bucket(records).Get([]byte(id)))
		doc = bytes.Clone(tx.Bucket(layouts).Get([]byte(id)))
		return ctx.Err()
	})
	switch {
	case err != nil:
		return nil, "", mark(fmt.Errorf("store: read the record of %s: %w", id, err))
	case rec == nil || doc == nil:
		return nil, "", fault.New(fault.NotFound, "the store has no %.8s… among its records", id)
	}
	return l.document(id, rec, doc)
}

func (l *Local) read(ctx context.Context, bucket []byte, id schemas.DocID, v any) error {
	b, err := l.get(ctx, bucket, id)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("store: %s of %s: %w", bucket, id, err)
	}
	return nil
}

// get returns the unpacked value of id, NotFound if there is none.
func (l *Local) get(ctx context.Context, bucket []byte, id schemas.DocID) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var b []byte
	found := false
	err := l.pack.View(func(tx *bolt.Tx) (err error) {
		packed := tx.Bucket(bucket).Get([]byte(id))
		if found = packed != nil; found {
			b, err = l.open.DecodeAll(packed, nil)
		}
		return err
	})
	switch {
	case err != nil:
		return nil, mark(fmt.Errorf("store: read from the %s: %s: %w", bucket, id, err))
	case !found:
		return nil, fault.New(fault.NotFound, "the store has no %.8s… among its %s", id, bucket)
	}
	return b, nil
}

// Records implements pipeline.Store.
func (l *Local) Records(ctx context.Context, after schemas.DocID) iter.Seq2[schemas.DocID, error] {
	return func(yield func(schemas.DocID, error) bool) {
		for {
			ids, err := l.list(after)
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield("", mark(fmt.Errorf("store: list the records: %w", err)))
				return
			}
			for _, id := range ids {
				if !yield(id, nil) {
					return
				}
			}
			if len(ids) < page {
				return
			}
			after = ids[len(ids)-1]
		}
	}
}

// list returns the next ids after the given one, page at most.
func (l *Local) list(after schemas.DocID) (ids []schemas.DocID, err error) {
	err = l.pack.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(records).Cursor()
		k, _ := c.Seek([]byte(after))
		if k != nil && string(k) == string(after) {
			k, _ = c.Next()
		}
		for ; k != nil && len(ids) < page; k, _ = c.Next() {
			ids = append(ids, schemas.DocID(k))
		}
		return nil
	})
	return ids, err
}

// Delete implements pipeline.Store.
func (l *Local) Delete(ctx context.Context, id schemas.DocID) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !id.Valid() {
		return nil
	}
	err := l.pack.Batch(func(tx *bolt.Tx) error {
		for _, b := range [][]byte{originals, layouts, records} {
			if err := tx.Bucket(b).Delete([]byte(id)); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = l.removeBlob(id)
	}
	if err != nil {
		return mark(fmt.Errorf("store: delete %s: %w", id, err))
	}
	return nil
}
