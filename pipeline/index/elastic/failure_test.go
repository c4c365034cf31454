package elastic_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jixiao/internal/fault"
	"jixiao/pipeline/index"
	"jixiao/pipeline/index/elastic"
	"jixiao/pipeline/index/elastic/elastictest"
	"jixiao/schemas"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// document returns the n-th of a row of small reports, with one problem.
func document(n int) *record.Document {
	text := fmt.Sprintf("第%d号报告的预算编制", n)
	return &record.Document{
		Record:   &record.Record{ID: schemas.IDOf([]byte(text)), State: record.Read, Fields: []record.Field{{Key: "problems", Value: record.Text(text)}}},
		Text:     text,
		Revision: 1,
	}
}

func documents(from, to int) []*record.Document {
	var out []*record.Document
	for n := from; n < to; n++ {
		out = append(out, document(n))
	}
	return out
}

// wantAll checks that the first n documents are there, each once and whole.
func wantAll(t *testing.T, s *index.Service, n int) {
	t.Helper()
	got, want := map[schemas.DocID]uint64{}, map[schemas.DocID]uint64{}
	for r, err := range s.Revisions(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		got[r.ID] = r.Revision
	}
	for i := range n {
		want[document(i).Record.ID] = 1
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("revisions (-want +got):\n%s", d)
	}
	for _, in := range []string{search.InDocuments, search.InProblems} {
		r, err := s.Search(context.Background(), search.Query{Text: "预算编制", In: in})
		if err != nil {
			t.Fatal(err)
		}
		if r.Total != n {
			t.Errorf("in %q %d hits, want %d", in, r.Total, n)
		}
	}
}

// through returns the address of a server that hands everything on to the one
// at address, except for what refuse answers itself.
func through(t *testing.T, address string, refuse func(http.ResponseWriter, *http.Request) bool) string {
	t.Helper()
	to, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	p := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }, Transport: &http.Transport{DisableKeepAlives: true}}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !refuse(w, r) {
			p.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func answerJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Elastic-Product", "Elasticsearch")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the test sees what is missing
}

func refusal(status int) map[string]any {
	return map[string]any{"status": status, "error": map[string]string{"type": "es_rejected_execution_exception", "reason": "queue is full"}}
}

// TestOverload refuses bulk requests as a whole a few times, with statuses that
// pass.
func TestOverload(t *testing.T) {
	o := options(t)
	var bulks atomic.Int64
	statuses := []int{429, 503, 502, 429}
	o.Addresses = []string{through(t, o.Addresses[0], func(w http.ResponseWriter, r *http.Request) bool {
		n := int(bulks.Add(1)) - 1
		if !strings.HasSuffix(r.URL.Path, "/_bulk") {
			bulks.Add(-1)
			return false
		}
		if n < len(statuses) {
			answerJSON(w, statuses[n], refusal(statuses[n]))
			return true
		}
		return false
	})}
	s := &index.Service{Backend: open(t, o)}
	if err := s.Index(t.Context(), documents(0, 20)...); err != nil {
		t.Fatal(err)
	}
	if n := int(bulks.Load()); n != len(statuses)+1 {
		t.Errorf("%d bulk requests, want %d", n, len(statuses)+1)
	}
	wantAll(t, s, 20)
}

// TestOverloadOfItems lets a third of the documents of each bulk request in and
// refuses the others one by one: only those may come again.
func TestOverloadOfItems(t *testing.T) {
	o := options(t)
	server := o.Addresses[0]
	var sent []int
	o.Addresses = []string{through(t, server, func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/_bulk") {
			return false
		}
		lines := bytes.SplitAfter(read(t, r.Body), []byte("\n"))
		var items []any
		var through strings.Builder
		for i := 0; i+1 < len(lines); i += 2 {
			status := 201
			if i/2 < (len(lines)/2+2)/3 {
				through.Write(lines[i])
				through.Write(lines[i+1])
			} else {
				status = []int{429, 503}[i/2%2]
			}
			item := map[string]any{"status": status}
			if status != 201 {
				item["error"] = refusal(status)["error"]
			}
			items = append(items, map[string]any{"index": item})
		}
		sent = append(sent, len(items))
		elastictest.Send(t, http.MethodPost, server+r.URL.Path, through.String())
		answerJSON(w, 200, map[string]any{"errors": true, "items": items})
		return true
	})}
	s := &index.Service{Backend: open(t, o)}
	if err := s.Index(t.Context(), documents(0, 20)...); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]int{20, 13, 8, 5, 3, 2, 1}, sent); d != "" {
		t.Errorf("documents in bulk requests (-want +got):\n%s", d)
	}
	wantAll(t, s, 20)
}

