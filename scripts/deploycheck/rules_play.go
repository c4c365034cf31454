package deploycheck

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/tsdb/chunks"
	"github.com/prometheus/prometheus/util/annotations"
)

// A theatre is a Prometheus in memory: samples, and Prometheus' own engine to
// ask them. Its database and rule manager would bring clients of every cloud.
type theatre struct {
	engine *promql.Engine
	series map[string]*line
	since  map[alertKey]time.Time // when an alert was first seen
}

type alertKey struct{ rule, labels string }

type line struct {
	labels  labels.Labels
	samples []chunks.Sample
}

// point is a sample that is a number.
type point struct {
	t int64
	v float64
}

func (p point) T() int64                      { return p.t }
func (p point) ST() int64                     { return 0 }
func (p point) F() float64                    { return p.v }
func (p point) H() *histogram.Histogram       { return nil }
func (p point) FH() *histogram.FloatHistogram { return nil }
func (p point) Type() chunkenc.ValueType      { return chunkenc.ValFloat }
func (p point) Copy() chunks.Sample           { return p }

// lookback is how old a sample may be that still counts: Prometheus' default.
const lookback = 5 * time.Minute

func newTheatre() *theatre {
	return &theatre{
		engine: promql.NewEngine(promql.EngineOpts{
			MaxSamples: 1e6, Timeout: time.Minute, LookbackDelta: lookback, Parser: exprParser,
			NoStepSubqueryIntervalFn: func(int64) int64 { return time.Minute.Milliseconds() },
		}),
		series: map[string]*line{}, since: map[alertKey]time.Time{},
	}
}

func (t *theatre) put(l labels.Labels, at time.Time, v float64) {
	key := l.String()
	if t.series[key] == nil {
		t.series[key] = &line{labels: l}
	}
	t.series[key].samples = append(t.series[key].samples, point{at.UnixMilli(), v})
}

// Querier implements storage.Queryable.
func (t *theatre) Querier(int64, int64) (storage.Querier, error) {
	return &storage.MockQuerier{SelectMockFunction: func(_ bool, _ *storage.SelectHints, matchers ...*labels.Matcher) storage.SeriesSet {
		var found []storage.Series
		for _, l := range t.series {
			if !slices.ContainsFunc(matchers, func(m *labels.Matcher) bool { return !m.Matches(l.labels.Get(m.Name)) }) {
				found = append(found, storage.NewListSeries(l.labels, l.samples))
			}
		}
		slices.SortFunc(found, func(a, b storage.Series) int { return labels.Compare(a.Labels(), b.Labels()) })
		return &listed{list: found}
	}}, nil
}

// listed is a storage.SeriesSet.
type listed struct {
	list []storage.Series
	next int
}

func (l *listed) Next() bool                        { l.next++; return l.next <= len(l.list) }
func (l *listed) At() storage.Series                { return l.list[l.next-1] }
func (l *listed) Err() error                        { return nil }
func (l *listed) Warnings() annotations.Annotations { return nil }

func (t *theatre) ask(expr string, at time.Time) (promql.Vector, error) {
	q, err := t.engine.NewInstantQuery(context.Background(), t, nil, expr, at)
	if err != nil {
		return nil, err
	}
	defer q.Close()
	v, err := q.Exec(context.Background()).Vector()
	return slices.Clone(v), err
}

// step evaluates every rule once.
func (t *theatre) step(groups *rulefmt.RuleGroups, at time.Time) error {
	for _, g := range groups.Groups {
		for _, r := range g.Rules {
			found, err := t.ask(r.Expr, at)
			if err != nil {
				return err
			}
			if r.Record != "" {
				for _, s := range found {
					t.put(withLabels(s.Metric, map[string]string{model.MetricNameLabel: r.Record}), at, s.F)
				}
				continue
			}
			t.alert(r, found, at)
		}
	}
	return nil
}

// alert notes which alerts of a rule are pending and which fire.
func (t *theatre) alert(r rulefmt.Rule, found promql.Vector, at time.Time) {
	seen := map[alertKey]bool{}
	for _, s := range found {
		set := map[string]string{model.MetricNameLabel: "ALERTS", "alertname": r.Alert, "alertstate": "pending"}
		for k, v := range r.Labels {
			set[k] = v
		}
		key := alertKey{r.Alert, s.Metric.String()}
		seen[key] = true
		if _, ok := t.since[key]; !ok {
			t.since[key] = at
		}
		if at.Sub(t.since[key]) >= time.Duration(r.For) {
			set["alertstate"] = "firing"
		}
		t.put(withLabels(s.Metric, set), at, 1)
	}
	maps.DeleteFunc(t.since, func(a alertKey, _ time.Time) bool { return a.rule == r.Alert && !seen[a] })
}

func withLabels(l labels.Labels, set map[string]string) labels.Labels {
	b := labels.NewBuilder(l)
	for k, v := range set {
		b.Set(k, v)
	}
	return b.Labels()
}

// play runs a scene and asks its questions.
func (p *problems) play(s scene, groups *rulefmt.RuleGroups, every model.Duration) {
	t, start := newTheatre(), time.Unix(0, 0).UTC()
	for _, in := range s.Series {
		l, values, err := exprParser.ParseSeriesDesc(in.Series + " " + in.Values)
		p.add(err)
		for i, v := range values {
			if !v.Omitted {
				t.put(l, start.Add(time.Duration(i)*time.Duration(s.Interval)), v.Value)
			}
		}
	}
	var end time.Duration
	for _, q := range s.Questions {
		end = max(end, time.Duration(q.At))
	}
	for at := time.Duration(0); at <= end; at += time.Duration(every) {
		if err := t.step(groups, start.Add(at)); err != nil {
			p.add(err)
			return
		}
		for _, q := range s.Questions {
			if time.Duration(q.At) == at {
				p.answer(t, q, start.Add(at))
			}
		}
	}
}

// answer compares what a question finds with what it should.
func (p *problems) answer(t *theatre, q question, at time.Time) {
	found, err := t.ask(q.Expr, at)
	p.add(err)
	var got, want []string
	for _, s := range found {
		// An alert that has just gone is looked back at; it fires no more.
		if t.series[s.Metric.String()].samples[len(t.series[s.Metric.String()].samples)-1].T() == at.UnixMilli() {
			got = append(got, s.Metric.String())
		}
	}
	for _, s := range q.Samples {
		m, err := exprParser.ParseMetric(s.Labels)
		p.add(err)
		p.check(s.Value == 1, "%s: a value that is not 1", s.Labels)
		want = append(want, m.String())
	}
	slices.Sort(got)
	slices.Sort(want)
	p.check(slices.Equal(got, want), "%s at %v: %v, want %v", q.Expr, time.Duration(q.At), got, want)
}
