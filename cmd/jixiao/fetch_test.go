package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// freeAddress returns an address of this machine at which nobody listens.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// fetch PATH STATUS FILE [WORD] asks the server at $HTTP until it answers with
// STATUS, and WORD is in the answer, which is kept in FILE.
func fetch(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	last := "nothing"
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		status, body, err := fetchOnce("http://" + ts.Getenv("HTTP") + args[0])
		if last = fmt.Sprint(status, err); status == want && bytes.Contains(body, []byte(strings.Join(args[3:], " "))) {
			ts.Check(os.WriteFile(ts.MkAbs(args[2]), body, 0o600))
			return
		}
	}
	ts.Fatalf("%s: %s, not %d", args[0], last, want)
}

func fetchOnce(url string) (int, []byte, error) {
	c := http.Client{Timeout: 10 * time.Second}
	defer c.CloseIdleConnections()
	r, err := c.Get(url)
	if err != nil {
		return 0, nil, err
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	return r.StatusCode, b, err
}
