// Package golden reads what tests expect from files under testdata, whose changes
// are reviewed like code.
package golden

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"
)

// Check compares got with the file at path. UPDATE_GOLDEN=1 in the environment
// rewrites the file instead: a variable, unlike a flag, is known to every
// package of a `go test ./...`.
func Check(t testing.TB, path string, got []byte) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(lines(want), lines(got)); d != "" {
		t.Errorf("%s (-want +got):\n%s", path, d)
	}
}

// Cases decodes the cases that a person has written down in the YAML file at path
// into the value that into points to.
func Cases(t testing.TB, path string, into any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// lines parts b for a diff that a person can read.
func lines(b []byte) []string { return strings.Split(string(b), "\n") }
