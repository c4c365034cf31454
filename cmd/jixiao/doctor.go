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
that nobody will deliver. Exit code 3 says that there are some and they were left so.

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
	if !c.Mend && len(d.Orphans)+len(d.Lost) > 0 {
		return errPartly
	}
	return nil
}

func (c *doctorCmd) print(u *ui, d app.Diagnosis) error {
	if c.JSON {
		return u.json(d)
	}
	for _, o := range d.Orphans {
		fmt.Fprintf(u.out, "%s  %s  %s  %s\n", shortID(o.ID), u.lang.T(o.State), o.Since.Local().Format(time.DateTime), safe(o.Name))
	}
	for _, stage := range slices.Sorted(maps.Keys(d.Lost)) {
		fmt.Fprintf(u.out, u.lang.T("%s: %d messages that nobody will deliver")+"\n", safe(u.lang.T(stage)), d.Lost[stage])
	}
	fmt.Fprintf(u.out, u.lang.T("%d documents without a message, %d sent on again")+"\n", len(d.Orphans), d.Mended)
	if d.Mended == 0 && len(d.Orphans)+len(d.Lost) > 0 {
		u.say("next step: %s", "jixiao doctor --mend")
	}
	return u.out.Flush()
}
