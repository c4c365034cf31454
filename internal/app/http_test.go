package app

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"jixiao/internal/fault"
	"jixiao/internal/sample"
	"jixiao/pipeline/queue/natstest"
	"jixiao/schemas/event"
)

// A logbook is a log in memory.
type logbook struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logbook) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// lines returns the lines as objects.
func (l *logbook) lines(t testing.TB) (out []map[string]any) {
	t.Helper()
	for line := range strings.Lines(l.String()) {
		m := map[string]any{}
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%v: %q", err, line)
		}
		out = append(out, m)
	}
	return out
}

// url waits for the line that says where the HTTP server is.
func (l *logbook) url(t testing.TB) (url string) {
	t.Helper()
	eventually(t, "the HTTP server is up", func() bool {
		for _, m := range l.lines(t) {
			if u, ok := m["url"].(string); ok {
				url = u
			}
		}
		return url != ""
	})
	return url
}

// heard gives o a log and an HTTP server.
func heard(o Options) (Options, *logbook) {
	l := &logbook{}
	o.HTTP = "127.0.0.1:0"
	o.Log = o.Logger(l, LogJSON, slog.LevelInfo)
	return o, l
}

func get(t testing.TB, url string) (int, string) {
	t.Helper()
	c := &http.Client{Timeout: 10 * time.Second}
	defer c.CloseIdleConnections()
	r, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(b)
}

// metric returns the value of a series; false if it is not there.
func metric(t testing.TB, url, series string) (float64, bool) {
	t.Helper()
	status, body := get(t, url+"/metrics")
	if status != http.StatusOK {
		t.Fatalf("metrics: status %d: %s", status, body)
	}
	for line := range strings.Lines(body) {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), series+" "); ok {
			f, err := strconv.ParseFloat(rest, 64)
			if err != nil {
				t.Fatal(err)
			}
			return f, true
		}
	}
	return 0, false
}

// blank is a PDF of one page with nothing on it.
const blank = `%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Count 1 /Kids [3 0 R] >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>
endobj
trailer
<< /Size 4 /Root 1 0 R >>
`

// mixed writes four reports, one of them as a PDF, a blank page, and a file that
// is none, and returns their folder.
func mixed(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "in")
	if err := sample.Write(dir, 3, 3); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"甲局报告.pdf": sample.PDF(9, 2), "blank.pdf": []byte(blank), "broken.pdf": []byte("%PDF-1.7\n绩效目标完成情况很好")} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestWhatAServerTells(t *testing.T) {
	o := DefaultOptions()
	o.Data = filepath.Join(t.TempDir(), "d")
	o, log := heard(o)
	w := serving(t, o)
	url := log.url(t)
	in := mixed(t)
	if r := importInto(t, w.node, in); r.New != 5 || r.Failed != 1 {
		t.Errorf("%+v", r)
	}
	importInto(t, w.node, in) // all known
	eventually(t, "orphans have been looked for", func() bool { _, ok := metric(t, url, "jixiao_orphans"); return ok })
	for series, want := range map[string]float64{
		`jixiao_documents_total{outcome="ok",stage="submit"}`:         6,
		`jixiao_documents_total{outcome="skipped",stage="submit"}`:    6,
		`jixiao_documents_total{outcome="ok",stage="extract"}`:        4,
		`jixiao_documents_total{outcome="needs_ocr",stage="extract"}`: 1,
		`jixiao_documents_total{outcome="refused",stage="extract"}`:   1,
		`jixiao_documents_total{outcome="ok",stage="index"}`:          5,
		`jixiao_stage_duration_seconds_count{stage="extract"}`:        6,
		`jixiao_queue_pending{stage="extract"}`:                       0,
		`jixiao_queue_ack_pending{stage="index"}`:                     0,
		`jixiao_dead_letters`:                                         1,
		`jixiao_orphans`:                                              0,
		`jixiao_bytes_in_flight`:                                      0,
		`jixiao_ready`:                                                1,
	} {
		if got, ok := metric(t, url, series); !ok || got != want {
			t.Errorf("%s is %v (%v), want %v", series, got, ok, want)
		}
	}
	if status, body := get(t, url+"/livez"); status != http.StatusOK || body != `{"live":true}`+"\n" {
		t.Errorf("livez: %d %s", status, body)
	}
	if status, body := get(t, url+"/readyz"); status != http.StatusOK || body != `{"live":true,"ready":true}`+"\n" {
		t.Errorf("readyz: %d %s", status, body)
	}
	var v Version
	status, body := get(t, url+"/version")
	if err := json.Unmarshal([]byte(body), &v); err != nil || status != http.StatusOK {
		t.Errorf("version: %d %v", status, err)
	}
	if d := cmp.Diff(VersionOf(), v); d != "" {
		t.Errorf("version (-want +got):\n%s", d)
	}
	if err := w.stop(); err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", strings.TrimPrefix(url, "http://")); err == nil {
		t.Error("the HTTP server is still there")
	}
	checkLog(t, log, in)
}

