package schemajson

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"jixiao/internal/program"
	"jixiao/pipeline/queue/natstest"
)

// What servers answer over HTTP and NATS, and the events that follow, keep to
// their schemas.
func TestServersKeepToSchemas(t *testing.T) {
	url := natstest.Serve(t, &server.Options{JetStream: true}).ClientURL()
	p := command{t: t, exe: program.Build(t, "../.."), data: filepath.Join(t.TempDir(), "data")}
	for _, line := range p.lines(0, "init", "--json", "--nats", url, "--store", "nats") {
		p.hold("init", line)
	}
	address := p.serve("--nats", url, "--store", "nats")
	for path, schema := range map[string]string{"/livez": "health", "/readyz": "health", "/version": "version"} {
		p.hold(schema, get(t, address+path))
	}

	nc, err := nats.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	events, err := nc.SubscribeSync("jixiao.events.>")
	if err != nil {
		t.Fatal(err)
	}
	report, err := os.ReadFile("../../testdata/corpus/bochuan-water-2020/source.txt")
	if err != nil {
		t.Fatal(err)
	}
	p.hold("receipt", submit(t, nc, "report.txt", report))
	p.hold("receipt", submit(t, nc, "empty.txt", nil))
	p.hold("receipt", submit(t, nc, "", report)) // refused: it has no name
	for range 2 {
		m, err := events.NextMsg(time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		p.hold(strings.Split(m.Subject, ".")[2], m.Data)
	}
}

// serve runs jixiao serve until the test ends, waits until it is ready, and
// returns the address it is asked at.
func (p command) serve(args ...string) string {
	p.t.Helper()
	args = append([]string{"serve", "--data", p.data, "--http", "127.0.0.1:0", "--log-format", "json"}, args...)
	cmd := exec.CommandContext(p.t.Context(), p.exe, args...)
	cmd.Env = program.Environ()
	talk, err := cmd.StderrPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = cmd.Wait() }) // killed when the context ends
	var url string
	for lines := bufio.NewScanner(talk); lines.Scan(); {
		var said struct{ Msg, URL string }
		if err := json.Unmarshal(lines.Bytes(), &said); err != nil {
			p.t.Fatal(err)
		}
		if said.URL != "" {
			url = said.URL
			p.hold("health", get(p.t, url+"/readyz")) // likely not ready yet
		}
		if said.Msg == "ready" {
			go io.Copy(io.Discard, talk) //nolint:errcheck // it ends with the process
			return url
		}
	}
	p.t.Fatal("serve ended")
	return ""
}

func get(t *testing.T, url string) []byte {
	t.Helper()
	r, err := http.Get(url) //nolint:noctx // a test's own server
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func submit(t *testing.T, nc *nats.Conn, name string, b []byte) []byte {
	t.Helper()
	m := nats.NewMsg("jixiao.submit")
	m.Data = b
	if name != "" {
		m.Header.Set("Jixiao-Name", name)
	}
	answer, err := nc.RequestMsg(m, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return answer.Data
}
