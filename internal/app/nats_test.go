package app

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"

	"jixiao/internal/fault"
	"jixiao/pipeline/queue/natstest"
	"jixiao/schemas/search"
)

// The same code works against a server elsewhere.
func TestImportOverAnExternalServer(t *testing.T) {
	o := DefaultOptions()
	o.Data, o.NATS = filepath.Join(t.TempDir(), "d"), natstest.Serve(t, &server.Options{JetStream: true}).ClientURL()
	n := owned(t, o)
	in := reports(t, 4)
	if r := importInto(t, n, in); r.New != 4 {
		t.Errorf("%+v", r)
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	again := owned(t, o)
	if r := importInto(t, again, in); r.Known != 4 {
		t.Errorf("%+v", r)
	}
	st, err := again.Status(t.Context())
	if err != nil || st.Total != 4 || st.Queue.Server == "embedded" {
		t.Errorf("%+v, %v", st, err)
	}
	if got := collectAll(t, again.List(t.Context(), search.Listing{})); len(got) != 4 {
		t.Errorf("%d listed", len(got))
	}
}

func TestNoPasswordIsTold(t *testing.T) {
	o := DefaultOptions()
	o.Data, o.NATS = filepath.Join(t.TempDir(), "d"), "nats://user:s3cret@127.0.0.1:1, nats://127.0.0.1:2"
	n := owned(t, o)
	_, err := n.Status(t.Context())
	if fault.KindOf(err) != fault.Unavailable || fault.HintOf(err) == "" || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("got %v (%s)", err, fault.HintOf(err))
	}
	if !strings.Contains(err.Error(), "127.0.0.1:1") {
		t.Errorf("%v does not say which server", err)
	}
}

// Asked to, the server inside takes connections, and another program may use it.
func TestServerInsideListensWhenAsked(t *testing.T) {
	o := DefaultOptions()
	o.Data, o.Listen = filepath.Join(t.TempDir(), "d"), "127.0.0.1:0"
	n := owned(t, o)
	if _, err := n.Status(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n.queue.URL() == "" {
		t.Error("nobody is told where the server listens")
	}
}
