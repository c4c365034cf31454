package deploycheck

import (
	"fmt"
	"log/slog"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
	"sigs.k8s.io/yaml"
)

const (
	rulesFile     = "deploy/prometheus/jixiao.rules.yaml"
	rulesTestFile = "deploy/prometheus/jixiao.rules.test.yaml"
)

// Rules checks the alert rules and runs their tests.
func Rules(t Tree) error {
	p := &problems{what: rulesFile}
	groups, errs := rulefmt.Parse([]byte(t[rulesFile]), false, model.UTF8Validation, exprParser, slog.New(slog.DiscardHandler))
	for _, err := range errs {
		p.add(err)
	}
	if groups == nil || len(errs) > 0 {
		return p.err()
	}
	v := documented(t)
	p.check(len(v.metrics) > 10, "docs/operations.md lists only %v", v.names())
	for _, g := range groups.Groups {
		for _, r := range g.Rules {
			part := p.at(r.Record + r.Alert)
			part.checkExpr(v, r.Expr)
			part.check(r.Alert == "" || r.Labels["severity"] != "" && r.Annotations["summary"] != "" && r.Annotations["description"] != "", "severity, summary or description is missing")
			if e, err := exprParser.ParseExpr(r.Expr); err == nil && r.Record != "" {
				v.metrics[r.Record] = grouping(e)
			}
			p.take(part)
		}
	}
	p.take(runTests(t, groups))
	return p.err()
}

// grouping returns the labels that a recording rule keeps.
func grouping(e parser.Expr) []string {
	if a, ok := e.(*parser.AggregateExpr); ok {
		return a.Grouping
	}
	return nil
}

// A ruleTest is promtool's format, as far as it is used.
type ruleTest struct {
	RuleFiles          []string       `json:"rule_files"`
	EvaluationInterval model.Duration `json:"evaluation_interval"`
	Tests              []scene        `json:"tests"`
}

type scene struct {
	Name     string         `json:"name"`
	Interval model.Duration `json:"interval"`
	Series   []struct {
		Series string `json:"series"`
		Values string `json:"values"`
	} `json:"input_series"`
	Questions []question `json:"promql_expr_test"`
}

type question struct {
	Expr    string         `json:"expr"`
	At      model.Duration `json:"eval_time"`
	Samples []struct {
		Labels string  `json:"labels"`
		Value  float64 `json:"value"`
	} `json:"exp_samples"`
}

// runTests plays the scenes of the test file, and sees that every alert fires
// in one of them.
func runTests(t Tree, groups *rulefmt.RuleGroups) *problems {
	p := &problems{what: rulesTestFile}
	var tests ruleTest
	if err := yaml.UnmarshalStrict([]byte(t[rulesTestFile]), &tests); err != nil {
		p.add(err)
		return p
	}
	p.check(fmt.Sprint(tests.RuleFiles) == "[jixiao.rules.yaml]", "it tests %v", tests.RuleFiles)
	fires, quiet := map[string]bool{}, false
	for _, s := range tests.Tests {
		part := p.at(s.Name)
		part.play(s, groups, tests.EvaluationInterval)
		p.take(part)
		for _, q := range s.Questions {
			for _, sample := range q.Samples {
				m, err := exprParser.ParseMetric(sample.Labels)
				p.add(err)
				fires[m.Get("alertname")] = true
			}
			quiet = quiet || len(s.Series) > 10 && len(q.Samples) == 0 && !strings.Contains(q.Expr, "alertname")
		}
	}
	p.check(quiet, "no scene says that nothing fires")
	for _, g := range groups.Groups {
		for _, r := range g.Rules {
			p.check(r.Alert == "" || fires[r.Alert], "%s is never seen to fire", r.Alert)
		}
	}
	return p
}
