package elastic

import (
	"context"
	"encoding/json"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"jixiao/internal/fault"
	"jixiao/schemas/search"
)

// maxWindow is how deep Elasticsearch looks without a point in time.
const maxWindow = 10_000

// An answer is what a search gives back.
type answer struct {
	PIT  string `json:"pit_id"`
	Hits struct {
		Total struct{ Value int }
		Hits  []hit
	}
	Aggregations map[string]json.RawMessage
}

// A hit is one report, with those of its items that match.
type hit struct {
	ID     string  `json:"_id"`
	Score  float64 `json:"_score"`
	Sort   []json.RawMessage
	Source source `json:"_source"`
	Fields map[string][]json.Number
	Inner  map[string]struct{ Hits struct{ Hits []innerHit } } `json:"inner_hits"`
}

// A source is what is asked for of what was put.
type source struct {
	Shown    json.RawMessage
	Text     string
	Problems []item
	Measures []item
}

// items returns those under path.
func (s *source) items(path string) []item {
	if path == search.InMeasures {
		return s.Measures
	}
	return s.Problems
}

// An innerHit is one item, by its number among those of its path. Its words
// come with the report: Elasticsearch would read the whole report again for
// each item that it were to show.
type innerHit struct {
	Sort   []json.Number
	Nested struct{ Offset int } `json:"_nested"`
}

// stable sends the searches of one question to the same copies of the shards:
// copies score alike, but not equal.
const stable = "jixiao"

// search asks the index name, or, if body holds a point in time, that.
func (x *Index) search(ctx context.Context, name string, query object) (answer, error) {
	var a answer
	no := false
	err := x.try(ctx, func() esapi.Request {
		r := esapi.SearchRequest{Body: body(query)}
		if _, pit := query["pit"]; !pit {
			r.Index, r.Preference = []string{name}, stable
		}
		r.AllowPartialSearchResults = &no
		a = answer{}
		return r
	}, &a)
	return a, err
}

// keepAlive is how long a point in time waits for the next page.
const keepAlive = "2m"

// each hands the pages of query, as of one moment, to page until that wants no
// more or there are none. page may change the size of query and what comes back
// for the page after it.
func (x *Index) each(ctx context.Context, name string, query object, page func(answer) (more bool)) error {
	var pit struct{ ID string }
	err := x.try(ctx, func() esapi.Request {
		return esapi.OpenPointInTimeRequest{Index: []string{name}, KeepAlive: keepAlive, Preference: stable}
	}, &pit)
	if err != nil {
		return err
	}
	defer func() {
		// It ends by itself; ctx may be done already.
		_ = x.call(context.WithoutCancel(ctx), func() esapi.Request { return esapi.ClosePointInTimeRequest{Body: body(object{"id": pit.ID})} }, nil)
	}()
	for {
		query["pit"] = object{"id": pit.ID, "keep_alive": keepAlive}
		a, err := x.search(ctx, name, query)
		if err != nil {
			return err
		}
		if a.PIT != "" {
			pit.ID = a.PIT
		}
		size, _ := query["size"].(int) // page may ask for another one next
		if !page(a) || len(a.Hits.Hits) < size {
			return nil
		}
		query["search_after"] = a.Hits.Hits[len(a.Hits.Hits)-1].Sort
		delete(query, "aggs")
	}
}

// count reads the number out of a nested aggregation, see matching.
func count(raw json.RawMessage) (int, error) {
	var a struct {
		N struct {
			Count int `json:"doc_count"`
		}
	}
	if err := json.Unmarshal(raw, &a); err != nil {
		return 0, fault.New(fault.Internal, "elasticsearch: answer without a count: %w", err)
	}
	return a.N.Count, nil
}
