package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"jixiao/internal/durable"
	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/pipeline/archive"
	"jixiao/pipeline/store"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// RestoreOptions say how a backup is restored and who is told of the progress.
type RestoreOptions struct {
	// Merge adds what is missing to documents that are there already; without it
	// they are a reason to refuse.
	Merge    bool
	Progress func(Restoration) // called now and then, from one goroutine at a time
	// Waiting is called once if all is stored and nobody comes to index it; the
	// restore goes on waiting. The error is why the index takes nothing, if it is known.
	Waiting func(Restoration, error)
}

// A Restoration adds up a restore:
// Documents = Restored + Known + Removed + what was not come to.
type Restoration struct {
	Documents int `json:"documents"` // in the backup
	Restored  int `json:"restored"`
	Known     int `json:"known"`   // there already; at most lost bytes or a lost record were added
	Removed   int `json:"removed"` // removed here since the backup, and left so
	// Pending is how many of those restored cannot be found yet.
	Pending  int      `json:"pending"`
	Manifest Manifest `json:"backup"`
}

// stored reports whether all of the backup was come to.
func (r Restoration) stored() bool {
	return r.Restored > 0 && r.Restored+r.Known+r.Removed == r.Documents
}

// Restore brings the documents of the backup at path into the data folder, or the
// servers, of o. All of the backup is checked before anything is written, and
// checked again while it is.
//
// A new data folder has nothing to show before it is whole.
// Elsewhere each document is whole before it is seen, and a restore that was
// stopped goes on with Merge.
func Restore(ctx context.Context, o Options, path string, r RestoreOptions) (Restoration, error) {
	f, err := openBackup(path)
	if err != nil {
		return Restoration{}, err
	}
	defer f.Close()
	var done Restoration
	if done.Manifest, err = archive.Read(ctx, f, archive.Visitor{}); err != nil {
		return done, about(path, err)
	}
	done.Documents = done.Manifest.Counts.Documents
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return done, ioFault(err)
	}
	if o.NATS == "" && o.Elastic == "" && !r.Merge {
		return restoreFolder(ctx, o, f, done, r)
	}
	n, err := Importer(ctx, o)
	if err != nil {
		return done, err
	}
	if !r.Merge {
		err = n.vacant(ctx)
	}
	if err == nil {
		done, err = n.restore(ctx, f, done, r)
	}
	if err != nil && done.stored() {
		err = fault.WithHint(err, "all is stored: index workers go on by themselves as soon as they run")
	} else if err != nil && done.Restored > 0 {
		err = fault.WithHint(err, "run the same command with --merge to go on")
	}
	return done, errors.Join(err, n.Close())
}

// Names in a data folder that is being restored: what is not whole yet lies below
// partFolder, and wholeMark there says that it is whole.
const (
	partFolder = ".restoring"
	wholeMark  = "whole"
)

// restoreFolder makes a new data folder, or fills an empty one: such as a disk
// that is mounted there and cannot be given another name.
func restoreFolder(ctx context.Context, o Options, f io.Reader, done Restoration, r RestoreOptions) (Restoration, error) {
	folder := o.Data
	part := filepath.Join(folder, partFolder)
	if err := clearPart(folder, part); err != nil {
		return done, err
	}
	if err := vacantFolder(folder); err != nil {
		return done, err
	}
	_, err := os.Lstat(folder)
	made := errors.Is(err, fs.ErrNotExist)
	o.Data = part
	n, err := Own(ctx, o, "restore")
	if err != nil {
		return done, err
	}
	done, err = n.restore(ctx, f, done, r)
	if err = errors.Join(err, n.Close()); err != nil {
		done.Restored, done.Known, done.Pending = 0, 0, 0 // nothing of it stays
		err = errors.Join(err, ioFault(os.RemoveAll(part)))
		if made {
			_ = os.Remove(folder) // it stays if somebody put something into it
		}
		return done, err
	}
	if err := os.WriteFile(filepath.Join(part, wholeMark), nil, 0o600); err != nil {
		return done, ioFault(err)
	}
	return done, unpack(folder, part)
}

// unpack moves what is in part, which is whole, to where it belongs. The store
// comes last: without it the folder is no data folder.
func unpack(folder, part string) error {
	if err := durable.SyncFolder(part); err != nil {
		return ioFault(err)
	}
	entries, err := os.ReadDir(part)
	if err != nil {
		return ioFault(err)
	}
	names := []string{storeDir}
	for _, e := range entries {
		if e.Name() != storeDir && e.Name() != wholeMark {
			names = append([]string{e.Name()}, names...)
		}
	}
	for _, name := range names {
		err := os.Rename(filepath.Join(part, name), filepath.Join(folder, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return ioFault(err) // somebody put something there
		}
	}
	return ioFault(errors.Join(os.RemoveAll(part), durable.SyncFolder(folder)))
}

// clearPart ends what a killed restore left: it puts what was whole into its place
// and removes what was not, unless somebody is at work on it.
func clearPart(folder, part string) error {
	if _, err := os.Stat(part); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := os.Stat(filepath.Join(part, wholeMark)); err == nil {
		return unpack(folder, part)
	}
	l, err := store.OpenLocal(filepath.Join(part, storeDir))
	if fault.KindOf(err) == fault.Conflict {
		return err
	}
	if err == nil {
		_ = l.Close() // it goes
	}
	return ioFault(os.RemoveAll(part))
}

// vacantFolder refuses a folder that holds something.
func vacantFolder(dir string) error {
	names, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return ioFault(err)
	case len(names) > 0:
		return fault.WithHint(fault.New(fault.Usage, "data folder %q is not empty", dir),
			"give --merge to add what is missing in it, or name a new folder with --data")
	}
	return nil
}

