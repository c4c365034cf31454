package main

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"jixiao/internal/app"
	"jixiao/schemas"
	"jixiao/schemas/search"
)

// listCmd lists documents with their main figures.
type listCmd struct {
	filterFlags
	Duplicates bool `help:"Only reports that look the same: equal unit, year, scope and project, different bytes. No group is cut by --limit."`
	JSON       bool `name:"json" help:"Print one JSON object a document."`
}

// Help is shown by --help.
func (listCmd) Help() string { return listHelp }

const listHelp = `Amounts are in 万元. An empty cell means that the report does not state the value,
or that it could not be read; "jixiao show ID" says which.

Examples:
  jixiao list
  jixiao list --year 2021 --where '三公经费>10万' --sort=-expenditure.three_public
  jixiao list --duplicates
  jixiao list --state failed --json`

// Run prints the documents.
func (c *listCmd) Run(ctx context.Context, u *ui) error {
	l, err := c.listing()
	if err != nil {
		return err
	}
	l.Duplicates = c.Duplicates
	return u.ask(ctx, "list", func(s app.Service) error { return c.print(u, s.List(ctx, l)) })
}

func (c *listCmd) print(u *ui, entries iter.Seq2[search.Entry, error]) error {
	t := u.listTable(c.Duplicates)
	count := 0
	for e, err := range entries {
		if err != nil {
			return err
		}
		count++
		if c.JSON {
			if err := u.json(e); err != nil {
				return err
			}
			continue
		}
		t.add(u.listRow(e, c.Duplicates)...)
	}
	if c.JSON {
		return nil
	}
	if count == 0 {
		u.say("no documents")
		return nil
	}
	return t.write(u.out)
}

func (u *ui) listTable(duplicates bool) *table {
	t := &table{
		head: []string{
			"id", "unit", "year", "scope", "project", "headcount", "revenue (万元)", "expenditure (万元)", "score", "grade", "problems", "state",
		},
		right: map[int]bool{5: true, 6: true, 7: true, 8: true, 10: true},
		limit: map[int]int{1: 40, 4: 40},
	}
	for i, h := range t.head {
		t.head[i] = u.lang.T(h)
	}
	if duplicates {
		t.head = append(t.head, u.lang.T("group"), u.lang.T("name"))
	}
	return t
}

func (u *ui) listRow(e search.Entry, duplicates bool) []string {
	value := func(key string) string { return e.Values[key].String() }
	year, problems := "", ""
	if e.Year > 0 {
		year = fmt.Sprint(e.Year)
	}
	if n := e.Counts["problems"]; n > 0 {
		problems = fmt.Sprint(n)
	}
	unit := e.Unit
	if unit == "" && len(e.Names) > 0 {
		unit = "(" + lastNames(e.Names[0]) + ")"
	}
	row := []string{
		shortID(e.ID), unit, year, e.Scope, projectOf(e), value("headcount.actual.total"), wan(value("revenue.total")),
		wan(value("expenditure.total")), value("score"), value("grade"), problems, u.lang.T(e.State),
	}
	if duplicates {
		row = append(row, fmt.Sprint(e.Group), strings.Join(e.Names, ", "))
	}
	return row
}

// projectOf tells reports of one unit and year apart: the project's name, or the
// title in brackets where it is not known.
func projectOf(e search.Entry) string {
	switch {
	case e.Scope != "项目" && e.Scope != "政策":
		return ""
	case e.Project == "" && e.Title != "":
		return "(" + e.Title + ")"
	}
	return e.Project
}

// shortID is enough of an id to name a document and to be typed again.
func shortID(id schemas.DocID) string { return string(id[:min(12, len(id))]) }

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// lastNames returns the file name in path and the folder it is in, with
// separators of either kind.
func lastNames(path string) string {
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '\\' })
	return strings.Join(parts[max(0, len(parts)-2):], "/")
}
