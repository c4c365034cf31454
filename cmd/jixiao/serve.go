package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"jixiao/internal/app"
	"jixiao/internal/fault"
)

// serveCmd reads and indexes what arrives until it is stopped.
type serveCmd struct{}

// Help is shown by --help.
func (serveCmd) Help() string { return serveHelp }

const serveHelp = `Reads and indexes what arrives, until it is stopped: by Ctrl-C or SIGTERM, after which
it finishes what it has in hand (--drain). Servers that go away are waited for. On the
same machine jixiao import submits to it, other programs over NATS (docs/nats.md);
--listen lets them connect to the server inside. --http tells how it is doing (docs/operations.md); the log goes to standard error.

Examples:
  jixiao serve --listen 127.0.0.1:4222 --http 127.0.0.1:9464
  jixiao serve --nats nats://n1:4222,nats://n2:4222 --store nats`

// Run works until it is stopped.
func (serveCmd) Run(ctx context.Context, u *ui) error { return u.serve(ctx, "serve", nil) }

// servers are the commands that work until they are stopped.
var servers = []string{"serve", "worker"}

func (u *ui) serve(ctx context.Context, command string, stages []string) error {
	err := app.Serve(ctx, u.opts, command, stages, func(n *app.Node) { u.announce(standing(ctx, n)) })
	if ctx.Err() != nil && (err == nil || fault.KindOf(err) == fault.Canceled) {
		return errStopped
	}
	return err
}

// readyWait is how long a server that has started is asked whether it can work.
const readyWait = 5 * time.Second

// standing says how far n is, which has started. What it waits for is logged.
func standing(ctx context.Context, n *app.Node) string {
	ctx, cancel := context.WithTimeout(ctx, readyWait)
	defer cancel()
	if n.Ready(ctx) != nil {
		return "started, not ready yet"
	}
	return "ready"
}

// workerCmd does one stage of the work on NATS servers until it is stopped.
type workerCmd struct {
	Stage string `required:"" placeholder:"extract|index" help:"What to do: extract reads documents, index makes them findable."`
}

// Help is shown by --help.
func (workerCmd) Help() string { return workerHelp }

const workerHelp = `Takes work from the NATS servers until it is stopped. Any number of workers share it;
those that read, and those that index into --elastic, keep nothing on their machine.
Set the servers up once with jixiao init.

Examples:
  jixiao worker --stage extract --nats nats://n1:4222 --store nats
  jixiao worker --stage index --nats nats://n1:4222 --store nats --elastic https://e1:9200
  jixiao worker --stage index --nats nats://n1:4222 --store nats --data index-data`

// Run works until it is stopped.
func (c *workerCmd) Run(ctx context.Context, u *ui) error {
	if !slices.Contains(app.Stages, c.Stage) {
		return fault.New(fault.Usage, "stage: %q is none of %s", c.Stage, strings.Join(app.Stages, ", "))
	}
	if u.opts.NATS == "" {
		return fault.WithHint(fault.New(fault.Usage, "a worker takes its work from a NATS server"), "give --nats URL --store nats")
	}
	return u.serve(ctx, "worker", []string{c.Stage})
}
