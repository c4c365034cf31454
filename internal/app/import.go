package app

import (
	"context"
	"io"
	"iter"
	"os"

	"jixiao/pipeline"
)

// A Report adds up an import.
type Report = pipeline.Report

// ImportOptions say how an import is named and who is told of its progress.
type ImportOptions struct {
	Batch    string
	Progress func(Report) // called now and then; must not block
}

// Import takes what files yields into the folder and waits until each document
// is final or ctx is done. The Report is complete in every case. A Node that
// has only joined leaves the work to the workers. The workers of another end
// with an import that is stopped.
func (n *Node) Import(ctx context.Context, files iter.Seq[Found], o ImportOptions) (Report, error) {
	p, err := n.open(ctx)
	if err != nil {
		return Report{}, err
	}
	if n.owns {
		if err := n.workAlone(ctx); err != nil {
			return Report{}, err
		}
	}
	return p.Import(ctx, sources(files), pipeline.ImportOptions{Batch: o.Batch, Progress: o.Progress, Drain: n.drained})
}

// drained ends the workers when they have finished what they have in hand.
func (n *Node) drained() {
	if err := n.drain(); err != nil {
		n.log.Warn("the workers did not end well", "err", err)
	}
}

func sources(files iter.Seq[Found]) iter.Seq[pipeline.Source] {
	return func(yield func(pipeline.Source) bool) {
		for f := range files {
			s := pipeline.Source{Name: f.Name, Size: f.Size, Skip: f.Skipped, Err: f.Err}
			s.Open = func() (io.ReadCloser, error) {
				file, err := os.Open(f.Name)
				if err != nil {
					return nil, fileFault(f.Name, err)
				}
				return file, nil
			}
			if !yield(s) {
				return
			}
		}
	}
}
