package main

import (
	"context"
	"errors"
	"fmt"

	"jixiao/internal/app"
)

// reindexCmd builds the index again from the stored records.
type reindexCmd struct {
	DropOld bool `name:"drop-old" help:"Build nothing; remove the indices that earlier runs have left in Elasticsearch."`
	Move    bool `name:"move" help:"Let the NATS servers know that the index is to be the one of these flags from then on."`
	JSON    bool `name:"json" help:"Print what was done as one JSON object."`
}

// Help is shown by --help.
func (reindexCmd) Help() string { return reindexHelp }

const reindexHelp = `The records are the truth and the index a view of them: this makes it anew beside the
old one and puts it in its place when it is whole. With --elastic searches and
arrivals go on all the while, and the old index is kept there until --drop-old.
NATS servers know where their index is; --move makes the new one theirs, and the
workers of the one before end: start them again with the new flags.

Examples:
  jixiao reindex
  jixiao reindex --nats nats://n1:4222 --store nats --elastic https://e1:9200
  jixiao reindex --nats nats://n1:4222 --store nats --elastic https://e1:9200 --move
  jixiao reindex --elastic https://e1:9200 --drop-old`

// Run builds the index again.
func (c *reindexCmd) Run(ctx context.Context, u *ui) error {
	if c.DropOld {
		return c.dropOld(ctx, u)
	}
	open := app.Rebuilder
	if c.Move {
		open = app.Mover
	}
	n, err := open(ctx, u.opts)
	if err != nil {
		return err
	}
	var bar *progress
	r, err := n.Reindex(ctx, func(done, total int) {
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
		return u.json(r)
	}
	fmt.Fprintln(u.out, u.lang.phrase("%d documents indexed", r.Documents))
	if r.Index != "" {
		fmt.Fprintln(u.out, u.lang.phrase("index %s is searched now", r.Index))
	}
	for _, name := range r.Kept {
		fmt.Fprintln(u.out, u.lang.phrase("index %s is kept; jixiao reindex --drop-old removes it", name))
	}
	return nil
}

func (c *reindexCmd) dropOld(ctx context.Context, u *ui) error {
	dropped, err := app.DropOld(ctx, u.opts)
	if c.JSON {
		return errors.Join(u.json(map[string][]string{"dropped": notNil(dropped)}), err)
	}
	for _, name := range dropped {
		fmt.Fprintln(u.out, u.lang.phrase("index %s removed", name))
	}
	if err == nil && len(dropped) == 0 {
		u.say("no old index is kept")
	}
	return err
}
