package pipeline

import (
	"cmp"
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
	index error     // what Indexable said last
}

// noteIndex takes in whether the index can be written. That it can again also
// ends the trouble of a batch that could not be.
func (t *trouble) noteIndex(err error) {
	if fault.KindOf(err) == fault.Canceled {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err == nil && t.index != nil {
		t.err = nil
	}
	t.index = err
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
func (p *Pipeline) Trouble(_ context.Context) error {
	p.trouble.mu.Lock()
	index := p.trouble.index
	p.trouble.mu.Unlock()
	return cmp.Or(index, p.trouble.lasting(0))
}

// Indexable reports why nothing can be put into the index at present, or nil.
// The workers of the index ask before they take messages; what keeps them is
// Trouble until it is over. An Indexer that cannot tell is always ready.
func (p *Pipeline) Indexable(ctx context.Context) error {
	x, ok := p.Indexer.(interface{ Ready(context.Context) error })
	if !ok {
		return nil
	}
	err := x.Ready(ctx)
	p.trouble.noteIndex(err)
	return err
}

var silent = slog.New(slog.DiscardHandler)

func (p *Pipeline) log() *slog.Logger {
	if p.Log == nil {
		return silent
	}
	return p.Log
}
