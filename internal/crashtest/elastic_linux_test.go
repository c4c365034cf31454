//go:build linux

package crashtest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"golang.org/x/sys/unix"

	"jixiao/internal/sample"
	"jixiao/pipeline/index/elastic/elastictest"
	"jixiao/pipeline/queue/natstest"
	"jixiao/schemas/event"
)

// A deployment is three NATS servers, an Elasticsearch and four workers, all of
// them processes on loopback.
type deployment struct {
	jixiao
	nats    *natstest.Cluster
	elastic *elastictest.Server
	alias   string
	workers []*worker
}

func deploy(t *testing.T, es *elastictest.Server, c *natstest.Cluster) *deployment {
	t.Helper()
	d := &deployment{jixiao: build(t), nats: c, elastic: es, alias: elastictest.Alias(t, es.URL)}
	d.env = []string{
		"JIXIAO_NATS=" + c.URL(), "JIXIAO_STORE=nats", "JIXIAO_NATS_REPLICAS=3", "JIXIAO_WORKERS=2",
		"JIXIAO_ELASTIC=" + es.URL, "JIXIAO_ELASTIC_ALIAS=" + d.alias,
	}
	d.run(t, "init")
	for _, stage := range []string{event.StageExtract, event.StageIndex, event.StageExtract, event.StageIndex} {
		d.workers = append(d.workers, &worker{jixiao: d.jixiao, args: []string{"worker", "--stage", stage}})
	}
	return d
}

func (d *deployment) start(t *testing.T) {
	t.Helper()
	for _, w := range d.workers {
		w.start(t)
	}
}

// load imports dir in the background. over is set when it is done.
func (d *deployment) load(t *testing.T, dir string) (done <-chan account, over *atomic.Bool) {
	over = new(atomic.Bool)
	c := make(chan account, 1)
	go func() { defer over.Store(true); c <- d.jixiao.load(t, dir) }()
	return c, over
}

// finish wants all reports of an import indexed exactly once, nothing left over,
// and the workers to end well.
func (d *deployment) finish(t *testing.T, a account, reports int) {
	t.Helper()
	if (a != account{Seen: reports, New: a.New, Known: a.Known}) || a.New+a.Known != reports {
		t.Errorf("import counts %+v, want %d reports and no failure", a, reports)
	}
	d.settle(t)
	d.complete(t, reports)
	if out := d.run(t, "doctor", "--json"); !strings.Contains(string(out), `"orphans":[],"lost":{}`) {
		t.Errorf("doctor finds %s", out)
	}
	if out := d.run(t, "failed", "list", "--json"); len(out) > 0 {
		t.Errorf("dead letters: %s", out)
	}
	if n := d.indexed(t); n != reports {
		t.Errorf("Elasticsearch holds %d documents, want %d", n, reports)
	}
	for _, w := range d.workers {
		w.stop(t)
	}
	if _, err := os.Stat(d.data); err == nil {
		t.Error("something made a data folder")
	}
}

// indexed asks Elasticsearch itself how many documents there are.
func (d *deployment) indexed(t *testing.T) int {
	t.Helper()
	var answer struct{ Count int }
	elastictest.Send(t, http.MethodPost, d.elastic.URL+"/"+d.alias+"/_refresh", "")
	status, body := elastictest.Send(t, http.MethodGet, d.elastic.URL+"/"+d.alias+"/_count", "")
	if err := json.Unmarshal([]byte(body), &answer); err != nil || status != http.StatusOK {
		t.Errorf("count: status %d, %v: %s", status, err, body)
	}
	return answer.Count
}

// TestKilledWithElastic kills workers, NATS servers and Elasticsearch in turn
// while reports come in, stops Elasticsearch for a while, and hands one message
// out a hundred times. Nothing is lost, doubled or given up.
func TestKilledWithElastic(t *testing.T) {
	reports, rounds, outage := 200, 1, 5*time.Second
	if os.Getenv("JIXIAO_TEST_LONG") != "" {
		reports, rounds, outage = 2000, 3, time.Minute
	}
	d := deploy(t, elastictest.Start(t), natstest.Start(t, 3))
	dir := t.TempDir()
	if err := sample.Write(dir, reports, 1); err != nil {
		t.Fatal(err)
	}
	done, over := d.load(t, dir)
	d.redeliver(t, 100)
	d.start(t)
	for range rounds {
		for _, kind := range []string{"worker", "nats", "elastic"} {
			time.Sleep(300*time.Millisecond + rand.N(700*time.Millisecond))
			if over.Load() {
				t.Fatalf("the import is over before %s is killed: nothing is tried", kind)
			}
			d.strike(t, kind)
		}
	}
	if over.Load() {
		t.Fatal("the import is over before Elasticsearch is stopped: nothing is tried")
	}
	d.must(t, "stop")
	time.Sleep(outage)
	if err := d.elastic.Start(); err != nil {
		t.Fatal(err)
	}
	d.finish(t, <-done, reports)
}

