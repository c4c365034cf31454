package index

import (
	"os"
	"strings"
	"testing"
)

// TestSyntax parses every example, in the help and in the documentation.
func TestSyntax(t *testing.T) {
	doc, err := os.ReadFile("../../docs/search.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range Syntax {
		if e, err := Parse(r.Example); err != nil || e == nil {
			t.Errorf("%s: %v", r.Example, err)
		}
		if !strings.Contains(string(doc), "`"+r.Example+"`") {
			t.Errorf("docs/search.md does not explain `%s`", r.Example)
		}
		for _, help := range []string{Help(true), Help(false)} {
			if !strings.Contains(help, r.Example) {
				t.Errorf("%s is not in the help", r.Example)
			}
		}
	}
}

// TestDocumentedLimits holds the numbers of docs/search.md against the code.
func TestDocumentedLimits(t *testing.T) {
	doc, err := os.ReadFile("../../docs/search.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"1 MiB", "2,000 characters", "100 words", "10,000 problems", "512 bytes"} {
		if !strings.Contains(string(doc), s) {
			t.Errorf("docs/search.md does not say %q", s)
		}
	}
	if MaxText != 1<<20 || maxQuery != 2000 || maxLeaves != 100 || maxItems != 10_000 || maxTerm != 512 {
		t.Error("a limit was changed: docs/search.md and this test have to follow")
	}
}
