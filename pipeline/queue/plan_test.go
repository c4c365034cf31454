package queue_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go/jetstream"

	"jixiao/internal/fault"
	"jixiao/pipeline/queue"
	"jixiao/pipeline/queue/natstest"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

func connectTo(t testing.TB, o queue.Options) *queue.Queue {
	t.Helper()
	q, err := queue.Connect(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = q.Close() })
	return q
}

// changes returns what plan or apply answered, one line a change.
func changes(t testing.TB, all []queue.Change, err error) (lines []string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if c.Create {
			c.Fields = []string{"new"}
		}
		lines = append(lines, c.String())
	}
	return lines
}

// Plan says what Apply does, and after it there is nothing to do.
func TestPlanAndApply(t *testing.T) {
	url := natstest.Start(t, 1).URL()
	o := queue.Options{URL: url, Streams: []jetstream.StreamConfig{{Name: "JIXIAO_MORE", Subjects: []string{"jixiao.more"}}}}
	q := connectTo(t, o)
	want := []string{
		"stream JIXIAO_WORK: new", "stream JIXIAO_DEAD: new", "stream JIXIAO_EVENTS: new", "stream JIXIAO_ADVISORIES: new",
		"stream KV_jixiao-state: new", "stream OBJ_jixiao-inbox: new", "stream KV_jixiao-settings: new", "stream JIXIAO_MORE: new",
		"consumer JIXIAO_WORK/extract: new", "consumer JIXIAO_WORK/index: new",
	}
	for range 2 { // a plan changes nothing
		all, err := q.Plan(t.Context())
		if d := cmp.Diff(want, changes(t, all, err)); d != "" {
			t.Fatalf("plan (-want +got):\n%s", d)
		}
	}
	all, err := q.Apply(t.Context())
	if d := cmp.Diff(want, changes(t, all, err)); d != "" {
		t.Fatalf("apply (-want +got):\n%s", d)
	}
	all, err = q.Apply(t.Context())
	if got := changes(t, all, err); len(got) > 0 {
		t.Errorf("the second time: %q", got)
	}

	// What somebody changed is put right, what is no concern of ours is left.
	s, err := q.JetStream().Stream(t.Context(), "JIXIAO_EVENTS")
	if err != nil {
		t.Fatal(err)
	}
	c := s.CachedInfo().Config
	c.MaxAge, c.Description = time.Hour, "kept"
	if _, err := q.JetStream().UpdateStream(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	o.AckWait = time.Minute
	q = connectTo(t, o)
	all, err = q.Apply(t.Context())
	want = []string{
		"stream JIXIAO_EVENTS: MaxAge: 1h0m0s -> 168h0m0s",
		"consumer JIXIAO_WORK/extract: AckWait: 30s -> 1m0s", "consumer JIXIAO_WORK/index: AckWait: 30s -> 1m0s",
	}
	if d := cmp.Diff(want, changes(t, all, err)); d != "" {
		t.Errorf("put right (-want +got):\n%s", d)
	}
	if s, err = q.JetStream().Stream(t.Context(), "JIXIAO_EVENTS"); err != nil || s.CachedInfo().Config.Description != "kept" {
		t.Errorf("the description is %q, %v", s.CachedInfo().Config.Description, err)
	}
}

// A worker that opens the queue with settings of its own changes nothing on
// servers elsewhere.
func TestOpenLeavesServersElsewhereAsTheyAre(t *testing.T) {
	url := natstest.Start(t, 1).URL()
	open(t, queue.Options{URL: url, AckWait: 10 * time.Second})
	q := open(t, queue.Options{URL: url, AckWait: time.Minute})
	all, err := q.Plan(t.Context())
	if got := changes(t, all, err); len(got) != 2 || !strings.Contains(got[0], "AckWait: 10s -> 1m0s") {
		t.Errorf("%q", got)
	}
}

// A stream of somebody else is not taken.
func TestForeignStream(t *testing.T) {
	q := connectTo(t, queue.Options{URL: natstest.Start(t, 1).URL()})
	if _, err := q.JetStream().CreateStream(t.Context(), jetstream.StreamConfig{Name: "THEIRS", Subjects: []string{"jixiao.work.>"}}); err != nil {
		t.Fatal(err)
	}
	_, err := q.Apply(t.Context())
	if fault.KindOf(err) != fault.Conflict || fault.HintOf(err) == "" || !strings.Contains(err.Error(), "JIXIAO_WORK") {
		t.Errorf("Apply = %v (%s)", err, fault.KindOf(err))
	}
}

// What the servers cannot do is told with the setting that asks for it.
func TestPlacementThatIsNotThere(t *testing.T) {
	one := natstest.Start(t, 1).URL()
	q := connectTo(t, queue.Options{URL: one, Replicas: 3})
	_, err := q.Apply(t.Context())
	if fault.KindOf(err) != fault.Usage || !strings.Contains(fault.HintOf(err), "--nats-replicas") {
		t.Errorf("three replicas on one server: %v (%s; %s)", err, fault.KindOf(err), fault.HintOf(err))
	}
}

// Servers that are too few to agree on anything are not asked for ever.
func TestPlanWithoutALeader(t *testing.T) {
	c := natstest.Start(t, 3)
	q := connectTo(t, queue.Options{URL: c.URL(), Replicas: 3, Election: time.Second})
	if _, err := q.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.Kill(t, 1)
	c.Kill(t, 2)
	begin := time.Now()
	_, err := q.Plan(t.Context())
	if fault.KindOf(err) != fault.Unavailable || !strings.Contains(fault.HintOf(err), "more than half") || time.Since(begin) > 25*time.Second {
		t.Errorf("%v (%s) after %v", err, fault.HintOf(err), time.Since(begin))
	}
}

// Three servers: streams move to where and to as many as is said, and while the
// one that leads is killed every message gets its verdict.
func TestThreeServers(t *testing.T) {
	c := natstest.Start(t, 3)
	q := connectTo(t, queue.Options{URL: c.URL()})
	if _, err := q.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	o := queue.Options{URL: c.URL(), Replicas: 3, Cluster: "test", AckWait: 3 * time.Second}
	q = connectTo(t, o)
	all, err := q.Apply(t.Context())
	if got := strings.Join(changes(t, all, err), "\n"); !strings.Contains(got, "Replicas: 1 -> 3") ||
		!strings.Contains(got, `Placement: anywhere -> cluster "test"`) || !strings.Contains(got, "AllowDirect: true -> false") {
		t.Errorf("changes:\n%s", got)
	}
	q = open(t, o)
	var names []string
	for i := range 50 {
		names = append(names, string(rune('a'+i%26))+string(rune('a'+i/26)))
	}
	done := make(chan string, 1000)
	stop := background(t, func(ctx context.Context) error {
		return q.Work(ctx, event.StageExtract, 4, 0, func(_ context.Context, msg []byte) error {
			time.Sleep(10 * time.Millisecond)
			done <- name(t, msg)
			return nil
		})
	})
	seen := map[string]bool{}
	for i, n := range names {
		if i == 25 {
			killLeader(t, c, q)
		}
		arrive(t, q, n)
	}
	eventually(t, "every message is handled", func() bool {
		for len(done) > 0 {
			seen[<-done] = true
		}
		return !slices.ContainsFunc(names, func(n string) bool { return !seen[n] })
	})
	eventually(t, "nothing is left", func() bool { return empty(t, q) })
	stop()
}

// The states are listed while the servers choose who leads: whichever of them
// went down, the list comes once there is a leader.
func TestStatesWhileNobodyLeads(t *testing.T) {
	c := natstest.Start(t, 3)
	o := queue.Options{URL: c.URL(), Replicas: 3}
	if _, err := connectTo(t, o).Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	q := open(t, o)
	id := schemas.IDOf([]byte("a"))
	if _, err := q.PutState(t.Context(), event.State{ID: id}); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		c.Await(t) // two of three at once would be too many
		c.Kill(t, i)
		var got []schemas.DocID
		for st, err := range q.AllStates(t.Context()) {
			if err != nil {
				t.Fatalf("without server %d: %v", i+1, err)
			}
			got = append(got, st.ID)
		}
		if d := cmp.Diff([]schemas.DocID{id}, got); d != "" {
			t.Errorf("without server %d (-want +got):\n%s", i+1, d)
		}
		c.Restart(t, i)
	}
}

// killLeader kills the server that leads the work stream and starts it again.
func killLeader(t testing.TB, c *natstest.Cluster, q *queue.Queue) {
	t.Helper()
	c.Await(t) // two of three at once would be too many
	s, err := q.JetStream().Stream(t.Context(), "JIXIAO_WORK")
	if err != nil {
		t.Fatal(err)
	}
	i := c.Index(s.CachedInfo().Cluster.Leader)
	c.Kill(t, i)
	c.Restart(t, i)
}
