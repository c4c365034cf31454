package pipeline_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"jixiao/pipeline"
	"jixiao/pipeline/queue"
	"jixiao/pipeline/queue/natstest"
	"jixiao/pipeline/store"
	"jixiao/schemas/event"
)

// machine is one of several that share servers and a store on them.
func machine(t testing.TB, url string, read *reader, index *shelf) (*pipeline.Pipeline, *queue.Queue) {
	t.Helper()
	q, err := queue.Open(t.Context(), queue.Options{
		URL: url, Replicas: 3, AckWait: 4 * time.Second, Streams: store.ObjectStreams("jixiao"),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = q.Close() })
	s, err := store.OpenObjects(t.Context(), q.JetStream(), "jixiao")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return &pipeline.Pipeline{Store: s, States: q, Publisher: q, Indexer: index, Reader: read, Program: "test/1"}, q
}

// Three servers, a machine that imports and two that work: while a server is
// killed and comes back every document is read and found, once each.
func TestClusterLosesNothing(t *testing.T) {
	const docs = 50
	c := natstest.Start(t, 3)
	index := newShelf()
	boss, q := machine(t, c.URL(), nil, nil)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var workers errgroup.Group
	for range 2 {
		p, q := machine(t, c.URL(), newReader(), index)
		workers.Go(func() error { return q.Work(ctx, event.StageExtract, 2, time.Second, p.Extract) })
		workers.Go(func() error {
			return q.WorkBatches(ctx, event.StageIndex, 20, 50*time.Millisecond, time.Second, p.IndexBatch)
		})
	}
	var pairs, want []string
	for i := range docs {
		text := fmt.Sprintf("document %d", i)
		pairs, want = append(pairs, fmt.Sprint(i), text), append(want, text)
	}
	go func() {
		eventually(t, "half of it is done", func() bool { return len(index.texts()) > docs/5 })
		s, err := q.JetStream().Stream(ctx, "JIXIAO_WORK")
		if err != nil {
			t.Error(err)
			return
		}
		i := c.Index(s.CachedInfo().Cluster.Leader)
		c.Kill(t, i)
		time.Sleep(time.Second)
		c.Restart(t, i)
	}()
	r, err := boss.Import(t.Context(), sources(pairs...), pipeline.ImportOptions{Parallel: 2})
	if err != nil || countsOf(r) != (counts{Seen: docs, New: docs}) {
		t.Errorf("%+v, %v", r, err)
	}
	slices.Sort(want)
	if got := index.texts(); !slices.Equal(got, want) {
		t.Errorf("found %d: %q", len(got), got)
	}
	for f, err := range q.Letters(t.Context()) {
		t.Errorf("dead letter %+v, %v", f, err)
	}
	eventually(t, "no orphans, nothing lost, nothing waits", func() bool {
		orphans, err := boss.Orphans(t.Context(), 0)
		lost, lostErr := q.Lost(t.Context())
		waiting, waitErr := q.Waiting(t.Context(), event.StageIndex)
		return err == nil && lostErr == nil && waitErr == nil && len(orphans)+len(lost)+len(waiting) == 0
	})
	cancel()
	if err := workers.Wait(); err != nil {
		t.Error(err)
	}
}

// A document that was noted, and whose message was never sent, is found and
// finished.
func TestOrphans(t *testing.T) {
	w := newWorld(t)
	id, _, err := w.store.PutOriginal(t.Context(), strings.NewReader("report"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.queue.PutState(t.Context(), event.State{ID: id, Phase: event.PhaseArrived, Round: 1, Updated: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if got, err := w.Orphans(t.Context(), time.Hour); err != nil || len(got) != 0 {
		t.Errorf("a document that has just moved: %v, %v", got, err)
	}
	orphans, err := w.Orphans(t.Context(), 0)
	if err != nil || len(orphans) != 1 {
		t.Fatalf("%v, %v", orphans, err)
	}
	if err := w.Adopt(t.Context(), orphans[0]); err != nil {
		t.Fatal(err)
	}
	w.work(t)
	eventually(t, "it is indexed", func() bool { return w.phase(t, "report").Phase == event.PhaseIndexed })
	if got, err := w.Orphans(t.Context(), 0); err != nil || len(got) != 0 {
		t.Errorf("afterwards: %v, %v", got, err)
	}
}

// A message that is delivered a hundred times, several at a time and out of
// order with the other stage, makes one record of one revision.
func TestDeliveredAHundredTimes(t *testing.T) {
	w := newWorld(t)
	r, err := w.Submit(t.Context(), "a", "b", strings.NewReader("report"))
	if err != nil {
		t.Fatal(err)
	}
	arrived := fmt.Appendf(nil, `{"id":%q,"name":"a","round":1}`, r.ID)
	extracted := fmt.Appendf(nil, `{"id":%q,"revision":1}`, r.ID)
	var g errgroup.Group
	g.SetLimit(4)
	for range 100 {
		g.Go(func() error { return w.Extract(t.Context(), arrived) })
		g.Go(func() error { w.IndexBatch(t.Context(), [][]byte{extracted, extracted}); return nil })
	}
	if err := g.Wait(); err != nil {
		t.Error(err)
	}
	w.work(t)
	eventually(t, "it is indexed", func() bool { return w.phase(t, "report").Phase == event.PhaseIndexed })
	st := w.phase(t, "report")
	if st.Revision != 1 || st.Round != 1 || len(st.Attempts) > 0 {
		t.Errorf("%+v", st)
	}
	if d := w.shelf.get(r.ID); d == nil || d.Revision != 1 {
		t.Errorf("in the index: %+v", d)
	}
	if n := w.read.count("report"); n > 4 {
		t.Errorf("read %d times", n)
	}
}
