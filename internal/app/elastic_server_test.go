package app

import (
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jixiao/internal/fault"
	"jixiao/pipeline/index/elastic/elastictest"
	"jixiao/pipeline/queue/natstest"
	"jixiao/schemas"
	"jixiao/schemas/event"
	"jixiao/schemas/search"
)

// onElastic returns o with a new index on the shared server, set up.
func onElastic(t *testing.T, o Options) Options {
	t.Helper()
	o.Elastic = elastictest.Address(t)
	o.ElasticAlias = elastictest.Alias(t, o.Elastic)
	o.Workers, o.Drain = 2, 10*time.Second
	if _, err := Init(t.Context(), o, false); err != nil {
		t.Fatal(err)
	}
	return o
}

// wantIndexed checks that all n documents are in the index, once and up to date.
func wantIndexed(t *testing.T, s Service, n int) {
	t.Helper()
	st, err := s.Status(t.Context())
	if err != nil || st.Total != n || st.Index.Documents != n || st.Index.Behind != 0 {
		t.Errorf("%d documents, index %+v, %v; want %d", st.Total, st.Index, err, n)
	}
	r, err := s.Search(t.Context(), search.Query{Limit: 2 * n})
	ids := map[string]bool{}
	for _, h := range r.Hits {
		ids[string(h.ID)] = true
	}
	if err != nil || r.TotalDocs != n || len(ids) != n {
		t.Errorf("%d documents are found, %d of them different, %v; want %d", r.TotalDocs, len(ids), err, n)
	}
	if got := len(collectAll(t, s.List(t.Context(), search.Listing{}))); got != n {
		t.Errorf("%d are listed, want %d", got, n)
	}
}

// The index in the cluster instead of the folder, which keeps all else.
func TestElasticBesideAFolder(t *testing.T) {
	o := DefaultOptions()
	o.Data = filepath.Join(t.TempDir(), "d")
	in := reports(t, 8)
	o = onElastic(t, o)
	n := owned(t, o)
	if r := importInto(t, n, in); r.New != 8 {
		t.Errorf("%+v", r)
	}
	wantIndexed(t, n, 8)
	if _, err := os.Stat(filepath.Join(o.Data, indexDir)); !os.IsNotExist(err) {
		t.Errorf("there is an index in the folder as well: %v", err)
	}
	id := collectAll(t, n.List(t.Context(), search.Listing{}))[0].ID
	if _, err := n.Remove(t.Context(), string(id)); err != nil {
		t.Error(err)
	}
	wantIndexed(t, n, 7)
}

