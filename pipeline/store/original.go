package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	bolt "go.etcd.io/bbolt"

	"jixiao/internal/durable"
	"jixiao/internal/fault"
	"jixiao/schemas"
)

const (
	// small is the size up to which originals are packed.
	small = 128 << 10
	// blobFolder holds the larger ones, as ab/ab12…; blobTemp begins the name
	// of one that is being written.
	blobFolder = "originals"
	blobTemp   = ".writing-"
)

// PutOriginal implements pipeline.Store.
func (l *Local) PutOriginal(ctx context.Context, r io.Reader) (schemas.DocID, int64, error) {
	r = &source{ctx, r}
	var head bytes.Buffer
	if _, err := io.CopyN(&head, r, small+1); err == nil {
		id, n, err := l.putBlob(&head, r)
		return id, n, mark(err)
	} else if !errors.Is(err, io.EOF) {
		return "", 0, err
	}
	id := schemas.IDOf(head.Bytes())
	return id, int64(head.Len()), l.putSmall(id, head.Bytes())
}

func (l *Local) putSmall(id schemas.DocID, b []byte) error {
	known := false
	err := l.pack.View(func(tx *bolt.Tx) error {
		known = tx.Bucket(originals).Get([]byte(id)) != nil
		return nil
	})
	if err == nil && !known {
		packed := l.zip.EncodeAll(b, nil)
		err = l.pack.Batch(func(tx *bolt.Tx) error { return tx.Bucket(originals).Put([]byte(id), packed) })
	}
	if err != nil {
		return mark(fmt.Errorf("store: write the document: %w", err))
	}
	return nil
}

// putBlob writes head and what follows it in r to a file of its own. The file
// has its name only when all of it is on the disk.
func (l *Local) putBlob(head, r io.Reader) (id schemas.DocID, n int64, err error) {
	f, err := os.CreateTemp(filepath.Join(l.dir, blobFolder), blobTemp+"*")
	if err != nil {
		return "", 0, fmt.Errorf("store: %w", err)
	}
	defer func() {
		f.Close() // the second time after success; then its error says nothing
		if err != nil {
			os.Remove(f.Name()) // what stays is swept at the next start
		}
	}()
	hash := sha256.New()
	if n, err = io.Copy(io.MultiWriter(f, hash), io.MultiReader(head, r)); err != nil {
		return "", 0, fmt.Errorf("store the document: %w", err)
	}
	id = schemas.DocID(hex.EncodeToString(hash.Sum(nil)))
	if err = errors.Join(f.Sync(), f.Close()); err != nil {
		return "", 0, fmt.Errorf("store the document: %w", err)
	}
	path := l.blobPath(id)
	if err = os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", 0, fmt.Errorf("store: %w", err)
	}
	// The same content under the same name: replacing it changes nothing.
	if err = os.Rename(f.Name(), path); err != nil {
		return "", 0, fmt.Errorf("store: %w", err)
	}
	return id, n, errors.Join(durable.SyncFolder(filepath.Dir(path)), durable.SyncFolder(filepath.Join(l.dir, blobFolder)))
}

func (l *Local) blobPath(id schemas.DocID) string {
	return filepath.Join(l.dir, blobFolder, string(id[:2]), string(id))
}

func (l *Local) removeBlob(id schemas.DocID) error {
	err := os.Remove(l.blobPath(id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// sweep removes what a killed process was writing.
func (l *Local) sweep() {
	entries, err := os.ReadDir(filepath.Join(l.dir, blobFolder))
	if err != nil {
		return // whatever is wrong with the folder, the next write says it
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), blobTemp) {
			os.Remove(filepath.Join(l.dir, blobFolder, e.Name())) // at worst it stays until the next start
		}
	}
}

// Original implements pipeline.Store. What it returns is an io.ReaderAt as
// well; for a large document it is an *os.File.
func (l *Local) Original(ctx context.Context, id schemas.DocID) (io.ReadSeekCloser, int64, error) {
	if !id.Valid() {
		return nil, 0, fault.New(fault.NotFound, "%q is not the id of a document", id)
	}
	b, err := l.get(ctx, originals, id)
	if err == nil {
		return memory{bytes.NewReader(b)}, int64(len(b)), nil
	}
	if fault.KindOf(err) != fault.NotFound {
		return nil, 0, err
	}
	f, openErr := os.Open(l.blobPath(id))
	if errors.Is(openErr, fs.ErrNotExist) {
		return nil, 0, err
	}
	if openErr != nil {
		return nil, 0, mark(fmt.Errorf("store: %w", openErr))
	}
	info, err := f.Stat()
	if err != nil {
		f.Close() // only read from
		return nil, 0, mark(fmt.Errorf("store: %w", err))
	}
	return f, info.Size(), nil
}

// memory is a document that lies in memory.
type memory struct{ *bytes.Reader }

func (memory) Close() error { return nil }

// source is a document on its way in. It ends a long read when the context is
// done, and gives its errors a kind, so that they are not taken for the store's.
type source struct {
	ctx context.Context
	r   io.Reader
}

func (s *source) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.r.Read(p)
	switch {
	case err == nil || errors.Is(err, io.EOF) || fault.KindOf(err) != fault.Internal:
		return n, err
	case errors.Is(err, fs.ErrPermission):
		return n, fault.Mark(fault.Forbidden, err)
	}
	return n, fault.Mark(fault.Unavailable, fmt.Errorf("read the document: %w", err))
}
