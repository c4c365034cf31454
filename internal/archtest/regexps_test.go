package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
)

// textual is what looks at every document's whole text.
var textual = []string{"extractors/", "internal/zh/"}

// unanchored are the regular expressions that may begin anywhere, with what
// they look at instead of a whole text.
var unanchored = map[string]string{
	"extractors/pdf/arrange/heads.go": "the figures of one line at a page's edge",
}

// TestRegexpsHaveAnchors: a regular expression costs fifty times what a scan for
// its first characters does. Whatever reads documents has none but those that
// hold a line, found before, against ^.
func TestRegexpsHaveAnchors(t *testing.T) {
	for _, name := range files(t) {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || !startsWithAny(name, textual) {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), root+name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range regexps(file) {
			if _, ok := unanchored[name]; !ok && !strings.HasPrefix(r, "^") {
				t.Errorf("%s: the regular expression %.60q does not begin with ^: look for its first characters, then hold it against what begins there", name, r)
			}
		}
	}
}

func TestRegexpsAreFound(t *testing.T) {
	const src = "package p\nvar a, b = regexp.MustCompile(`^a` +\n`b`), regexp.MustCompile(form(1))\n"
	file, err := parser.ParseFile(token.NewFileSet(), "", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := regexps(file); len(got) != 2 || got[0] != "^ab" || got[1] != "" {
		t.Errorf("found %q", got)
	}
}

// regexps returns the regular expressions that are compiled in file, "" for one
// that is not written there in full.
func regexps(file *ast.File) (out []string) {
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 {
			return true
		}
		f, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if pkg, ok := f.X.(*ast.Ident); ok && pkg.Name == "regexp" && (strings.HasPrefix(f.Sel.Name, "MustCompile") || strings.HasPrefix(f.Sel.Name, "Compile")) {
			s, _ := literal(call.Args[0])
			out = append(out, s)
		}
		return true
	})
	return out
}

// literal returns the string that e, of literals alone, makes.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		a, ok := literal(e.X)
		b, also := literal(e.Y)
		return a + b, ok && also
	}
	return "", false
}

func startsWithAny(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
