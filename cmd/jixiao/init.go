package main

import (
	"context"
	"fmt"

	"jixiao/internal/app"
)

// initCmd sets NATS servers and an Elasticsearch cluster up, or says what differs.
type initCmd struct {
	DryRun bool `name:"dry-run" help:"Only print what would change."`
	JSON   bool `name:"json" help:"Print one JSON object a change."`
}

// Help is shown by --help.
func (initCmd) Help() string { return initHelp }

const initHelp = `Creates the streams, consumers and buckets on the NATS servers, and template, index and
aliases in Elasticsearch (--elastic), and brings up to date what differs from the
settings. Running it again changes nothing.

Examples:
  jixiao init --nats nats://n1:4222 --store nats --elastic https://e1:9200 --elastic-ca ca.pem
  jixiao init --nats nats://n1:4222 --store nats --nats-replicas 3 --dry-run
  jixiao init --nats tls://n1:4222 --nats-creds admin.creds --nats-ca ca.pem`

// Run sets the servers up.
func (c *initCmd) Run(ctx context.Context, u *ui) error {
	changes, err := app.Init(ctx, u.opts, c.DryRun)
	for _, change := range changes {
		if err := c.print(u, change); err != nil {
			return err
		}
	}
	if err == nil && len(changes) == 0 && !c.JSON {
		u.say("everything is as it should be")
	}
	return err
}

// print prints a change as a line that begins with + or ~.
func (c *initCmd) print(u *ui, change app.Change) error {
	if c.JSON {
		return u.json(change)
	}
	sign := "~"
	if change.Create {
		sign = "+"
	}
	if _, err := fmt.Fprintf(u.out, "%s %s %s\n", sign, change.Kind, safe(change.Name)); err != nil {
		return err
	}
	for _, f := range change.Fields {
		if _, err := fmt.Fprintf(u.out, "    %s\n", safe(f)); err != nil {
			return err
		}
	}
	return nil
}
