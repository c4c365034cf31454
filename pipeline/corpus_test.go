package pipeline_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/extractors"
	"jixiao/extractors/all"
	"jixiao/internal/golden"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

const corpus = "../testdata/corpus"

// The sample reports, read whole: what holds for any record first, then the
// records themselves, then how they differ from what a careful reader finds.
func TestCorpusGolden(t *testing.T) {
	sources, err := filepath.Glob(corpus + "/*/source.*")
	if err != nil {
		t.Fatal(err)
	}
	var misses []string
	cases := 0
	for _, source := range sources {
		if ext := filepath.Ext(source); ext != ".txt" && ext != ".pdf" {
			continue
		}
		dir := filepath.Dir(source)
		name := filepath.Base(dir)
		cases++
		t.Run(name, func(t *testing.T) {
			doc, rec := read(t, source)
			for _, f := range rec.Fields {
				if err := f.Validate(doc.Text); err != nil {
					t.Error(err)
				}
			}
			misses = append(misses, compare(t, name, dir, rec.Fields)...)
			forgetVersions(rec)
			golden.Check(t, filepath.Join(dir, "record.golden.json"), pretty(t, rec))
		})
	}
	if cases < 12 {
		t.Errorf("%d cases, want the 12 of %s", cases, corpus)
	}
	golden.Check(t, "testdata/corpus-misses.golden", []byte(strings.Join(misses, "")))
}

// forgetVersions drops what says which code read rec: another version alone is
// no other reading.
func forgetVersions(rec *record.Record) {
	rec.Versions = schemas.Versions{}
	for i := range rec.Fields {
		rec.Fields[i].Rule, _, _ = strings.Cut(rec.Fields[i].Rule, "@")
	}
}

// read takes one file from bytes to record.
func read(t *testing.T, file string) (*layout.Doc, *record.Record) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := pipeline.Runner{Extractors: all.Extractors()}
	in := extractors.Input{Name: filepath.Base(file), Size: int64(len(b)), Bytes: bytes.NewReader(b)}
	doc, rec, err := r.Run(t.Context(), schemas.IDOf(b), in)
	if err != nil {
		t.Fatal(err)
	}
	return doc, rec
}

func pretty(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unscored are keys that expected.json gives only where they were labelled.
var unscored = []string{"project_name", "supervisor", "period"}

// compare says, a line each, where fields differ from the case's expected.json.
func compare(t *testing.T, name, dir string, fields []record.Field) []string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expected map[string]json.RawMessage
	if err := json.Unmarshal(b, &expected); err != nil {
		t.Fatalf("%s: %v", dir, err)
	}
	var alternatives map[string]json.RawMessage
	if raw, ok := expected["x_alt"]; ok {
		if err := json.Unmarshal(raw, &alternatives); err != nil {
			t.Fatalf("%s: x_alt: %v", dir, err)
		}
	}
	want, got := wanted(t, expected), found(fields)
	keys := slices.Collect(maps.Keys(want))
	for k := range got {
		_, labelled := want[k]
		_, debatable := alternatives[k]
		if !labelled && !debatable && !slices.Contains(unscored, k) {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	var misses []string
	for _, k := range keys {
		if d := cmp.Diff(want[k], got[k]); d != "" {
			misses = append(misses, fmt.Sprintf("%s %s\n  want %s\n  got  %s\n", name, k, strings.Join(want[k], " | "), strings.Join(got[k], " | ")))
		}
	}
	return misses
}

// wanted returns the values of each labelled key, written as in found.
func wanted(t *testing.T, expected map[string]json.RawMessage) map[string][]string {
	t.Helper()
	want := map[string][]string{}
	for k, raw := range expected {
		if strings.HasPrefix(k, "x_") {
			continue
		}
		list := []json.RawMessage{raw}
		if raw[0] == '[' {
			if err := json.Unmarshal(raw, &list); err != nil {
				t.Fatal(err)
			}
		}
		for _, item := range list {
			var v record.Value
			if err := json.Unmarshal(item, &v); err != nil {
				t.Fatal(err)
			}
			want[k] = append(want[k], v.String())
		}
	}
	return want
}

func found(fields []record.Field) map[string][]string {
	got := map[string][]string{}
	for _, f := range fields {
		got[f.Key] = append(got[f.Key], f.Value.String())
	}
	return got
}
