package pipeline

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"jixiao/schemas"
	"jixiao/schemas/catalog"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

const (
	// maxSamples is how many changes of one key are shown.
	maxSamples = 3
	// maxQuote bounds a quote in a sample, in bytes.
	maxQuote = 400
)

// differences adds up how records change.
type differences struct {
	search.Changes
	fields map[string]*search.FieldChange
}

// add takes in how the record of id changes from old, which may be nil, to now.
func (d *differences) add(id schemas.DocID, old, now *record.Record) {
	if old == nil {
		old = &record.Record{}
	}
	pairs := pairFields(old.Fields, now.Fields)
	moved := false
	for _, p := range pairs {
		moved = d.pair(id, p) || moved
	}
	switch {
	case moved:
		d.Documents++
	case !sameBeside(old, now):
		d.Other++
	}
}

// A fieldPair is one value before and after; nil where it is not there.
type fieldPair struct{ old, now *record.Field }

// pair takes in p and reports whether it is a change.
func (d *differences) pair(id schemas.DocID, p fieldPair) bool {
	if p.old != nil && p.now != nil && p.old.Value.Equal(p.now.Value) && p.old.Unit == p.now.Unit {
		return false
	}
	shown := p.now
	if shown == nil {
		shown = p.old
	}
	f := d.field(shown.Key)
	sample := search.ChangeSample{ID: id}
	switch {
	case p.old == nil:
		d.Added++
		f.Added++
		sample.New = &p.now.Value
	case p.now == nil:
		d.Removed++
		f.Removed++
		sample.Old = &p.old.Value
	default:
		d.Changed++
		f.Changed++
		sample.Old, sample.New = &p.old.Value, &p.now.Value
	}
	if len(f.Samples) < maxSamples {
		sample.Page, sample.Quote = quoteOf(shown)
		f.Samples = append(f.Samples, sample)
	}
	return true
}

func (d *differences) field(key string) *search.FieldChange {
	if d.fields == nil {
		d.fields = map[string]*search.FieldChange{}
	}
	if d.fields[key] == nil {
		d.fields[key] = &search.FieldChange{Key: key, Samples: []search.ChangeSample{}}
	}
	return d.fields[key]
}

// sum returns the account, its fields in the order of the catalogue.
func (d *differences) sum() *search.Changes {
	out := d.Changes
	out.Fields = []search.FieldChange{}
	for _, f := range catalog.All() {
		if c := d.fields[f.Key]; c != nil {
			out.Fields = append(out.Fields, *c)
			delete(d.fields, f.Key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(d.fields)) { // those that the catalogue has no more
		out.Fields = append(out.Fields, *d.fields[key])
	}
	return &out
}

// pairFields puts every value of old beside the one of now that took its place:
// the items of a list by their identity, all else by key and order.
func pairFields(old, now []record.Field) (pairs []fieldPair) {
	type place struct {
		key, item string
		n         int
	}
	places := func(fields []record.Field) (at []place) {
		seen := map[place]int{}
		for _, f := range fields {
			p := place{key: f.Key, item: f.Item}
			seen[p]++
			p.n = seen[p]
			at = append(at, p)
		}
		return at
	}
	was := map[place]*record.Field{}
	order := places(old)
	for i, p := range order {
		was[p] = &old[i]
	}
	for i, p := range places(now) {
		pairs = append(pairs, fieldPair{was[p], &now[i]})
		delete(was, p)
	}
	for _, p := range order {
		if f := was[p]; f != nil {
			pairs = append(pairs, fieldPair{f, nil})
		}
	}
	return pairs
}

// sameBeside reports whether all is the same that stands beside the values.
func sameBeside(a, b *record.Record) bool {
	x, y := *a, *b
	x.Versions, y.Versions = schemas.Versions{}, schemas.Versions{}
	one, err := json.Marshal(x)
	if err != nil {
		return false
	}
	two, err := json.Marshal(y)
	return err == nil && bytes.Equal(one, two)
}

// quoteOf returns where f stands, shortened: the value's own words if it has any.
func quoteOf(f *record.Field) (page int, quote string) {
	if len(f.Evidence) == 0 {
		return 0, ""
	}
	i := max(0, slices.IndexFunc(f.Evidence, func(e record.Evidence) bool { return e.Role == record.RoleValue }))
	return f.Evidence[i].Page, cutText(f.Evidence[i].Quote, maxQuote)
}
