package metrics

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// scrapes is how many askers are answered at a time; there is one Prometheus, or
// a pair.
const scrapes = 4

// Handler serves the metrics in the formats that Prometheus reads.
func (s *Set) Handler() http.Handler {
	return promhttp.HandlerFor(s.registry, promhttp.HandlerOpts{
		MaxRequestsInFlight: scrapes,
		Timeout:             2 * askTime,
		ErrorHandling:       promhttp.ContinueOnError,
	})
}
