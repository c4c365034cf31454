package schemajson

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"jixiao/schemas/catalog"
)

// compile returns the schema of a file, or of a part of it as "file#/$defs/x".
func compile(t *testing.T, file string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	s, err := c.Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// check reports whether the JSON text b keeps to s.
func check(s *jsonschema.Schema, b []byte) error {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		return err
	}
	return s.Validate(v)
}

// decode reads JSON in the way schemas want it: numbers kept as written.
func decode(t *testing.T, b []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSchemasCompile(t *testing.T) {
	files, err := filepath.Glob("*.schema.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no schemas: %v", err)
	}
	for _, f := range files {
		compile(t, f)
	}
}

// The example of a value of each kind that a field may hold.
var examples = map[catalog.Kind]string{
	catalog.Keyword: `"某某局"`, catalog.Text: `"某某局"`, catalog.Year: `2021`, catalog.Date: `"2022-06-20"`, catalog.Count: `26`,
	catalog.Money: `"7358600.00"`, catalog.Percent: `"98.95"`, catalog.Points: `"96.5"`, catalog.Items: `"预算编制不细"`,
}

var keywordExamples = map[string]string{
	"scope": `"项目"`, "grade": `"优"`, "notice_number": `"某财绩〔2022〕7号"`, "period": `"2022-2024"`,
	"projects":   `{"name":"管网改造","budget":"1250000.00","executed":"0.00","rate":"93.9","score":"98"}`,
	"indicators": `{"level1":"产出指标","level2":"数量指标","level3":"改造小区","target":"23个","actual":"22个","weight":"20","score":"19.1","deviation":"迁改"}`,
}

// fieldJSON writes the field of key that holds value.
func fieldJSON(f catalog.Field, value string) []byte {
	unit, item := "", ""
	if f.Unit != "" {
		unit = fmt.Sprintf(`"unit":%q,`, f.Unit)
	}
	if f.Kind == catalog.Items || f.Kind == catalog.Objects {
		item = `"item":"0123456789abcdef",`
	}
	return fmt.Appendf(nil, `{"key":%q,"value":%s,%s%s"raw":"x","confidence":0.9,"rule":"r","evidence":[{"role":"value","start":0,"end":1,"quote":"x"}]}`,
		f.Key, value, unit, item)
}

// exampleOf is a value that f can have.
func exampleOf(f catalog.Field) string {
	if own, ok := keywordExamples[f.Key]; ok {
		return own
	}
	return examples[f.Kind]
}

// Every key of the catalogue has its form in the schema: the value of its own
// kind is taken, that of another is not.
func TestCatalogueAndSchemaAgree(t *testing.T) {
	s := compile(t, "record.schema.json#/$defs/field")
	for _, f := range catalog.All() {
		good := exampleOf(f)
		if err := check(s, fieldJSON(f, good)); err != nil {
			t.Errorf("%s: %s refused: %v", f.Key, good, err)
		}
		for _, bad := range []string{`null`, `""`, `[]`, `{}`, `-1`, `1.5`, `true`} {
			if check(s, fieldJSON(f, bad)) == nil {
				t.Errorf("%s: %s taken", f.Key, bad)
			}
		}
		if f.Unit = otherUnit(f.Unit); check(s, fieldJSON(f, good)) == nil {
			t.Errorf("%s: unit %q taken", f.Key, f.Unit)
		}
	}
}

// otherUnit returns a unit that is known, but wrong.
func otherUnit(unit string) string {
	if unit == catalog.Yuan {
		return catalog.Score
	}
	return catalog.Yuan
}

func TestFieldsThatAreRefused(t *testing.T) {
	s := compile(t, "record.schema.json#/$defs/field")
	const evidence = `[{"role":"value","start":0,"end":1,"quote":"x"}]`
	for name, field := range map[string]string{
		"unknown_key":      `{"key":"salary","value":"1","raw":"x","confidence":1,"rule":"r","evidence":` + evidence + `}`,
		"no_evidence":      `{"key":"unit","value":"某局","raw":"x","confidence":1,"rule":"r","evidence":[]}`,
		"confidence":       `{"key":"unit","value":"某局","raw":"x","confidence":1.1,"rule":"r","evidence":` + evidence + `}`,
		"one_decimal":      `{"key":"carryover","value":"1.5","unit":"yuan","raw":"x","confidence":1,"rule":"r","evidence":` + evidence + `}`,
		"separators":       `{"key":"carryover","value":"1,000.00","unit":"yuan","raw":"x","confidence":1,"rule":"r","evidence":` + evidence + `}`,
		"percent_sign":     `{"key":"execution_rate","value":"98%","unit":"percent","raw":"x","confidence":1,"rule":"r","evidence":` + evidence + `}`,
		"money_no_unit":    `{"key":"carryover","value":"1.50","raw":"x","confidence":1,"rule":"r","evidence":` + evidence + `}`,
		"item_without_id":  `{"key":"problems","value":"x","raw":"x","confidence":1,"rule":"r","evidence":` + evidence + `}`,
		"id_without_item":  `{"key":"unit","value":"某局","item":"0123456789abcdef","raw":"x","confidence":1,"rule":"r","evidence":` + evidence + `}`,
		"bad_date":         `{"key":"fill_date","value":"2022-13","raw":"x","confidence":1,"rule":"r","evidence":` + evidence + `}`,
		"box_of_three":     `{"key":"unit","value":"某局","raw":"x","confidence":1,"rule":"r","evidence":[{"role":"value","start":0,"end":1,"box":[1,2,3],"quote":"x"}]}`,
		"unknown_member":   `{"key":"projects","value":{"name":"x","cost":"1.00"},"item":"0123456789abcdef","raw":"x","confidence":1,"rule":"r","evidence":` + evidence + `}`,
		"empty_member":     `{"key":"projects","value":{"name":"x","rate":""},"item":"0123456789abcdef","raw":"x","confidence":1,"rule":"r","evidence":` + evidence + `}`,
		"unknown_property": `{"key":"unit","value":"某局","note":"","raw":"x","confidence":1,"rule":"r","evidence":` + evidence + `}`,
	} {
		t.Run(name, func(t *testing.T) {
			if check(s, []byte(field)) == nil {
				t.Errorf("taken: %s", field)
			}
		})
	}
}

// A released file is never edited.
func TestReleasedFilesStand(t *testing.T) {
	b, err := os.ReadFile("released.sum")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		sum, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok {
			t.Fatalf("released.sum: %q: want the output of sha256sum", line)
		}
		file, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := sha256.Sum256(file); hex.EncodeToString(got[:]) != sum {
			t.Errorf("%s was released and must not change: add a file with the next number", name)
		}
	}
}

// marshal is how the commands write JSON: with < > & as they are.
func marshal(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
