package queue_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/goleak"

	"jixiao/internal/fault"
	"jixiao/pipeline/queue"
	"jixiao/pipeline/queue/natstest"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

func TestMain(m *testing.M) {
	natstest.Main()
	goleak.VerifyTestMain(m)
}

func open(t testing.TB, o queue.Options) *queue.Queue {
	t.Helper()
	if o.Dir == "" && o.URL == "" {
		o.Dir = t.TempDir()
	}
	q, err := queue.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = q.Close() })
	return q
}

// id returns the DocID of a document called name.
func id(name string) schemas.DocID { return schemas.IDOf([]byte(name)) }

func arrive(t testing.TB, q *queue.Queue, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := q.PublishArrived(t.Context(), event.Arrived{ID: id(name), Name: name}); err != nil {
			t.Fatal(err)
		}
	}
}

func name(t testing.TB, msg []byte) string {
	var e event.Arrived
	if err := json.Unmarshal(msg, &e); err != nil {
		t.Error(err)
	}
	return e.Name
}

// background runs work until stop is called, and stop waits for it.
func background(t testing.TB, work func(ctx context.Context) error) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- work(ctx) }()
	return sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

// empty asks both the consumers, who know what is in hand, and the stream: a
// consumer learns of a new message a moment after it was published.
func empty(t testing.TB, q *queue.Queue) bool {
	for _, stage := range []string{event.StageExtract, event.StageIndex} {
		if ids, err := q.Waiting(t.Context(), stage); err != nil || len(ids) > 0 {
			return false
		}
	}
	s, err := q.Status(t.Context())
	if err != nil {
		return false // a stream may be without a leader for a while
	}
	n := uint64(0)
	for _, c := range []map[string]uint64{s.Waiting, s.InHand} {
		for _, v := range c {
			n += v
		}
	}
	return n == 0
}

func letters(t testing.TB, q *queue.Queue) map[schemas.DocID]event.Failed {
	t.Helper()
	all := map[schemas.DocID]event.Failed{}
	for f, err := range q.Letters(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all[f.ID] = f
	}
	return all
}

func TestVerdicts(t *testing.T) {
	const ackWait = 1500 * time.Millisecond
	q := open(t, queue.Options{Workers: 2, AckWait: ackWait})
	arrive(t, q, "ok", "invalid", "flaky", "panic", "slow")
	var mu sync.Mutex
	tries := map[string]int{}
	var inHand, most atomic.Int32
	handle := func(ctx context.Context, msg []byte) error {
		most.Store(max(most.Load(), inHand.Add(1)))
		defer inHand.Add(-1)
		name := name(t, msg)
		mu.Lock()
		tries[name]++
		n := tries[name]
		mu.Unlock()
		switch name {
		case "invalid":
			return fmt.Errorf("read: %w", &event.Failed{Name: "a.pdf", Kind: "invalid", Message: "encrypted", Hint: "unlock it"})
		case "flaky":
			if n < 3 {
				return fault.New(fault.Unavailable, "index down")
			}
		case "panic":
			panic("boom")
		case "slow":
			time.Sleep(3 * ackWait)
		}
		return nil
	}
	stop := background(t, func(ctx context.Context) error { return q.Work(ctx, event.StageExtract, 2, time.Second, handle) })
	defer stop()
	eventually(t, "all messages have a verdict", func() bool { return empty(t, q) })
	stop()
	if d := cmp.Diff(map[string]int{"ok": 1, "invalid": 1, "flaky": 3, "panic": 1, "slow": 1}, tries); d != "" {
		t.Errorf("tries (-want +got):\n%s", d)
	}
	if most.Load() > 2 {
		t.Errorf("%d in hand at a time, want at most 2", most.Load())
	}
	got := letters(t, q)
	if len(got) != 2 || got[id("invalid")].Hint != "unlock it" || got[id("invalid")].Stage != event.StageExtract {
		t.Errorf("letters %+v", got)
	}
	if m := got[id("panic")].Message; !strings.Contains(m, "boom") {
		t.Errorf("the letter of the panic says %q", m)
	}
}

