// Package program builds the command as people have it, for tests that run it
// from outside.
package program

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Build builds the program and returns its path. top is the top of the
// repository as seen from the test.
//
// The sources are read here, although only go build needs them: the test cache
// does not see what a subprocess reads, and an old pass would hide a new fault.
// The flags are those of `make build`, so that the compiler's cache serves both.
func Build(t testing.TB, top string) string {
	t.Helper()
	readSources(t, top)
	exe := filepath.Join(t.TempDir(), "jixiao")
	if runtime.GOOS == "windows" {
		exe += ".exe"
	}
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", exe, "jixiao/cmd/jixiao")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return exe
}

func readSources(t testing.TB, top string) {
	t.Helper()
	for _, tree := range []string{"cmd", "extractors", "internal", "pipeline", "schemas"} {
		err := filepath.WalkDir(filepath.Join(top, tree), func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && !strings.HasSuffix(path, "_test.go") && !strings.Contains(path, "testdata") {
				_, err = os.ReadFile(path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Environ is the environment without the settings of whoever runs the tests.
func Environ() []string {
	var out []string
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "JIXIAO_") {
			out = append(out, e)
		}
	}
	return out
}