// Whichever index the folder is worked on with, it has what the store has, whatever
// came or was removed while the other one was used.
func TestElasticAndFolderInTurn(t *testing.T) {
	o := DefaultOptions()
	o.Data = filepath.Join(t.TempDir(), "d")
	there := onElastic(t, o)
	in := reports(t, 6)
	for i, turn := range []struct {
		o      Options
		stale  bool // it is not searched before it is worked on
		remove bool
		want   int
	}{{o, false, false, 6}, {there, true, false, 6}, {there, false, true, 5}, {o, false, false, 5}, {o, false, true, 4}, {there, true, false, 4}} {
		n, err := Own(t.Context(), turn.o, "test")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := n.Search(t.Context(), search.Query{}); (fault.KindOf(err) == fault.Conflict) != turn.stale {
			t.Errorf("turn %d: search: %v", i, err)
		}
		if err := n.workAlone(t.Context()); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			importInto(t, n, in)
		}
		if turn.remove {
			if _, err := n.Remove(t.Context(), string(collectAll(t, n.List(t.Context(), search.Listing{}))[0].ID)); err != nil {
				t.Error(err)
			}
		}
		wantIndexed(t, n, turn.want)
		if err := n.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Everything on servers: no process keeps anything, an importer only submits, two
// index workers share the work, readers read beside them.
func TestElasticCluster(t *testing.T) {
	o := onElastic(t, clustered(t, natstest.Start(t, 1).URL()))
	var workers []running
	for _, stage := range []string{event.StageExtract, event.StageIndex, event.StageIndex} {
		workers = append(workers, serving(t, o, stage))
	}
	boss, err := Importer(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer boss.Close()
	if r := importInto(t, boss, reports(t, 40)); r.New != 40 || boss.workers != nil {
		t.Errorf("%+v, workers of its own: %v", r, boss.workers != nil)
	}
	reader, err := Open(t.Context(), o, "search")
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	wantIndexed(t, reader, 40)
	t.Run("reindex", func(t *testing.T) { testReindexUnderSearch(t, o, boss, 40) })
	t.Run("index_lost", func(t *testing.T) { testIndexLost(t, o, workers, 41) })
	for _, w := range workers {
		if err := w.stop(); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(o.Data); !os.IsNotExist(err) {
		t.Errorf("somebody made a data folder: %v", err)
	}
}

// testReindexUnderSearch builds a new index while readers search and a document
// arrives: no answer is an error or has less than there was.
func testReindexUnderSearch(t *testing.T, o Options, boss *Node, n int) {
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	var mu sync.Mutex
	asked := 0
	for range 2 {
		wg.Go(func() {
			for ctx.Err() == nil {
				err := Ask(context.WithoutCancel(ctx), o, "search", func(s Service) error {
					r, err := s.Search(context.WithoutCancel(ctx), search.Query{Limit: 1})
					if err != nil || r.Total < n || len(r.Hits) != 1 {
						t.Errorf("a search during reindex: %d hits, %v", r.Total, err)
					}
					return nil
				})
				if err != nil {
					t.Errorf("a search during reindex: %v", err)
				}
				mu.Lock()
				asked++
				mu.Unlock()
			}
		})
	}
	var names []string
	for i := range 3 {
		if i == 1 {
			wg.Go(func() {
				one := filepath.Join(t.TempDir(), "late.txt")
				if err := os.WriteFile(one, []byte("某某市水务局2020年度部门整体支出绩效自评报告\n一、部门概况\n年末在职人员25人。\n"), 0o600); err != nil {
					t.Error(err)
				}
				importInto(t, boss, one)
			})
		}
		b, err := Rebuilder(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		r, err := b.Reindex(t.Context(), nil)
		if err != nil || r.Documents < n || slices.Contains(names, r.Index) || len(r.Kept) != i+1 {
			t.Errorf("%+v, %v", r, err)
		}
		names = append(names, r.Index)
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
	cancel()
	wg.Wait()
	if asked < 10 {
		t.Errorf("%d searches only: nothing is shown", asked)
	}
	dropped, err := DropOld(t.Context(), o)
	if err != nil || len(dropped) != 3 {
		t.Errorf("dropped %v, %v", dropped, err)
	}
	wantIndexed(t, boss, n+1)
}

// testIndexLost drops the index behind the workers' backs. Both see it; together
// they fill the new one, and every document is in it once.
func testIndexLost(t *testing.T, o Options, workers []running, n int) {
	_, names := elastictest.Send(t, "GET", o.Elastic+"/_cat/indices/"+o.ElasticAlias+"-v*?h=index", "")
	for _, name := range strings.Fields(names) {
		elastictest.Send(t, "DELETE", o.Elastic+"/"+name, "")
	}
	indexer := workers[1].node
	eventually(t, "a worker without an index is not ready", func() bool { return fault.KindOf(indexer.Ready(t.Context())) == fault.Unavailable })
	time.Sleep(3 * time.Second) // each worker has asked once
	if _, err := Init(t.Context(), o, false); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the index is whole again", func() bool {
		st, err := indexer.Status(t.Context())
		return err == nil && st.Index.Documents == n && st.Index.Behind == 0 && st.Queue.Waiting[event.StageIndex]+st.Queue.InHand[event.StageIndex] == 0
	})
	wantIndexed(t, indexer, n)
	if err := indexer.Ready(t.Context()); err != nil {
		t.Errorf("Ready = %v", err)
	}
}

// A cable leads to a server until it is cut.
type cable struct {
	url    string
	broken atomic.Bool
	mu     sync.Mutex
	ends   []net.Conn
}

func newCable(t *testing.T, to string) *cable {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{url: "http://" + l.Addr().String()}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { c.carry(near, strings.TrimPrefix(to, "http://")) })
		}
	})
	t.Cleanup(func() { l.Close(); c.cut(true); wg.Wait() })
	return c
}

// carry copies both ways until one end is closed.
func (c *cable) carry(near net.Conn, to string) {
	defer near.Close()
	far, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer far.Close()
	c.mu.Lock()
	c.ends = append(c.ends, near, far)
	c.mu.Unlock()
	if c.broken.Load() {
		return
	}
	go func() { _, _ = io.Copy(far, near); far.Close() }()
	_, _ = io.Copy(near, far)
}

// cut breaks what is open and lets nothing through, or ends that.
func (c *cable) cut(broken bool) {
	c.broken.Store(broken)
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, end := range c.ends {
		end.Close()
	}
	c.ends = nil
}

