package archtest

import (
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

// Whatever module is imported stands in NOTICE with its licence.
func TestNoticeNamesWhatIsImported(t *testing.T) {
	b, err := os.ReadFile(root + "NOTICE")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for line := range strings.Lines(string(b)) {
		if f := strings.Fields(line); len(f) >= 2 && strings.Contains(f[0], ".") && strings.Contains(f[0], "/") {
			listed = append(listed, f[0])
		}
	}
	reported := map[string]bool{}
	for _, name := range files(t) {
		if !strings.HasSuffix(name, ".go") || strings.Contains(name, "testdata/") {
			continue
		}
		for _, path := range foreignImports(t, name) {
			if !within(path, listed) && !reported[path] {
				reported[path] = true
				t.Errorf("%s imports %s, whose module NOTICE does not name", name, path)
			}
		}
	}
}

// foreignImports returns the imports of a Go file that are neither ours nor of
// the standard library.
func foreignImports(t *testing.T, name string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), root+name, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, imp := range f.Imports {
		path := strings.Trim(imp.Path.Value, `"`)
		if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
			out = append(out, path)
		}
	}
	return out
}

func within(path string, modules []string) bool {
	for _, m := range modules {
		if path == m || strings.HasPrefix(path, m+"/") {
			return true
		}
	}
	return false
}
