package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"jixiao/internal/app"
)

// doctorCmd looks for what nobody would work on, and sends it on again if told to.
type doctorCmd struct {
	Mend bool `help:"Send what is found on again."`
	JSON bool `name:"json" help:"Print it as one JSON object."`
}

// Help is shown by --help.
func (doctorCmd) Help() string { return doctorHelp }

const doctorHelp = `Looks for documents that are not finished and have no message waiting, and for messages
that nobody will deliver, and compares the finished documents with the index. Exit code 3
says that something was found and left so.

Example:
  jixiao doctor --mend`

// Run looks for what nobody would work on.
func (c *doctorCmd) Run(ctx context.Context, u *ui) error {
	var d app.Diagnosis
	err := u.ask(ctx, "doctor", func(s app.Service) (err error) { d, err = s.Doctor(ctx, c.Mend); return err })
	if err != nil {
		return err
	}
	if err := c.print(u, d); err != nil {
		return err
	}
	if !c.Mend && len(d.Orphans)+len(d.Lost) > 0 || len(d.Unfound)+len(d.Extra) > 0 {
		return errPartly
	}
	return nil
}

// shown is how many documents of an index that lacks many are named; --json has all.
const shown = 20

func (c *doctorCmd) print(u *ui, d app.Diagnosis) error {
	if c.JSON {
		return u.json(d)
	}
	u.orphans(d.Orphans)
	for _, stage := range slices.Sorted(maps.Keys(d.Lost)) {
		fmt.Fprintf(u.out, u.lang.T("%s: %d messages that nobody will deliver")+"\n", safe(u.lang.T(stage)), d.Lost[stage])
	}
	fmt.Fprintf(u.out, u.lang.T("%d documents without a message, %d sent on again")+"\n", len(d.Orphans), d.Mended)
	if d.Mended == 0 && len(d.Orphans)+len(d.Lost) > 0 {
		u.say("next step: %s", "jixiao doctor --mend")
	}
	u.index(d)
	return u.out.Flush()
}

func (u *ui) orphans(all []app.Orphan) {
	for _, o := range all {
		fmt.Fprintf(u.out, "%s  %s  %s  %s\n", shortID(o.ID), u.lang.T(o.State), o.Since.Local().Format(time.DateTime), safe(o.Name))
	}
}

// index says how the index differs from the documents, and what helps.
func (u *ui) index(d app.Diagnosis) {
	if d.IndexError != "" {
		u.say("the index was not compared: %s", safe(u.lang.message(d.IndexError)))
		if d.IndexHint != "" {
			u.say("next step: %s", u.lang.message(d.IndexHint))
		}
		return
	}
	u.orphans(d.Unfound[:min(shown, len(d.Unfound))])
	for _, id := range d.Extra[:min(shown, len(d.Extra))] {
		fmt.Fprintf(u.out, "%s  %s\n", shortID(id), u.lang.T("in the index alone"))
	}
	fmt.Fprintf(u.out, u.lang.T("%d finished documents that the index lacks, %d in it that are not here")+"\n", len(d.Unfound), len(d.Extra))
	switch {
	case len(d.Extra) > 0:
		u.say("next step: %s", "jixiao reindex")
	case len(d.Unfound) > 0:
		u.say("next step: %s", "jixiao reprocess --from records")
	}
}
