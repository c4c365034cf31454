package pipeline_test

import (
	"context"
	"testing"

	"jixiao/extractors"
	"jixiao/pipeline"
	"jixiao/schemas/layout"
)

// twoEngines is a format whose pages are read by one engine or another.
type twoEngines []string

func (twoEngines) Name() string        { return "two" }
func (twoEngines) Version() string     { return "first/3" }
func (twoEngines) Accepts([]byte) bool { return true }

func (e twoEngines) Extract(context.Context, extractors.Input) (*layout.Doc, error) {
	doc := &layout.Doc{Format: "two"}
	for i, engine := range e {
		doc.Pages = append(doc.Pages, layout.Page{Number: i + 1, Engine: engine})
	}
	return doc, nil
}

// A record names the engine that has read its document.
func TestRecordNamesItsEngine(t *testing.T) {
	for _, tt := range []struct {
		name    string
		engines twoEngines
		want    string
	}{
		{"usual", twoEngines{"first", "first"}, "first/3"},
		{"other", twoEngines{"second", "second"}, "second/3"},
		{"both", twoEngines{"first", "second"}, "first/3"}, // source.engines names both
		{"none", twoEngines{""}, "first/3"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := pipeline.Runner{Extractors: []extractors.Extractor{tt.engines}}
			_, rec, err := r.Run(t.Context(), "id", input("x"))
			if err != nil || rec.Versions.Extractor != tt.want {
				t.Errorf("version %q, %v; want %q", rec.Versions.Extractor, err, tt.want)
			}
		})
	}
}
