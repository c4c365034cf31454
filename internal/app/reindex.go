package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/pipeline/index"
	"jixiao/pipeline/index/bleve"
	"jixiao/schemas/event"
)

// A Rebuilt is what a Reindex has made.
type Rebuilt struct {
	Documents int `json:"documents"`
	// Index is the new index where a cluster keeps it, Kept the ones before it,
	// which stay until DropOld.
	Index string   `json:"index,omitempty"`
	Kept  []string `json:"kept,omitempty"`
}

// Reindex builds a new index from the stored records beside the old one and
// puts it in its place. progress, if given, is told how many of how many are
// done. Killed on the way, the old index is still there. The old one is not read:
// it may be broken.
func (n *Node) Reindex(ctx context.Context, progress func(done, total int)) (Rebuilt, error) {
	p, err := n.open(ctx)
	if err != nil {
		return Rebuilt{}, err
	}
	if n.elastic != nil {
		return n.rebuildElsewhere(ctx, p, progress)
	}
	count, err := n.rebuildHere(ctx, p, progress)
	return Rebuilt{Documents: count}, err
}

// rebuildHere is Reindex for the index in the data folder.
func (n *Node) rebuildHere(ctx context.Context, p *pipeline.Pipeline, progress func(done, total int)) (int, error) {
	dir := filepath.Join(n.opts.Data, indexDir)
	fresh, old := dir+".new", dir+".old"
	for _, d := range []string{fresh, old} {
		if err := os.RemoveAll(d); err != nil {
			return 0, ioFault(err)
		}
	}
	b, err := bleve.Open(fresh)
	if err != nil {
		return 0, err
	}
	to := &index.Service{Backend: b}
	count, err := p.Reindex(ctx, to, progress)
	if err == nil {
		err = n.sound(ctx, count)
	}
	if err == nil {
		err = n.takeOver(ctx, p, to)
	}
	if closeErr := to.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return count, errors.Join(err, ioFault(os.RemoveAll(fresh)))
	}
	if err := n.swapIndex(dir, fresh, old); err != nil {
		return count, err
	}
	return count, reclaim(n.opts)
}

// sound refuses an empty index where there were records: the store was lost,
// and the old index is the only trace of what it held.
func (n *Node) sound(ctx context.Context, count int) error {
	if count > 0 {
		return nil
	}
	for st, err := range n.pipeline.States.AllStates(ctx) {
		if err != nil {
			return err
		}
		if st.Phase == event.PhaseIndexed {
			return fault.WithHint(fault.New(fault.NotFound, "the records of the documents are missing from the store; the index is left as it is"),
				"restore the data folder from a backup, or import the documents again")
		}
	}
	return nil
}

// swapIndex puts the folder fresh in the place of dir. The Node cannot search
// any more after it: reindex is the last thing its process does.
func (n *Node) swapIndex(dir, fresh, old string) error {
	if n.index != nil {
		if err := n.index.Close(); err != nil {
			return err
		}
	}
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return ioFault(err)
	}
	if err := os.Rename(fresh, dir); err != nil {
		return ioFault(err)
	}
	return ioFault(os.RemoveAll(old))
}
