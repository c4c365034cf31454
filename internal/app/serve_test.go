package app

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"jixiao/internal/fault"
	"jixiao/pipeline/index/elastic/elastictest"
	"jixiao/pipeline/queue"
	"jixiao/pipeline/queue/natstest"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

func TestMain(m *testing.M) {
	natstest.Main()
	if len(os.Args) == 2 && os.Args[1] == ChildCommand {
		if err := ServeChild(context.Background()); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(elastictest.Run(m))
}

// running is a process of a cluster in this process.
type running struct {
	node *Node
	stop func() error
}

// serving runs Serve and returns when it is ready.
func serving(t testing.TB, o Options, stages ...string) running {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ready, done := make(chan *Node, 1), make(chan error, 1)
	go func() { done <- Serve(ctx, o, "worker", stages, func(n *Node) { ready <- n }) }()
	r := running{stop: func() error { cancel(); return <-done }}
	select {
	case r.node = <-ready:
	case err := <-done:
		t.Fatal(err)
	case <-time.After(time.Minute):
		t.Fatal("it is not ready")
	}
	return r
}

func clustered(t testing.TB, url string) Options {
	o := DefaultOptions()
	o.Data, o.NATS, o.Store = filepath.Join(t.TempDir(), "d"), url, StoreNATS
	return o
}

func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !ok(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

// A worker whose server goes away is not ready, waits, and goes on by itself
// when it is back; an import that runs meanwhile waits as well.
func TestServerGoesAwayAndComesBack(t *testing.T) {
	c := natstest.Start(t, 1)
	o := clustered(t, c.URL())
	w := serving(t, o)
	if err := w.node.Ready(t.Context()); err != nil {
		t.Errorf("Ready = %v", err)
	}
	boss, err := Importer(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer boss.Close()
	c.Kill(t, 0)
	eventually(t, "it is not ready", func() bool { return fault.KindOf(w.node.Ready(t.Context())) == fault.Unavailable })
	go func() {
		time.Sleep(2 * time.Second)
		c.Restart(t, 0)
	}()
	if r := importInto(t, boss, reports(t, 5)); r.New != 5 {
		t.Errorf("%+v", r)
	}
	if err := w.node.Ready(t.Context()); err != nil {
		t.Errorf("Ready = %v", err)
	}
	if err := w.stop(); err != nil {
		t.Error(err)
	}
}

// What is waited for is said once, not each time it is looked for, and once when
// it is back.
func TestWaitingIsSaidOnce(t *testing.T) {
	c := natstest.Start(t, 1)
	c.Kill(t, 0)
	o := clustered(t, c.URL())
	var said logbook
	o.Log = slog.New(slog.NewTextHandler(&said, nil))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done, ready := make(chan error, 1), make(chan bool, 1)
	go func() {
		done <- Serve(ctx, o, "worker", []string{event.StageExtract}, func(*Node) { ready <- true })
	}()
	time.Sleep(2*again + again/2)
	c.Restart(t, 0)
	<-ready
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if got := strings.Count(said.String(), "waiting for the servers"); got != 1 {
		t.Errorf("said %d times:\n%s", got, &said)
	}
	if got := strings.Count(said.String(), "the servers are back"); got != 1 {
		t.Errorf("back %d times:\n%s", got, &said)
	}
}

// A worker that starts before its server waits for it, and stops when asked.
func TestWorkerWaitsForItsServer(t *testing.T) {
	o := clustered(t, "nats://127.0.0.1:1")
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	err := Serve(ctx, o, "worker", []string{event.StageExtract}, func(*Node) { t.Error("ready without a server") })
	if k := fault.KindOf(err); k != fault.Timeout && k != fault.Canceled {
		t.Errorf("Serve = %v", err)
	}
}

func TestInit(t *testing.T) {
	o := clustered(t, natstest.Start(t, 1).URL())
	plan, err := Init(t.Context(), o, true)
	if err != nil || len(plan) < 9 {
		t.Fatalf("%v, %v", plan, err)
	}
	done, err := Init(t.Context(), o, false)
	if err != nil || len(done) != len(plan) {
		t.Errorf("did %v, planned %v, %v", done, plan, err)
	}
	for _, dry := range []bool{true, false} {
		if again, err := Init(t.Context(), o, dry); err != nil || len(again) != 0 {
			t.Errorf("again (dry %v): %v, %v", dry, again, err)
		}
	}
	o.NATS, o.Store = "", StoreLocal
	if _, err := Init(t.Context(), o, true); fault.KindOf(err) != fault.Usage {
		t.Errorf("without servers: %v", err)
	}
}

// Doctor finds a document without a message and a message without a reader, and
// mends what can be.
func TestDoctor(t *testing.T) {
	o := clustered(t, natstest.Start(t, 1).URL())
	n, err := Joined(t.Context(), o, "doctor")
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	id := schemas.IDOf([]byte("x"))
	if _, err := n.queue.PutState(t.Context(), event.State{ID: id, Phase: event.PhaseArrived, Round: 1, Updated: time.Now().Add(-time.Hour)}); err != nil {
		t.Fatal(err)
	}
	if _, err := n.queue.JetStream().Publish(t.Context(), "jixiao.work.bake.1", nil); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		mend                  bool
		orphans, lost, mended int
	}{{false, 1, 1, 0}, {true, 1, 1, 1}, {false, 0, 1, 0}} {
		d, err := n.Doctor(t.Context(), tt.mend)
		if err != nil || len(d.Orphans) != tt.orphans || len(d.Lost) != tt.lost || d.Mended != tt.mended {
			t.Errorf("%+v: %+v, %v", tt, d, err)
		}
	}
}

// What a killed worker had in hand is done by another.
func TestKilledWorkerLosesNothing(t *testing.T) {
	o := clustered(t, natstest.Start(t, 1).URL())
	if _, err := Init(t.Context(), o, false); err != nil {
		t.Fatal(err)
	}
	boss, err := Importer(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer boss.Close()
	// It takes one message and never says a word about it.
	short := o.queue()
	short.AckWait = 2 * time.Second
	q, err := queue.Connect(t.Context(), short)
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	if _, err := q.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	done := make(chan Report, 1)
	in := reports(t, 3)
	go func() { done <- importInto(t, boss, in) }()
	c, err := q.JetStream().Consumer(t.Context(), "JIXIAO_WORK", event.StageExtract)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Next(jetstream.FetchMaxWait(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	w := serving(t, o)
	if r := <-done; r.New != 3 {
		t.Errorf("%+v", r)
	}
	if err := w.stop(); err != nil {
		t.Error(err)
	}
}
