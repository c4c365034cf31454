// Package metrics counts what happens to documents and tells it to Prometheus.
//
// Set is what the parts of the program report to; it implements
// pipeline.Observer. What only the servers know is asked of a Source each time
// somebody wants to see it. docs/operations.md says what every metric means; a
// test holds the two together. No label ever carries a name or an id.
package metrics

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"jixiao/pipeline"
	"jixiao/schemas/event"
)

// namespace begins the names of all metrics of this program.
const namespace = "jixiao"

// buckets reach from a short text to a document that takes all the time it may.
var buckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120}

// A Set is the metrics of one process. It is safe for concurrent use, and a nil
// Set counts nothing.
type Set struct {
	registry *prometheus.Registry

	documents *prometheus.CounterVec
	durations *prometheus.HistogramVec
	bulk      *prometheus.CounterVec // nil without Elasticsearch
	restarts  prometheus.Counter
	inFlight  prometheus.Gauge
}

// New returns the metrics of a process of the given version. bulk says that it
// writes to Elasticsearch.
func New(version string, bulk bool) *Set {
	s := &Set{
		registry: prometheus.NewRegistry(),
		documents: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: namespace, Name: "documents_total", Help: "Documents that a stage handled, by how that ended.",
		}, []string{"stage", "outcome"}),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: namespace, Name: "stage_duration_seconds", Help: "Time from taking a document in hand to the outcome of the stage.", Buckets: buckets,
		}, []string{"stage"}),
		restarts: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: namespace, Name: "child_restarts_total", Help: "Parser processes that died or were killed, and were replaced.",
		}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Namespace: namespace, Name: "bytes_in_flight", Help: "Bytes of the documents that are being read now.",
		}),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Namespace: namespace, Name: "build_info", Help: "Always 1; the version of the program.",
	}, []string{"version"})
	build.WithLabelValues(version).Set(1)
	s.registry.MustRegister(s.documents, s.durations, s.restarts, s.inFlight, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if bulk {
		s.bulk = prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: namespace, Name: "bulk_items_total", Help: "Documents and removals that Elasticsearch answered for, by HTTP status.",
		}, []string{"status"})
		s.registry.MustRegister(s.bulk)
	}
	s.begin()
	return s
}

// begin lets every series start at 0: one that appears with its first failure
// has no rate at that moment, and no alert.
func (s *Set) begin() {
	for _, stage := range []string{pipeline.StageSubmit, event.StageExtract, event.StageIndex} {
		s.durations.WithLabelValues(stage)
		for _, o := range pipeline.Outcomes {
			if possible(stage, o) {
				s.documents.WithLabelValues(stage, string(o))
			}
		}
	}
	if s.bulk != nil {
		for _, status := range []int{200, 201, 404, 409, 429, 499, 599} {
			s.bulk.WithLabelValues(statusLabel(status))
		}
	}
}

// possible reports whether a document can end a stage so.
func possible(stage string, o pipeline.Outcome) bool {
	switch o {
	case pipeline.OutcomePartlyRead, pipeline.OutcomeNeedsOCR, pipeline.OutcomeNotAReport:
		return stage == event.StageExtract
	case pipeline.OutcomeRetried:
		return stage != pipeline.StageSubmit
	}
	return true
}

// Done implements pipeline.Observer.
func (s *Set) Done(stage string, outcome pipeline.Outcome, took time.Duration) {
	if s == nil {
		return
	}
	s.documents.WithLabelValues(stage, string(outcome)).Inc()
	if outcome != pipeline.OutcomeSkipped {
		s.durations.WithLabelValues(stage).Observe(took.Seconds())
	}
}

// InFlight implements pipeline.Observer.
func (s *Set) InFlight(bytes int64) {
	if s != nil {
		s.inFlight.Add(float64(bytes))
	}
}

// ChildDied counts a parser process that ended before its time.
func (s *Set) ChildDied() {
	if s != nil {
		s.restarts.Inc()
	}
}

// BulkItem counts an item of a bulk request by the status of its answer.
func (s *Set) BulkItem(status int) {
	if s != nil && s.bulk != nil {
		s.bulk.WithLabelValues(statusLabel(status)).Inc()
	}
}

// statusLabel names the statuses that say something, and the others by class.
func statusLabel(status int) string {
	switch {
	case status == 200, status == 201, status == 404, status == 409, status == 429:
		return strconv.Itoa(status)
	case status >= 400 && status < 500:
		return "4xx"
	case status >= 500 && status < 600:
		return "5xx"
	}
	return "other"
}
