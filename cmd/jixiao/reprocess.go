package main

import (
	"context"
	"errors"
	"fmt"

	"jixiao/internal/app"
	"jixiao/internal/fault"
	"jixiao/schemas/catalog"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// reprocessCmd does documents again as far as the program has changed.
type reprocessCmd struct {
	ID []string `arg:"" optional:"" name:"id" help:"Ids of documents, or enough of their beginnings."`
	filterFlags
	From   string `enum:"bytes,layout,records" default:"bytes" placeholder:"bytes|layout|records" help:"The earliest stage that may be done again: parse the bytes, read the stored text, or index the stored record."`
	Force  bool   `help:"Begin there with all of them, also what is up to date."`
	DryRun bool   `name:"dry-run" help:"Store nothing; print how many values would change, with samples."`
	JSON   bool   `name:"json" help:"Print the counts as one JSON object."`
}

// Help is shown by --help.
func (reprocessCmd) Help() string { return reprocessHelp }

const reprocessHelp = `A newer program may read more. This does again, for every document or those chosen, what
the program has changed since: parsing, reading the text, or the index. What is up to
date is left alone. Originals and names stay as they are, and while it runs all can be
searched. Stopped or killed, the same command does the rest.

Examples:
  jixiao reprocess --dry-run
  jixiao reprocess --from layout --year 2019..2021
  jixiao reprocess --force 3fa9 77b0
  jixiao reprocess --dry-run --json | jq '.changes.fields'`

// Run does the documents again.
func (c *reprocessCmd) Run(ctx context.Context, u *ui) error {
	q, err := c.question()
	if err != nil {
		return err
	}
	var done search.Redone
	var bar *progress
	err = u.ask(ctx, "reprocess", func(s app.Service) (err error) {
		done, err = s.Reprocess(ctx, q, func(r search.Redone) {
			if bar == nil {
				bar = newProgress(u, r.Total)
			}
			bar.update(app.Report{New: r.Settled() - r.Failed, Failed: r.Failed})
		})
		return err
	})
	if bar != nil {
		bar.finish()
	}
	if done.Total == 0 && err != nil { // it did not begin
		return err
	}
	if printErr := c.print(u, done); err == nil {
		err = printErr
	}
	switch {
	case fault.KindOf(err) == fault.Canceled || ctx.Err() != nil:
		return fault.WithHint(errInterrupted, "run the same command again to go on")
	case err == nil && done.Failed > 0:
		return errPartly
	}
	return err
}

func (c *reprocessCmd) question() (search.Redo, error) {
	l, err := c.listing()
	if err != nil {
		return search.Redo{}, err
	}
	chosen := len(l.Filters)+len(l.States)+len(l.Sort)+l.Offset > 0 || c.Limit != nil
	if len(c.ID) > 0 && chosen {
		return search.Redo{}, fault.WithHint(fault.New(fault.Usage, "ids or conditions are wanted, one of the two"), "jixiao list shows the ids")
	}
	return search.Redo{IDs: c.ID, Listing: l, From: c.From, Force: c.Force, DryRun: c.DryRun}, nil
}

func (c *reprocessCmd) print(u *ui, r search.Redone) error {
	if c.JSON {
		r.Failures = notNil(r.Failures)
		return u.json(r)
	}
	fmt.Fprintln(u.out, u.lang.phrase("%d documents = from bytes %d + from layout %d + from records %d + current %d + earlier %d + busy %d + failed %d + pending %d",
		r.Total, r.Bytes, r.Layout, r.Records, r.Current, r.Earlier, r.Busy, r.Failed, r.Pending))
	if r.Earlier > 0 {
		u.say("%d documents are out of date at an earlier stage than --from allows", r.Earlier)
	}
	if r.Outdated > 0 {
		u.say("%d documents were read by workers of another version: update them and run this again", r.Outdated)
	}
	if len(r.Failures) > 0 {
		fmt.Fprintln(u.out, "\n"+u.lang.T("failed:"))
	}
	var failures []app.FailedAgain
	for _, f := range r.Failures {
		failures = append(failures, app.FailedAgain{ID: f.ID, Name: f.Name, Kind: f.Kind, Message: f.Message, Hint: f.Hint})
	}
	u.printFailures(failures)
	return errors.Join(c.printChanges(u, r.Changes), u.out.Flush())
}

// longest texts in the samples, in columns.
const (
	sampleValue = 36
	sampleQuote = 60
)

func (c *reprocessCmd) printChanges(u *ui, changes *search.Changes) error {
	if changes == nil {
		return nil
	}
	fmt.Fprintln(u.out, u.lang.phrase("%d documents would have other values, %d only other evidence, findings or gaps", changes.Documents, changes.Other))
	if len(changes.Fields) == 0 {
		return nil
	}
	t := table{right: map[int]bool{1: true, 2: true, 3: true}}
	for _, h := range []string{"field", "added", "removed", "changed"} {
		t.head = append(t.head, u.lang.T(h))
	}
	for _, f := range changes.Fields {
		t.add(u.fieldName(f.Key), fmt.Sprint(f.Added), fmt.Sprint(f.Removed), fmt.Sprint(f.Changed))
	}
	t.add(u.lang.T("all"), fmt.Sprint(changes.Added), fmt.Sprint(changes.Removed), fmt.Sprint(changes.Changed))
	fmt.Fprintln(u.out)
	if err := t.write(u.out); err != nil {
		return err
	}
	for _, f := range changes.Fields {
		fmt.Fprintf(u.out, "\n%s\n", safe(u.fieldName(f.Key)))
		samples := table{indent: "  ", limit: map[int]int{1: sampleValue, 3: sampleValue, 4: sampleQuote}}
		for _, s := range f.Samples {
			samples.add(shortID(s.ID), valueOrNone(s.Old), "→", valueOrNone(s.New), "「"+s.Quote+"」")
		}
		if err := samples.write(u.out); err != nil {
			return err
		}
	}
	return nil
}

// fieldName is the key of a field, with its label for those who read Chinese.
func (u *ui) fieldName(key string) string {
	if f, ok := catalog.Lookup(key); ok && u.lang == chinese {
		return f.Label + " " + key
	}
	return key
}

func valueOrNone(v *record.Value) string {
	if v == nil {
		return "–"
	}
	return v.String()
}
