package archtest

import (
	"os"
	"strings"
	"testing"
)

// A test that may skip stands in the README, for people, and exists.
func TestReadmeNamesEverySkip(t *testing.T) {
	readme, list := read(t, "README.md"), read(t, "scripts/skips.txt")
	n := 0
	for line := range strings.Lines(list) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		n++
		pkg, test := strings.TrimPrefix(f[0], module), f[1]
		row := rowOf(readme, pkg)
		if !strings.Contains(row, test) {
			t.Errorf("README.md has no row for %s of %s", test, pkg)
		}
		top, _, _ := strings.Cut(test, "/") // a subtest's name stands nowhere
		if !defines(t, pkg, "func "+top+"(") {
			t.Errorf("%s has no %s", pkg, top)
		}
	}
	if n == 0 {
		t.Error("the list of skips is empty, or not read rightly")
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(root + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// rowOf returns the table row of a package.
func rowOf(readme, pkg string) string {
	for line := range strings.Lines(readme) {
		if strings.HasPrefix(line, "| "+pkg+":") {
			return line
		}
	}
	return ""
}

// defines reports whether a test file of pkg contains text.
func defines(t *testing.T, pkg, text string) bool {
	t.Helper()
	for _, name := range files(t) {
		if strings.HasPrefix(name, pkg+"/") && strings.HasSuffix(name, "_test.go") && strings.Contains(read(t, name), text) {
			return true
		}
	}
	return false
}
