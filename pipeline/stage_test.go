package pipeline_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"jixiao/internal/fault"
	"jixiao/pipeline"
	"jixiao/pipeline/queue/natstest"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

func TestMain(m *testing.M) {
	natstest.Main()
	goleak.VerifyTestMain(m)
}

func (w *world) submit(t testing.TB, name, text string) pipeline.Receipt {
	t.Helper()
	r, err := w.Submit(t.Context(), name, "b", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func arrived(id schemas.DocID) []byte {
	b, _ := json.Marshal(event.Arrived{ID: id}) // never fails
	return b
}

func extracted(ids ...schemas.DocID) (msgs [][]byte) {
	for _, id := range ids {
		b, _ := json.Marshal(event.Extracted{ID: id}) // never fails
		msgs = append(msgs, b)
	}
	return msgs
}

// TestExtractVerdicts delivers each document until it has a verdict that ends it.
func TestExtractVerdicts(t *testing.T) {
	w := newWorld(t)
	w.Timeout = 300 * time.Millisecond
	for _, tt := range []struct {
		text     string
		want     event.Phase
		kind     fault.Kind
		tries    int
		attempts int
	}{
		{text: "report", want: event.PhaseExtracted, tries: 1},
		{text: "scan", want: event.PhaseExtracted, tries: 1},
		{text: "invalid", want: event.PhaseFailed, kind: fault.Invalid, tries: 1, attempts: 1},
		{text: "flaky", want: event.PhaseExtracted, tries: 3},
		{text: "outage", want: event.PhaseExtracted, tries: 3},
		{text: "internal", want: event.PhaseFailed, kind: fault.Internal, tries: 5, attempts: 5},
		{text: "panic", want: event.PhaseFailed, kind: fault.Internal, tries: 1, attempts: 1},
		{text: "hang", want: event.PhaseFailed, kind: fault.Timeout, tries: 2, attempts: 2},
	} {
		t.Run(tt.text, func(t *testing.T) {
			id := w.submit(t, tt.text+".txt", tt.text).ID
			var err error
			var failed *event.Failed
			deliveries := 0
			for range 20 {
				deliveries++
				if err = w.Extract(t.Context(), arrived(id)); err == nil || errors.As(err, &failed) {
					break
				}
			}
			st := w.phase(t, tt.text)
			if st.Phase != tt.want || deliveries != tt.tries || st.Begun != 0 || st.Attempts[event.StageExtract] != tt.attempts {
				t.Errorf("after %d deliveries (want %d): %+v, err %v", deliveries, tt.tries, st, err)
			}
			if (failed != nil) != (tt.want == event.PhaseFailed) || (failed != nil && fault.Kind(failed.Kind) != tt.kind) {
				t.Errorf("verdict %+v, want kind %q", failed, tt.kind)
			}
			if tt.kind == fault.Timeout && !strings.Contains(failed.Message, "longer than 300ms") {
				t.Errorf("message %q", failed.Message)
			}
			if failed != nil && (failed.Name != tt.text+".txt" || failed.Attempts != tt.attempts || st.Program != w.Program) {
				t.Errorf("letter %+v, state %+v", failed, st)
			}
		})
	}
}

func TestRedeliveredTwentyTimes(t *testing.T) {
	w := newWorld(t)
	id := w.submit(t, "a.txt", "report").ID
	for range 20 {
		if err := w.Extract(t.Context(), arrived(id)); err != nil {
			t.Fatal(err)
		}
	}
	for range 20 {
		for _, err := range w.IndexBatch(t.Context(), extracted(id, id)) {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 20 { // late ones of both kinds
		if err := w.Extract(t.Context(), arrived(id)); err != nil {
			t.Fatal(err)
		}
	}
	st := w.phase(t, "report")
	if n := w.read.count("report"); n != 1 || st.Revision != 1 || st.Phase != event.PhaseIndexed || w.shelf.calls != 1 {
		t.Errorf("read %d times, indexed %d times, state %+v", n, w.shelf.calls, st)
	}
}

// TestProcessDies gives up what no process survives.
func TestProcessDies(t *testing.T) {
	w := newWorld(t)
	id := w.submit(t, "bomb.pdf", "report").ID
	for begun := range 10 {
		time.Sleep(2 * time.Millisecond) // states tell the time in milliseconds
		w.Pipeline = &pipeline.Pipeline{Store: w.store, States: w.queue, Publisher: w.queue, Indexer: w.shelf, Program: w.Program}
		if _, err := w.Recover(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.dieAfter(1) // after it noted that it begins
		for range 2 {
			if err := w.Extract(t.Context(), arrived(id)); !errors.Is(err, errDead) {
				t.Fatalf("Extract = %v", err)
			}
		}
		if st := w.phase(t, "report"); st.Begun != begun+1 {
			t.Fatalf("state %+v", st)
		}
	}
	time.Sleep(2 * time.Millisecond)
	w.revive(t)
	var failed *event.Failed
	if err := w.Extract(t.Context(), arrived(id)); !errors.As(err, &failed) || !strings.Contains(failed.Message, "died 10 times") {
		t.Errorf("Extract = %v", err)
	}
	if n := w.read.count("report"); n != 0 {
		t.Errorf("read %d times more", n)
	}
}

// TestStoppedReading spends no attempt.
func TestStoppedReading(t *testing.T) {
	w := newWorld(t)
	id := w.submit(t, "a.txt", "hang").ID
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	if err := w.Extract(ctx, arrived(id)); !errors.Is(err, context.Canceled) {
		t.Errorf("Extract = %v", err)
	}
	if st := w.phase(t, "hang"); st.Phase != event.PhaseArrived || st.Begun != 0 || len(st.Attempts) != 0 || st.Fault != nil {
		t.Errorf("state %+v", st)
	}
}

func TestMalformedMessages(t *testing.T) {
	w := newWorld(t)
	for _, msg := range []string{"", "{", "null", `{"id":"../../etc"}`, `{"id":7}`} {
		var failed *event.Failed
		if err := w.Extract(t.Context(), []byte(msg)); !errors.As(err, &failed) {
			t.Errorf("Extract(%q) = %v", msg, err)
		}
		if err := w.IndexBatch(t.Context(), [][]byte{[]byte(msg)})[0]; !errors.As(err, &failed) {
			t.Errorf("IndexBatch(%q) = %v", msg, err)
		}
	}
}

func TestBytesAreAbsent(t *testing.T) {
	w := newWorld(t)
	id := w.submit(t, "a.txt", "report").ID
	if err := w.store.Delete(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	var failed *event.Failed
	if err := w.Extract(t.Context(), arrived(id)); !errors.As(err, &failed) || failed.Kind != string(fault.NotFound) || failed.Hint == "" {
		t.Errorf("Extract = %+v", err)
	}
	// Importing it again helps.
	if r := w.submit(t, "a.txt", "report"); r.Status != pipeline.Pending || r.Final {
		t.Errorf("receipt %+v", r)
	}
}

// A worker of the index that has another store than those that read says so.
func TestRecordIsElsewhere(t *testing.T) {
	w := newWorld(t)
	id := w.submit(t, "a.txt", "report").ID
	if err := w.Extract(t.Context(), arrived(id)); err != nil {
		t.Fatal(err)
	}
	if err := w.store.Delete(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	var failed *event.Failed
	if err := w.IndexBatch(t.Context(), extracted(id))[0]; !errors.As(err, &failed) || failed.Kind != string(fault.NotFound) || failed.Hint == "" {
		t.Errorf("IndexBatch = %+v", err)
	}
}

// TestRecordIsAbsent has a state that calls a document finished and a store
// that has no record of it.
func TestRecordIsAbsent(t *testing.T) {
	w := newWorld(t)
	w.work(t)
	w.load(t, counts{Seen: 1, New: 1}, sources("a.txt", "report"))
	if err := w.store.Delete(t.Context(), schemas.IDOf([]byte("report"))); err != nil {
		t.Fatal(err)
	}
	w.load(t, counts{Seen: 1, New: 1}, sources("a.txt", "report"))
	if _, err := w.Document(t.Context(), schemas.IDOf([]byte("report"))); err != nil {
		t.Error(err)
	}
}

// TestBatchWithOneBadDocument indexes the others.
func TestBatchWithOneBadDocument(t *testing.T) {
	w := newWorld(t)
	var ids []schemas.DocID
	for _, text := range []string{"report a", "unindexable", "report b"} {
		id := w.submit(t, text, text).ID
		if err := w.Extract(t.Context(), arrived(id)); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	verdicts := w.IndexBatch(t.Context(), extracted(ids...))
	var failed *event.Failed
	if verdicts[0] != nil || verdicts[2] != nil || !errors.As(verdicts[1], &failed) || failed.Stage != event.StageIndex {
		t.Errorf("verdicts %v", verdicts)
	}
	if d := cmp.Diff([]string{"report a", "report b"}, w.shelf.texts()); d != "" {
		t.Errorf("found (-want +got):\n%s", d)
	}
	if st := w.phase(t, "unindexable"); st.Phase != event.PhaseFailed || st.Fault.Stage != event.StageIndex {
		t.Errorf("state %+v", st)
	}
}
