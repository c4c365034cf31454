// Package outage says that something is away as often as people want to read it:
// at once, then more and more seldom, and once when it is back.
package outage

import (
	"sync"
	"time"
)

// distances are those between the lines; the last one goes on.
var distances = [...]time.Duration{10 * time.Second, time.Minute, 10 * time.Minute}

// A Notice remembers since when something is away and what was said of it. The
// zero Notice is of what is there. It is safe for concurrent use.
type Notice struct {
	mu    sync.Mutex
	since time.Time // zero while it is there
	next  time.Time
	said  int
}

// Away takes note that it is away, and reports whether to say so now.
func (n *Notice) Away() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := time.Now()
	if n.since.IsZero() {
		n.since, n.next, n.said = now, now, 0
	}
	if now.Before(n.next) {
		return false
	}
	n.next = now.Add(distances[min(n.said, len(distances)-1)])
	n.said++
	return true
}

// Back takes note that it is there, and returns how long it was away; false if it
// was not.
func (n *Notice) Back() (time.Duration, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.since.IsZero() {
		return 0, false
	}
	away := time.Since(n.since)
	n.since = time.Time{}
	return away.Round(time.Millisecond), true
}
