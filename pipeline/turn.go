package pipeline

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

// turns bound how many documents are read at a time. What comes before and
// after, which mostly waits for disks, is not bound by them. The zero value is
// ready.
type turns struct {
	once  sync.Once
	slots *semaphore.Weighted
}

// take waits for one of n turns, which lasts until end is called; 0 means that
// there are turns for all.
func (t *turns) take(ctx context.Context, n int) (end func(), err error) {
	if n <= 0 {
		return func() {}, nil
	}
	t.once.Do(func() { t.slots = semaphore.NewWeighted(int64(n)) })
	if err := t.slots.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	return func() { t.slots.Release(1) }, nil
}
