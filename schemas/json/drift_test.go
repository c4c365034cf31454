package schemajson

import (
	"encoding/json"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jixiao/internal/app"
	"jixiao/internal/eval"
	"jixiao/pipeline"
	"jixiao/pipeline/archive"
	"jixiao/schemas/event"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// A Go type and the schema that stands for it.
func TestGoTypesAndSchemasAgree(t *testing.T) {
	for place, v := range map[string]any{
		"record.schema.json":                 record.Record{},
		"import.schema.json":                 pipeline.Report{},
		"search.schema.json":                 search.Result{},
		"list.schema.json":                   search.Entry{},
		"show.schema.json":                   search.Detail{},
		"status.schema.json":                 search.Status{},
		"failure.schema.json#/$defs/trouble": search.Trouble{},
		"text.schema.json#/$defs/page":       layout.Page{},
		"eval.schema.json":                   eval.Report{},
		"reprocess.schema.json":              search.Redone{},
		"backup.schema.json":                 archive.Manifest{},
		"restore.schema.json":                app.Restoration{},
		"reindex.schema.json#/$defs/rebuilt": app.Rebuilt{},
		"doctor.schema.json":                 app.Diagnosis{},
		"init.schema.json":                   app.Change{},
		"version.schema.json":                app.Version{},
		"failed.schema.json":                 event.Failed{},
		"indexed.schema.json":                event.Indexed{},
		"receipt.schema.json":                event.Receipt{},
	} {
		t.Run(strings.TrimSuffix(path.Base(place), ".schema.json"), func(t *testing.T) {
			file, pointer, _ := strings.Cut(place, "#")
			d := drift{t: t, seen: map[reflect.Type]bool{}}
			d.compare(reflect.TypeOf(v), at{file, lookUp(t, file, pointer)})
		})
	}
}

// at is a place in a schema file.
type at struct {
	file string
	node map[string]any
}

type drift struct {
	t    *testing.T
	seen map[reflect.Type]bool
}

// own are the types that write their JSON themselves, or whose form a pattern
// gives; schema_test.go tests those with values.
var own = map[reflect.Type]bool{
	reflect.TypeFor[record.Value](): true, reflect.TypeFor[time.Time](): true, reflect.TypeFor[layout.Box](): true,
}

// compare wants that the properties of s are those that Go writes for typ, and
// that those it always writes are required.
func (d *drift) compare(typ reflect.Type, s at) {
	s = follow(d.t, s)
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if own[typ] {
		return
	}
	switch typ.Kind() {
	case reflect.Slice:
		d.compare(typ.Elem(), s.child("items"))
	case reflect.Map:
		d.compare(typ.Elem(), s.child("additionalProperties"))
	case reflect.Struct:
		if !d.seen[typ] {
			d.seen[typ] = true
			d.compareStruct(typ, s)
		}
	}
}

func (d *drift) compareStruct(typ reflect.Type, s at) {
	var names, always []string
	for _, f := range reflect.VisibleFields(typ) {
		tag := f.Tag.Get("json")
		if f.Anonymous || tag == "-" || !f.IsExported() {
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		names = append(names, name)
		if !strings.Contains(options, "omit") {
			always = append(always, name)
		}
		d.compare(f.Type, s.child("properties").child(name))
	}
	d.same(typ, "properties", names, keys(s.child("properties").node))
	required, _ := s.node["required"].([]any)
	var words []string
	for _, r := range required {
		words = append(words, r.(string))
	}
	d.same(typ, "required", always, words)
}

func (d *drift) same(typ reflect.Type, what string, goNames, schemaNames []string) {
	d.t.Helper()
	slices.Sort(goNames)
	slices.Sort(schemaNames)
	if diff := cmp.Diff(goNames, schemaNames); diff != "" {
		d.t.Errorf("%v: %s (-Go +schema):\n%s", typ, what, diff)
	}
}

func (s at) child(name string) at {
	node, _ := s.node[name].(map[string]any)
	return at{s.file, node}
}

// follow goes where the $ref of s leads.
func follow(t *testing.T, s at) at {
	t.Helper()
	link, ok := s.node["$ref"].(string)
	if !ok {
		return s
	}
	file, pointer, _ := strings.Cut(link, "#")
	if file == "" {
		file = s.file
	}
	return at{file, lookUp(t, file, pointer)}
}

// lookUp returns the node at a JSON pointer of file.
func lookUp(t *testing.T, file, pointer string) map[string]any {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var node map[string]any
	if err := json.Unmarshal(b, &node); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	for step := range strings.SplitSeq(strings.Trim(pointer, "/"), "/") {
		if step != "" {
			node, _ = node[step].(map[string]any)
		}
	}
	if node == nil {
		t.Fatalf("%s has nothing at %q", file, pointer)
	}
	return node
}

func keys(m map[string]any) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}
