package eval

import (
	"fmt"

	"jixiao/extractors/check"
	"jixiao/schemas/record"
)

// A Seen is one value that a reader emitted for a report it had never met, and
// whether it was right: what confidence is fitted on.
type Seen struct {
	Case string `json:"case"`
	check.Sight
	Right bool   `json:"right"`
	Value string `json:"-"` // for whoever reads a list of mistakes
}

// See judges the values of records that readers made before their confidence
// was decided. Keys that are not scored, or not in a case, are left out.
func See(cases []Case, records map[string]*record.Record) ([]Seen, error) {
	var all []Seen
	for i := range cases {
		rec := records[cases[i].Name]
		if rec == nil {
			continue
		}
		seen, err := seeOne(&cases[i], rec)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", cases[i].Name, err)
		}
		all = append(all, seen...)
	}
	return all, nil
}

func seeOne(of *Case, rec *record.Record) ([]Seen, error) {
	o, err := outputOf(rec)
	if err != nil {
		return nil, err
	}
	right := map[*Value]bool{}
	scored := map[*Value]bool{}
	c := newComparison(1)
	if err := c.add(of, o); err != nil {
		return nil, err
	}
	for _, j := range c.judged {
		scored[j.value], right[j.value] = true, j.right
	}
	var all []Seen
	for i, s := range check.Sights(rec.Fields, rec.Findings) {
		if v := &o.Values[i]; scored[v] {
			all = append(all, Seen{Case: of.Name, Sight: s, Right: right[v], Value: rec.Fields[i].Value.String()})
		}
	}
	return all, nil
}
