package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const events = `{"Action":"start","Package":"m/a"}
{"Action":"output","Package":"m/a","Test":"TestOne","Output":"=== RUN   TestOne\n"}
{"Action":"pass","Package":"m/a","Test":"TestOne"}
{"Action":"output","Package":"m/a","Test":"TestTwo","Output":"    a_test.go:3: set VAR\n"}
{"Action":"output","Package":"m/a","Test":"TestTwo","Output":"--- SKIP: TestTwo (0.00s)\n"}
{"Action":"skip","Package":"m/a","Test":"TestTwo"}
{"Action":"output","Package":"m/a","Output":"ok  \tm/a\t0.1s\n"}
{"Action":"pass","Package":"m/a"}
{"ImportPath":"m/b","Action":"build-output","Output":"b.go:1: no\n"}
{"Action":"output","Package":"m/b","Output":"FAIL\tm/b [build failed]\n"}
{"Action":"fail","Package":"m/b","FailedBuild":"m/b"}
`

func TestReport(t *testing.T) {
	for _, c := range []struct {
		name  string
		rules []skipRule
		bad   bool
		want  string
	}{
		{"allowed", []skipRule{{"m/*", "TestTwo", "always"}}, false, "SKIP: m/a.TestTwo: a_test.go:3: set VAR\n"},
		{"forbidden", []skipRule{{"m/*", "TestThree", "always"}}, true, "FAIL: may not skip: m/a.TestTwo: a_test.go:3: set VAR\n" +
			"a test that may skip needs its line in scripts/skips.txt and in README.md\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			r := newReport(&out)
			if err := r.read(strings.NewReader(events)); err != nil {
				t.Fatal(err)
			}
			if bad := r.close(c.rules); bad != c.bad {
				t.Errorf("bad = %v, want %v", bad, c.bad)
			}
			want := "ok  \tm/a\t0.1s\nb.go:1: no\nFAIL\tm/b [build failed]\n" + c.want + "1 passed, 1 failed, 1 skipped\n"
			if d := cmp.Diff(want, out.String()); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// Whoever reads only the last line is told that a part did not run.
func TestElasticExam(t *testing.T) {
	skipped := `{"Action":"output","Package":"jixiao/pipeline/index/elastic","Test":"TestExam","Output":"    x_test.go:3: no Elasticsearch to test with: java is not installed; JIXIAO_TEST_ELASTIC may name one\n"}
{"Action":"skip","Package":"jixiao/pipeline/index/elastic","Test":"TestExam"}`
	const passed = `{"Action":"pass","Package":"jixiao/pipeline/index/elastic","Test":"TestExam"}`
	const other = `{"Action":"pass","Package":"m/a","Test":"TestOne"}`
	for _, c := range []struct {
		name, events   string
		whole, ci, bad bool
		want           string
	}{
		{"ran", passed, true, true, false, ""},
		{"skipped", skipped, true, false, false, "THE ELASTICSEARCH EXAM DID NOT RUN (1 tests): java is not installed; JIXIAO_TEST_ELASTIC may name one\n"},
		{"skipped_in_ci", skipped, true, true, true, "THE ELASTICSEARCH EXAM DID NOT RUN (1 tests): java is not installed; JIXIAO_TEST_ELASTIC may name one\n"},
		{"gone", other, true, false, true, "THE ELASTICSEARCH EXAM DID NOT RUN: there was no jixiao/pipeline/index/elastic.TestExam\n"},
		{"a_part", other, false, true, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			r := newReport(&out)
			if err := r.read(strings.NewReader(c.events)); err != nil {
				t.Fatal(err)
			}
			if bad := r.examined(c.whole, c.ci); bad != c.bad {
				t.Errorf("bad = %v, want %v", bad, c.bad)
			}
			if d := cmp.Diff(c.want, out.String()); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestReportWithoutTestsIsBad(t *testing.T) {
	var out strings.Builder
	if !newReport(&out).close(nil) {
		t.Error("a run without any test passed")
	}
}

func TestConditions(t *testing.T) {
	t.Setenv("GOTEST_SET", "1")
	s := skip{pkg: "m/a", test: "TestTwo/sub", why: "set GOTEST_SET or GOTEST_UNSET"}
	for when, want := range map[string]bool{"unset:GOTEST_SET": false, "unset:GOTEST_UNSET": true, "unset:OTHER": false, "always": true, "never": false} {
		if got := mayAny([]skipRule{{"m/a", "TestTwo", when}}, s); got != want {
			t.Errorf("%s: %v, want %v", when, got, want)
		}
	}
}

func TestSkipListIsReadable(t *testing.T) {
	if _, err := readSkips(filepath.Join("..", "skips.txt")); err != nil {
		t.Error(err)
	}
	bad := filepath.Join(t.TempDir(), "bad.txt")
	if err := os.WriteFile(bad, []byte("m/a TestTwo always\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readSkips(bad); err == nil {
		t.Error("a line without a reason was taken")
	}
}

// Only the packages that start the program as people do go without cgo: a call
// without the race detector for another reason keeps its C compiler.
func TestSplit(t *testing.T) {
	const cmd, queue = "jixiao/cmd/jixiao", "jixiao/pipeline/queue"
	static := []string{"CGO_ENABLED=0"}
	for _, c := range []struct {
		name   string
		wanted []string
		raced  bool
		want   []goCall
	}{
		{"raceless", []string{"./a"}, false, []goCall{{args: []string{"test", "./a"}}}},
		{"both", []string{queue, cmd}, true, []goCall{
			{args: []string{"test", "-race", queue}},
			{args: []string{"test", "-trimpath", cmd}, env: static},
		}},
		{"inside", []string{queue}, true, []goCall{{args: []string{"test", "-race", queue}}}},
		{"whole", []string{cmd}, true, []goCall{{args: []string{"test", "-trimpath", cmd}, env: static}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := split([]string{"test"}, c.wanted, c.raced)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, got, cmp.AllowUnexported(goCall{})); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}
