package deploycheck

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// A vocabulary is what expressions may speak of: metrics with their labels, and
// the values of labels that have a fixed set.
type vocabulary struct {
	metrics map[string][]string
	words   map[string]bool // in backticks somewhere in docs/operations.md
}

// around are labels that Prometheus adds, and le.
var around = []string{"job", "instance", "namespace", "le", "__name__", "alertname", "alertstate", "severity"}

var (
	metricRow = regexp.MustCompile("(?m)^\\| `(jixiao_[a-z_]+)(?:\\{([a-z,]+)\\})?` \\| (\\w+) ")
	quoted    = regexp.MustCompile("`([^`\n]+)`")
)

// documented reads the metrics out of docs/operations.md.
func documented(t Tree) vocabulary {
	v := vocabulary{metrics: map[string][]string{
		// Of the Prometheus client library.
		"process_resident_memory_bytes": nil, "process_cpu_seconds_total": nil,
	}, words: map[string]bool{}}
	for _, m := range metricRow.FindAllStringSubmatch(t["docs/operations.md"], -1) {
		var names []string
		if m[2] != "" {
			names = strings.Split(m[2], ",")
		}
		if m[3] == "histogram" {
			for _, part := range []string{"_bucket", "_sum", "_count"} {
				v.metrics[m[1]+part] = names
			}
			continue
		}
		v.metrics[m[1]] = names
	}
	for _, m := range quoted.FindAllStringSubmatch(t["docs/operations.md"], -1) {
		for _, w := range strings.FieldsFunc(m[1], func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz_0123456789", r) }) {
			v.words[w] = true
		}
	}
	return v
}

var exprParser = parser.NewParser(parser.Options{})

// checkExpr parses an expression and compares what it asks for with v.
func (p *problems) checkExpr(v vocabulary, expr string) {
	e, err := exprParser.ParseExpr(expr)
	if err != nil {
		p.add(err)
		return
	}
	asked := map[string]bool{}
	parser.Inspect(e, func(n parser.Node, _ []parser.Node) error {
		if s, ok := n.(*parser.VectorSelector); ok {
			names, known := v.metrics[s.Name]
			p.check(known, "there is no metric %q", s.Name)
			for _, l := range names {
				asked[l] = true
			}
			p.checkMatchers(v, s, names)
		}
		return nil
	})
	parser.Inspect(e, func(n parser.Node, _ []parser.Node) error {
		if a, ok := n.(*parser.AggregateExpr); ok {
			for _, l := range a.Grouping {
				p.check(asked[l] || slices.Contains(around, l), "no metric in it has a label %q", l)
			}
		}
		return nil
	})
}

func (p *problems) checkMatchers(v vocabulary, s *parser.VectorSelector, names []string) {
	for _, m := range s.LabelMatchers {
		if slices.Contains(around, m.Name) {
			continue
		}
		p.check(slices.Contains(names, m.Name), "%s has no label %q", s.Name, m.Name)
		values := []string{m.Value}
		if m.Type == labels.MatchRegexp || m.Type == labels.MatchNotRegexp {
			values = strings.Split(m.Value, "|")
		}
		for _, value := range values {
			p.check(v.words[value], "%s: nothing says %s=%q", s.Name, m.Name, value)
		}
	}
}

// used returns the metrics of jixiao in v.
func (v vocabulary) used(exprs []string) map[string]bool {
	out := map[string]bool{}
	for _, e := range exprs {
		for name := range v.metrics {
			if regexp.MustCompile(`\b` + name + `\b`).MatchString(e) {
				out[name] = true
			}
		}
	}
	return out
}

func (v vocabulary) names() []string { return slices.Sorted(maps.Keys(v.metrics)) }
