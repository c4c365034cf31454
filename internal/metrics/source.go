package metrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jixiao/pipeline/queue"
)

// A Source is asked each time the metrics are. It answers at once, or with an
// error when ctx is done.
type Source interface {
	// Ready reports why no work can be done, or nil.
	Ready(ctx context.Context) error
	// Backlog returns what the queue has to do.
	Backlog(ctx context.Context) (queue.Backlog, error)
	// Orphans returns how many documents and messages were found that nobody
	// would work on; false if nobody looked, or could not.
	Orphans() (int, bool)
}

// askTime is how long a Source may take. Prometheus itself waits for 10 s.
const askTime = 3 * time.Second

// asked are the metrics of a Source. One that cannot be known is absent, since
// an old number would be taken for a new one.
type asked struct {
	source                                              Source
	ready, pending, ackPending, redelivered, dead, lost *prometheus.Desc
}

// Ask adds to s what src knows. Call it once.
func (s *Set) Ask(src Source) {
	describe := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc(prometheus.BuildFQName(namespace, "", name), help, labels, nil)
	}
	s.registry.MustRegister(&asked{
		source:      src,
		ready:       describe("ready", "1 if this process can work now, else 0."),
		pending:     describe("queue_pending", "Messages that wait for a stage.", "stage"),
		ackPending:  describe("queue_ack_pending", "Messages that some worker of a stage has in hand.", "stage"),
		redelivered: describe("queue_redelivered", "Messages in hand that are not delivered for the first time.", "stage"),
		dead:        describe("dead_letters", "Documents that were given up."),
		lost:        describe("orphans", "Documents without a message and messages that nobody will deliver."),
	})
}

// Describe implements prometheus.Collector.
func (a *asked) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{a.ready, a.pending, a.ackPending, a.redelivered, a.dead, a.lost} {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (a *asked) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), askTime) // the interface has none
	defer cancel()
	tell := func(d *prometheus.Desc, n float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, n, labels...)
	}
	ready := 0.0
	if a.source.Ready(ctx) == nil {
		ready = 1
	}
	tell(a.ready, ready)
	b, err := a.source.Backlog(ctx)
	if err != nil {
		return
	}
	if n, ok := a.source.Orphans(); ok {
		tell(a.lost, float64(n))
	}
	tell(a.dead, float64(b.Dead))
	for stage, n := range b.Stages {
		tell(a.pending, float64(n.Pending), stage)
		tell(a.ackPending, float64(n.AckPending), stage)
		tell(a.redelivered, float64(n.Redelivered), stage)
	}
}
