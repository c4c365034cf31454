package queue_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jixiao/pipeline/queue"
	"jixiao/pipeline/queue/natstest"
	"jixiao/schemas/event"
)

// A message that its consumer has passed by is found and delivered again.
func TestLostMessages(t *testing.T) {
	q := open(t, queue.Options{URL: natstest.Start(t, 1).URL()})
	arrive(t, q, "a", "b", "c")
	if lost, err := q.Lost(t.Context()); err != nil || len(lost) > 0 {
		t.Fatalf("%v, %v: they only wait", lost, err)
	}
	// A consumer that delivers once only passes by what is not acknowledged.
	js := q.JetStream()
	c, err := js.Consumer(t.Context(), "JIXIAO_WORK", event.StageExtract)
	if err != nil {
		t.Fatal(err)
	}
	was := c.CachedInfo().Config
	if err := js.DeleteConsumer(t.Context(), "JIXIAO_WORK", event.StageExtract); err != nil {
		t.Fatal(err)
	}
	was.MaxDeliver = 1
	was.AckWait = 100 * time.Millisecond
	was.BackOff = nil
	if c, err = js.CreateConsumer(t.Context(), "JIXIAO_WORK", was); err != nil {
		t.Fatal(err)
	}
	batch, err := c.Fetch(2)
	if err != nil {
		t.Fatal(err)
	}
	for range batch.Messages() { // never acknowledged, and delivered only once
	}
	if _, err := js.Publish(t.Context(), "jixiao.work.nobody.x", nil); err != nil {
		t.Fatal(err)
	}
	eventually(t, "two are lost, and one of no stage", func() bool {
		lost, err := q.Lost(t.Context())
		return err == nil && cmp.Equal(lost, map[string]uint64{"extract": 2, "nobody": 1})
	})
	if err := q.Redeliver(t.Context(), event.StageExtract); err != nil {
		t.Fatal(err)
	}
	seen := make(chan string, 10)
	stop := background(t, func(ctx context.Context) error {
		return q.Work(ctx, event.StageExtract, 1, 0, func(_ context.Context, msg []byte) error { seen <- name(t, msg); return nil })
	})
	eventually(t, "all three come", func() bool { return len(seen) == 3 })
	stop()
}