func TestBatches(t *testing.T) {
	q := open(t, queue.Options{Batch: 50})
	for i := range 120 {
		name := fmt.Sprint(i)
		if err := q.PublishExtracted(t.Context(), event.Extracted{ID: id(name), Revision: uint64(i)}); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[schemas.DocID]int{}
	sizes := map[int]int{}
	poison := id("7")
	handle := func(ctx context.Context, msgs [][]byte) []error {
		verdicts := make([]error, len(msgs))
		for i, msg := range msgs {
			var e event.Extracted
			if err := json.Unmarshal(msg, &e); err != nil {
				verdicts[i] = err
			}
			if e.ID == poison {
				panic("poison")
			}
			seen[e.ID]++
			if e.ID == id("9") {
				verdicts[i] = &event.Failed{Kind: "invalid", Message: "bad"}
			}
		}
		sizes[len(msgs)]++
		return verdicts
	}
	stop := background(t, func(ctx context.Context) error {
		return q.WorkBatches(ctx, event.StageIndex, 50, 200*time.Millisecond, time.Second, handle)
	})
	defer stop()
	eventually(t, "all are handled", func() bool { return empty(t, q) })
	stop()
	if len(seen) != 119 {
		t.Errorf("%d documents handled, want 119", len(seen))
	}
	if sizes[50] == 0 {
		t.Errorf("no full batch: %v", sizes)
	}
	if got := letters(t, q); len(got) != 2 || got[poison].Kind != string(fault.Internal) || got[id("9")].Kind != "invalid" {
		t.Errorf("letters: %+v", got)
	}
}

func TestRestartKeepsWork(t *testing.T) {
	dir := t.TempDir()
	q := open(t, queue.Options{Dir: dir})
	arrive(t, q, "a", "b", "c")
	taken := make(chan string, 3)
	// The process ends with one message in hand that never gets a verdict.
	stop := background(t, func(ctx context.Context) error {
		return q.Work(ctx, event.StageExtract, 1, 0, func(ctx context.Context, msg []byte) error {
			taken <- name(t, msg)
			<-ctx.Done()
			return ctx.Err()
		})
	})
	first := <-taken
	stop()
	_ = q.Close()

	q = open(t, queue.Options{Dir: dir})
	waiting, err := q.Waiting(t.Context(), event.StageExtract)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[schemas.DocID]bool{id("a"): true, id("b"): true, id("c"): true}, waiting); d != "" {
		t.Errorf("waiting after %q was in hand (-want +got):\n%s", first, d)
	}
	got := make(chan string, 3)
	stop = background(t, func(ctx context.Context) error {
		return q.Work(ctx, event.StageExtract, 1, time.Second, func(ctx context.Context, msg []byte) error {
			got <- name(t, msg)
			return nil
		})
	})
	defer stop()
	names := map[string]bool{}
	for range 3 {
		select {
		case n := <-got:
			names[n] = true
		case <-time.After(5 * time.Second): // far less than AckWait
			t.Fatalf("after the restart only %v came", names)
		}
	}
}

