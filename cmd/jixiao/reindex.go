package main

import (
	"context"
	"errors"
	"fmt"

	"jixiao/internal/app"
)

type reindexCmd struct {
	JSON bool `name:"json" help:"Print the count as one JSON object."`
}

// Help is shown by --help.
func (reindexCmd) Help() string { return reindexHelp }

const reindexHelp = `The records are the truth and the index a view of them: this makes it anew beside the
old one and puts it in its place when it is whole.

Example:
  jixiao reindex`

// Run builds the index again.
func (c *reindexCmd) Run(ctx context.Context, u *ui) error {
	n, err := app.Rebuilder(ctx, u.opts)
	if err != nil {
		return err
	}
	var bar *progress
	count, err := n.Reindex(ctx, func(done, total int) {
		if bar == nil {
			bar = newProgress(u, total)
		}
		bar.update(app.Report{New: done})
	})
	if bar != nil {
		bar.finish()
	}
	if err := errors.Join(err, n.Close()); err != nil {
		return err
	}
	if c.JSON {
		return u.json(map[string]int{"documents": count})
	}
	fmt.Fprintln(u.out, u.lang.phrase("%d documents indexed", count))
	return nil
}
