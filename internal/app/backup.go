package app

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"jixiao/internal/durable"
	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/pipeline/archive"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// A Manifest says what a backup holds.
type Manifest = archive.Manifest

const (
	// ahead is how many documents of a backup are loaded at a time.
	ahead = 32
	// inMemory is the size up to which an original is held in memory.
	inMemory = 1 << 20
)

// Backup writes every document to w, each as it is at one moment; documents that
// come while it runs may be in it or not. It is an archive as package archive
// describes it.
func (n *Node) Backup(ctx context.Context, w io.Writer) error {
	p, err := n.open(ctx)
	if err != nil {
		return err
	}
	ids, err := p.Kept(ctx)
	if err != nil {
		return err
	}
	letters := map[schemas.DocID][]event.Failed{}
	for f, err := range n.queue.Letters(ctx) {
		if err != nil {
			return err
		}
		letters[f.ID] = append(letters[f.ID], f)
	}
	out, err := archive.NewWriter(w, archive.NewHeader(VersionOf().Program, time.Now()))
	if err != nil {
		return err
	}
	for len(ids) > 0 {
		chunk := ids[:min(ahead, len(ids))]
		ids = ids[len(chunk):]
		if err := n.backUp(ctx, p, out, chunk, letters); err != nil {
			return err
		}
	}
	_, err = out.Close()
	return err
}

// A loaded document waits for its turn to be written.
type loaded struct {
	doc      *archive.Document // nil for one that was removed meanwhile
	original io.ReadSeekCloser // nil if the store has lost it
	size     int64
}

// backUp writes the documents of ids.
func (n *Node) backUp(ctx context.Context, p *pipeline.Pipeline, out *archive.Writer, ids []schemas.DocID, letters map[schemas.DocID][]event.Failed) (err error) {
	docs := make([]loaded, len(ids))
	defer func() {
		for _, d := range docs {
			if d.original != nil {
				err = errors.Join(err, d.original.Close())
			}
		}
	}()
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, id := range ids {
		g.Go(func() (err error) { docs[i], err = n.load(gctx, p, id); return err })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, d := range docs {
		if d.doc == nil {
			continue
		}
		d.doc.Letters = letters[d.doc.State.ID]
		var original io.Reader
		if d.original != nil {
			original = d.original
		}
		if err := out.Add(ctx, d.doc, original, d.size); err != nil {
			return err
		}
	}
	return nil
}

// load returns the document of id and opens its bytes. A record that cannot be
// right is left out, and the document is read again where it is restored.
func (n *Node) load(ctx context.Context, p *pipeline.Pipeline, id schemas.DocID) (loaded, error) {
	c, err := p.Copy(ctx, id)
	if fault.KindOf(err) == fault.NotFound {
		return loaded{}, nil
	}
	if err != nil {
		return loaded{}, err
	}
	d := &archive.Document{State: c.State, Record: c.Record, Layout: c.Layout}
	if err := d.Validate(id); err != nil {
		n.log.WarnContext(ctx, "the record is not backed up", "doc", id, "err", err)
		d.Record, d.Layout = nil, nil
		d.State.Phase, d.State.From = event.PhaseArrived, ""
	}
	original, size, err := n.original(ctx, id)
	if err != nil {
		return loaded{}, err
	}
	return loaded{d, original, size}, nil
}

// original opens the stored bytes of id if they are there and are still those that
// were submitted.
func (n *Node) original(ctx context.Context, id schemas.DocID) (io.ReadSeekCloser, int64, error) {
	r, size, err := n.store.Original(ctx, id)
	switch kind := fault.KindOf(err); {
	case kind == fault.NotFound || kind == fault.Internal:
		n.log.WarnContext(ctx, "the bytes are not backed up", "doc", id, "err", err)
		return nil, 0, nil
	case err != nil:
		return nil, 0, err
	}
	hash := sha256.New()
	if _, err = io.Copy(hash, r); err == nil {
		_, err = r.Seek(0, io.SeekStart)
	}
	if err == nil && hex.EncodeToString(hash.Sum(nil)) == string(id) {
		return r, size, nil
	}
	n.log.WarnContext(ctx, "the bytes are not backed up: they were damaged", "doc", id, "err", err)
	return nil, 0, r.Close()
}

// WriteBackup writes what from yields to the new file path: under another name
// until all of it is on the disk and was read again and checked.
func WriteBackup(ctx context.Context, path string, from func(io.Writer) error) (m Manifest, err error) {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return m, fault.WithHint(fault.New(fault.Usage, "%s is there already", path), "name a new file, or move the old one away")
	}
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".jixiao-backup-*")
	if err != nil {
		if p, ok := errors.AsType[*fs.PathError](err); ok {
			p.Path = dir // the other name was never given by anybody
		}
		return m, ioFault(err)
	}
	defer func() {
		f.Close()           // the second time after success; then its error says nothing
		os.Remove(f.Name()) // as above
	}()
	to := &output{w: f}
	b := bufio.NewWriterSize(to, 1<<20)
	if err := from(b); err != nil {
		return m, cmp.Or(to.err, err)
	}
	if err := errors.Join(b.Flush(), f.Sync()); err != nil {
		return m, ioFault(err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return m, ioFault(err)
	}
	if m, err = archive.Read(ctx, f, archive.Visitor{}); err != nil {
		return m, fmt.Errorf("read the new backup again: %w", err)
	}
	if err := f.Close(); err != nil {
		return m, ioFault(err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return m, ioFault(err)
	}
	return m, ioFault(durable.SyncFolder(dir))
}

// CheckBackup reads the backup at path to its end.
func CheckBackup(ctx context.Context, path string) (Manifest, error) {
	f, err := openBackup(path)
	if err != nil {
		return Manifest{}, err
	}
	defer f.Close()
	m, err := archive.Read(ctx, f, archive.Visitor{})
	return m, about(path, err)
}

// about says of which file err is.
func about(path string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", path, err)
}

func openBackup(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, ioFault(err)
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, f.Close(), usage("%s is no file", path)("name a file that jixiao backup has written"))
	}
	return f, nil
}
