package queue_test

import (
	"context"
	"encoding/json"
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"jixiao/internal/fault"
	"jixiao/pipeline/queue"
	"jixiao/pipeline/queue/natstest"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// Every request is answered, whatever it is.
func TestAnswer(t *testing.T) {
	url := natstest.Start(t, 1).URL()
	q := open(t, queue.Options{URL: url})
	desk, err := q.OpenDesk(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stop := background(t, func(ctx context.Context) error {
		return desk.Answer(ctx, 2, time.Second, func(_ context.Context, s queue.Submission) (event.Receipt, error) {
			b, err := io.ReadAll(s.Body)
			switch {
			case err != nil:
				return event.Receipt{}, err
			case s.Name == "full":
				return event.Receipt{}, fault.WithHint(fault.New(fault.Full, "no space"), "make room")
			case s.Name == "panic":
				panic("boom")
			}
			return event.Receipt{ID: schemas.IDOf(b), State: event.Phase(s.Name + "/" + s.Batch)}, nil
		})
	})
	defer stop()
	inbox, err := q.JetStream().ObjectStore(t.Context(), "jixiao-inbox")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := inbox.PutString(t.Context(), "o1", "large"); err != nil {
		t.Fatal(err)
	}
	conn, err := nats.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	head := func(kv ...string) nats.Header {
		h := nats.Header{}
		for i := 0; i < len(kv); i += 2 {
			h.Set(kv[i], kv[i+1])
		}
		return h
	}
	for _, tt := range []struct {
		name   string
		header nats.Header
		body   string
		want   event.Receipt
		kind   fault.Kind
	}{
		{"bytes", head(queue.HeaderName, "甲.pdf", queue.HeaderBatch, "b"), "small", event.Receipt{ID: id("small"), State: "甲.pdf/b"}, ""},
		{"empty", head(queue.HeaderName, "n"), "", event.Receipt{ID: id(""), State: "n/"}, ""},
		{"object", head(queue.HeaderObject, "o1", queue.HeaderName, "n"), "", event.Receipt{ID: id("large"), State: "n/"}, ""},
		{"object_taken", head(queue.HeaderObject, "o1"), "", event.Receipt{}, fault.NotFound},
		{"object_and_bytes", head(queue.HeaderObject, "o1"), "x", event.Receipt{}, fault.Usage},
		{"no_name", nil, "x", event.Receipt{}, fault.Usage},
		{"refused", head(queue.HeaderName, "full"), "x", event.Receipt{}, fault.Full},
		{"panic", head(queue.HeaderName, "panic"), "x", event.Receipt{}, fault.Internal},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, err := conn.RequestMsg(&nats.Msg{Subject: "jixiao.submit", Header: tt.header, Data: []byte(tt.body)}, 10*time.Second)
			if err != nil {
				t.Fatal(err)
			}
			var got event.Receipt
			if err := json.Unmarshal(m.Data, &got); err != nil {
				t.Fatal(err)
			}
			if tt.kind != "" {
				if got.Error == nil || got.Error.Kind != string(tt.kind) {
					t.Errorf("%s, want %s", m.Data, tt.kind)
				}
				return
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("receipt (-want +got):\n%s", d)
			}
		})
	}
}
