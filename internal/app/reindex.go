package app

import (
	"context"
	"os"
	"path/filepath"

	"jixiao/pipeline/index"
	"jixiao/pipeline/index/bleve"
)

// Reindex builds a new index from the stored records beside the old one and
// puts it in its place. progress, if given, is told how many of how many are
// done. Killed on the way, the old index is still there.
func (n *Node) Reindex(ctx context.Context, progress func(done, total int)) (int, error) {
	p, err := n.open(ctx)
	if err != nil {
		return 0, err
	}
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
	if closeErr := to.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return count, err
	}
	return count, n.swapIndex(dir, fresh, old)
}

// swapIndex puts the folder fresh in the place of dir. The Node cannot search
// any more after it: reindex is the last thing its process does.
func (n *Node) swapIndex(dir, fresh, old string) error {
	if err := n.index.Close(); err != nil {
		return err
	}
	if err := os.Rename(dir, old); err != nil {
		return ioFault(err)
	}
	if err := os.Rename(fresh, dir); err != nil {
		return ioFault(err)
	}
	return ioFault(os.RemoveAll(old))
}
