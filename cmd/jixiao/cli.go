package main

import (
	"errors"
	"io"
	"log"
	"log/slog"
	"os"

	"github.com/alecthomas/kong"

	"jixiao/internal/app"
)

// cli is the grammar of the command line: one member a command, each in the
// file of its name. The settings stand on every command.
type cli struct {
	Extract extractCmd `cmd:"" group:"read" help:"Read reports and print their fields with evidence, one JSON object a line."`
	Text    textCmd    `cmd:"" group:"read" help:"Print the text of documents as it was read."`
	Eval    evalCmd    `cmd:"" group:"read" help:"Measure how well labelled reports are read."`

	Import  importCmd  `cmd:"" group:"keep" help:"Read reports into the data folder and make them findable."`
	Search  searchCmd  `cmd:"" group:"keep" help:"Search reports, problems and measures."`
	List    listCmd    `cmd:"" group:"keep" help:"List documents with their main figures."`
	Show    showCmd    `cmd:"" group:"keep" help:"Show what was read from one document, with page and quote."`
	Orig    origCmd    `cmd:"" name:"original" group:"keep" help:"Give back the bytes of a document as they were submitted."`
	Export  exportCmd  `cmd:"" group:"keep" help:"Write documents as CSV or JSON Lines for other programs."`
	Remove  removeCmd  `cmd:"" group:"keep" help:"Remove documents, their records and originals."`
	Status  statusCmd  `cmd:"" group:"keep" help:"Count documents, queue and index."`
	Failed  failedCmd  `cmd:"" group:"keep" help:"Documents that could not be read: list, show, retry, drop."`
	Reindex reindexCmd `cmd:"" group:"keep" help:"Build the index again from the stored records."`

	Reprocess reprocessCmd `cmd:"" group:"keep" help:"Do documents again as far as the program has changed; --dry-run shows what would change."`
	Backup    backupCmd    `cmd:"" group:"keep" help:"Save every document into one file, or check such a file."`
	Restore   restoreCmd   `cmd:"" group:"keep" help:"Bring the documents of a backup back."`

	Serve  serveCmd  `cmd:"" group:"serve" help:"Read and index what arrives, until it is stopped."`
	Worker workerCmd `cmd:"" group:"serve" help:"Do one part of the work on NATS servers, until it is stopped."`
	Init   initCmd   `cmd:"" group:"serve" help:"Set NATS servers and Elasticsearch up, or show what differs."`
	Doctor doctorCmd `cmd:"" group:"serve" help:"Look for documents and messages that nobody would work on."`

	Version versionCmd `cmd:"" group:"other" help:"Print the versions of the program and its parts."`

	app.Options `embed:""`
	Config      string   `name:"config" placeholder:"FILE" help:"File with these settings; ./jixiao.yaml is read if it is there."`
	Lang        string   `name:"lang" placeholder:"en|zh" help:"Language of help and messages."`
	Verbose     bool     `name:"verbose" short:"v" help:"Log every step to standard error."`
	LogFormat   string   `name:"log-format" default:"text" placeholder:"text|json" help:"Form of the log of serve and worker, and of --verbose."`
	Help        helpFlag `name:"help" short:"h" help:"Show help."`
}

// helpFlag stops parsing as soon as it is seen.
type helpFlag bool

var errHelp = errors.New("help is wanted")

// BeforeReset runs as soon as the arguments are traced.
func (helpFlag) BeforeReset() error { return errHelp }

// resolve lets the environment and the configuration file set what no flag
// sets. Kong runs it when the arguments are read and nothing is set yet.
func (c *cli) resolve(ctx *kong.Context) error {
	known := make([]string, 0, len(ctx.Model.Flags))
	path := os.Getenv(app.EnvName("config"))
	for _, f := range ctx.Model.Flags {
		if f.Name != "help" {
			known = append(known, f.Name)
		}
		if f.Name == "config" {
			if v, ok := ctx.FlagValue(f).(string); ok && v != "" {
				path = v
			}
		}
	}
	config, err := app.LoadConfig(path, os.Environ(), known)
	if err != nil {
		return err
	}
	ctx.AddResolver(kong.ResolverFunc(func(_ *kong.Context, parent *kong.Path, flag *kong.Flag) (any, error) {
		if parent.App == nil {
			return nil, nil // only settings, not the flags of single commands
		}
		if v, _, ok := config.Lookup(flag.Name); ok {
			return v, nil
		}
		return nil, nil
	}))
	return nil
}

// logger returns where the steps are logged: those of a server always, those of
// other commands with --verbose only, else nil. What libraries log by themselves
// goes the same way, with --verbose.
func (c *cli) logger(w io.Writer, o app.Options, server bool) *slog.Logger {
	log.SetOutput(io.Discard)
	if !c.Verbose && !server {
		return nil
	}
	level := slog.LevelInfo
	if c.Verbose {
		level = slog.LevelDebug
	}
	l := o.Logger(w, c.LogFormat, level)
	if c.Verbose {
		log.SetFlags(0)
		log.SetOutput(slog.NewLogLogger(l.Handler(), slog.LevelDebug).Writer())
	}
	return l
}
