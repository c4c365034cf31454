package queue

import (
	"context"
	"sync"

	"jixiao/schemas/event"
)

// A joiner lets those who write states at one time share a write to the disk:
// whoever comes while others are written waits for them, and goes with all who
// came meanwhile.
type joiner struct {
	mu      sync.Mutex
	waiting []*written
	leading bool
}

// A written is one state on its way to the disk.
type written struct {
	st   event.State
	seq  uint64
	err  error
	done chan struct{} // closed when seq and err are known
}

// put has flush write sts, with what others write, and waits until it has.
func (j *joiner) put(ctx context.Context, sts []event.State, flush func([]*written)) []*written {
	all := make([]*written, len(sts))
	for i, st := range sts {
		all[i] = &written{st: st, done: make(chan struct{})}
	}
	j.mu.Lock()
	j.waiting = append(j.waiting, all...)
	lead := !j.leading
	j.leading = true
	j.mu.Unlock()
	if lead {
		go j.lead(flush)
	}
	for i, w := range all {
		select {
		case <-w.done:
		case <-ctx.Done():
			all[i] = &written{st: w.st, err: ctx.Err()}
		}
	}
	return all
}

// lead has what waits written until nothing does.
func (j *joiner) lead(flush func([]*written)) {
	for {
		j.mu.Lock()
		group := j.waiting
		j.waiting = nil
		j.leading = len(group) > 0
		j.mu.Unlock()
		if len(group) == 0 {
			return
		}
		flush(group)
		for _, w := range group {
			close(w.done)
		}
	}
}
