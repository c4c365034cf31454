package crashtest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jixiao/internal/program"
	"jixiao/internal/sample"
)

// A form is how hard the test is.
type form struct {
	reports, kills   int
	earliest, spread time.Duration // when a run is killed, counted from its start
}

func chosen() form {
	if os.Getenv("JIXIAO_TEST_LONG") != "" {
		return form{reports: 2000, kills: 3, earliest: 500 * time.Millisecond, spread: 4 * time.Second}
	}
	return form{reports: 150, kills: 3, earliest: 150 * time.Millisecond, spread: 700 * time.Millisecond}
}

// jixiao is the binary with its data folder and its settings.
type jixiao struct {
	bin, data string
	env       []string
}

func build(t *testing.T) jixiao {
	t.Helper()
	return jixiao{bin: program.Build(t, "../.."), data: filepath.Join(t.TempDir(), "data")}
}

func (p jixiao) command(args ...string) *exec.Cmd {
	cmd := exec.Command(p.bin, append(args, "--data", p.data)...)
	cmd.Env = append(append(program.Environ(), "LC_ALL=C"), p.env...)
	return cmd
}

// run runs the program to its end and returns what it printed.
func (p jixiao) run(t *testing.T, args ...string) []byte {
	t.Helper()
	var stderr bytes.Buffer
	cmd := p.command(args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("jixiao %s: %v\n%s%s", strings.Join(args, " "), err, out, stderr.Bytes())
	}
	return out
}

// killAfter starts the program, kills it after d with a signal that it cannot
// catch, and reports whether it was still at work.
func (p jixiao) killAfter(t *testing.T, d time.Duration, args ...string) bool {
	t.Helper()
	cmd := p.command(args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(d, func() { _ = cmd.Process.Kill() }) // fails if it has ended; Wait tells
	defer timer.Stop()
	err := cmd.Wait()
	var exit *exec.ExitError
	killed := errors.As(err, &exit) && exit.ExitCode() == -1
	if err != nil && !killed {
		t.Errorf("before it was killed it failed: %v\n%s", err, stderr.Bytes())
	}
	return killed
}

// account is the reconciliation that import --json prints.
type account struct {
	Seen, New, Known, Failed, Skipped, Pending int
}

func (p jixiao) load(t *testing.T, dir string) account {
	t.Helper()
	var a account
	decode(t, p.run(t, "import", dir, "--json"), &a)
	if a.Seen != a.New+a.Known+a.Failed+a.Skipped+a.Pending {
		t.Errorf("the account does not add up: %+v", a)
	}
	return a
}

func decode(t *testing.T, b []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatalf("%v in %.200q", err, b)
	}
}

// listed returns the names of all documents, sorted, and wants no id twice.
func (p jixiao) listed(t *testing.T) (names []string) {
	t.Helper()
	ids := map[string]bool{}
	for line := range bytes.Lines(p.run(t, "list", "--json")) {
		var e struct {
			ID    string
			Names []string
		}
		decode(t, line, &e)
		if ids[e.ID] {
			t.Errorf("%s is listed twice", e.ID)
		}
		ids[e.ID] = true
		for _, n := range e.Names {
			names = append(names, filepath.Base(n))
		}
	}
	slices.Sort(names)
	return names
}

// status is what status --json prints of queue and index.
type status struct {
	Total int
	Queue struct {
		Waiting map[string]int
		InHand  map[string]int `json:"in_hand"`
		Dead    int            `json:"dead_letters"`
	}
	Index struct{ Documents, Behind int }
}

func TestKilledWhileImporting(t *testing.T) {
	f := chosen()
	p := build(t)
	dir := t.TempDir()
	if err := sample.Write(dir, f.reports, 1); err != nil {
		t.Fatal(err)
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	hit := 0
	for range f.kills {
		after := f.earliest + time.Duration(random.Int64N(int64(f.spread)))
		if p.killAfter(t, after, "import", dir) {
			hit++
		}
		t.Logf("killed after %s", after)
	}
	if hit == 0 {
		t.Fatal("every run had ended before it was killed: nothing was tried")
	}
	a := p.load(t, dir)
	if a.Seen != f.reports || a.New+a.Known != f.reports {
		t.Errorf("the last run counts %+v, want %d reports new or known", a, f.reports)
	}
	t.Logf("%d runs killed at work; the last one found %d of %d done", hit, a.Known, f.reports)
	p.complete(t, f.reports)
	if a := p.load(t, dir); (a != account{Seen: f.reports, Known: f.reports}) {
		t.Errorf("once more it counts %+v, want all known", a)
	}
	p.complete(t, f.reports)
}

// complete wants every report there once, in the list as in the index, and
// nothing left to do.
func (p jixiao) complete(t *testing.T, reports int) {
	t.Helper()
	var want []string
	for i := range reports {
		want = append(want, fmt.Sprintf("report-%05d.txt", i))
	}
	if d := cmp.Diff(want, p.listed(t)); d != "" {
		t.Errorf("names (-want +got):\n%s", d)
	}
	var s status
	decode(t, p.run(t, "status", "--json"), &s)
	left := 0
	for _, m := range []map[string]int{s.Queue.Waiting, s.Queue.InHand} {
		for _, n := range m {
			left += n
		}
	}
	if s.Total != reports || s.Index.Documents != reports || s.Index.Behind != 0 || left != 0 || s.Queue.Dead != 0 {
		t.Errorf("status %+v, want %d documents in the index and nothing else", s, reports)
	}
}
