package app

import (
	"io"
	"log/slog"
	"testing"
	"time"

	"jixiao/internal/metrics"
	"jixiao/pipeline"
	"jixiao/schemas"
	"jixiao/schemas/event"
)

// BenchmarkObserved is what one stage of one document costs in metrics, and in
// metrics and a line of log.
func BenchmarkObserved(b *testing.B) {
	o := DefaultOptions()
	o.NATS = "nats://ann:password@n1:4222"
	log := o.Logger(io.Discard, LogJSON, slog.LevelInfo)
	id := schemas.IDOf([]byte("x"))
	for _, tt := range []struct {
		name string
		log  bool
	}{{"metrics", false}, {"metrics_and_log", true}} {
		b.Run(tt.name, func(b *testing.B) {
			var s pipeline.Observer = metrics.New("1", false)
			for b.Loop() {
				s.InFlight(4096)
				s.Done(event.StageExtract, pipeline.OutcomeOK, 3*time.Millisecond)
				s.InFlight(-4096)
				if tt.log {
					log.LogAttrs(b.Context(), slog.LevelInfo, "handled", slog.String("doc", string(id)), slog.String("stage", event.StageExtract),
						slog.Int("attempt", 1), slog.String("outcome", "ok"), slog.Int64("ms", 3))
				}
			}
		})
	}
}
