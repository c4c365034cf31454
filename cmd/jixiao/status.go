package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"jixiao/internal/app"
	"jixiao/schemas/search"
)

// statusCmd counts documents, queue and index.
type statusCmd struct {
	JSON bool `name:"json" help:"Print the counts as one JSON object."`
}

// Run prints the counts.
func (c *statusCmd) Run(ctx context.Context, u *ui) error {
	var st search.Status
	err := u.ask(ctx, "status", func(s app.Service) (err error) { st, err = s.Status(ctx); return err })
	if err != nil {
		return err
	}
	if c.JSON {
		return u.json(st)
	}
	return u.printStatus(st)
}

func (u *ui) printStatus(s search.Status) error {
	t := table{head: []string{"", ""}}
	row := func(label, value string) { t.add(u.lang.T(label), value) }
	if s.Data != "" { // nothing is in a folder where all is on servers
		row("data folder", s.Data)
	}
	if s.Owner.Command != "" && s.Owner.Command != "status" {
		row("in use by", fmt.Sprintf("jixiao %s, %d, %v", s.Owner.Command, s.Owner.PID, time.Since(s.Owner.Since).Round(time.Second)))
	}
	row("documents", fmt.Sprint(s.Total))
	for _, state := range states {
		if n := s.Documents[state]; n > 0 {
			t.add("  "+u.lang.T(state), fmt.Sprint(n))
		}
	}
	row("queue", u.lang.T(s.Queue.Server))
	for _, stage := range slices.Sorted(maps.Keys(s.Queue.Waiting)) {
		t.add("  "+u.lang.T(stage), fmt.Sprintf(u.lang.T("%d waiting, %d in work"), s.Queue.Waiting[stage], s.Queue.InHand[stage]))
	}
	if s.Queue.DeadLetters > 0 {
		t.add("  "+u.lang.T("given up"), fmt.Sprint(s.Queue.DeadLetters))
	}
	if s.Index.Error != "" {
		row("index", safe(u.lang.message(s.Index.Error)))
	} else {
		row("index", u.lang.phrase("%d documents, %d behind", s.Index.Documents, s.Index.Behind))
	}
	if err := t.write(u.out); err != nil {
		return err
	}
	if step := lagging(s); step != "" {
		u.say("next step: %s", step)
	}
	return nil
}

// lagging returns what helps an index that is behind: nothing while documents
// are on their way to it.
func lagging(s search.Status) string {
	switch {
	case s.Index.Behind == 0 || s.Queue.Waiting["index"]+s.Queue.InHand["index"] > 0:
		return ""
	case s.Index.Behind <= s.Documents["extracted"]: // those alone, and nobody is told of them
		return "jixiao doctor"
	}
	return "jixiao reindex"
}

// behindTime is how long a search that found nothing asks whether it could not.
const behindTime = 2 * time.Second

// indexBehind returns the counts where an index may lack documents: one in a
// folder that nobody owns was brought up to them when it was opened. They are
// empty where they cannot be had soon: the search was answered.
func (u *ui) indexBehind(ctx context.Context, s app.Service) search.Status {
	if _, ours := s.(*app.Node); ours && u.opts.Store != app.StoreNATS {
		return search.Status{}
	}
	ctx, cancel := context.WithTimeout(ctx, behindTime)
	defer cancel()
	st, err := s.Status(ctx)
	if err != nil {
		return search.Status{}
	}
	return st
}

// sayBehind says that documents are there which no search finds yet.
func (u *ui) sayBehind(s search.Status) {
	if s.Index.Behind == 0 {
		return
	}
	u.say("the index is %d documents behind", s.Index.Behind)
	switch step := lagging(s); {
	case step != "":
		u.say("next step: %s", step)
	case s.Queue.InHand["index"] == 0:
		u.sayWorkers()
	}
}
