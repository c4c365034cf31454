package app

import (
	"context"
	"slices"
	"time"

	"jixiao/internal/fault"
	"jixiao/pipeline/queue"
	"jixiao/schemas/event"
)

const (
	// orphansEvery is how often orphans are looked for: all states are read for
	// it.
	orphansEvery = 5 * time.Minute
	// orphansShare bounds the time that takes: a look that took a minute is
	// followed by twenty without.
	orphansShare = 20
	// orphansTime is when a look is given up.
	orphansTime = 10 * time.Minute
)

// follow has the monitor look at n, which works on stages, until ctx is done.
func (m *monitor) follow(ctx context.Context, n *Node, stages []string) error {
	if m == nil {
		return nil
	}
	m.set(n, nil)
	// One stage does: every process would find the same.
	if len(stages) > 0 && !slices.Contains(stages, event.StageIndex) {
		<-ctx.Done()
		m.stopping()
		return nil
	}
	for ctx.Err() == nil {
		took := m.lookForOrphans(ctx, n)
		select {
		case <-ctx.Done():
		case <-time.After(max(orphansEvery, orphansShare*took)):
		}
	}
	m.stopping()
	return nil
}

// lookForOrphans counts what nobody would ever work on, and returns how long
// that took.
func (m *monitor) lookForOrphans(ctx context.Context, n *Node) time.Duration {
	start := time.Now()
	ctx, cancel := context.WithTimeout(ctx, orphansTime)
	defer cancel()
	d, err := n.adrift(ctx, false)
	found := len(d.Orphans)
	for _, lost := range d.Lost {
		found += int(lost)
	}
	switch {
	case err != nil && ctx.Err() == nil:
		m.log.WarnContext(ctx, "look for orphans", "kind", fault.KindOf(err), "err", err)
	case err == nil && found > 0:
		m.log.WarnContext(ctx, "orphans; jixiao doctor --mend sends them on again", "orphans", found)
	}
	if err != nil {
		found = -1
	}
	m.mu.Lock()
	m.orphans = found
	m.mu.Unlock()
	return time.Since(start)
}

// Orphans implements metrics.Source.
func (m *monitor) Orphans() (int, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.orphans, m.orphans >= 0
}

// Backlog implements metrics.Source. It does not wait for a connection that is
// lost.
func (m *monitor) Backlog(ctx context.Context) (queue.Backlog, error) {
	m.mu.Lock()
	n := m.node
	m.mu.Unlock()
	if n == nil {
		return queue.Backlog{}, fault.New(fault.Unavailable, "not started")
	}
	n.mu.Lock()
	q := n.queue
	n.mu.Unlock()
	if q == nil || !q.Connected() {
		return queue.Backlog{}, fault.New(fault.Unavailable, "no connection to NATS")
	}
	return q.Backlog(ctx)
}
