package eval

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"jixiao/extractors"
	"jixiao/extractors/all"
	"jixiao/internal/golden"
	"jixiao/pipeline"
	"jixiao/schemas"
)

// sets are the labelled reports of the repository that everybody may look at.
var sets = []string{"corpus", "eval/open", "eval/open2", "eval/closed", "eval/closed2", "eval/open3", "eval/open4", "eval/closed3", "eval/open5", "eval/closed4"}

// What every change costs or brings: the figures of all keys, and the misses.
func TestQualityGolden(t *testing.T) {
	var b bytes.Buffer
	fmt.Fprintln(&b, "# How well the labelled reports of this repository are read. Rules were made with")
	fmt.Fprintln(&b, "# all of them at hand: docs/quality.md says what they gave when first read.")
	for _, set := range sets {
		r := evaluate(t, "../../testdata/"+set)
		fmt.Fprintf(&b, "\n%s: %d reports\n", set, r.Cases)
		writeFigures(&b, r)
		if v := r.Evidence; v.Found.Share < 1 || v.Exact.Share < 1 || v.Reread.Share < 1 {
			t.Errorf("%s: evidence is not all valid: %+v", set, v)
			for _, m := range r.Unproven {
				t.Logf("%s %s: %s", m.Case, m.Key, m.Why)
			}
		}
	}
	golden.Check(t, "../../testdata/quality.golden.txt", b.Bytes())
}

func writeFigures(b *bytes.Buffer, r *Report) {
	line := func(name string, s Score) {
		fmt.Fprintf(b, "%-34s %5d %7d %5d  %.4f %.4f %.4f\n", name, s.N, s.Emitted, s.TP, s.Precision, s.Recall, s.F1)
	}
	fmt.Fprintf(b, "%-34s %5s %7s %5s  %-6s %-6s %-6s\n", "key", "n", "emitted", "tp", "P", "R", "F1")
	for _, k := range r.Keys {
		line(k.Key, k.Score)
	}
	line("micro", r.Micro)
	fmt.Fprintf(b, "macro F1 %.4f, spurious %d, wrong %d, to be reviewed %d with %d of %d mistakes\n", r.MacroF1,
		r.Spurious.Count, r.Wrong.Count, r.Review.Marked.Count, r.Review.Caught.Count, r.Review.Caught.Of)
	for _, m := range r.Misses {
		fmt.Fprintf(b, "%s %s %s\n", m.Kind, m.Case, m.Key)
	}
}

// evaluate reads the cases in dir in this process and scores them.
func evaluate(t *testing.T, dir string) *Report {
	t.Helper()
	cases, err := Cases(dir)
	if err != nil {
		t.Fatal(err)
	}
	outputs := map[string]*Output{}
	for i := range cases {
		outputs[cases[i].Name] = readCase(t, &cases[i])
	}
	r, err := Compare(cases, outputs)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func readCase(t *testing.T, c *Case) *Output {
	t.Helper()
	name := c.Source("", false)
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	run := pipeline.Runner{Extractors: all.Extractors()}
	doc, rec, err := run.Run(t.Context(), schemas.IDOf(b), extractors.Input{Name: name, Size: int64(len(b)), Bytes: bytes.NewReader(b)})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	rec.Source.Name = name
	out, err := Of(doc, rec)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
