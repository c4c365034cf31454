package metrics

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"jixiao/pipeline"
	"jixiao/pipeline/queue"
	"jixiao/schemas/event"
)

// known is a Source that answers.
type known struct {
	ready   error
	orphans int
	backlog queue.Backlog
	err     error
}

func (k known) Ready(context.Context) error { return k.ready }

func (k known) Backlog(context.Context) (queue.Backlog, error) { return k.backlog, k.err }

func (k known) Orphans() (int, bool) { return k.orphans, k.orphans >= 0 }

// silent is a Source that does not answer.
type silent struct{}

func (silent) Ready(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }

func (silent) Backlog(ctx context.Context) (queue.Backlog, error) {
	<-ctx.Done()
	return queue.Backlog{}, ctx.Err()
}

func (silent) Orphans() (int, bool) { return 0, false }

func busy() known {
	return known{orphans: 2, backlog: queue.Backlog{Dead: 4, Stages: map[string]queue.StageBacklog{
		event.StageExtract: {Pending: 5, AckPending: 6, Redelivered: 1}, event.StageIndex: {Pending: 7},
	}}}
}

// scrape asks the handler as Prometheus does and returns the series of this
// program with their values; a histogram is its count.
func scrape(t *testing.T, s *Set) map[string]float64 {
	t.Helper()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for name, f := range families {
		if !strings.HasPrefix(name, namespace+"_") {
			continue
		}
		for _, m := range f.GetMetric() {
			out[series(name, m)] = value(m)
		}
	}
	return out
}

func series(name string, m *dto.Metric) string {
	var labels []string
	for _, l := range m.GetLabel() {
		labels = append(labels, l.GetName()+"="+l.GetValue())
	}
	slices.Sort(labels)
	return name + "{" + strings.Join(labels, ",") + "}"
}

func value(m *dto.Metric) float64 {
	switch {
	case m.Histogram != nil:
		return float64(m.GetHistogram().GetSampleCount())
	case m.Counter != nil:
		return m.GetCounter().GetValue()
	}
	return m.GetGauge().GetValue()
}

func TestLint(t *testing.T) {
	s := New("1.2.3", true)
	s.Ask(busy())
	problems, err := testutil.GatherAndLint(s.registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

func TestWhatIsCounted(t *testing.T) {
	s := New("1.2.3", true)
	s.Ask(busy())
	before := scrape(t, s)
	s.Done(event.StageExtract, pipeline.OutcomeNeedsOCR, time.Second)
	s.Done(event.StageIndex, pipeline.OutcomeSkipped, time.Second)
	s.InFlight(1000)
	s.InFlight(-400)
	s.ChildDied()
	for _, status := range []int{201, 201, 429, 400, 503, 302} {
		s.BulkItem(status)
	}
	got := map[string]float64{}
	for k, v := range scrape(t, s) {
		if v != before[k] {
			got[k] = v - before[k]
		}
	}
	want := map[string]float64{
		"jixiao_documents_total{outcome=needs_ocr,stage=extract}": 1,
		"jixiao_documents_total{outcome=skipped,stage=index}":     1,
		"jixiao_stage_duration_seconds{stage=extract}":            1,
		"jixiao_bytes_in_flight{}":                                600,
		"jixiao_child_restarts_total{}":                           1,
		"jixiao_bulk_items_total{status=201}":                     2,
		"jixiao_bulk_items_total{status=429}":                     1,
		"jixiao_bulk_items_total{status=4xx}":                     1,
		"jixiao_bulk_items_total{status=5xx}":                     1,
		"jixiao_bulk_items_total{status=other}":                   1,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("what moved (-want +got):\n%s", d)
	}
}

func TestWhatIsAsked(t *testing.T) {
	down := errors.New("down")
	all := map[string]float64{
		"jixiao_ready{}": 1, "jixiao_orphans{}": 2, "jixiao_dead_letters{}": 4,
		"jixiao_queue_pending{stage=extract}": 5, "jixiao_queue_ack_pending{stage=extract}": 6, "jixiao_queue_redelivered{stage=extract}": 1,
		"jixiao_queue_pending{stage=index}": 7, "jixiao_queue_ack_pending{stage=index}": 0, "jixiao_queue_redelivered{stage=index}": 0,
	}
	for _, tt := range []struct {
		name   string
		source Source
		want   map[string]float64
	}{
		{"known", busy(), all},
		{"down", known{ready: down, err: down, orphans: 1}, map[string]float64{"jixiao_ready{}": 0}},
		{"not_looked", known{orphans: -1}, map[string]float64{"jixiao_ready{}": 1, "jixiao_dead_letters{}": 0}},
		{"silent", silent{}, map[string]float64{"jixiao_ready{}": 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := New("1.2.3", false)
				none := scrape(t, s)
				s.Ask(tt.source)
				start := time.Now()
				got := scrape(t, s)
				if took := time.Since(start); took > 5*time.Second {
					t.Errorf("it took %v", took)
				}
				maps.DeleteFunc(got, func(k string, _ float64) bool { _, own := none[k]; return own })
				if d := cmp.Diff(tt.want, got); d != "" {
					t.Errorf("-want +got:\n%s", d)
				}
			})
		})
	}
}

func TestNilSetCountsNothing(t *testing.T) {
	var s *Set
	s.Done(event.StageExtract, pipeline.OutcomeOK, time.Second)
	s.InFlight(1)
	s.ChildDied()
	s.BulkItem(200)
}

// The table of docs/operations.md and the metrics name each other.
func TestEveryMetricIsDocumented(t *testing.T) {
	b, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| `(jixiao_[a-z_]+)(\\{([a-z,]+)\\})?`").FindAllSubmatch(b, -1) {
		documented[string(m[1])+" "+string(m[3])] = true
	}
	s := New("1.2.3", true)
	s.Ask(busy())
	found := map[string]bool{}
	for name := range scrape(t, s) {
		name, labels, _ := strings.Cut(strings.TrimSuffix(name, "}"), "{")
		var keys []string
		for l := range strings.SplitSeq(labels, ",") {
			k, _, _ := strings.Cut(l, "=")
			keys = append(keys, k)
		}
		slices.Sort(keys)
		found[name+" "+strings.Join(keys, ",")] = true
	}
	sorted := map[string]bool{}
	for d := range documented {
		name, labels, _ := strings.Cut(d, " ")
		keys := strings.Split(labels, ",")
		slices.Sort(keys)
		sorted[name+" "+strings.Join(keys, ",")] = true
	}
	if d := cmp.Diff(sorted, found); d != "" {
		t.Errorf("metrics (-documented +there):\n%s", d)
	}
	for _, o := range pipeline.Outcomes {
		if !bytes.Contains(b, []byte("| `"+string(o)+"` |")) {
			t.Errorf("the outcome %s is not documented", o)
		}
	}
}

// However much happens, there are no more series than at the start.
func TestSeriesDoNotGrow(t *testing.T) {
	s := New("1.2.3", true)
	before := len(scrape(t, s))
	for _, stage := range []string{pipeline.StageSubmit, event.StageExtract, event.StageIndex} {
		for _, o := range pipeline.Outcomes {
			if possible(stage, o) {
				s.Done(stage, o, time.Millisecond)
			}
		}
	}
	for status := range 1000 {
		s.BulkItem(status)
	}
	if after := len(scrape(t, s)); after > before+1 { // and one for what is no status
		t.Errorf("%d series became %d", before, after)
	}
}
