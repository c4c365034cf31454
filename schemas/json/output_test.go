package schemajson

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"jixiao/extractors"
	"jixiao/extractors/all"
	"jixiao/extractors/field"
	"jixiao/internal/sample"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// Real output keeps to the schemas, every quote is the text it points at, and
// reading the quotes again gives the value.
func TestOutputKeepsToSchemas(t *testing.T) {
	s := schemaSet{compile(t, "record.schema.json"), compile(t, "text.schema.json")}
	for name, b := range documents(t) {
		t.Run(name, func(t *testing.T) { s.hold(t, name, b) })
	}
}

// documents returns the sample reports and some invented ones.
func documents(t *testing.T) map[string][]byte {
	t.Helper()
	docs := map[string][]byte{
		"sample_text": []byte(sample.Report(5, 0)), "sample_pdf": sample.PDF(6, 2),
		"no_report": []byte("会议通知\n定于周五下午三点召开例会，请准时参加。\n"),
	}
	for _, ext := range []string{"txt", "pdf"} {
		files, err := filepath.Glob("../../testdata/corpus/*/source." + ext)
		if err != nil || len(files) == 0 {
			t.Fatalf("no sample reports in %s: %v", ext, err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			docs[filepath.Base(filepath.Dir(f))] = b
		}
	}
	return docs
}

type schemaSet struct{ record, text validator }

type validator interface{ Validate(v any) error }

// hold reads b and holds what the commands would print against the schemas.
func (s schemaSet) hold(t *testing.T, name string, b []byte) {
	r := pipeline.Runner{Extractors: all.Extractors()}
	in := extractors.Input{Name: name, Size: int64(len(b)), Bytes: bytes.NewReader(b)}
	doc, rec, err := r.Run(t.Context(), schemas.IDOf(b), in)
	if err != nil {
		t.Fatal(err)
	}
	rec.Source.Name = name
	holdTo(t, s.record, rec)
	holdTo(t, s.text, struct {
		Source record.Source `json:"source"`
		Text   string        `json:"text"`
		Pages  []layout.Page `json:"pages"`
	}{rec.Source, doc.Text, doc.Pages})
	for _, e := range allEvidence(rec) {
		if err := e.Validate(doc.Text); err != nil {
			t.Error(err)
		}
	}
	for _, f := range rec.Fields {
		if again, err := field.Reread(f); err != nil || !again.Equal(f.Value) {
			t.Errorf("%s: the quotes read again give %v, %v; the value is %v", f.Key, again, err, f.Value)
		}
	}
}

func holdTo(t *testing.T, s validator, v any) {
	t.Helper()
	decoded := decode(t, marshal(t, v))
	if err := s.Validate(decoded); err != nil {
		t.Error(err)
	}
}

func allEvidence(rec *record.Record) []record.Evidence {
	var out []record.Evidence
	for _, f := range rec.Fields {
		out = append(out, f.Evidence...)
	}
	for _, f := range rec.Findings {
		out = append(out, f.Evidence...)
	}
	for _, g := range rec.Gaps {
		out = append(out, g.Evidence...)
	}
	return out
}
