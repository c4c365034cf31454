package main

import (
	"slices"
	"strings"

	"jixiao/internal/app"
	"jixiao/schemas/search"
)

// filterFlags are the flags that choose documents, the same on search, list
// and export.
type filterFlags struct {
	Year   []string `placeholder:"Y" help:"Year or years: 2021, 2019..2021, 2019,2021."`
	Unit   []string `sep:"none" placeholder:"NAME" help:"Reporting unit, or a part of its name; several may be given."`
	Region []string `sep:"none" placeholder:"NAME" help:"Administrative division."`
	Scope  []string `placeholder:"S" help:"整体, 项目 or 政策."`
	Grade  []string `placeholder:"G" help:"优, 良, 中 or 差."`
	Score  []string `placeholder:"A..B" help:"Score: 90..95, 90.., ..60."`
	Where  []string `sep:"none" placeholder:"COND" help:"Any key or its Chinese label, as 'expenditure.total>=1000万' or '预算执行率<80%'; all must hold."`
	State  []string `placeholder:"S" help:"read, partly_read, needs_ocr, not_a_report, failed, arrived, extracted."`
	Batch  []string `sep:"none" placeholder:"NAME" help:"Name of an import."`
	Sort   []string `placeholder:"KEY" help:"Order by a key; -KEY (write --sort=-score) is largest first."`
	Limit  *int     `placeholder:"N" help:"At most this many, from 1; without it search shows 10, list and export all."`
	Offset int      `placeholder:"N" help:"Leave out this many first."`
}

// filters returns what the flags ask for, all that is wrong with them at once.
func (f *filterFlags) filters() ([]search.Filter, error) {
	var out []search.Filter
	var bad faults
	add := func(filter search.Filter, err error) {
		bad.add(err)
		out = append(out, filter)
	}
	for _, v := range []struct {
		key    string
		values []string
	}{
		{"year", f.Year}, {"score", f.Score}, {"unit", f.Unit}, {"region", f.Region}, {"scope", f.Scope}, {"grade", f.Grade}, {"batch", f.Batch},
	} {
		if len(v.values) > 0 {
			add(app.ParseFilter(v.key, v.values))
		}
	}
	for _, w := range f.Where {
		add(app.ParseWhere(w))
	}
	bad.check(f.Limit == nil || *f.Limit > 0, "--limit is at least 1")
	bad.check(f.Offset >= 0, "--offset is not negative")
	return out, bad.err()
}

func (f *filterFlags) sorts() (out []search.Sort, err error) {
	var bad faults
	for _, s := range f.Sort {
		one, err := app.ParseSort(s)
		bad.add(err)
		out = append(out, one)
	}
	return out, bad.err()
}

// listing is the flags as list and export need them.
func (f *filterFlags) listing() (search.Listing, error) {
	filters, err := f.filters()
	if err != nil {
		return search.Listing{}, err
	}
	sorts, err := f.sorts()
	if err != nil {
		return search.Listing{}, err
	}
	if err := checkStates(f.State); err != nil {
		return search.Listing{}, err
	}
	l := search.Listing{Filters: filters, States: f.State, Sort: sorts, Offset: f.Offset}
	if f.Limit != nil {
		l.Limit = *f.Limit
	}
	return l, nil
}

var states = []string{"read", "partly_read", "needs_ocr", "not_a_report", "failed", "arrived", "extracted"}

func checkStates(given []string) error {
	var bad faults
	for _, s := range given {
		bad.check(slices.Contains(states, s), "--state: %q is none of %s", s, strings.Join(states, ", "))
	}
	return bad.err()
}
