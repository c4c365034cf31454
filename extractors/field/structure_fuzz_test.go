package field_test

import (
	"context"
	"strings"
	"testing"

	"jixiao/extractors/extracttest"
	"jixiao/extractors/field"
	"jixiao/extractors/passage"
	"jixiao/extractors/plaintext"
	"jixiao/extractors/section"
	"jixiao/internal/golden"
)

// FuzzStructure reads any text as the program does: no panic, all evidence
// quotes the text, and what a measure answers is a problem of the same report.
func FuzzStructure(f *testing.F) {
	var list []structure
	golden.Cases(f, "testdata/structure.yaml", &list)
	for k, s := range list {
		if k%4 == 0 {
			f.Add(strings.NewReplacer("{U}", reportTitle, "{P}", reportTitle).Replace(s.Text))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<13 {
			return
		}
		doc, err := plaintext.New().Extract(context.Background(), extracttest.Input("a.txt", []byte(text)))
		if err != nil {
			return
		}
		p := passage.New(doc)
		r := field.Read(p, section.Outline(p))
		items := map[string]bool{}
		for _, x := range r.Fields {
			if err := x.Validate(doc.Text); err != nil {
				t.Error(err)
			}
			if x.Key == "problems" {
				items[x.Item] = true
			}
		}
		for _, x := range r.Fields {
			if x.Answers != "" && !items[x.Answers] {
				t.Errorf("%s answers %s, which is no problem", x.Value, x.Answers)
			}
		}
	})
}
