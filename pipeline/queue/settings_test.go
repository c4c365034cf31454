package queue_test

import (
	"context"
	"testing"
	"time"

	"jixiao/internal/fault"
	"jixiao/pipeline/queue"
	"jixiao/pipeline/queue/natstest"
)

func TestSettings(t *testing.T) {
	o := queue.Options{URL: natstest.Start(t, 1).URL()}
	early := connectTo(t, o)
	if v, seq, err := early.Setting(t.Context(), "index"); v != nil || seq != 0 || err != nil {
		t.Errorf("before there is any stream: %q, %d, %v", v, seq, err)
	}
	q, err := queue.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = q.Close() })
	if v, seq, err := q.Setting(t.Context(), "index"); v != nil || seq != 0 || err != nil {
		t.Errorf("unset: %q, %d, %v", v, seq, err)
	}
	if err := q.PutSetting(t.Context(), "index", []byte("a"), 0); err != nil {
		t.Fatal(err)
	}
	if err := early.PutSetting(t.Context(), "index", []byte("b"), 0); fault.KindOf(err) != fault.Conflict {
		t.Errorf("set by two: %v", err)
	}
	v, seq, err := early.Setting(t.Context(), "index")
	if string(v) != "a" || err != nil {
		t.Errorf("%q, %v", v, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	seen := ""
	for v, err := range q.WatchSetting(ctx, "index") {
		if err != nil {
			t.Fatal(err)
		}
		if seen += string(v); seen == "ab" {
			break
		}
		if err := early.PutSetting(ctx, "index", []byte("b"), seq); err != nil {
			t.Fatal(err)
		}
	}
	if seen != "ab" {
		t.Errorf("the watch saw %q", seen)
	}
	kv, err := q.JetStream().KeyValue(ctx, "jixiao-settings")
	if err != nil {
		t.Fatal(err)
	}
	if err := kv.Delete(ctx, "index"); err != nil { // by somebody with another tool
		t.Fatal(err)
	}
	if v, seq, err := q.Setting(ctx, "index"); v != nil || seq != 0 || err != nil {
		t.Errorf("taken away: %q, %d, %v", v, seq, err)
	}
	if err := q.PutSetting(ctx, "index", []byte("c"), 0); err != nil {
		t.Error(err)
	}
}