// checkLog wants a line a document and stage, and not a word of any document.
func checkLog(t *testing.T, log *logbook, in string) {
	t.Helper()
	outcomes := map[string]int{}
	for _, m := range log.lines(t) {
		if m["msg"] != "handled" {
			continue
		}
		for _, key := range []string{"doc", "stage", "attempt", "outcome", "ms"} {
			if m[key] == nil || m[key] == "" {
				t.Errorf("no %s in %v", key, m)
			}
		}
		outcomes[m["stage"].(string)+" "+m["outcome"].(string)]++
		if bad := m["outcome"] == "refused"; bad != (m["kind"] == "invalid") || bad != (m["level"] == "WARN") {
			t.Errorf("kind and level of %v", m)
		}
	}
	want := map[string]int{
		"submit ok": 6, "submit skipped": 6, "extract ok": 4, "extract needs_ocr": 1, "extract refused": 1, "index ok": 5,
	}
	if d := cmp.Diff(want, outcomes); d != "" {
		t.Errorf("lines (-want +got):\n%s", d)
	}
	for _, r := range log.String() {
		if unicode.Is(unicode.Han, r) {
			t.Errorf("the log has the character %c; all documents and a name are Chinese, nothing else is", r)
			break
		}
	}
	if strings.Contains(log.String(), in) {
		t.Error("the log tells the folder of the documents")
	}
}