func TestRepetitionIsDropped(t *testing.T) {
	q := open(t, queue.Options{})
	e := event.Arrived{ID: id("a"), Round: 4}
	for range 3 {
		if err := q.PublishArrived(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	e.Round = 5 // it is asked for again
	if err := q.PublishArrived(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	eventually(t, "two wait", func() bool {
		s, err := q.Status(t.Context())
		return err == nil && s.Waiting[event.StageExtract] == 2 && s.Server == "embedded"
	})
	stop := background(t, func(ctx context.Context) error {
		return q.Work(ctx, event.StageExtract, 1, time.Second, func(context.Context, []byte) error { return nil })
	})
	defer stop()
	eventually(t, "two were all", func() bool { return empty(t, q) })
}

func TestStates(t *testing.T) {
	dir := t.TempDir()
	q := open(t, queue.Options{Dir: dir})
	ctx := t.Context()
	if _, err := q.State(ctx, id("a")); fault.KindOf(err) != fault.NotFound {
		t.Errorf("State of nobody: %v", err)
	}
	if _, err := q.State(ctx, "no.id>"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("State of no id: %v", err)
	}
	st := event.State{ID: id("a"), Phase: event.PhaseArrived}
	seq, err := q.PutState(ctx, st)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.PutState(ctx, st); fault.KindOf(err) != fault.Conflict {
		t.Errorf("second creation: %v", err)
	}
	st.Seq, st.Phase = seq, event.PhaseExtracted
	if _, err := q.PutState(ctx, st); err != nil {
		t.Fatal(err)
	}
	if _, err := q.PutState(ctx, st); fault.KindOf(err) != fault.Conflict {
		t.Errorf("stale write: %v", err)
	}
	_ = q.Close()
	q = open(t, queue.Options{Dir: dir})
	got, err := q.State(ctx, id("a"))
	if err != nil || got.Phase != event.PhaseExtracted || got.Seq <= seq {
		t.Errorf("after a restart: %+v, %v", got, err)
	}
	all := map[schemas.DocID]event.Phase{}
	for st, err := range q.AllStates(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		all[st.ID] = st.Phase
	}
	if d := cmp.Diff(map[schemas.DocID]event.Phase{id("a"): event.PhaseExtracted}, all); d != "" {
		t.Errorf("all (-want +got):\n%s", d)
	}
}

func TestWatchMissesNothing(t *testing.T) {
	q := open(t, queue.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	const n = 600 // more than a client buffers
	seen := map[schemas.DocID]bool{}
	for st, err := range q.WatchStates(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		if st.ID == "" {
			for i := range n {
				if _, err := q.PutState(ctx, event.State{ID: id(fmt.Sprint(i)), Phase: event.PhaseIndexed}); err != nil {
					t.Fatal(err)
				}
			}
			continue
		}
		seen[st.ID] = true
		if len(seen) == n {
			cancel()
		}
	}
	if len(seen) != n {
		t.Errorf("saw %d of %d", len(seen), n)
	}
}

func TestLetters(t *testing.T) {
	q := open(t, queue.Options{})
	arrive(t, q, "a", "b")
	stop := background(t, func(ctx context.Context) error {
		return q.Work(ctx, event.StageExtract, 1, time.Second, func(ctx context.Context, msg []byte) error {
			return &event.Failed{Name: name(t, msg), Kind: "invalid", Message: "no"}
		})
	})
	defer stop()
	eventually(t, "two letters", func() bool { return len(letters(t, q)) == 2 && empty(t, q) })
	f, err := q.Letter(t.Context(), id("a"))
	if err != nil || f.Name != "a" || f.At.IsZero() {
		t.Errorf("Letter = %+v, %v", f, err)
	}
	if err := q.DropLetters(t.Context(), id("a")); err != nil {
		t.Fatal(err)
	}
	if _, err := q.Letter(t.Context(), id("a")); fault.KindOf(err) != fault.NotFound {
		t.Errorf("dropped letter: %v", err)
	}
	if d := cmp.Diff([]schemas.DocID{id("b")}, keys(letters(t, q))); d != "" {
		t.Errorf("letters left (-want +got):\n%s", d)
	}
}

func keys(m map[schemas.DocID]event.Failed) (ids []schemas.DocID) {
	for k := range maps.Keys(m) {
		ids = append(ids, k)
	}
	return ids
}

// TestServerElsewhere runs the same code against a server that it reaches by
// its address, and looks at what other programs see.
func TestServerElsewhere(t *testing.T) {
	host := open(t, queue.Options{Listen: "127.0.0.1:0"})
	if host.URL() == "" {
		t.Fatal("a server that listens has no address")
	}
	q := open(t, queue.Options{URL: host.URL(), Name: "other"})
	nc, err := nats.Connect(host.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	arrive(t, q, "a", "b")
	stop := background(t, func(ctx context.Context) error {
		return q.Work(ctx, event.StageExtract, 2, time.Second, func(ctx context.Context, msg []byte) error {
			n := name(t, msg)
			if n == "b" {
				return &event.Failed{Kind: "invalid", Message: "no"}
			}
			return q.PublishIndexed(ctx, event.Indexed{ID: id(n), Revision: 1})
		})
	})
	defer stop()
	eventually(t, "both handled", func() bool { return empty(t, q) })
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	for stream, want := range map[string]uint64{"OTHER_EVENTS": 1, "OTHER_ADVISORIES": 1, "OTHER_DEAD": 1, "OTHER_WORK": 0, "JIXIAO_WORK": 0} {
		eventually(t, fmt.Sprintf("%s has %d messages", stream, want), func() bool {
			s, err := js.Stream(t.Context(), stream)
			return err == nil && s.CachedInfo().State.Msgs == want
		})
	}
}

func TestOpenFails(t *testing.T) {
	file := t.TempDir() + "/file"
	for _, tt := range []struct {
		name string
		o    queue.Options
		want fault.Kind
	}{
		{"nobody_listens", queue.Options{URL: "nats://127.0.0.1:1"}, fault.Unavailable},
		{"bad_listen_address", queue.Options{Dir: t.TempDir(), Listen: "nonsense"}, fault.Usage},
		{"folder_is_a_file", queue.Options{Dir: file + "\x00"}, fault.Internal},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q, err := queue.Open(t.Context(), tt.o)
			if err == nil {
				_ = q.Close()
			}
			if fault.KindOf(err) != tt.want {
				t.Errorf("Open: %v (%q), want %q", err, fault.KindOf(err), tt.want)
			}
		})
	}
}

func TestDrain(t *testing.T) {
	q := open(t, queue.Options{})
	arrive(t, q, "a")
	ctx, cancel := context.WithCancel(t.Context())
	finished := false
	err := q.Work(ctx, event.StageExtract, 1, 5*time.Second, func(ctx context.Context, msg []byte) error {
		cancel() // the program is asked to stop now
		select {
		case <-time.After(300 * time.Millisecond):
			finished = true
		case <-ctx.Done():
			t.Error("the handler was cancelled before the drain was over")
		}
		return nil
	})
	if err != nil || !finished {
		t.Errorf("Work = %v, finished %v", err, finished)
	}
	eventually(t, "nothing is left", func() bool { return empty(t, q) })
	arrive(t, q, "b")
	ctx, cancel = context.WithCancel(t.Context())
	err = q.Work(ctx, event.StageExtract, 1, 100*time.Millisecond, func(ctx context.Context, msg []byte) error {
		cancel()
		<-ctx.Done()
		return ctx.Err()
	})
	if err != nil || errors.Is(ctx.Err(), nil) || empty(t, q) {
		t.Errorf("Work = %v; the message that had no verdict must stay", err)
	}
}
