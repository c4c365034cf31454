package pipeline_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"jixiao/extractors"
	"jixiao/extractors/field"
	"jixiao/extractors/plaintext"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/record"
)

// sharedDir is the folder of labelled reports, named by JIXIAO_TEST_SHARED.
func sharedDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("JIXIAO_TEST_SHARED")
	if dir == "" {
		t.Skip("JIXIAO_TEST_SHARED names no folder of labelled reports")
	}
	return dir
}

// readText reads one text report as the program does.
func readText(t testing.TB, path string) (string, *record.Record) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	run := pipeline.Runner{Extractors: []extractors.Extractor{plaintext.New()}}
	doc, rec, err := run.Run(t.Context(), schemas.IDOf(b), extractors.Input{Name: path, Size: int64(len(b)), Bytes: bytes.NewReader(b)})
	if err != nil {
		t.Fatal(err)
	}
	rec.Source.Name = path
	return doc.Text, rec
}

// A score is what score.py says.
type score struct {
	Micro struct {
		F1 float64 `json:"f1"`
	} `json:"micro"`
	Evidence struct {
		Share float64 `json:"share"`
	} `json:"evidence"`
	Misses []map[string]any `json:"misses"`
}

// judge reads all cases under gold and has the corpus's own script score them.
func judge(t *testing.T, shared, gold string) score {
	t.Helper()
	cases, err := filepath.Glob(filepath.Join(gold, "*", "source.txt"))
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases under %s: %v", gold, err)
	}
	out := filepath.Join(t.TempDir(), "out.jsonl")
	if keep := os.Getenv("JIXIAO_TEST_OUT"); keep != "" {
		out = filepath.Join(keep, filepath.Base(gold)+".jsonl")
	}
	var lines bytes.Buffer
	enc := json.NewEncoder(&lines)
	for _, c := range cases {
		text, rec := readText(t, c)
		for _, f := range rec.Fields {
			if err := f.Validate(text); err != nil {
				t.Errorf("%s: %v", c, err)
			}
			if v, err := field.Reread(f); err != nil || !v.Equal(f.Value) {
				t.Errorf("%s: %s is %s, its quotes say %s (%v)", c, f.Key, f.Value, v, err)
			}
		}
		if err := enc.Encode(rec); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(out, lines.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "python3", filepath.Join(shared, "corpus", "score.py"), gold, out, "--json")
	b, err := cmd.Output()
	if err != nil {
		t.Fatalf("score.py: %v", err)
	}
	var s score
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestQuality(t *testing.T) {
	shared := sharedDir(t)
	tests := map[string]struct {
		gold string
		f1   float64
	}{
		"seed": {filepath.Join(shared, "seed"), 1},
		"dev":  {filepath.Join(shared, "corpus", "dev"), 0.95},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := judge(t, shared, tt.gold)
			if s.Micro.F1 < tt.f1 || s.Evidence.Share < 1 {
				t.Errorf("micro F1 %.4f, want %.2f; %.4f of the values quote their source, want all", s.Micro.F1, tt.f1, s.Evidence.Share)
				for _, m := range s.Misses {
					t.Log(m)
				}
			}
			t.Logf("micro F1 %.4f, evidence %.4f", s.Micro.F1, s.Evidence.Share)
		})
	}
}
