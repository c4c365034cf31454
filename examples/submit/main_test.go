package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"jixiao/internal/app"
	"jixiao/internal/sample"
	"jixiao/pipeline/queue/natstest"
)

func TestMain(m *testing.M) {
	natstest.Main()
	os.Exit(m.Run())
}

// The example works against jixiao as it is served: a small document, one
// beyond what a message holds, one that cannot be read, and all of them again.
func TestSubmit(t *testing.T) {
	in := t.TempDir()
	if err := sample.Write(in, 1, 3); err != nil {
		t.Fatal(err)
	}
	small, err := filepath.Glob(filepath.Join(in, "*.txt"))
	if err != nil || len(small) != 1 {
		t.Fatal(small, err)
	}
	b, err := os.ReadFile(small[0])
	if err != nil {
		t.Fatal(err)
	}
	large := filepath.Join(in, "large.txt")
	if err := os.WriteFile(large, append(b, []byte(strings.Repeat("\n说明。", 150_000))...), 0o600); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(in, "empty.txt")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o := app.DefaultOptions()
	o.Data, o.NATS, o.Store = filepath.Join(t.TempDir(), "d"), natstest.Start(t, 1).URL(), app.StoreNATS
	ctx, cancel := context.WithCancel(t.Context())
	ready, done := make(chan struct{}), make(chan error, 1)
	go func() { done <- app.Serve(ctx, o, "serve", nil, func(*app.Node) { close(ready) }) }()
	select {
	case <-ready:
	case err := <-done:
		t.Fatal(err)
	case <-time.After(time.Minute):
		t.Fatal("jixiao is not ready")
	}
	for range 2 {
		var out bytes.Buffer
		if err := run(t.Context(), o.NATS, "", "jixiao", []string{small[0], large, empty}, &out); err != nil {
			t.Error(err)
		}
		if want := regexp.MustCompile(`^[0-9a-f]{64}  indexed  .*report.*\n[0-9a-f]{64}  indexed  .*large.txt\n[0-9a-f]{64}  failed  .*empty.txt\n$`); !want.Match(out.Bytes()) {
			t.Errorf("got:\n%s", out.String())
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestNobodyAnswers(t *testing.T) {
	url := natstest.Start(t, 1).URL()
	err := run(t.Context(), url, "", "jixiao", []string{"x"}, os.Stdout)
	if err == nil || !strings.Contains(err.Error(), "inbox") {
		t.Errorf("run = %v", err)
	}
}
