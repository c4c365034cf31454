package pipeline

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"jixiao/internal/fault"
)

// trouble remembers that the stages cannot work for reasons outside the
// documents, such as a full disk.
type trouble struct {
	mu    sync.Mutex
	err   error
	since time.Time // when err came up after work had succeeded
}

// note takes in how a step ended: nil is a success and ends all trouble.
func (t *trouble) note(err error) {
	if fault.KindOf(err) == fault.Canceled {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil && t.err == nil {
		t.since = time.Now()
	}
	t.err = err
}

// lasting returns what has kept all work from succeeding for at least d, or nil.
func (t *trouble) lasting(d time.Duration) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err == nil || time.Since(t.since) < d {
		return nil
	}
	return t.err
}

// Trouble returns what keeps the stages of this process from working, or nil.
// It is about the queue, the store or the index, never about a document.
func (p *Pipeline) Trouble(_ context.Context) error { return p.trouble.lasting(0) }

var silent = slog.New(slog.DiscardHandler)

func (p *Pipeline) log() *slog.Logger {
	if p.Log == nil {
		return silent
	}
	return p.Log
}
