package elastic

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"

	"jixiao/pipeline/index"
	"jixiao/schemas/catalog"
	"jixiao/schemas/search"
)

// Fields beside those named after the catalogue. docs/elasticsearch.md explains
// all of them.
const (
	fieldID       = "id"
	fieldRevision = "revision"
	fieldTime     = "time"  // first of January of the year evaluated, for charts
	fieldText     = "text"  // the text itself; not searched
	fieldShown    = "shown" // index.Entry.Head
	fieldTerms    = "terms" // postings of each text, by its key
	fieldWords    = "words" // the segmenter's words of the text
	fieldAlso     = "also"  // values of a key behind the first one
	fieldFacts    = "facts" // of an item: all values of its report
	fieldItem     = "item"
	fieldPlace    = "place"
)

// wordFields hold the words of all items of a key, for counting.
var wordFields = map[string]string{search.InProblems: "problem_words", search.InMeasures: "measure_words"}

// itemKeys are the keys whose items are hits of their own.
var itemKeys = []string{search.InProblems, search.InMeasures}

// analyzer names the one that takes ready terms.
const analyzer = "jixiao_terms"

// maxNested is how many items and objects one report may have; index.Flatten
// stays below.
const maxNested = 100_000

// maxInner is how many items of one report an answer can hold.
const maxInner = 30_000

type object = map[string]any

// settings are those of every index that is made.
func (x *Index) settings() object {
	s := object{
		"number_of_shards":        x.opts.Shards,
		"refresh_interval":        "5s", // Put refreshes itself; this is for what a killed Put left
		"translog":                object{"durability": "request"},
		"gc_deletes":              "-1", // what was removed may come back with any revision, at once
		"max_inner_result_window": maxInner,
		"mapping":                 object{"nested_objects": object{"limit": maxNested}, "total_fields": object{"limit": 2000}},
		"analysis": object{
			"filter": object{"jixiao_at_one_place": object{"type": "pattern_capture", "preserve_original": false, "patterns": []string{`([^|]+)`}}},
			"analyzer": object{
				analyzer:        object{"type": "custom", "tokenizer": "whitespace", "filter": []string{"jixiao_at_one_place"}},
				"jixiao_people": object{"type": "custom", "tokenizer": "standard", "filter": []string{"cjk_width", "lowercase", "cjk_bigram"}},
			},
		},
	}
	if x.opts.Replicas > 0 {
		s["number_of_replicas"] = x.opts.Replicas
	} else {
		s["auto_expand_replicas"] = "0-1"
	}
	return object{"index": s}
}

// Kinds of fields.
var (
	keyword  = object{"type": "keyword"}
	whole    = object{"type": "long"}
	terms    = object{"type": "text", "analyzer": analyzer, "search_analyzer": "jixiao_people"}
	words    = object{"type": "text", "analyzer": analyzer, "index_options": "freqs"}
	kept     = object{"type": "text", "index": false}
	shown    = object{"type": "object", "enabled": false}
	alsoWord = object{"type": "keyword", "doc_values": false}
	alsoLong = object{"type": "long", "doc_values": false}
)

// mappings returns the fields of one report, made from the catalogue.
func mappings() object {
	also, postings := object{}, object{index.BodyText: terms, index.TitleText: terms}
	p := object{
		fieldID: keyword, fieldRevision: whole, fieldTime: object{"type": "date", "format": "yyyy"},
		fieldText: kept, fieldShown: shown, fieldWords: words,
	}
	for _, key := range []string{index.StateKey, index.BatchKey, index.NameKey, index.FlagKey} {
		p[key], also[key] = keyword, alsoWord
	}
	for _, f := range catalog.All() {
		switch f.Kind {
		case catalog.Keyword:
			p[f.Key], also[f.Key] = keyword, alsoWord
		case catalog.Text:
			postings[f.Key] = terms
		case catalog.Items:
			p[f.Key], postings[f.Key] = nestedItems(), terms
			p[wordFields[f.Key]] = keyword
		case catalog.Objects:
			p[f.Key], postings[f.Key] = nestedObjects(f), terms
		default:
			p[f.Key], also[f.Key] = whole, alsoLong
		}
	}
	p[fieldAlso] = object{"properties": also}
	p[fieldTerms] = object{"properties": postings}
	return object{"dynamic": "strict", "_source": object{"excludes": unkept()}, "properties": p}
}

// unkept are the fields that can be made again from the others: they would
// double what is stored, and nobody reads them.
func unkept() []string {
	out := []string{fieldTerms, fieldWords}
	for _, key := range itemKeys {
		out = append(out, key+"."+fieldTerms, key+"."+fieldWords, key+"."+fieldFacts)
	}
	return out
}

func nestedItems() object {
	return object{"type": "nested", "properties": object{
		fieldItem: keyword, fieldPlace: object{"type": "integer"}, fieldText: kept, fieldShown: shown, fieldTerms: terms, fieldWords: words,
		fieldFacts: object{"type": "keyword", "doc_values": false},
	}}
}

func nestedObjects(f catalog.Field) object {
	members := object{}
	for _, m := range f.Members {
		members[m.Name] = whole
		if m.Kind == catalog.Keyword {
			members[m.Name] = keyword
		}
	}
	return object{"type": "nested", "properties": members}
}

// A mark in the mapping says whose index it is and of which form.
type mark struct {
	Version int    `json:"version"` // index.Version
	Form    string `json:"form"`    // hash of mappings
}

type meta struct {
	Jixiao *mark `json:"jixiao"`
}

// ownMark is the mark of what this program makes.
func ownMark() mark {
	b, err := json.Marshal(mappings())
	if err != nil {
		panic(err) // maps of strings and numbers always marshal
	}
	sum := sha256.Sum256(append(b, strconv.Itoa(index.Version)...))
	return mark{index.Version, hex.EncodeToString(sum[:8])}
}

// markedMappings are mappings with the mark.
func markedMappings() object {
	m := mappings()
	own := ownMark()
	m["_meta"] = meta{&own}
	return m
}

// template is the index template; settings can differ between programs, so its
// mark is made over all of it.
func (x *Index) template() (object, string) {
	t := object{
		"index_patterns":    []string{x.opts.Alias + "-v*"},
		"priority":          500,
		"allow_auto_create": false, // a late write must not bring back an index that was dropped
		"template":          object{"settings": x.settings(), "mappings": markedMappings()},
	}
	b, err := json.Marshal(t)
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(b)
	form := hex.EncodeToString(sum[:8])
	t["_meta"] = meta{&mark{index.Version, form}}
	return t, form
}
