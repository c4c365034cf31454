package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// An elastic is the server under test.
type elastic struct {
	url string
	pid int
}

// client keeps its connections, as any loader would.
var client = &http.Client{Timeout: 5 * time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 8, DisableCompression: true}}

// ask sends one request and reads the answer into into unless that is nil.
func (e elastic) ask(ctx context.Context, method, path string, body []byte, into any) error {
	r, err := http.NewRequestWithContext(ctx, method, e.url+"/"+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := client.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: status %d: %.500s", method, path, res.StatusCode, answer)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(answer, into)
}

// index returns the one that stands behind alias.
func (e elastic) index(ctx context.Context, alias string) (string, error) {
	var answer map[string]any
	if err := e.ask(ctx, http.MethodGet, "_alias/"+alias, nil, &answer); err != nil {
		return "", err
	}
	for name := range answer {
		return name, nil
	}
	return "", fmt.Errorf("there is no index %q", alias)
}

// count returns how many documents a search can find.
func (e elastic) count(ctx context.Context, alias string) (int, error) {
	var answer struct{ Count int }
	err := e.ask(ctx, http.MethodGet, alias+"/_count", nil, &answer)
	return answer.Count, err
}

// remove takes away what init made. It is called when the run is over, however
// it ended.
func (e elastic) remove(alias string) {
	ctx := context.Background()
	name, err := e.index(ctx, alias)
	if err == nil {
		err = e.ask(ctx, http.MethodDelete, name, nil, nil)
	}
	if err == nil {
		err = e.ask(ctx, http.MethodDelete, "_index_template/"+alias, nil, nil)
	}
	if err != nil {
		fmt.Println("# left behind:", strings.TrimSpace(err.Error()))
	}
}
