package check

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// read are fields as readers leave them: sure of them all.
func read(spec string) []record.Field {
	fields := given(spec)
	for i := range fields {
		f := &fields[i]
		f.Confidence = 0.97
		f.Evidence = []record.Evidence{{Role: record.RoleValue, Quote: f.Raw}, {Role: record.RoleLabel, Quote: "x"}}
	}
	return fields
}

func TestReview(t *testing.T) {
	fields := read("score=88 grade=优 revenue.total=3.00万元")
	Review(fields, Findings(nil, fields))
	got := map[string]bool{}
	for _, f := range fields {
		got[f.Key] = f.Review
		if f.Confidence <= 0 || f.Confidence > surest {
			t.Errorf("%s: confidence %v", f.Key, f.Confidence)
		}
	}
	if d := cmp.Diff(map[string]bool{"score": true, "grade": true, "revenue.total": false}, got); d != "" {
		t.Errorf("to be reviewed (-want +got):\n%s", d)
	}
}

// What speaks against a value never makes it surer.
func TestConfidenceFalls(t *testing.T) {
	m := fitted()
	sure := Sight{Key: "expenditure.total", Rule: "money-executed", Score: 0.85, // not so sure that the cap hides what falls
		Roles: []string{record.RoleLabel}, Runes: 9, Quotes: 1, Fields: 20}
	for name, spoil := range map[string]func(*Sight){
		"less_sure":       func(s *Sight) { s.Score = 0.6 },
		"doubted":         func(s *Sight) { s.Doubted = true },
		"others_doubted":  func(s *Sight) { s.Doubts = 3 },
		"without_a_label": func(s *Sight) { s.Roles = nil },
	} {
		t.Run(name, func(t *testing.T) {
			s := sure
			spoil(&s)
			if a, b := m.Confidence(&sure), m.Confidence(&s); b >= a {
				t.Errorf("confidence %v, and %v of a value that less speaks for", a, b)
			}
		})
	}
}

func TestSights(t *testing.T) {
	quote := func(role, words string) record.Evidence {
		return record.Evidence{Role: role, Quote: words, Span: layout.Span{End: len(words)}}
	}
	fields := []record.Field{
		{Key: "score", Rule: "score-total@1f", Confidence: 0.9, Evidence: []record.Evidence{quote(record.RoleValue, "９８"), quote(record.RoleLabel, "得分")}},
		{Key: "projects", Rule: "projects-table@1f", Confidence: 0.9, Evidence: []record.Evidence{quote("name", "甲"), quote("budget", "1"), quote(record.RoleUnitHeader, "万元")}},
	}
	findings := []record.Finding{
		{Severity: record.Warn, Keys: []string{"score", "grade"}}, {Severity: record.Info, Keys: []string{"projects"}},
	}
	want := []Sight{
		{Key: "score", Rule: "score-total", Score: 0.9, Roles: []string{"label"}, Runes: 2, Quotes: 1, Doubted: true, Fields: 2, Doubts: 1},
		{Key: "projects", Rule: "projects-table", Score: 0.9, Roles: []string{"unit_header"}, Members: 2, Noted: true, Fields: 2, Doubts: 1},
	}
	if d := cmp.Diff(want, Sights(fields, findings)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func BenchmarkReview(b *testing.B) {
	fields := read("score=88 grade=优 revenue.total=3.00万元 expenditure.total=2.00万元 expenditure.basic=1.00万元")
	findings := Findings(nil, fields)
	b.ReportAllocs()
	for b.Loop() {
		Review(fields, findings)
	}
}
