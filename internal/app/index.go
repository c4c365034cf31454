package app

import (
	"context"
	"fmt"
	"path/filepath"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
	"jixiao/pipeline/index/bleve"
	"jixiao/pipeline/index/elastic"
)

// takeIndex opens the index; one that is to be rebuilt may be broken.
func (n *Node) takeIndex(ctx context.Context) error {
	err := n.openIndex(ctx)
	switch {
	case err == nil || n.rebuild && fault.KindOf(err) != fault.Conflict:
		return nil
	case n.opts.remote():
		return n.lockFault(fmt.Errorf("index: %w", err))
	}
	return fmt.Errorf("index: %w", err)
}

// openIndex opens the index of the data folder, or names the one elsewhere: that
// is not asked anything before it is needed, so that what does not need it works
// without.
func (n *Node) openIndex(context.Context) error {
	if n.opts.Elastic != "" {
		return n.nameIndex()
	}
	b, err := bleve.Open(filepath.Join(n.opts.Data, indexDir))
	if err != nil {
		return err
	}
	n.useIndex(b)
	return nil
}

func (n *Node) nameIndex() error {
	o, err := n.opts.elastic()
	if err != nil {
		return err
	}
	x, err := elastic.New(o)
	if err != nil {
		return n.opts.hideSecrets(err)
	}
	n.elastic = x
	n.useIndex(x)
	return nil
}

func (n *Node) useIndex(b index.Backend) {
	n.index = &index.Service{Backend: b}
	n.onStop(func(context.Context) error { return n.index.Close() })
}

// needIndex says where to go when the index is not here, or another one knows more.
func (n *Node) needIndex() error {
	if n.index != nil && n.stale.Load() {
		was, _ := belonged(n.opts)
		return fault.WithHint(fault.New(fault.Conflict, "the documents of data folder %q are indexed %s, not %s", n.opts.Data, was.where(), n.opts.belongsTo().where()),
			"give the same flags again, or bring this index up to date with jixiao reindex")
	}
	if n.index != nil {
		return nil
	}
	if n.rebuild {
		return fault.WithHint(fault.New(fault.Unavailable, "the index is being built again"), "wait until jixiao reindex has ended")
	}
	if n.known != (place{}) {
		return fault.WithHint(fault.New(fault.Unsupported, "the documents of these servers are indexed %s", n.known.where()), "give "+n.known.flags())
	}
	return fault.WithHint(fault.New(fault.Unsupported, "the index is not on this machine"),
		"run the command where the index is, with the same --data")
}
