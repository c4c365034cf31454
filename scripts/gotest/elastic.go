package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

const (
	elasticScript   = "deploy/test/elasticsearch.sh"
	elasticVariable = "JIXIAO_TEST_ELASTIC"
	// withoutElastic begins what a test says that found no server.
	withoutElastic = "no Elasticsearch to test with"
	// elasticExam is the test that all others of the backend rest on.
	elasticExam = "jixiao/pipeline/index/elastic.TestExam"
)

// elastic starts one Elasticsearch for the tests of all packages, which would
// start one each, and returns what ends it. Where one is named already, or none
// can be had, it does nothing: the tests say so.
func elastic(w io.Writer) (stop func()) {
	nothing := func() {}
	if _, err := exec.LookPath("java"); err != nil || os.Getenv(elasticVariable) != "" {
		return nothing
	}
	port := freePort()
	out, err := exec.Command("bash", elasticScript, "start", port).CombinedOutput()
	said := strings.TrimSpace(string(out))
	stop = func() {
		if out, err := exec.Command("bash", elasticScript, "remove", port).CombinedOutput(); err != nil {
			fmt.Fprintf(w, "%s remove: %v\n%s", elasticScript, err, out)
		}
	}
	url := said[strings.LastIndexByte(said, '\n')+1:]
	if err == nil {
		err = os.Setenv(elasticVariable, url)
	}
	if err != nil {
		fmt.Fprintf(w, "no Elasticsearch for all tests: %v: %s\n", err, said)
		return stop
	}
	fmt.Fprintln(w, "Elasticsearch for the tests:", url)
	return stop
}

// freePort returns a port that is free, as is the hundredth behind it, where the
// server talks to others of its kind.
func freePort() string {
	for range 100 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			continue
		}
		port := l.Addr().(*net.TCPAddr).Port
		other, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port+100)))
		l.Close()
		if err == nil {
			other.Close()
			return strconv.Itoa(port)
		}
	}
	return "0"
}

// examined tells, in the last line, if the exam of the Elasticsearch backend did
// not run; in CI that is bad. whole says that it was to run.
func (p *report) examined(whole, ci bool) (bad bool) {
	why := ""
	n := 0
	for _, s := range p.skips {
		if _, reason, ok := strings.Cut(s.why, withoutElastic); ok {
			n++
			why = brief(strings.TrimLeft(reason, ": "))
		}
	}
	switch {
	case n > 0:
		fmt.Fprintf(p.w, "THE ELASTICSEARCH EXAM DID NOT RUN (%d tests): %s\n", n, why)
		return ci
	case whole && !p.exam:
		fmt.Fprintf(p.w, "THE ELASTICSEARCH EXAM DID NOT RUN: there was no %s\n", elasticExam)
		return true
	}
	return false
}
