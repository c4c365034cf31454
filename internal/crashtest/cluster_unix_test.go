//go:build unix

package crashtest_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jixiao/internal/sample"
	"jixiao/pipeline/index/elastic/elastictest"
	"jixiao/pipeline/queue/natstest"
)

func TestMain(m *testing.M) {
	natstest.Main()
	os.Exit(elastictest.Run(m))
}

// A worker is a process that is started again whenever it was killed.
type worker struct {
	jixiao
	args []string
	cmd  *exec.Cmd
	says *bytes.Buffer
}

func (w *worker) start(t *testing.T) {
	t.Helper()
	w.cmd, w.says = w.command(w.args...), new(bytes.Buffer)
	w.cmd.Stderr = w.says
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
}

// kill ends the process at once; it must not have ended by itself.
func (w *worker) kill(t *testing.T) {
	t.Helper()
	_ = w.cmd.Process.Kill() // fails if it has ended; Wait tells
	if err := w.cmd.Wait(); err == nil || w.cmd.ProcessState.ExitCode() != -1 {
		t.Errorf("%q ended by itself: %v\n%s", w.args, err, w.says)
	}
}

// stop asks the process to end and wants it to do so well.
func (w *worker) stop(t *testing.T) {
	t.Helper()
	if err := w.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Error(err)
	}
	if err := w.cmd.Wait(); err != nil {
		t.Errorf("%q: %v\n%s", w.args, err, w.says)
	}
}

// Three servers and four workers, all of them processes: while reports come in,
// a server, a worker that reads and the one that indexes are killed in turn and
// come back. Every report is found once, and nothing is left over.
func TestKilledInACluster(t *testing.T) {
	reports, kills := 300, 3
	if os.Getenv("JIXIAO_TEST_LONG") != "" {
		reports, kills = 2000, 9
	}
	c := natstest.Start(t, 3)
	boss := build(t)
	boss.env = []string{"JIXIAO_NATS=" + c.URL(), "JIXIAO_STORE=nats", "JIXIAO_NATS_REPLICAS=3", "JIXIAO_WORKERS=2"}
	boss.run(t, "init")
	shelf := boss
	shelf.data = filepath.Join(t.TempDir(), "shelf")
	workers := []*worker{{jixiao: shelf, args: []string{"worker", "--stage", "index"}}}
	for range 3 {
		workers = append(workers, &worker{jixiao: boss, args: []string{"worker", "--stage", "extract"}})
	}
	for _, w := range workers {
		w.start(t)
	}
	dir := t.TempDir()
	if err := sample.Write(dir, reports, 1); err != nil {
		t.Fatal(err)
	}
	var over atomic.Bool
	done := make(chan account, 1)
	go func() { defer over.Store(true); done <- boss.load(t, dir) }()
	hit := 0
	for i := 0; i < kills && !over.Load(); i++ {
		time.Sleep(200*time.Millisecond + time.Duration(rand.Int64N(int64(700*time.Millisecond))))
		if over.Load() {
			break
		}
		hit++
		strike(t, c, workers, i)
	}
	a := <-done
	if (a != account{Seen: reports, New: a.New, Known: a.Known}) || a.New+a.Known != reports {
		t.Errorf("import counts %+v, want %d reports and no failure", a, reports)
	}
	t.Logf("%d times something was killed meanwhile", hit)
	if hit == 0 {
		t.Error("it was over before anything was killed: nothing was tried")
	}
	shelf.settle(t)
	shelf.complete(t, reports)
	if out := boss.run(t, "doctor", "--json"); !strings.Contains(string(out), `"orphans":[],"lost":{}`) {
		t.Errorf("doctor finds %s", out)
	}
	for _, w := range workers {
		w.stop(t)
	}
	if _, err := os.Stat(boss.data); err == nil {
		t.Error("import or a worker that only reads made a data folder")
	}
}

// strike kills a reader, the indexer or a server, as it is their turn, and
// starts it again.
func strike(t *testing.T, c *natstest.Cluster, workers []*worker, turn int) {
	t.Helper()
	switch turn % 3 {
	case 0:
		w := workers[1+rand.IntN(3)]
		w.kill(t)
		w.start(t)
	case 1:
		workers[0].kill(t)
		workers[0].start(t)
	default:
		c.Await(t) // the one that was killed before has caught up
		i := rand.IntN(3)
		c.Kill(t, i)
		time.Sleep(time.Second)
		c.Restart(t, i)
	}
}

// settle waits until nothing is waiting or in hand.
func (p jixiao) settle(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(500 * time.Millisecond) {
		var s status
		decode(t, p.run(t, "status", "--json"), &s)
		if fmt.Sprint(s.Queue.Waiting, s.Queue.InHand) == "map[extract:0 index:0] map[extract:0 index:0]" {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("work is left: %+v", s)
		}
	}
}
