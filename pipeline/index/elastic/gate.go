package elastic

import (
	"context"
	"sync"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"jixiao/internal/fault"
)

// probeTime is how long a healthy cluster may take to say who it is.
const probeTime = 5 * time.Second

// rest is how long nobody asks a cluster that did not answer.
const rest = 2 * time.Second

// A gate is shut while the cluster is away: calls fail at once instead of
// waiting each for its own patience to end. After a rest one call at a time may
// try; the first that succeeds opens it.
type gate struct {
	mu     sync.Mutex
	reason error     // nil while open
	next   time.Time // when somebody may try
}

func newGate() *gate { return &gate{} }

// pass returns nil if a call may go on.
func (g *gate) pass() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.reason == nil {
		return nil
	}
	if now := time.Now(); now.After(g.next) {
		g.next = now.Add(rest)
		return nil
	}
	return g.reason
}

// tell reports how a call ended.
func (g *gate) tell(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch fault.KindOf(err) {
	case fault.Canceled, fault.Timeout:
	case fault.Unavailable, fault.Full:
		g.reason, g.next = err, time.Now().Add(rest)
	default:
		g.reason = nil // an answer, whatever it says
	}
}

// Ready returns nil if documents can be put and searched now. A worker asks it
// before it takes work: while the cluster is away, or its index does not fit
// this program, what waits is better off in the queue. The error is of kind
// Unavailable, or Full while the cluster's disks are, and says why.
func (x *Index) Ready(ctx context.Context) error {
	if err := x.open(ctx); err != nil {
		return err
	}
	if err := x.gate.pass(); err != nil {
		return err
	}
	// Asked once: who wants to know it now does not wait for patience to end.
	if err := x.probe(ctx); err != nil {
		return later(err)
	}
	_, err := x.targets(ctx)
	return err
}

// probe asks for as little as can be and tells the gate.
func (x *Index) probe(ctx context.Context) error {
	short, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	err := x.call(short, func() esapi.Request { return esapi.InfoRequest{} }, nil)
	if err != nil && short.Err() != nil && ctx.Err() == nil {
		err = fault.New(fault.Unavailable, "elasticsearch: no answer for %v", probeTime)
	}
	x.gate.tell(err)
	return err
}