// vacant refuses to restore where there are documents.
func (n *Node) vacant(ctx context.Context) error {
	p, err := n.open(ctx)
	if err != nil {
		return err
	}
	ids, err := p.Kept(ctx)
	if err == nil && len(ids) > 0 {
		err = fault.WithHint(fault.New(fault.Usage, "%d documents are there already", len(ids)), "give --merge to add what is missing")
	}
	return err
}

// restore reads the archive f into the store and waits until its documents can
// be found.
func (n *Node) restore(ctx context.Context, f io.Reader, done Restoration, o RestoreOptions) (Restoration, error) {
	p, err := n.open(ctx)
	if err != nil {
		return done, err
	}
	if n.owns {
		if err := n.index.Ready(ctx); err != nil {
			return done, err
		}
		// What was not read when it was backed up is left as it was.
		if err := n.Work(ctx, event.StageIndex); err != nil {
			return done, err
		}
	}
	if o.Progress == nil {
		o.Progress = func(Restoration) {}
	}
	r := &restorer{n: n, p: p, done: done, told: o.Progress, waiting: o.Waiting}
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(restoring)
	r.group, r.ctx = g, gctx
	_, err = archive.Read(gctx, f, archive.Visitor{Original: r.original, Document: r.document})
	if worked := g.Wait(); worked != nil {
		err = worked // that of the reading follows from it
	}
	if err == nil {
		err = r.await(ctx)
	}
	r.done.Pending = pendingOf(ctx, p, r.open)
	o.Progress(r.done)
	return r.done, err
}

const (
	// restoring is how many documents are written at a time: each waits for the
	// disk, and the store and the queue join them.
	restoring = 16
)

// A restorer is one restore.
type restorer struct {
	n     *Node
	p     *pipeline.Pipeline
	ctx   context.Context // of the group
	group *errgroup.Group
	told  func(Restoration)
	// waiting is nil once it was called.
	waiting func(Restoration, error)

	held map[schemas.DocID][]byte // originals whose document has not come yet: one at most

	mu   sync.Mutex
	done Restoration
	open []schemas.DocID // on their way into the index
	last time.Time
}

// original takes the bytes of a document: small ones are written together with
// others, a large one at once.
func (r *restorer) original(id schemas.DocID, size int64, b io.Reader) error {
	lacks, err := r.p.Lacks(r.ctx, id)
	if err != nil || !lacks {
		return err
	}
	if size > inMemory {
		return r.put(id, b)
	}
	all, err := io.ReadAll(b)
	r.held = map[schemas.DocID][]byte{id: all}
	return err
}

// put stores the bytes b of id.
func (r *restorer) put(id schemas.DocID, b io.Reader) error {
	stored, _, err := r.n.store.PutOriginal(r.ctx, b)
	if err == nil && stored != id {
		err = fault.New(fault.Invalid, "the bytes of %.12s… are others than when the backup was checked", id)
	}
	return err
}

// document writes a document when there is a hand free for it.
func (r *restorer) document(d *archive.Document) error {
	id := d.State.ID
	original, there := r.held[id]
	r.held = nil
	r.group.Go(func() error {
		if there {
			if err := r.put(id, bytes.NewReader(original)); err != nil {
				return fmt.Errorf("restore %.12s…: %w", id, err)
			}
		}
		became, err := r.p.Restore(r.ctx, pipeline.Copy{State: d.State, Record: d.Record, Layout: d.Layout})
		if err != nil {
			return fmt.Errorf("restore %.12s…: %w", id, err)
		}
		if became == pipeline.Restored {
			for _, l := range d.Letters {
				if err := r.n.queue.PutLetter(r.ctx, l); err != nil {
					return err
				}
			}
		}
		r.count(d, became)
		return nil
	})
	return r.ctx.Err()
}

// tellEvery is how often progress is told.
const tellEvery = 200 * time.Millisecond

func (r *restorer) count(d *archive.Document, became string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch became {
	case pipeline.Restored:
		r.done.Restored++
		if d.State.Phase == event.PhaseIndexed || d.State.Phase == event.PhaseExtracted {
			r.open = append(r.open, d.State.ID)
		}
	case pipeline.AlreadyThere:
		r.done.Known++
	case pipeline.RemovedHere:
		r.done.Removed++
	}
	if time.Since(r.last) > tellEvery {
		r.last = time.Now()
		r.told(r.done)
	}
}
