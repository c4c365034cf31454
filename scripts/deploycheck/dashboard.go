package deploycheck

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

const dashboardFile = "deploy/grafana/jixiao.json"

// A board is Grafana's format, as far as it matters here.
type board struct {
	UID        string  `json:"uid"`
	Title      string  `json:"title"`
	Schema     int     `json:"schemaVersion"`
	Panels     []panel `json:"panels"`
	Templating struct {
		List []struct{ Name, Type string } `json:"list"`
	} `json:"templating"`
}

type panel struct {
	ID    int    `json:"id"`
	Type  string `json:"type"`
	Title string `json:"title"`
	Grid  struct {
		H, W, X, Y int
	} `json:"gridPos"`
	Targets []target `json:"targets"`
}

type target struct {
	RefID      string                         `json:"refId"`
	Datasource struct{ Type, UID string }     `json:"datasource"`
	Expr       string                         `json:"expr"`
	TimeField  string                         `json:"timeField"`
	Metrics    []struct{ Type, Field string } `json:"metrics"`
	Buckets    []struct{ Type, Field string } `json:"bucketAggs"`
}

// Dashboard checks Grafana's dashboard.
func Dashboard(t Tree) error {
	p := &problems{what: dashboardFile}
	var b board
	if err := json.Unmarshal([]byte(t[dashboardFile]), &b); err != nil {
		p.add(err)
		return p.err()
	}
	p.check(b.UID != "" && b.Title != "" && b.Schema >= 36, "uid, title or schemaVersion is missing")
	v, fields := documented(t), indexFields(t)
	p.check(len(fields) > 20, "docs/elasticsearch.md lists only %v", fields)
	ids, variables, exprs := map[int]bool{}, map[string]bool{}, []string(nil)
	for _, l := range b.Templating.List {
		variables["${"+l.Name+"}"] = true
	}
	for i, one := range b.Panels {
		part := p.at(one.Title)
		part.check(one.ID > 0 && !ids[one.ID] && one.Title != "", "id %d is taken, or the title is empty", one.ID)
		ids[one.ID] = true
		part.checkPlace(b.Panels[:i], one)
		part.check(one.Type == "row" || len(one.Targets) > 0, "it asks for nothing")
		for _, q := range one.Targets {
			part.check(variables[q.Datasource.UID], "data source %q is no variable", q.Datasource.UID)
			if q.Datasource.Type == "prometheus" {
				exprs = append(exprs, q.Expr)
				part.checkExpr(v, expand(q.Expr))
				continue
			}
			part.checkFields(q, fields)
		}
		p.take(part)
	}
	shown := v.used(exprs)
	for _, name := range v.names() {
		// Sums and counts of a histogram say less than its buckets.
		p.check(shown[name] || strings.HasSuffix(name, "_sum") || strings.HasSuffix(name, "_count"), "no panel shows %s", name)
	}
	return p.err()
}

// expand puts something in place of Grafana's variables.
func expand(expr string) string {
	return strings.NewReplacer("$__rate_interval", "5m", `"$job"`, `"jixiao"`).Replace(expr)
}

func (p *problems) checkPlace(before []panel, one panel) {
	g := one.Grid
	p.check(g.W > 0 && g.H > 0 && g.X >= 0 && g.X+g.W <= 24, "its place %+v is not on the board", g)
	for _, o := range before {
		apart := g.X+g.W <= o.Grid.X || o.Grid.X+o.Grid.W <= g.X || g.Y+g.H <= o.Grid.Y || o.Grid.Y+o.Grid.H <= g.Y
		p.check(apart, "it lies on %q", o.Title)
	}
}

func (p *problems) checkFields(q target, fields []string) {
	p.check(slices.Contains(fields, q.TimeField), "there is no time field %q", q.TimeField)
	p.check(len(q.Metrics) > 0 && len(q.Buckets) > 0, "it asks for nothing")
	for _, m := range append(q.Metrics, q.Buckets...) {
		p.check(m.Type == "count" || slices.Contains(fields, m.Field), "the index has no field %q", m.Field)
	}
}

// indexFields reads the fields out of the table of docs/elasticsearch.md; a
// group that ends in .* is given its members from the catalogue's names there.
func indexFields(t Tree) (out []string) {
	for _, row := range regexp.MustCompile(`(?m)^\| (.*?) \| \w+ \|`).FindAllStringSubmatch(t["docs/elasticsearch.md"], -1) {
		for _, name := range quoted.FindAllStringSubmatch(row[1], -1) {
			out = append(out, name[1])
		}
	}
	// Members of groups are named in the queries of the same page, which its own
	// test runs against a server.
	for _, m := range regexp.MustCompile(`"field": "([\w.]+)"`).FindAllStringSubmatch(t["docs/elasticsearch.md"], -1) {
		out = append(out, m[1])
	}
	return out
}