// must calls the script of Elasticsearch.
func (d *deployment) must(t *testing.T, verb string) {
	t.Helper()
	if _, err := d.elastic.Do(verb); err != nil {
		t.Fatal(err)
	}
}

// strike kills one of a kind and starts it again.
func (d *deployment) strike(t *testing.T, kind string) {
	t.Helper()
	t.Logf("killing: %s", kind)
	switch kind {
	case "worker":
		w := d.workers[rand.IntN(len(d.workers))]
		w.kill(t)
		w.start(t)
	case "nats":
		d.nats.Await(t) // the one that was killed before has caught up
		i := rand.IntN(3)
		d.nats.Kill(t, i)
		time.Sleep(time.Second)
		d.nats.Restart(t, i)
	case "elastic":
		d.must(t, "kill")
		if err := d.elastic.Start(); err != nil {
			t.Fatal(err)
		}
	}
}

// redeliver takes the first message that is there, before there are workers,
// and hands it back n times.
func (d *deployment) redeliver(t *testing.T, n int) {
	t.Helper()
	conn, err := nats.Connect(d.nats.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	c, err := js.Consumer(t.Context(), "JIXIAO_WORK", event.StageExtract)
	if err != nil {
		t.Fatal(err)
	}
	first := ""
	for handed := 0; handed < n; {
		m, err := c.Next(jetstream.FetchMaxWait(10 * time.Second))
		if err != nil {
			t.Fatalf("after %d times: %v", handed, err)
		}
		if first == "" {
			first = m.Subject()
		}
		if m.Subject() == first {
			handed++
		}
		if err := m.Nak(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("handed out %d times: %s", n, first)
}

// roomy is what JetStream wants to be promised; it takes no memory.
const roomy = "64g"

// TestFullServerWithElastic fills the disk of one NATS server while reports come
// in. The other two go on; with room again it takes part again.
func TestFullServerWithElastic(t *testing.T) {
	reports := 150
	if os.Getenv("JIXIAO_TEST_LONG") != "" {
		reports = 2000
	}
	small := filepath.Join(t.TempDir(), "small")
	if err := os.Mkdir(small, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+roomy, "tmpfs", small).Run(); err != nil {
		t.Skip("mounting a small tmpfs needs root: ", err)
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", small).Run() })
	d := deploy(t, elastictest.Start(t), natstest.StartIn(t, t.TempDir(), small, t.TempDir()))
	dir := t.TempDir()
	if err := sample.Write(dir, reports, 1); err != nil {
		t.Fatal(err)
	}
	d.start(t)
	done, over := d.load(t, dir)
	time.Sleep(2 * time.Second)
	fill(t, small)
	full := time.Now()
	if over.Load() {
		t.Fatal("the import is over before the disk is full: nothing is tried")
	}
	a := <-done
	d.settle(t)
	t.Logf("%v after the disk was full: %+v", time.Since(full).Round(time.Second), a)
	if out, err := exec.Command("mount", "-o", "remount,size="+roomy, small).CombinedOutput(); err != nil {
		t.Fatalf("remount: %v\n%s", err, out)
	}
	d.nats.Kill(t, 1)
	d.nats.Restart(t, 1)
	d.nats.Await(t)
	if a.Failed+a.Pending > 0 {
		a = d.jixiao.load(t, dir) // whatever was said to be unfinished is finished by the next run
	}
	d.finish(t, a, reports)
}

// fill leaves no room in a tmpfs beside what it holds, which may grow meanwhile.
func fill(t *testing.T, dir string) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; {
		var s unix.Statfs_t
		if err := unix.Statfs(dir, &s); err != nil {
			t.Fatal(err)
		}
		used := (s.Blocks - s.Bfree) * uint64(s.Bsize)
		out, err := exec.Command("mount", "-o", fmt.Sprint("remount,size=", used), dir).CombinedOutput()
		if err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("remount: %v\n%s", err, out)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "more"), make([]byte, 1<<20), 0o600); !errors.Is(err, unix.ENOSPC) {
		t.Fatalf("there is still room: %v", err)
	}
}
