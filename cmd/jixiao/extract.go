package main

import (
	"context"
	"iter"
	"runtime"

	"jixiao/internal/app"
	"jixiao/internal/fault"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// extractCmd reads files to records without keeping anything.
type extractCmd struct {
	Path []string `arg:"" help:"Files or folders."`
	JSON bool     `name:"json" help:"Print JSON; this command always does."`
}

// Help is shown by --help.
func (extractCmd) Help() string { return extractHelp }

const extractHelp = `One JSON object a line, in the order of the arguments: what was read, each value
with the words it was read from. A document that fails is a line with "error";
the others go on, and the exit code is 3. Nothing is kept.

Examples:
  jixiao extract report.txt
  jixiao extract 2023/ > records.jsonl
  jixiao extract --engine ledongthuc report.pdf`

// An outcome is what became of one file.
type outcome struct {
	name   string
	record *record.Record // of extract
	text   textLine       // of text
	err    error
}

// A failedLine is the line of a document that failed.
type failedLine struct {
	Source struct {
		Name string `json:"name"`
	} `json:"source"`
	Error search.Trouble `json:"error"`
}

// Run prints the records of c.Path.
func (c *extractCmd) Run(ctx context.Context, u *ui) error {
	r := app.NewReader(u.opts)
	failed, err := u.forEach(ctx, c.Path, func(ctx context.Context, name string) outcome {
		rec, err := r.Extract(ctx, name)
		return outcome{name: name, record: rec, err: err}
	}, func(o outcome) error {
		if o.err != nil {
			return u.failedLine(o.name, o.err)
		}
		return u.json(o.record)
	})
	return closing(r.Close, failed, err)
}

// forEach works on the files that paths name, in parallel, and emits the
// outcomes in order. A path that cannot be walked is an outcome with an error.
func (u *ui) forEach(ctx context.Context, paths []string, work func(context.Context, string) outcome, emit func(outcome) error) (failed int, err error) {
	lost := map[string]error{} // written before the name is yielded, read after
	n := u.opts.Workers
	if n == 0 {
		n = runtime.GOMAXPROCS(0)
	}
	err = ordered(ctx, n, u.names(ctx, paths, lost), func(ctx context.Context, name string) outcome {
		if err := lost[name]; err != nil {
			return outcome{name: name, err: err}
		}
		return work(ctx, name)
	}, func(o outcome) error {
		if o.err != nil {
			failed++
			if fault.KindOf(o.err) == fault.Canceled {
				return o.err
			}
		}
		return emit(o)
	})
	return failed, err
}

// names yields the files below paths. What cannot be looked at is noted in lost.
func (u *ui) names(ctx context.Context, paths []string, lost map[string]error) iter.Seq[string] {
	var files []app.Found
	skipped := 0
	for f := range app.Walk(ctx, u.opts.Data, paths...) {
		if f.Skipped == app.SkipSpecial {
			f.Err = fault.New(fault.Unsupported, "%s: %s", f.Name, f.Skipped)
		} else if f.Skipped != "" {
			skipped++
			continue
		}
		if f.Err != nil {
			lost[f.Name] = f.Err
		}
		files = append(files, f)
	}
	if skipped > 0 {
		u.say("skipped %d files that are no reports by their names", skipped)
	}
	return func(yield func(string) bool) {
		for _, f := range files {
			if !yield(f.Name) {
				return
			}
		}
	}
}

// failedLine prints the line of a failed document and tells of it.
func (u *ui) failedLine(name string, err error) error {
	var l failedLine
	l.Source.Name = name
	l.Error = trouble(err)
	u.sayFailure(name, l.Error)
	return u.json(l)
}

// trouble is err in the form in which it is printed.
func trouble(err error) search.Trouble {
	return search.Trouble{Kind: string(fault.KindOf(err)), Message: err.Error(), Hint: fault.HintOf(err)}
}

// sayFailure tells that name failed, why, and what to do.
func (u *ui) sayFailure(name string, t search.Trouble) {
	if t.Hint == "" {
		u.say("failed: %s: %s", name, u.lang.message(t.Message))
		return
	}
	u.say("failed: %s: %s (%s)", name, u.lang.message(t.Message), u.lang.message(t.Hint))
}

// closing closes what a command used and says how it went.
func closing(close func() error, failed int, err error) error {
	if closeErr := close(); err == nil {
		err = closeErr
	}
	if err == nil && failed > 0 {
		return errPartly
	}
	return err
}
