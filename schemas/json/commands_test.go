package schemajson

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"jixiao/internal/program"
)

const partly = 3 // the exit code when some documents failed

// Every command that prints JSON prints what its schema says: the program as
// people have it, on the sample reports and on a file that cannot be read.
func TestCommandsKeepToSchemas(t *testing.T) {
	p := command{t: t, exe: program.Build(t, "../.."), data: filepath.Join(t.TempDir(), "data")}
	samples := p.path("../../testdata/corpus")
	empty := filepath.Join(t.TempDir(), "empty.txt")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(samples, "bochuan-water-2020", "source.txt")
	pdf := filepath.Join(samples, "luming-meals-2023", "source.pdf")

	p.holds(partly, []string{"record", "record", "failure"}, "extract", text, pdf, empty)
	p.holds(partly, []string{"text", "text", "failure"}, "text", "--json", text, pdf, empty)
	p.holds(0, []string{"eval"}, "eval", "--json", samples)
	p.holds(0, []string{"eval"}, "eval", "--json", "--from", os.DevNull, samples) // nothing but misses
	p.holds(partly, []string{"import"}, "import", "--json", samples, empty)
	p.holds(0, []string{"import"}, "import", "--json", samples)
	p.holds(0, []string{"search"}, "search", "--json", "预算编制", "--facet", "year", "--facet", "year×unit")
	p.holds(0, []string{"search"}, "search", "--json", "预算编制", "--in", "problems")
	p.holds(0, []string{"search"}, "search", "--json", "没有这样的词")
	p.holds(0, []string{"status"}, "status", "--json")
	list := p.lines(0, "list", "--json")
	if len(list) != 13 {
		t.Errorf("list --json: %d lines, want one for each of 12 sample reports and the failed one", len(list))
	}
	p.hold("list", list...)
	p.holds(0, []string{"list", "list"}, "list", "--json", "--scope", "项目", "--unit", "云岫市东篱区住房和城乡建设局")
	p.holds(0, []string{"show"}, "show", "--json", idOf(t, list[0]))
	p.holds(0, []string{"version"}, "version", "--json")
	p.exports("export", len(list), "export")
	p.exports("export-long", 300, "export", "--long")
	p.upkeep(idOf(t, list[0]))
}

// upkeep holds the commands for whoever keeps the data to their schemas. The
// folder has the sample reports, of which id is one, and an empty file.
func (p command) upkeep(id string) {
	file := filepath.Join(p.t.TempDir(), "backup")
	p.holds(0, []string{"doctor"}, "doctor", "--json")
	p.holds(partly, []string{"reprocess"}, "reprocess", "--json", "--force")
	p.holds(0, []string{"reprocess"}, "reprocess", "--json", "--force", "--dry-run", "--from", "layout")
	p.holds(0, []string{"backup"}, "backup", "--json", file)
	p.holds(0, []string{"backup"}, "backup", "--json", "--verify", file)
	p.holds(0, []string{"reindex"}, "reindex", "--json")
	p.holds(0, []string{"failed"}, "failed", "list", "--json")
	p.holds(partly, []string{"retry"}, "failed", "retry", "--all", "--json")
	failed := idOf(p.t, p.lines(0, "failed", "list", "--json")[0])
	p.holds(0, []string{"failed"}, "failed", "show", failed, "--json")
	p.holds(0, []string{"drop"}, "failed", "drop", failed, "--json")
	p.holds(0, []string{"remove"}, "remove", id, "--yes", "--json")
	p.data = filepath.Join(p.t.TempDir(), "restored")
	p.holds(0, []string{"restore"}, "restore", "--json", file)
}

// exports holds an export of at least that many lines to its schema, which names
// just the columns of the CSV.
func (p command) exports(schema string, atLeast int, args ...string) {
	p.t.Helper()
	lines := p.lines(0, append(args, "--json")...)
	if len(lines) < atLeast {
		p.t.Errorf("%s: %d lines, want %d", schema, len(lines), atLeast)
	}
	p.hold(schema, lines...)
	head := strings.Split(strings.Trim(string(p.lines(0, args...)[0]), "\ufeff\r"), ",")
	columns := keys(lookUp(p.t, schema+".schema.json", "/properties"))
	slices.Sort(head)
	slices.Sort(columns)
	if diff := cmp.Diff(head, columns); diff != "" {
		p.t.Errorf("%s (-columns +schema):\n%s", schema, diff)
	}
}

// command runs the built program on one data folder.
type command struct {
	t         *testing.T
	exe, data string
}

func (p command) path(name string) string {
	p.t.Helper()
	abs, err := filepath.Abs(name)
	if err != nil {
		p.t.Fatal(err)
	}
	return abs
}

// lines runs the program and returns the lines of its standard output.
func (p command) lines(code int, args ...string) [][]byte {
	p.t.Helper()
	var out, talk bytes.Buffer
	cmd := exec.Command(p.exe, append([]string{"--data", p.data}, args...)...)
	cmd.Stdout, cmd.Stderr, cmd.Env = &out, &talk, program.Environ()
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		p.t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != code {
		p.t.Fatalf("%q ended with %d, want %d:\n%s", args, got, code, talk.String())
	}
	switch args[0] {
	case "extract", "text", "list", "failed", "init", "export":
		return bytes.Split(bytes.TrimSpace(out.Bytes()), []byte("\n"))
	}
	return [][]byte{out.Bytes()} // one object, perhaps over several lines
}

// holds wants one line of output for each of the schemas, in order.
func (p command) holds(code int, schemas []string, args ...string) {
	p.t.Helper()
	lines := p.lines(code, args...)
	if len(lines) != len(schemas) {
		p.t.Errorf("%q printed %d lines, want %d", args, len(lines), len(schemas))
		return
	}
	for i, s := range schemas {
		p.hold(s, lines[i])
	}
}

func (p command) hold(schema string, lines ...[]byte) {
	p.t.Helper()
	s := compile(p.t, schema+".schema.json")
	for _, line := range lines {
		if err := check(s, line); err != nil {
			p.t.Errorf("%s: %v\n%.300s", schema, err, line)
		}
	}
}

func idOf(t *testing.T, line []byte) string {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
	if err != nil {
		t.Fatal(err)
	}
	object, _ := v.(map[string]any)
	id, _ := object["id"].(string)
	return id
}
