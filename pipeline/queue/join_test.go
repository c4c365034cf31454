package queue_test

import (
	"testing"
	"time"

	"jixiao/pipeline/queue"
)

// A program with the server inside that listens is joined under the same name:
// what it keeps in a way of its own stays as it is, also when the rest is
// brought up to date, and it opens its folder again afterwards.
func TestJoinOneThatListens(t *testing.T) {
	dir := t.TempDir()
	host := open(t, queue.Options{Dir: dir, Listen: "127.0.0.1:0"})
	q := open(t, queue.Options{URL: host.URL()})
	arrive(t, q, "a")
	events, err := q.JetStream().Stream(t.Context(), "JIXIAO_EVENTS")
	if err != nil {
		t.Fatal(err)
	}
	mode := events.CachedInfo().Config.PersistMode
	c := events.CachedInfo().Config
	c.MaxAge = time.Hour
	if _, err := q.JetStream().UpdateStream(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if _, err := q.Apply(t.Context()); err != nil {
		t.Errorf("Apply = %v", err)
	}
	if events, err = q.JetStream().Stream(t.Context(), "JIXIAO_EVENTS"); err != nil || events.CachedInfo().Config.PersistMode != mode {
		t.Errorf("persist mode %v, %v; want %v as it was", events.CachedInfo().Config.PersistMode, err, mode)
	}
	if err := host.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, queue.Options{Dir: dir})
	if s, err := again.Status(t.Context()); err != nil || s.Waiting["extract"] != 1 {
		t.Errorf("opened again: %+v, %v", s, err)
	}
}
