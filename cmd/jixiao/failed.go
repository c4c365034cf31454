package main

import (
	"context"
	"fmt"
	"time"

	"jixiao/internal/app"
	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// failedCmd is about the documents that could not be read.
type failedCmd struct {
	List  failedListCmd  `cmd:"" help:"List the documents that could not be read."`
	Show  failedShowCmd  `cmd:"" help:"Show why one document could not be read."`
	Retry failedRetryCmd `cmd:"" help:"Try documents again."`
	Drop  failedDropCmd  `cmd:"" help:"Take documents off the list; they stay failed, and retry takes their ids."`
}

// Help is shown by --help.
func (failedCmd) Help() string { return failedHelp }

const failedHelp = `Examples:
  jixiao failed list
  jixiao failed show 3fa9
  jixiao failed retry --all
  jixiao failed drop 3fa9`

// failedListCmd lists them.
type failedListCmd struct {
	JSON bool `name:"json" help:"Print one JSON object a document."`
}

// Run prints the failed documents.
func (c *failedListCmd) Run(ctx context.Context, u *ui) error {
	var all []event.Failed
	err := u.ask(ctx, "failed list", func(s app.Service) (err error) { all, err = collectFailed(ctx, s); return err })
	if err != nil {
		return err
	}
	t := table{limit: map[int]int{1: 50}, right: map[int]bool{3: true}}
	for _, h := range []string{"id", "name", "stage", "attempts", "kind", "reason"} {
		t.head = append(t.head, u.lang.T(h))
	}
	for _, f := range all {
		if c.JSON {
			if err := u.json(f); err != nil {
				return err
			}
		}
		t.add(shortID(f.ID), f.Name, u.lang.T(f.Stage), fmt.Sprint(f.Attempts), u.lang.T(f.Kind), u.lang.message(f.Message))
	}
	if c.JSON {
		return nil
	}
	if len(all) == 0 {
		u.say("no document is on the list of failures")
		return nil
	}
	return t.write(u.out)
}

func collectFailed(ctx context.Context, s app.Service) (all []event.Failed, err error) {
	for f, err := range s.Failed(ctx) {
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

// failedShowCmd says why one of them was given up.
type failedShowCmd struct {
	ID   string `arg:"" name:"id" help:"Id of the document, or enough of its beginning."`
	JSON bool   `name:"json" help:"Print it as one JSON object."`
}

// Run prints why one document failed.
func (c *failedShowCmd) Run(ctx context.Context, u *ui) error {
	var f event.Failed
	err := u.ask(ctx, "failed show", func(s app.Service) (err error) { f, err = failedOne(ctx, s, c.ID); return err })
	if err != nil {
		return err
	}
	if c.JSON {
		return u.json(f)
	}
	t := table{head: []string{"", ""}}
	for _, row := range [][2]string{
		{"id", string(f.ID)}, {"name", f.Name}, {"stage", u.lang.T(f.Stage)}, {"kind", u.lang.T(f.Kind)}, {"reason", u.lang.message(f.Message)},
		{"next step", u.lang.message(f.Hint)}, {"attempts", fmt.Sprint(f.Attempts)}, {"time", f.At.Local().Format(time.DateTime)},
	} {
		if row[1] != "" {
			t.add(u.lang.T(row[0]), row[1])
		}
	}
	return t.write(u.out)
}

func failedOne(ctx context.Context, s app.Service, id string) (event.Failed, error) {
	d, err := s.Show(ctx, id)
	if err != nil {
		return event.Failed{}, err
	}
	for f, err := range s.Failed(ctx) {
		if err != nil || f.ID == d.ID {
			return f, err
		}
	}
	if d.State == string(event.PhaseFailed) {
		return event.Failed{}, fault.WithHint(fault.New(fault.NotFound, "document %s is not on the list of failures any more", shortID(d.ID)),
			"jixiao show says why it failed, jixiao failed retry tries it again")
	}
	return event.Failed{}, hasNotFailed(d.ID)
}

// failedID returns the whole id of a document that failed, on the list or off it.
func failedID(ctx context.Context, s app.Service, id string) (schemas.DocID, error) {
	d, err := s.Show(ctx, id)
	if err == nil && d.State != string(event.PhaseFailed) {
		err = hasNotFailed(d.ID)
	}
	return d.ID, err
}

func listedID(ctx context.Context, s app.Service, id string) (schemas.DocID, error) {
	f, err := failedOne(ctx, s, id)
	return f.ID, err
}

func hasNotFailed(id schemas.DocID) error {
	return fault.WithHint(fault.New(fault.NotFound, "document %s has not failed", shortID(id)), "jixiao failed list shows those that have")
}

// failedRetryCmd tries them again.
type failedRetryCmd struct {
	ID   []string `arg:"" optional:"" name:"id" help:"Ids of documents, or enough of their beginnings."`
	All  bool     `help:"All on the list."`
	JSON bool     `name:"json" help:"Print the counts and failures as one JSON object."`
}

// A retried is the answer of failed retry.
type retried struct {
	Tried    int               `json:"tried"`
	Read     int               `json:"read"`
	Failed   int               `json:"failed"`
	Failures []app.FailedAgain `json:"failures"`
}

// Run tries the documents again and waits for them.
func (c *failedRetryCmd) Run(ctx context.Context, u *ui) error {
	var ids []schemas.DocID
	var again []app.FailedAgain
	err := u.askFailed(ctx, "failed retry", failedID, c.ID, c.All, func(s app.Service, chosen []schemas.DocID) (err error) {
		ids = chosen
		again, err = s.Retry(ctx, ids...)
		return err
	})
	if err != nil {
		return err
	}
	if err := c.print(u, len(ids), again); err != nil {
		return err
	}
	if len(again) > 0 {
		return errPartly
	}
	return nil
}

// A finder returns the whole id of a document that may be meant.
type finder func(ctx context.Context, s app.Service, id string) (schemas.DocID, error)

// askFailed calls use with the documents that are given and found, or with all
// on the list.
func (u *ui) askFailed(ctx context.Context, command string, find finder, given []string, all bool, use func(app.Service, []schemas.DocID) error) error {
	if (len(given) == 0) != all {
		return fault.WithHint(fault.New(fault.Usage, "ids or --all are wanted, one of the two"), "jixiao failed list shows the ids")
	}
	return u.ask(ctx, command, func(s app.Service) error {
		ids, err := failedIDs(ctx, s, find, given, all)
		if err != nil {
			return err
		}
		return use(s, ids)
	})
}

func failedIDs(ctx context.Context, s app.Service, find finder, given []string, all bool) (ids []schemas.DocID, err error) {
	if all {
		all, err := collectFailed(ctx, s)
		for _, f := range all {
			ids = append(ids, f.ID)
		}
		return ids, err
	}
	for _, id := range given {
		whole, err := find(ctx, s, id)
		if err != nil {
			return nil, err
		}
		ids = append(ids, whole)
	}
	return ids, nil
}

func (c *failedRetryCmd) print(u *ui, tried int, again []app.FailedAgain) error {
	if c.JSON {
		return u.json(retried{Tried: tried, Read: tried - len(again), Failed: len(again), Failures: append([]app.FailedAgain{}, again...)})
	}
	fmt.Fprintf(u.out, u.lang.T("tried %d, read %d, failed again %d")+"\n", tried, tried-len(again), len(again))
	u.printFailures(again)
	return nil
}

// failedDropCmd takes them off the list.
type failedDropCmd struct {
	ID   []string `arg:"" optional:"" name:"id" help:"Ids of documents, or enough of their beginnings."`
	All  bool     `help:"All on the list."`
	JSON bool     `name:"json" help:"Print the count as one JSON object."`
}

// Run takes the documents off the list.
func (c *failedDropCmd) Run(ctx context.Context, u *ui) error {
	var ids []schemas.DocID
	err := u.askFailed(ctx, "failed drop", listedID, c.ID, c.All, func(s app.Service, chosen []schemas.DocID) error {
		ids = chosen
		return s.Drop(ctx, ids...)
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return u.json(map[string]int{"documents": len(ids)})
	}
	fmt.Fprintln(u.out, u.lang.phrase("%d documents taken off the list", len(ids)))
	return nil
}
