// Package elastictest gives tests a real Elasticsearch: the one that
// JIXIAO_TEST_ELASTIC names, or one that deploy/test/elasticsearch.sh starts for
// the test binary, whose TestMain runs the tests through Run.
package elastictest

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
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
)

// Variable names a server that runs already.
const Variable = "JIXIAO_TEST_ELASTIC"

// User and Password are those of the administrator of a secure server.
const (
	User     = "admin"
	Password = "only-for-tests"
)

var started struct {
	sync.Mutex
	servers []*Server
}

// Run runs the tests of a binary and removes the servers that they started; use
// it in TestMain.
func Run(m interface{ Run() int }) int {
	code := m.Run()
	if err := Remove(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return max(code, 1)
	}
	return code
}

// A Tests is a testing.M that cleans up, for what wants to run it by itself.
type Tests struct{ M *testing.M }

// Run is Run for t.M.
func (t Tests) Run() int { return Run(t.M) }

// Remove ends the servers that were started here and removes what they kept.
func Remove() error {
	started.Lock()
	defer started.Unlock()
	var errs []error
	for _, s := range started.servers {
		_, err := s.Do("remove")
		errs = append(errs, err)
	}
	started.servers = nil
	return errors.Join(errs...)
}

var shared = sync.OnceValues(func() (string, error) {
	if url := os.Getenv(Variable); url != "" {
		return url, nil
	}
	s, err := start()
	if err != nil {
		return "", err
	}
	return s.URL, nil
})

// Address returns the address of the server that all tests share. Where there can
// be none the test is skipped, and in CI it fails: green must not mean that
// nothing ran.
func Address(t testing.TB) string {
	t.Helper()
	url, err := shared()
	must(t, err)
	return url
}

// Start starts a server for t alone, which it may kill. env are settings of the
// script, as SECURE=1.
func Start(t testing.TB, env ...string) *Server {
	t.Helper()
	s, err := start(env...)
	must(t, err)
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	var missing missingError
	switch {
	case errors.As(err, &missing) && os.Getenv("CI") == "":
		t.Skipf("no Elasticsearch to test with: %v; %s may name one", err, Variable)
	case err != nil:
		t.Fatalf("no Elasticsearch to test with: %v", err)
	}
}

// missingError names what a machine lacks to run a server.
type missingError string

func (e missingError) Error() string { return string(e) }

// A Server is one that was started here.
type Server struct {
	URL    string
	Folder string // with conf/ca.pem and logs
	port   int
	env    []string
	script string
}

func start(env ...string) (*Server, error) {
	for _, tool := range []string{"bash", "java", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, missingError(tool + " is not installed")
		}
	}
	script, err := scriptPath()
	if err != nil {
		return nil, err
	}
	s := &Server{port: freePort(), env: env, script: script}
	if !s.cached() {
		if _, err := exec.LookPath("mvn"); err != nil {
			return nil, missingError("Maven, which fetches it, is not installed")
		}
	}
	started.Lock()
	started.servers = append(started.servers, s)
	started.Unlock()
	if err := s.Start(); err != nil {
		return nil, err
	}
	s.Folder, err = s.Do("folder")
	return s, err
}

// scriptPath looks for the script upwards of the working folder.
func scriptPath() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		path := filepath.Join(dir, "deploy", "test", "elasticsearch.sh")
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
		if parent := filepath.Dir(dir); parent != dir {
			dir = parent
			continue
		}
		return "", errors.New("deploy/test/elasticsearch.sh is not above this folder")
	}
}

// cached reports whether the server is there already.
func (s *Server) cached() bool {
	folder, err := s.Do("folder")
	found, _ := filepath.Glob(filepath.Join(filepath.Dir(folder), "*", "elasticsearch", "lib"))
	return err == nil && len(found) > 0
}

// Start starts the server, again after it was stopped or killed.
func (s *Server) Start() error {
	var err error
	s.URL, err = s.Do("start")
	return err
}

// Do calls the script with verb, as stop or kill, and returns the last line of
// what it prints.
func (s *Server) Do(verb string) (string, error) {
	c := exec.Command("bash", s.script, verb, strconv.Itoa(s.port))
	c.Env = append(os.Environ(), s.env...)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("elasticsearch.sh %s: %w: %s", verb, err, stderr.String())
	}
	return strings.TrimSpace(string(out)), nil
}

// CA is the certificate of a secure server.
func (s *Server) CA() string { return filepath.Join(s.Folder, "conf", "ca.pem") }

// APIKey makes a key with the rights that docs/elasticsearch.md names, on a
// secure server.
func (s *Server) APIKey(t testing.TB) string {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, s.URL+"/_security/api_key", strings.NewReader(`{"name":"jixiao","role_descriptors":{"jixiao":{
		"cluster":["monitor","manage_index_templates"],"indices":[{"names":["jixiao*"],"privileges":["all"]}]}}}`))
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth(User, Password)
	r.Header.Set("Content-Type", "application/json")
	c := http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	res, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var key struct{ Encoded string }
	if err := json.NewDecoder(res.Body).Decode(&key); err != nil || key.Encoded == "" {
		t.Fatalf("no key, status %d: %v", res.StatusCode, err)
	}
	return key.Encoded
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

// Alias returns a name nobody uses on the server at url; what is made under it
// is removed with the test.
func Alias(t testing.TB, url string) string {
	t.Helper()
	alias := fmt.Sprintf("test%d-%d", os.Getpid(), aliases.Add(1))
	t.Cleanup(func() {
		_, names := Send(t, http.MethodGet, url+"/_cat/indices/"+alias+"-v*?h=index", "")
		for _, name := range strings.Fields(names) { // servers do not remove by pattern
			if status, answer := Send(t, http.MethodDelete, url+"/"+name, ""); status != http.StatusOK {
				t.Error(answer)
			}
		}
		Send(t, http.MethodDelete, url+"/_index_template/"+alias, "")
	})
	return alias
}

// Send asks a server without any code of the product and returns its answer.
func Send(t testing.TB, method, url, body string) (int, string) {
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
