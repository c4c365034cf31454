package sample

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReportIsTheSameForTheSameSeed(t *testing.T) {
	for seed := range uint64(30) {
		a, b := Report(seed, 0), Report(seed, 0)
		if a != b {
			t.Fatalf("seed %d: two different reports", seed)
		}
		if len(a) < Size || len(a) > Size+2<<10 {
			t.Errorf("seed %d: %d bytes, want about %d", seed, len(a), Size)
		}
	}
}

func TestReportStatesItsFacts(t *testing.T) {
	for seed := range uint64(30) {
		f, text := New(seed), Report(seed, 0)
		if f.Spent != f.Basic+f.Project || f.Revenue != f.Spent+f.Carryover {
			t.Errorf("seed %d: the amounts do not add up: %+v", seed, f)
		}
		want := []string{f.Unit, wan(f.Spent) + "万元", wan(f.Initial), f.Rate + "%", f.Score + "分", chineseDate(f.FillDate)}
		want = append(append(want, f.Problems...), f.Measures...)
		for _, s := range want {
			if !strings.Contains(text, s) {
				t.Errorf("seed %d: %q is not in the report", seed, s)
			}
		}
	}
}

func TestWriteMakesDifferentFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	if err := Write(dir, 200, 7); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 200 {
		t.Fatalf("%d files, %v; want 200", len(files), err)
	}
	seen := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := seen[string(b)]; ok {
			t.Errorf("%s and %s are the same", f.Name(), other)
		}
		seen[string(b)] = f.Name()
	}
}

func TestPDFHasItsPages(t *testing.T) {
	b := string(PDF(3, 4))
	if n := strings.Count(b, "/Type /Page "); n != 4 {
		t.Errorf("%d pages, want 4", n)
	}
	if !strings.HasPrefix(b, "%PDF-1.4\n") || !strings.HasSuffix(b, "%%EOF\n") {
		t.Error("no PDF envelope")
	}
}