func read(t *testing.T, r io.Reader) []byte {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Error(err)
	}
	return b
}

// TestOverloadThatStays gives up after the patience, with a kind that lets the
// queue try later, and shuts the gate.
func TestOverloadThatStays(t *testing.T) {
	o := options(t)
	var refusing atomic.Bool
	var bulks atomic.Int32
	o.Patience = 300 * time.Millisecond
	o.Addresses = []string{through(t, o.Addresses[0], func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/_bulk") {
			bulks.Add(1)
		}
		if refusing.Load() {
			answerJSON(w, 503, refusal(503))
		}
		return refusing.Load()
	})}
	x := open(t, o)
	s := &index.Service{Backend: x}
	refusing.Store(true)
	if err := s.Index(t.Context(), document(0)); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("Index: %v of kind %q", err, fault.KindOf(err))
	}
	sent := bulks.Load()
	if err := x.Ready(t.Context()); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("Ready: %v of kind %q", err, fault.KindOf(err))
	}
	if err := s.Index(t.Context(), document(0)); fault.KindOf(err) != fault.Unavailable || bulks.Load() != sent {
		t.Errorf("Index behind the shut gate: %v, %d requests", err, bulks.Load()-sent)
	}
	refusing.Store(false)
	awaitReady(t, x)
	if err := s.Index(t.Context(), document(0)); err != nil {
		t.Error(err)
	}
	wantAll(t, s, 1)
}

func awaitReady(t *testing.T, x *elastic.Index) {
	t.Helper()
	var err error
	for range 600 {
		if err = x.Ready(t.Context()); err == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("not ready after a minute: %v", err)
}

// TestDocumentThatDoesNotFit names the document and the field. The others of
// its batch are there.
func TestDocumentThatDoesNotFit(t *testing.T) {
	x := open(t, options(t))
	d := index.Flatten(document(1))
	d.Entries[0].Terms["mood"] = []string{"好"}
	err := x.Put(t.Context(), index.Flatten(document(0)), d)
	if fault.KindOf(err) != fault.Internal || !strings.Contains(err.Error(), string(d.ID)) || !strings.Contains(err.Error(), "mood") {
		t.Errorf("%v of kind %q", err, fault.KindOf(err))
	}
	if err := x.Ready(t.Context()); err != nil {
		t.Errorf("one document's fault shuts the gate: %v", err)
	}
	if err := x.Put(t.Context(), index.Flatten(document(0))); err != nil {
		t.Error(err)
	}
	wantAll(t, &index.Service{Backend: x}, 1)
}

// TestForeignVersion lets somebody else write a newer revision: ours is not
// wanted any more, which is no error.
func TestForeignVersion(t *testing.T) {
	o := options(t)
	x := open(t, o)
	d := document(0)
	status, answer := elastictest.Send(t, http.MethodPut, fmt.Sprintf("%s/%s-v%d-000001/_doc/%s?version=7&version_type=external", o.Addresses[0], o.Alias, index.Version, d.Record.ID),
		fmt.Sprintf(`{"id":%q,"revision":7,"state":"read"}`, d.Record.ID))
	if status != http.StatusCreated {
		t.Fatal(answer)
	}
	if err := x.Put(t.Context(), index.Flatten(d)); err != nil {
		t.Fatal(err)
	}
	for r, err := range x.Revisions(t.Context()) {
		if err != nil || r.Revision != 7 {
			t.Errorf("%v, %v", r, err)
		}
	}
}
