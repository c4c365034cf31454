package elastic_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"jixiao/pipeline/index"
	"jixiao/pipeline/index/elastic/elastictest"
	"jixiao/schemas/catalog"
	"jixiao/schemas/record"
)

const manual = "../../../docs/elasticsearch.md"

// TestDocumentedQueries runs every query of the manual over the sample reports
// and wants an answer with something in it.
func TestDocumentedQueries(t *testing.T) {
	o := options(t)
	s := &index.Service{Backend: open(t, o)}
	road := document(0) // the samples name no projects
	road.Record.Fields = append(road.Record.Fields, record.Field{Key: "projects", Value: record.Object(map[string]string{"name": "道路养护", "budget": "500000.00"})})
	if err := s.Index(t.Context(), append(samples(t), road)...); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(manual)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, block := range strings.Split(string(b), "```json\nPOST jixiao/_search\n")[1:] {
		query, _, _ := strings.Cut(block, "```")
		n++
		status, answer := elastictest.Send(t, http.MethodPost, o.Addresses[0]+"/"+o.Alias+"/_search", query)
		var a struct{ Aggregations map[string]any }
		if err := json.Unmarshal([]byte(answer), &a); err != nil || status != http.StatusOK {
			t.Errorf("%s: status %d: %s", query, status, answer)
		}
		for name, agg := range a.Aggregations {
			if !holdsSomething(agg) {
				t.Errorf("%s: nothing in %s: %v", query, name, agg)
			}
		}
	}
	if n < 5 {
		t.Errorf("%d queries in the manual", n)
	}
}

// holdsSomething reports whether an aggregation has a bucket, and no metric
// below it is empty everywhere.
func holdsSomething(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		if buckets, ok := v["buckets"].([]any); ok {
			return len(buckets) > 0 && holdsSomething(buckets[0])
		}
		for _, x := range v {
			if m, ok := x.(map[string]any); ok && !holdsSomething(m) {
				return false
			}
		}
		value, metric := v["value"]
		return !metric || value != nil
	default:
		return true
	}
}

// TestManualNamesAllFields sees that a key of the catalogue is in the manual,
// itself or by its first part.
func TestManualNamesAllFields(t *testing.T) {
	b, err := os.ReadFile(manual)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range catalog.All() {
		first, _, dotted := strings.Cut(f.Key, ".")
		if !strings.Contains(string(b), "`"+f.Key+"`") && (!dotted || !strings.Contains(string(b), "`"+first+".*`")) {
			t.Errorf("docs/elasticsearch.md does not name %s", f.Key)
		}
		for _, m := range f.Members {
			if !strings.Contains(string(b), "`"+m.Name+"`") {
				t.Errorf("docs/elasticsearch.md does not name %s.%s", f.Key, m.Name)
			}
		}
	}
}
