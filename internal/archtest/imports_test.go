package archtest

import (
	"go/parser"
	"go/token"
	"path"
	"strings"
	"testing"
)

// The files are parsed here, whatever their build tags, and not asked of a "go
// list" subprocess: the test cache knows the files that a test opened itself,
// but not those of its children, and would repeat an old pass.
func TestImportsPointOneWay(t *testing.T) {
	for _, name := range files(t) {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.Contains(name, "testdata/") {
			continue
		}
		pkg := path.Dir(name)
		r, ok := ruleOf(pkg)
		if !ok {
			t.Errorf("%s has no rule: add its line to internal/archtest/rules_test.go and docs/architecture.md", pkg)
			continue
		}
		for _, dep := range imports(t, name) {
			if !r.allows(dep) {
				t.Errorf("%s imports %s: %s may import only %q", name, dep, r.tree, r.may)
			}
		}
	}
}

// imports returns the packages of this module that a Go file imports.
func imports(t *testing.T, name string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), root+name, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var own []string
	for _, imp := range f.Imports {
		if dep, ok := strings.CutPrefix(strings.Trim(imp.Path.Value, `"`), module); ok {
			own = append(own, dep)
		}
	}
	return own
}

func TestRules(t *testing.T) {
	for _, c := range []struct {
		pkg, dep string
		want     bool
	}{
		{"schemas/record", "schemas/layout", true},
		{"schemas/layout", "schemas/record", false},
		{"extractors/field", "internal/zh/segment", true},
		{"extractors/field", "pipeline", false},
		{"web", "pipeline", false},
		{"web/handler", "schemas/search", true},
		{"pipeline/queue", "pipeline/store", false},
		{"internal/app", "cmd/jixiao", true},
		{"internal/zhx", "internal/zh", false},
	} {
		r, ok := ruleOf(c.pkg)
		if got := ok && r.allows(c.dep); got != c.want {
			t.Errorf("%s imports %s: allowed %v, want %v", c.pkg, c.dep, got, c.want)
		}
	}
}