// While the cluster is away nothing is taken from the queue, nothing counts as an
// attempt, and the work goes on by itself when it is back.
func TestElasticGoesAwayAndComesBack(t *testing.T) {
	o := onElastic(t, clustered(t, natstest.Start(t, 1).URL()))
	wire := newCable(t, o.Elastic)
	o.Elastic = wire.url
	w := serving(t, o)
	defer func() {
		if err := w.stop(); err != nil {
			t.Error(err)
		}
	}()
	if err := w.node.Ready(t.Context()); err != nil {
		t.Errorf("Ready = %v", err)
	}
	wire.cut(true)
	eventually(t, "it is not ready", func() bool { return fault.KindOf(w.node.Ready(t.Context())) == fault.Unavailable })
	time.Sleep(3 * time.Second) // what the workers asked the queue for before is over
	boss, err := Importer(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer boss.Close()
	done := make(chan Report, 1)
	in := reports(t, 20)
	go func() { done <- importInto(t, boss, in) }()
	eventually(t, "all are read", func() bool {
		b, err := boss.queue.Backlog(t.Context())
		return err == nil && b.Stages[event.StageIndex].Pending == 20
	})
	time.Sleep(3 * time.Second)
	b, err := boss.queue.Backlog(t.Context())
	if s := b.Stages[event.StageIndex]; err != nil || s.Pending != 20 || s.AckPending != 0 || s.Redelivered != 0 {
		t.Errorf("%+v, %v: messages were taken though they could not be worked on", s, err)
	}
	wire.cut(false)
	if r := <-done; r.New != 20 || r.Failed != 0 {
		t.Errorf("%+v", r)
	}
	for st, err := range boss.pipeline.States.AllStates(t.Context()) {
		if err != nil || len(st.Attempts) != 0 || st.Phase != event.PhaseIndexed {
			t.Errorf("%s %+v, %v", st.Phase, st.Attempts, err)
		}
	}
	eventually(t, "it is ready again", func() bool { return w.node.Ready(t.Context()) == nil })
	wantIndexed(t, boss, 20)

	id := collectAll(t, boss.List(t.Context(), search.Listing{}))[0].ID
	wire.cut(true)
	eventually(t, "it is not ready", func() bool { return w.node.Ready(t.Context()) != nil })
	if _, err := boss.Remove(t.Context(), string(id)); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("remove: %v", err)
	}
	if st, err := boss.queue.State(t.Context(), id); err != nil || st.Phase != event.PhaseIndexed {
		t.Errorf("what cannot be removed is %s, %v", st.Phase, err)
	}
	removing(t, boss, id) // the cluster went away in the middle of it
	time.Sleep(3 * time.Second)
	wire.cut(false)
	eventually(t, "it is removed", func() bool {
		st, err := boss.queue.State(t.Context(), id)
		return err == nil && st.Phase == event.PhaseRemoved
	})
	wantIndexed(t, boss, 19)
}

// removing leaves a document in the middle of being removed.
func removing(t *testing.T, n *Node, id schemas.DocID) {
	t.Helper()
	st, err := n.queue.State(t.Context(), id)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		t.Fatal(err)
	}
	st.ID, st.Phase = id, event.PhaseRemoving
	st.Revision++
	if _, err := n.queue.PutState(t.Context(), st); err != nil {
		t.Fatal(err)
	}
}

// A removal that cannot be finished keeps no worker from its work.
func TestWorkerStartsBesideARemoval(t *testing.T) {
	o := clustered(t, natstest.Start(t, 1).URL())
	o.Elastic = "http://127.0.0.1:1"
	n, err := Joined(t.Context(), o, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	if _, err := n.open(t.Context()); err != nil {
		t.Fatal(err)
	}
	removing(t, n, schemas.IDOf([]byte("x")))
	for _, stage := range []string{event.StageExtract, event.StageIndex} {
		ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second)
		ready := false
		err := Serve(ctx, o, "worker", []string{stage}, func(*Node) { ready = true; cancel() })
		if cancel(); !ready {
			t.Errorf("%s: it does not start: %v", stage, err)
		}
	}
}

// What does not need the index works without, what needs it says what is wrong.
func TestElasticAwayFromTheStart(t *testing.T) {
	o := DefaultOptions()
	o.Data, o.Elastic = filepath.Join(t.TempDir(), "d"), "http://127.0.0.1:1"
	n := owned(t, o)
	if _, err := n.Import(t.Context(), Walk(t.Context(), o.Data, reports(t, 2)), ImportOptions{}); fault.KindOf(err) != fault.Unavailable || fault.HintOf(err) == "" {
		t.Errorf("import: %v", err)
	}
	if _, err := n.Search(t.Context(), search.Query{}); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("search: %v", err)
	}
	for _, err := range n.Failed(t.Context()) {
		t.Errorf("failed: %v", err)
	}
	if _, err := n.Doctor(t.Context(), false); err != nil {
		t.Errorf("doctor: %v", err)
	}
}
