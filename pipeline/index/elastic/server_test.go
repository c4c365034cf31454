package elastic_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jixiao/pipeline/index/elastic"
)

// The real server of this package's tests: the one that JIXIAO_TEST_ELASTIC
// names, or one that they start, once, with deploy/test/elasticsearch.sh.
const (
	serverVariable = "JIXIAO_TEST_ELASTIC"
	script         = "../../../deploy/test/elasticsearch.sh"
)

var servers struct {
	sync.Mutex
	started []*testServer
}

// A testServer is one that was started here.
type testServer struct {
	port   int
	url    string
	env    []string
	folder string
}

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		for _, s := range servers.started {
			if _, err := s.run("remove"); err != nil {
				fmt.Fprintln(os.Stderr, err)
				code = 1
			}
		}
		os.Exit(code)
	}))
}

var plain = sync.OnceValues(func() (string, error) {
	if url := os.Getenv(serverVariable); url != "" {
		return url, nil
	}
	s, err := startServer()
	if err != nil {
		return "", err
	}
	return s.url, nil
})

// address returns the address of the server that all tests share.
func address(t testing.TB) string {
	t.Helper()
	url, err := plain()
	mustRun(t, err)
	return url
}

// mustRun skips the test if there is no server. In CI that is a failure: green
// must not mean that nothing ran.
func mustRun(t testing.TB, err error) {
	t.Helper()
	var missing missingError
	switch {
	case errors.As(err, &missing) && os.Getenv("CI") == "":
		t.Skipf("no Elasticsearch to test with: %v; %s may name one", err, serverVariable)
	case err != nil:
		t.Fatalf("no Elasticsearch to test with: %v", err)
	}
}

// missingError names what a machine lacks to run a server.
type missingError string

func (e missingError) Error() string { return string(e) }

func startServer(env ...string) (*testServer, error) {
	for _, tool := range []string{"bash", "java", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, missingError(tool + " is not installed")
		}
	}
	s := &testServer{port: freePort(), env: env}
	if !s.cached() {
		if _, err := exec.LookPath("mvn"); err != nil {
			return nil, missingError("Maven, which fetches it, is not installed")
		}
	}
	servers.Lock()
	servers.started = append(servers.started, s)
	servers.Unlock()
	if err := s.start(); err != nil {
		return nil, err
	}
	var err error
	s.folder, err = s.run("folder")
	return s, err
}

// cached reports whether the server is there already.
func (s *testServer) cached() bool {
	folder, err := s.run("folder")
	found, _ := filepath.Glob(filepath.Join(filepath.Dir(folder), "*", "elasticsearch", "lib"))
	return err == nil && len(found) > 0
}

func (s *testServer) start() error {
	var err error
	s.url, err = s.run("start")
	return err
}

// run calls the script and returns the last line of what it prints.
func (s *testServer) run(verb string) (string, error) {
	c := exec.Command("bash", script, verb, strconv.Itoa(s.port))
	c.Env = append(os.Environ(), s.env...)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("elasticsearch.sh %s: %w: %s", verb, err, stderr.String())
	}
	return strings.TrimSpace(string(out)), nil
}

// freePort returns one that is free, as is the hundredth behind it, where the
// server talks to others of its kind.
func freePort() int {
	for range 100 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			continue
		}
		port := l.Addr().(*net.TCPAddr).Port
		other, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port+100))
		l.Close()
		if err == nil {
			other.Close()
			return port
		}
	}
	return 0
}

var aliases atomic.Int64

// newAlias returns a name nobody uses; what is made under it is removed with
// the test.
func newAlias(t testing.TB, url string) string {
	t.Helper()
	alias := fmt.Sprintf("test%d-%d", os.Getpid(), aliases.Add(1))
	t.Cleanup(func() {
		_, names := send(t, http.MethodGet, url+"/_cat/indices/"+alias+"-v*?h=index", "")
		for _, name := range strings.Fields(names) { // servers do not remove by pattern
			if status, answer := send(t, http.MethodDelete, url+"/"+name, ""); status != http.StatusOK {
				t.Error(answer)
			}
		}
		send(t, http.MethodDelete, url+"/_index_template/"+alias, "")
	})
	return alias
}

// options are for a new alias on the shared server.
func options(t testing.TB) elastic.Options {
	t.Helper()
	url := address(t)
	return elastic.Options{Addresses: []string{url}, Alias: newAlias(t, url)}
}

// open opens an index and sets it up.
func open(t testing.TB, o elastic.Options) *elastic.Index {
	t.Helper()
	x, err := elastic.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	if _, err := x.Init(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	return x
}

// send asks the server without any of this package's code and returns its
// answer.
func send(t testing.TB, method, url, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	c := http.Client{Timeout: time.Minute, Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := c.Do(r)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Error(err)
	}
	return res.StatusCode, string(b)
}
