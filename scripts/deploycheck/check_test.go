package deploycheck

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../.."

// program is jixiao, built once from the same tree.
var program *Program

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "deploycheck")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		path := filepath.Join(dir, "jixiao")
		build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, "./cmd/jixiao")
		build.Dir, build.Stderr, build.Env = root, os.Stderr, append(os.Environ(), "CGO_ENABLED=0")
		if err := build.Run(); err != nil {
			panic(err)
		}
		if program, err = NewProgram(path); err != nil {
			panic(err)
		}
		return m.Run()
	}())
}

func load(t *testing.T) Tree {
	t.Helper()
	tree, err := Load(root)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// lines fails the test once for each line of err.
func lines(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	for line := range strings.Lines(err.Error()) {
		t.Error(strings.TrimRight(line, "\n"))
	}
}

func TestDockerfile(t *testing.T) { lines(t, Dockerfile(load(t))) }
func TestCompose(t *testing.T)    { lines(t, Compose(load(t), program)) }
func TestChart(t *testing.T)      { lines(t, Chart(load(t), program)) }
func TestUnits(t *testing.T)      { lines(t, Units(load(t), program)) }
func TestExample(t *testing.T)    { lines(t, Example(load(t), program)) }
func TestRules(t *testing.T)      { lines(t, Rules(load(t))) }
func TestDashboard(t *testing.T)  { lines(t, Dashboard(load(t))) }
