package main

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"jixiao/internal/sample"
	"jixiao/pipeline/index/elastic/elastictest"
	"jixiao/pipeline/queue/natstest"
)

func TestMain(m *testing.M) {
	natstest.Main()
	testscript.Main(elastictest.Tests{M: m}, map[string]func(){"jixiao": main})
}

// TestScript runs the command line as people do; see testdata/script. Each
// script has a folder of its own, an English locale and no settings.
func TestScript(t *testing.T) { runScripts(t, "../../testdata/script", nil) }

// TestScriptShared does so with PDF files that are no part of the repository.
func TestScriptShared(t *testing.T) {
	if os.Getenv("JIXIAO_TEST_SHARED") == "" {
		t.Skip("JIXIAO_TEST_SHARED names no folder with the PDF test files")
	}
	runScripts(t, "../../testdata/script/shared", nil)
}

// TestScriptElastic does so with the index in a real Elasticsearch.
func TestScriptElastic(t *testing.T) {
	url := elastictest.Address(t)
	runScripts(t, "../../testdata/script/elastic", func() map[string]string {
		return map[string]string{"ELASTIC": url, "JIXIAO_ELASTIC_ALIAS": elastictest.Alias(t, url)}
	})
}

// TestScriptSecure does so with one that wants TLS and keys.
func TestScriptSecure(t *testing.T) {
	s := elastictest.Start(t, "SECURE=1")
	runScripts(t, "../../testdata/script/secure", func() map[string]string {
		return map[string]string{
			"ELASTIC": s.URL, "CA": s.CA(), "KEY": s.APIKey(t), "ADMIN": elastictest.User, "PASSWORD": elastictest.Password,
			"WRONG": strings.Replace(s.URL, "://", "://"+elastictest.User+":s3cret@", 1),
		}
	})
}

// runScripts runs the scripts in dir; env, if given, makes what each has of its
// own in its environment.
func runScripts(t *testing.T, dir string, env func() map[string]string) {
	// What runs the tests may be deaf to SIGHUP, as under nohup, and programs
	// inherit that; they do not inherit that somebody listens.
	hangUp := make(chan os.Signal, 1)
	signal.Notify(hangUp, syscall.SIGHUP)
	t.Cleanup(func() { signal.Stop(hangUp) })
	cache, err := os.UserCacheDir() // compiled parsers are kept there
	if err != nil {
		t.Fatal(err)
	}
	samples, err := filepath.Abs("../../testdata/corpus")
	if err != nil {
		t.Fatal(err)
	}
	nats := natstest.Start(t, 1).URL() // each script takes a prefix of its own
	testscript.Run(t, testscript.Params{
		Dir:                 dir,
		UpdateScripts:       os.Getenv("UPDATE_GOLDEN") == "1",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			http, err := freeAddress()
			if err != nil {
				return err
			}
			for name, value := range map[string]string{
				"HTTP":   http,
				"LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": cache, "SAMPLES": samples, "SHARED": os.Getenv("JIXIAO_TEST_SHARED"), "NATS": nats,
				"JIXIAO_TIMEOUT": "10m", // with the race detector the engine compiles for minutes
			} {
				e.Setenv(name, value)
			}
			if env != nil {
				for name, value := range env() {
					e.Setenv(name, value)
				}
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"reports": writeReports, "random": writeRandom, "check": checkJSON, "unprivileged": unprivileged, "ids": setIDs, "code": wantCode, "await": await, "cut": cutFile,
			"foreign": foreignIndex, "unindex": unindex, "keyfile": writeKey,
			"fetch": fetch,
		},
	})
}

// reports DIR N writes N invented reports.
func writeReports(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(sample.Write(ts.MkAbs(args[0]), n, 7))
}

// random FILE N writes N bytes that mean nothing.
func writeRandom(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	b := make([]byte, n)
	_, err = rand.Read(b)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o600))
}

// check FILE LINE PATH WANT compares one value of a file of JSON lines, as
// "check stdout 1 error.kind not_found". A line of 0 counts the lines.
func checkJSON(ts *testscript.TestScript, neg bool, args []string) {
	lines := strings.Split(strings.TrimSpace(ts.ReadFile(args[0])), "\n")
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	got := fmt.Sprint(len(lines))
	if n > 0 {
		if n > len(lines) {
			ts.Fatalf("%s has %d lines", args[0], len(lines))
		}
		got = lookUp(ts, lines[n-1], args[2])
	}
	if want := args[len(args)-1]; (got == want) == neg {
		ts.Fatalf("%s line %d %s: got %q, want %q", args[0], n, args[2], got, want)
	}
}

// lookUp returns the value at a path of names and places; "len" is how many there are.
func lookUp(ts *testscript.TestScript, line, path string) string {
	var v any
	d := json.NewDecoder(strings.NewReader(line))
	d.UseNumber()
	ts.Check(d.Decode(&v))
	for _, step := range strings.Split(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[step]
		case []any:
			if step == "len" {
				v = len(x)
				continue
			}
			i, err := strconv.Atoi(step)
			ts.Check(err)
			if i >= len(x) {
				return "<none>"
			}
			v = x[i]
		default:
			return "<none>"
		}
	}
	return fmt.Sprint(v)
}

// foreign NAME makes an index that is not ours on the server $ELASTIC, and removes
// it after the script.
func foreignIndex(ts *testscript.TestScript, _ bool, args []string) {
	askElastic(ts, http.MethodPut, args[0])
	ts.Defer(func() { askElastic(ts, http.MethodDelete, args[0]) })
}

// unindex ID takes a document of the first revision out of the index, which jixiao
// is not told of.
func unindex(ts *testscript.TestScript, _ bool, args []string) {
	askElastic(ts, http.MethodDelete, ts.Getenv("JIXIAO_ELASTIC_ALIAS")+"/_doc/"+args[0]+"?refresh=true&version=1&version_type=external_gte")
}

func askElastic(ts *testscript.TestScript, method, path string) {
	r, err := http.NewRequest(method, ts.Getenv("ELASTIC")+"/"+path, nil)
	ts.Check(err)
	res, err := http.DefaultClient.Do(r)
	ts.Check(err)
	ts.Check(res.Body.Close())
	if res.StatusCode != http.StatusOK {
		ts.Fatalf("%s %s: %s", method, path, res.Status)
	}
}

// keyfile FILE writes $KEY into a file.
func writeKey(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(ts.Getenv("KEY")+"\n"), 0o600))
}

// await FILE waits until a file is there.
func await(ts *testscript.TestScript, _ bool, args []string) {
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
	}
	ts.Fatalf("%s does not come", args[0])
}

// cut FILE NEW writes the first half of a file.
func cutFile(ts *testscript.TestScript, _ bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b[:len(b)/2], 0o600))
}

// code N PROGRAM ARG... runs a program and wants exit code N.
func wantCode(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// ids FILE NAME... puts the ids of the first lines of FILE into variables.
func setIDs(ts *testscript.TestScript, _ bool, args []string) {
	for i, line := range strings.Split(strings.TrimSpace(ts.ReadFile(args[0])), "\n") {
		if i+1 < len(args) {
			ts.Setenv(args[i+1], lookUp(ts, line, "id"))
		}
	}
}
