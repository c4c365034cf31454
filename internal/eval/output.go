package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"

	"jixiao/internal/fault"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// An Output is what a program read out of one report.
type Output struct {
	Name   string   // of the file that was read
	Values []Value  // one a field
	Gaps   []string // what it says it could not read, as "key kind"
	Text   string   // the text that its evidence points into; "" if it is not known
	Record *record.Record
}

// A Value is one field of an output. What other programs write into it can be
// of any type.
type Value struct {
	Key        string
	Value      any
	Confidence float64 // negative if none is stated
	Rule       string
	Review     bool
	Evidence   []Evidence
}

// Evidence is where a value was read from.
type Evidence struct {
	Role  string
	Quote any
	layout.Span
}

// maxOutput is the longest line of outputs, and the largest source.txt, that is
// read.
const maxOutput = 64 << 20

// Of returns the output that this program's record of a report is.
func Of(doc *layout.Doc, rec *record.Record) (*Output, error) {
	o, err := outputOf(rec)
	if err != nil {
		return nil, err
	}
	o.Text, o.Record = doc.Text, rec
	return o, nil
}

// outputOf is Of where only the values count: they are judged as they are printed.
func outputOf(rec *record.Record) (*Output, error) {
	b, err := json.Marshal(rec)
	if err != nil {
		return nil, err
	}
	return parseOutput(b)
}

// Outputs reads one JSON object a line, as `jixiao extract` prints them, and
// returns them by case: the parent folder of the name of what was read. Of
// several renderings of a case the one that ends in "."+prefer is taken, else
// source.txt, else the first.
func Outputs(r io.Reader, prefer string) (map[string]*Output, error) {
	all := map[string]*Output{}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), maxOutput)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		o, err := parseOutput(lines.Bytes())
		if err != nil {
			return nil, fault.New(fault.Invalid, "line %d: %w", n, err)
		}
		c := CaseOf(o.Name)
		if old := all[c]; old == nil || rank(o.Name, prefer) > rank(old.Name, prefer) {
			all[c] = o
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fault.New(fault.Invalid, "outputs: %w", err)
	}
	return all, nil
}

// CaseOf returns the name of the folder in which the file name stands.
func CaseOf(name string) string {
	dir, _ := path.Split(path.Clean(filepath.ToSlash(name)))
	if dir = strings.TrimRight(dir, "/"); dir == "" {
		return ""
	}
	return path.Base(dir)
}

func rank(name, prefer string) (n int) {
	base := path.Base(path.Clean(filepath.ToSlash(name)))
	if ext := strings.TrimPrefix(strings.ToLower(path.Ext(base)), "."); ext == prefer || strings.HasSuffix(base, "source."+prefer) {
		n += 2
	}
	if base == "source.txt" {
		n++
	}
	return n
}

func parseOutput(line []byte) (*Output, error) {
	var raw map[string]any
	if err := decode(line, &raw); err != nil {
		return nil, err
	}
	o := &Output{}
	if source, ok := raw["source"].(map[string]any); ok && source["name"] != nil {
		o.Name = words(source["name"])
	}
	fields, err := list(raw, "fields")
	if err != nil {
		return nil, err
	}
	for i, f := range fields {
		m, ok := f.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("field %d is no object", i)
		}
		o.Values = append(o.Values, valueOf(m))
	}
	gaps, err := list(raw, "gaps")
	for _, g := range gaps {
		if m, ok := g.(map[string]any); ok && m["key"] != nil {
			o.Gaps = append(o.Gaps, words(m["key"])+" "+words(m["kind"]))
		}
	}
	return o, err
}

// list returns the array raw[name], nil where there is none.
func list(raw map[string]any, name string) ([]any, error) {
	switch v := raw[name].(type) {
	case nil:
		return nil, nil
	case []any:
		return v, nil
	}
	return nil, fmt.Errorf("%q is no array", name)
}

func valueOf(m map[string]any) Value {
	v := Value{Key: words(m["key"]), Value: m["value"], Confidence: -1}
	if n, ok := m["confidence"].(json.Number); ok {
		if f, err := n.Float64(); err == nil {
			v.Confidence = f
		}
	}
	v.Rule, _ = m["rule"].(string)
	v.Review, _ = m["review"].(bool)
	evidence, _ := m["evidence"].([]any)
	for _, e := range evidence {
		if e, ok := e.(map[string]any); ok {
			v.Evidence = append(v.Evidence, evidenceOf(e))
		}
	}
	return v
}

func evidenceOf(m map[string]any) Evidence {
	e := Evidence{Quote: ""}
	if q, ok := m["quote"]; ok {
		e.Quote = q
	}
	e.Role, _ = m["role"].(string)
	e.Start, e.End = offset(m["start"]), offset(m["end"])
	return e
}

func offset(v any) int {
	n, _ := v.(json.Number)
	i, err := n.Int64()
	if err != nil {
		return 0
	}
	return int(i)
}
