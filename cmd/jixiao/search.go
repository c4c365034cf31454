package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"jixiao/internal/app"
	"jixiao/internal/fault"
	"jixiao/schemas"
	"jixiao/schemas/catalog"
	"jixiao/schemas/search"
)

// searchCmd finds reports, problems and measures.
type searchCmd struct {
	Query []string `arg:"" optional:"" help:"What to look for; without it the filters alone decide."`
	In    string   `enum:"reports,problems,measures,all" default:"reports" help:"What a hit is: reports, problems, measures, or all items."`
	filterFlags
	Facet []string `placeholder:"KEY" help:"Also count the hits by a key, or by two: year×unit."`
	JSON  bool     `name:"json" help:"Print the answer as one JSON object."`
}

// Help is shown by --help.
func (searchCmd) Help() string { return searchHelp }

const searchHelp = `Query syntax:
  预算编制                 these characters in a row
  预算 固定资产            both, also 预算 AND 固定资产
  预算 OR 决算             one of them, or both
  预算 NOT 公务接待        the first without the second, also 预算 -公务接待
  (预算 OR 决算) 公开      brackets group
  "三公"                   exactly these words, no synonyms
  unit:财政局 score:>=90   a key or Chinese label; part of a word, a value or a range a..b
  problems:进度            words in problems, measures, projects, indicators, title
Traditional characters, full-width letters and digits are found by their plain forms.

Examples:
  jixiao search 预算编制
  jixiao search 预算执行率 --in problems --year 2019..2021
  jixiao search --where 'expenditure.total>=1000万' --sort=-score --limit 20
  jixiao search 固定资产 --facet year --facet unit`

// mostValues is how many values of a facet are printed; --json has all.
const mostValues = 25

// defaultHits is how many hits are shown without --limit.
const defaultHits = 10

// Run prints what is found.
func (c *searchCmd) Run(ctx context.Context, u *ui) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	var r search.Result
	var files map[schemas.DocID]string
	var behind search.Status
	err = u.ask(ctx, "search", func(s app.Service) (err error) {
		if r, err = s.Search(ctx, q); err == nil && !c.JSON {
			files, err = fileNames(ctx, s, r.Hits)
		}
		if err == nil && r.Total == 0 {
			behind = u.indexBehind(ctx, s)
		}
		return err
	})
	if err != nil {
		return err
	}
	show := func() error { return u.printResult(q, r, files) }
	if c.JSON {
		show = func() error { return u.json(r) }
	}
	err = show()
	u.sayBehind(behind)
	return err
}

// fileNames returns the names of those hits that do not say what they are.
func fileNames(ctx context.Context, s app.Service, hits []search.Hit) (map[schemas.DocID]string, error) {
	files := map[schemas.DocID]string{}
	for _, h := range hits {
		if h.Unit != "" {
			continue
		}
		d, err := s.Show(ctx, string(h.ID))
		if fault.KindOf(err) == fault.NotFound {
			continue // removed meanwhile
		}
		if err != nil {
			return nil, err
		}
		if len(d.Submissions) > 0 {
			files[h.ID] = "(" + lastNames(d.Submissions[0].Name) + ")"
		}
	}
	return files, nil
}

func (c *searchCmd) query() (search.Query, error) {
	l, err := c.listing()
	if err != nil {
		return search.Query{}, err
	}
	q := search.Query{Text: strings.Join(c.Query, " "), Filters: l.Filters, Sort: l.Sort, Limit: l.Limit, Offset: l.Offset}
	if c.In != "reports" {
		q.In = c.In
	}
	if len(c.State) > 0 {
		q.Filters = append(q.Filters, search.Filter{Key: "state", Values: c.State})
	}
	if q.Limit == 0 {
		q.Limit = defaultHits
	}
	for _, f := range c.Facet {
		key, err := app.ParseFacet(f)
		if err != nil {
			return q, err
		}
		q.Facets = append(q.Facets, key)
	}
	return q, nil
}

func (u *ui) printResult(q search.Query, r search.Result, files map[schemas.DocID]string) error {
	if len(r.Hits) == 0 {
		u.say("nothing found (%d in all)", r.Total)
	} else {
		u.say("%d–%d of %d hits in %d documents", q.Offset+1, q.Offset+len(r.Hits), r.Total, r.TotalDocs)
	}
	for _, h := range r.Hits {
		u.printHit(q, h, cmp.Or(h.Unit, files[h.ID]))
	}
	return u.printFacets(q, r)
}

// printFacets prints a table for each facet, in the order they were asked for.
func (u *ui) printFacets(q search.Query, r search.Result) error {
	for i, key := range q.Facets {
		if slices.Contains(q.Facets[:i], key) {
			continue
		}
		t := table{head: []string{u.keyNames(key), u.lang.T("documents")}, right: map[int]bool{1: true}}
		for i, f := range r.Facets[key] {
			if i == mostValues {
				t.add("…", fmt.Sprintf(u.lang.T("and %d more"), len(r.Facets[key])-i))
				break
			}
			t.add(f.Value, fmt.Sprint(f.Count))
		}
		fmt.Fprintln(u.out)
		if err := t.write(u.out); err != nil {
			return err
		}
	}
	return nil
}

// keyNames is the head of a facet: a label, or two.
func (u *ui) keyNames(key string) string {
	parts := strings.Split(key, "×")
	for i, k := range parts {
		if f, ok := catalog.Lookup(k); ok && u.lang == chinese {
			parts[i] = f.Label
		}
	}
	return strings.Join(parts, "×")
}

// printHit prints one hit; who is its unit, or else its file.
func (u *ui) printHit(q search.Query, h search.Hit, who string) {
	head := []string{orDash(who)}
	if q.In == search.InItems {
		head = []string{u.lang.T(h.Key), head[0]}
	}
	if h.Year > 0 {
		head = append(head, fmt.Sprint(h.Year))
	}
	for _, s := range []string{h.Scope, h.Project, h.Title} {
		if s != "" && s != h.Unit && (s != h.Project || !strings.Contains(h.Title, s)) {
			head = append(head, s)
		}
	}
	if h.Page > 0 {
		head = append(head, fmt.Sprintf(u.lang.T("page %d"), h.Page))
	}
	fmt.Fprintf(u.out, "%s  %s\n", shortID(h.ID), safe(strings.Join(head, " · ")))
	if h.Item != "" && len(h.Highlights) == 0 {
		fmt.Fprintf(u.out, "    %s\n", safe(h.Text))
	}
	for _, hl := range h.Highlights {
		fmt.Fprintf(u.out, "    %s\n", u.marked(hl))
	}
}

// marked returns the text of hl with what matched in colour, or in 【】 where
// colour cannot be shown.
func (u *ui) marked(hl search.Highlight) string {
	before, after := "【", "】"
	if u.color() {
		before, after = "\x1b[1;31m", "\x1b[0m"
	}
	var b strings.Builder
	at := 0
	for _, m := range hl.Marks {
		if m[0] < at || m[1] < m[0] || m[1] > len(hl.Text) {
			continue
		}
		b.WriteString(safe(hl.Text[at:m[0]]) + before + safe(hl.Text[m[0]:m[1]]) + after)
		at = m[1]
	}
	b.WriteString(safe(hl.Text[at:]))
	return b.String()
}