// Whoever starts before the servers is alive and not ready, ready when they are
// there, not while they are away, and nobody who asks has to wait.
func TestReadiness(t *testing.T) {
	c := natstest.Start(t, 1)
	o := clustered(t, c.URL())
	if _, err := Init(t.Context(), o, false); err != nil {
		t.Fatal(err)
	}
	c.Kill(t, 0)
	o, log := heard(o)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, o, "worker", nil, func(*Node) {}) }()
	url := log.url(t)
	unready := func(why string) {
		t.Helper()
		eventually(t, "unready because of "+why, func() bool {
			status, body := get(t, url+"/readyz")
			var h health
			err := json.Unmarshal([]byte(body), &h)
			return status == http.StatusServiceUnavailable && err == nil && h.Live && !*h.Ready && strings.Contains(h.Reason.Message, why)
		})
		start := time.Now()
		if status, _ := get(t, url+"/livez"); status != http.StatusOK {
			t.Errorf("livez: %d", status)
		}
		if n, ok := metric(t, url, "jixiao_ready"); !ok || n != 0 {
			t.Errorf("jixiao_ready is %v, %v", n, ok)
		}
		if n, ok := metric(t, url, `jixiao_queue_pending{stage="extract"}`); ok {
			t.Errorf("%v messages wait on a server that is not there", n)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("four questions took %v", took)
		}
	}
	ready := func() {
		t.Helper()
		eventually(t, "ready", func() bool { s, _ := get(t, url+"/readyz"); return s == http.StatusOK })
		if n, _ := metric(t, url, "jixiao_ready"); n != 1 {
			t.Errorf("jixiao_ready is %v", n)
		}
		if _, ok := metric(t, url, `jixiao_queue_pending{stage="extract"}`); !ok {
			t.Error("nobody knows how many messages wait")
		}
	}
	unready("127.0.0.1")
	c.Restart(t, 0)
	ready()
	c.Kill(t, 0)
	unready("NATS")
	c.Restart(t, 0)
	ready()
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestOrphansAreTold(t *testing.T) {
	c := natstest.Start(t, 1)
	o := clustered(t, c.URL())
	n, err := Joined(t.Context(), o, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	if _, err := n.queue.JetStream().Publish(t.Context(), "jixiao.work.bake.1", nil); err != nil {
		t.Fatal(err)
	}
	o, log := heard(o)
	w := serving(t, o)
	url := log.url(t)
	eventually(t, "the orphan is counted", func() bool { n, _ := metric(t, url, "jixiao_orphans"); return n == 1 })
	reader, readerLog := heard(clustered(t, c.URL()))
	r := serving(t, reader, event.StageExtract)
	if n, ok := metric(t, readerLog.url(t), "jixiao_orphans"); ok {
		t.Errorf("a worker without the index stage counts %v orphans as well", n)
	}
	for _, s := range []running{w, r} {
		if err := s.stop(); err != nil {
			t.Error(err)
		}
	}
}

// From the signal to stop on nobody sends anything more, and the metrics stay.
func TestUnreadyWhileStopping(t *testing.T) {
	o, log := heard(DefaultOptions())
	m, _, err := openMonitor(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	url := log.url(t)
	for _, tt := range []struct {
		do  func()
		why string
	}{{func() {}, "starting"}, {func() { m.waiting(fault.New(fault.Unavailable, "no server yet")) }, "no server yet"}, {m.stopping, "stopping"}} {
		tt.do()
		if status, body := get(t, url+"/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, tt.why) {
			t.Errorf("%d %s, want %q", status, body, tt.why)
		}
		if n, ok := metric(t, url, "jixiao_ready"); !ok || n != 0 {
			t.Errorf("jixiao_ready is %v, %v", n, ok)
		}
	}
	if err := m.close(); err != nil {
		t.Error(err)
	}
}

func TestAddressThatIsTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	o := DefaultOptions()
	o.Data, o.HTTP = filepath.Join(t.TempDir(), "d"), l.Addr().String()
	err = Serve(t.Context(), o, "serve", nil, func(*Node) { t.Error("ready") })
	if fault.KindOf(err) != fault.Conflict || !strings.Contains(err.Error(), o.HTTP) || fault.HintOf(err) == "" {
		t.Errorf("%v (%s)", err, fault.HintOf(err))
	}
	if _, err := os.Stat(o.Data); err == nil {
		t.Error("a folder was made all the same")
	}
}

func TestOnlyQuestions(t *testing.T) {
	o := DefaultOptions()
	o.Data = filepath.Join(t.TempDir(), "d")
	o, log := heard(o)
	w := serving(t, o)
	url := log.url(t)
	for _, tt := range []struct {
		method, path string
		want         int
	}{
		{http.MethodPost, "/livez", http.StatusMethodNotAllowed},
		{http.MethodDelete, "/metrics", http.StatusMethodNotAllowed},
		{http.MethodHead, "/readyz", http.StatusOK},
		{http.MethodGet, "/", http.StatusNotFound},
		{http.MethodGet, "/livez/../../etc/passwd", http.StatusNotFound},
	} {
		r, err := http.NewRequestWithContext(t.Context(), tt.method, url+tt.path, strings.NewReader(""))
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != tt.want && res.StatusCode != http.StatusTemporaryRedirect && res.StatusCode != http.StatusMovedPermanently {
			t.Errorf("%s %s: %d, want %d", tt.method, tt.path, res.StatusCode, tt.want)
		}
	}
	if err := w.stop(); err != nil {
		t.Error(err)
	}
}
