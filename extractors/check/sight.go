package check

import (
	"math"
	"strings"

	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
	"jixiao/schemas/record"
)

// A Sight is what is known about one value when its confidence is decided: how
// sure its reader was, how it was read, and what the rest of the record says.
type Sight struct {
	Key     string   `json:"key"`
	Rule    string   `json:"rule"`  // without its version
	Score   float64  `json:"score"` // the reader's own, 0 to 1: which candidate is better, not how often it is right
	Roles   []string `json:"roles,omitempty"`
	Members int      `json:"members,omitempty"` // of an object
	Runes   int      `json:"runes"`             // length of the words it was read from
	Quotes  int      `json:"quotes"`            // in how many pieces they stand
	Doubted bool     `json:"doubted,omitempty"` // a finding speaks against its key
	Noted   bool     `json:"noted,omitempty"`   // a finding remarks on its key
	Fields  int      `json:"fields"`            // values read from the document
	Doubts  int      `json:"doubts,omitempty"`  // findings that speak against any of them
}

// Sights returns what is known about each of fields.
func Sights(fields []record.Field, findings []record.Finding) []Sight {
	v := viewOf(fields, findings)
	all := make([]Sight, len(fields))
	for i := range fields {
		all[i] = v.sight(&fields[i])
	}
	return all
}

// A view is what a whole record says of each of its values.
type view struct {
	doubted, noted map[string]bool // keys that findings speak against, remark on
	fields, doubts int
}

func viewOf(fields []record.Field, findings []record.Finding) view {
	v := view{doubted: map[string]bool{}, noted: map[string]bool{}, fields: len(fields)}
	for _, f := range findings {
		into := v.noted
		if f.Severity != record.Info {
			into = v.doubted
			v.doubts++
		}
		for _, k := range f.Keys {
			into[k] = true
		}
	}
	return v
}

func (v *view) sight(f *record.Field) Sight {
	s := Sight{Key: f.Key, Score: f.Confidence, Fields: v.fields, Doubts: v.doubts, Doubted: v.doubted[f.Key], Noted: v.noted[f.Key]}
	s.Rule, _, _ = strings.Cut(f.Rule, "@")
	for i := range f.Evidence {
		switch e := &f.Evidence[i]; e.Role {
		case record.RoleLabel, record.RoleUnitHeader, record.RoleRow, record.RoleColumn:
			s.Roles = append(s.Roles, e.Role)
		case record.RoleValue:
			s.Quotes++
			s.Runes += zh.RuneCount(e.Quote)
		default: // a member of an object
			s.Members++
		}
	}
	return s
}

// A feature is something that speaks for or against a value, and how much of
// it there is.
type feature struct {
	group, name string
	amount      float64
}

// sign is the group of the features that values of every kind can have.
const sign = "sign"

// usual is about how sure readers are of most values, as log odds.
const usual = 2.5

// mostFeatures is how many features a sight has at most.
const mostFeatures = 12

// features appends to list what speaks for and against s.
func (s *Sight) features(list []feature) []feature {
	entry, _ := catalog.Lookup(s.Key)
	score := min(max(s.Score, 0.3), 0.99)
	list = append(list,
		feature{sign, "score of the reader", math.Log(score/(1-score)) - usual},
		feature{"key", s.Key, 1}, feature{"kind", string(entry.Kind), 1}, feature{"rule", s.Rule, 1}, feature{"read from", s.place(), 1})
	for _, f := range []struct {
		holds bool
		name  string
	}{
		{s.Doubted, "a finding speaks against it"},
		{s.Noted, "a finding remarks on it"},
		{s.Fields < 8, "few values in the report"},
		{entry.Kind == catalog.Items && s.Runes > 150, "a very long item"},
		{entry.Kind == catalog.Items && s.Quotes > 1, "an item in pieces"},
		{entry.Kind == catalog.Objects && s.Members <= 2, "an object of two members"},
	} {
		if f.holds {
			list = append(list, feature{sign, f.name, 1})
		}
	}
	if s.Doubts > 0 {
		list = append(list, feature{sign, "findings in the report", math.Log2(float64(1 + s.Doubts))})
	}
	return list
}

// place says in what kind of text the value stands.
func (s *Sight) place() string {
	label := false
	for _, r := range s.Roles {
		switch r {
		case record.RoleRow, record.RoleColumn:
			return "a table"
		case record.RoleUnitHeader:
			return "under a unit"
		case record.RoleLabel:
			label = true
		}
	}
	if label {
		return "behind a label"
	}
	return "bare words"
}
