package pipeline

import (
	"sync"
	"time"
)

// trouble remembers that the stages cannot work for reasons outside the
// documents, such as a full disk.
type trouble struct {
	mu    sync.Mutex
	err   error
	since time.Time
}

// set notes that work failed for err, or succeeded if err is nil.
func (t *trouble) set(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err == nil || t.err == nil {
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
