package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// A loader sends finished documents by _bulk: what nothing can be faster than.
type loader struct {
	bytes, connections int
	lines              [][]byte // each an action and its document
}

func (l *loader) total() (n int) {
	for _, line := range l.lines {
		n += len(line)
	}
	return n
}

// bulks joins lines to requests.
func (l *loader) bulks() (out [][]byte) {
	var b bytes.Buffer
	for i, line := range l.lines {
		b.Write(line)
		if b.Len() >= l.bytes || i == len(l.lines)-1 {
			out = append(out, bytes.Clone(b.Bytes()))
			b.Reset()
		}
	}
	return out
}

// record imports once through a proxy that keeps what is sent: the documents of
// the bare loader are those of the program, byte by byte. It also warms the
// server.
func (b *bench) record(ctx context.Context) error {
	target, err := url.Parse(b.elastic.url)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	proxy := httputil.NewSingleHostReverseProxy(target)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/_bulk") {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				panic(http.ErrAbortHandler)
			}
			mu.Lock()
			b.loader.lines = append(b.loader.lines, pairs(body)...)
			mu.Unlock()
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		proxy.ServeHTTP(w, r)
	}))
	defer server.Close()
	real := b.elastic.url
	b.elastic.url = server.URL
	_, err = b.measure(ctx, way{take: b.local})
	b.elastic.url = real
	if again := b.loader.once(); again > 0 {
		fmt.Printf("# %d documents were sent more than once\n", again)
	}
	if err == nil && len(b.loader.lines) != b.docs {
		err = fmt.Errorf("%d documents were sent for %d reports", len(b.loader.lines), b.docs)
	}
	return err
}

// once drops what was sent before, which a server that is busy asks for, and
// returns how many documents that were.
func (l *loader) once() (again int) {
	seen := map[string]bool{}
	l.lines = slices.DeleteFunc(l.lines, func(line []byte) bool {
		action, _, _ := bytes.Cut(line, []byte("\n"))
		was := seen[string(action)]
		seen[string(action)] = true
		if was {
			again++
		}
		return was
	})
	return again
}

// pairs parts a request into documents with their actions.
func pairs(body []byte) (out [][]byte) {
	for len(body) > 0 {
		action := bytes.IndexByte(body, '\n') + 1
		end := action + bytes.IndexByte(body[action:], '\n') + 1
		if end == 0 { // no line ends: not what is expected
			end = len(body)
		}
		out, body = append(out, body[:end:end]), body[end:]
	}
	return out
}

// bare loads with the settings of b.loader and makes all visible.
func (b *bench) bare(ctx context.Context, alias string) (c cost, err error) {
	index, err := b.elastic.index(ctx, alias)
	if err != nil {
		return c, err
	}
	bulks := b.loader.bulks()
	before, start := processor(os.Getpid()), time.Now()
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(b.loader.connections)
	for _, bulk := range bulks {
		g.Go(func() error {
			var answer struct{ Errors bool }
			err := b.elastic.ask(gctx, http.MethodPost, index+"/_bulk?filter_path=errors", bulk, &answer)
			if err == nil && answer.Errors {
				err = errors.New("documents were refused")
			}
			return err
		})
	}
	err = g.Wait()
	if err == nil {
		err = b.elastic.ask(ctx, http.MethodPost, index+"/_refresh", nil, nil)
	}
	c.wall = time.Since(start)
	c.cpu[onProgram] = processor(os.Getpid()) - before
	return c, err
}

// tune takes the best settings for the bare loader.
func (b *bench) tune(ctx context.Context) error {
	best, fastest := b.loader, 0.
	for _, size := range []int{256 << 10, 1 << 20, 4 << 20} {
		for _, n := range []int{1, 2, 3} {
			b.loader.bytes, b.loader.connections = size, n
			c, err := b.measure(ctx, way{take: b.bare})
			if err != nil {
				return err
			}
			fmt.Printf("# bare loader, %4d KB, %d connections: %6.0f docs/s\n", size>>10, n, c.rate(b.docs))
			if c.rate(b.docs) > fastest {
				best, fastest = b.loader, c.rate(b.docs)
			}
		}
	}
	b.loader = best
	return nil
}
