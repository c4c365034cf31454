package main

import (
	"context"
	"fmt"

	"jixiao/internal/app"
	"jixiao/internal/fault"
)

// restoreCmd brings the documents of a backup back.
type restoreCmd struct {
	File  string `arg:"" help:"A file that jixiao backup has written."`
	Merge bool   `help:"Add what is missing to the documents that are there; none of them is changed."`
	JSON  bool   `name:"json" help:"Print the counts as one JSON object."`
}

// Help is shown by --help.
func (restoreCmd) Help() string { return restoreHelp }

const restoreHelp = `Brings the documents of a backup into a new data folder, or onto NATS servers without
documents. All of the backup is checked before anything is written. The index is made
from the records. With --merge documents that are missing are added: those that are
there stay as they are, and those that were removed since stay removed.

Examples:
  jixiao restore reports-2024-06-01.jixiao --data restored
  jixiao restore reports-2024-06-01.jixiao --merge
  jixiao restore reports-2024-06-01.jixiao --nats nats://n1:4222 --store nats`

// Run restores a backup.
func (c *restoreCmd) Run(ctx context.Context, u *ui) error {
	var bar *progress
	progress := func(r app.Restoration) {
		if bar == nil {
			bar = newProgress(u, r.Documents)
		}
		bar.update(app.Report{New: r.Restored, Known: r.Known + r.Removed})
	}
	waiting := func(r app.Restoration, reason error) {
		if bar != nil {
			bar.finish()
		}
		u.sayWaiting(r.Pending, reason)
	}
	r, err := app.Restore(ctx, u.opts, c.File, app.RestoreOptions{Merge: c.Merge, Progress: progress, Waiting: waiting})
	if bar != nil {
		bar.finish()
	}
	if err == nil || r.Restored > 0 {
		if printErr := c.print(u, r); err == nil {
			err = printErr
		}
	}
	if fault.KindOf(err) == fault.Canceled || err != nil && ctx.Err() != nil {
		return fault.WithHint(errInterrupted, fault.HintOf(err))
	}
	return err
}

// sayWaiting says what n documents wait for, and what to start.
func (u *ui) sayWaiting(n int, reason error) {
	u.say("all is stored; %d documents wait for index workers (Ctrl-C ends only the waiting)", n)
	if reason != nil {
		u.say("the index takes none: %s", u.lang.message(reason.Error()))
		if hint := fault.HintOf(reason); hint != "" {
			u.say("next step: %s", u.lang.message(hint))
		}
	}
	u.sayWorkers()
}

// sayWorkers says what works on the index on servers.
func (u *ui) sayWorkers() {
	u.say("see that an index worker runs with the same servers: jixiao worker --stage index, or jixiao serve")
}

func (c *restoreCmd) print(u *ui, r app.Restoration) error {
	if c.JSON {
		return u.json(r)
	}
	_, err := fmt.Fprintln(u.out, u.lang.phrase("%d documents in the backup: restored %d, there already %d, removed since %d, not indexed yet %d",
		r.Documents, r.Restored, r.Known, r.Removed, r.Pending))
	return err
}
