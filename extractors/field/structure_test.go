package field_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"jixiao/extractors/check"
	"jixiao/extractors/extracttest"
	"jixiao/extractors/field"
	"jixiao/extractors/passage"
	"jixiao/extractors/plaintext"
	"jixiao/extractors/section"
	"jixiao/internal/golden"
	"jixiao/schemas/record"
)

// A structure is a short report and what a careful reader takes from it.
type structure struct {
	ID   string                `yaml:"id"`
	Text string                `yaml:"text"`
	Want map[string]structured `yaml:"want"`
}

// structured is what a key has in a report: one text or a list of them.
type structured []string

func (w *structured) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*w = structured{n.Value}
		return nil
	}
	return n.Decode((*[]string)(w))
}

// TestStructure keeps the score of the texts in testdata/structure*.yaml, read as the program
// reads a text: what is read as a careful reader would, and what not (yet).
func TestStructure(t *testing.T) {
	for _, name := range []string{"structure", "structure.lists"} {
		t.Run(name, func(t *testing.T) { keepScore(t, "testdata/"+name) })
	}
}

// keepScore compares what the program reads in the texts of the file name.yaml
// with what is wanted, and the outcome with name.golden.
func keepScore(t *testing.T, name string) {
	var list []structure
	golden.Cases(t, name+".yaml", &list)
	titles := strings.NewReplacer("{U}", "宁河县水务局2022年度部门整体支出绩效自评报告\n", "{P}", "宁河县水务局2022年度河道清淤项目支出绩效自评报告\n",
		"{Z}", "宁河县2022年度节水补贴政策绩效自评报告\n")
	var report strings.Builder
	right, all := 0, 0
	for _, s := range list {
		got := stated(t, titles.Replace(s.Text))
		for _, key := range slices.Sorted(maps.Keys(s.Want)) {
			want := s.Want[key]
			if all++; fits(key, want, got[key]) {
				right++
				fmt.Fprintf(&report, "right %s %s\n", s.ID, key)
			} else {
				fmt.Fprintf(&report, "WRONG %s %s want %q got %q\n", s.ID, key, []string(want), got[key])
			}
		}
	}
	fmt.Fprintf(&report, "%d of %d\n", right, all)
	golden.Check(t, name+".golden", []byte(report.String()))
}

// fits compares what was read for key; gaps may be more than those wanted.
func fits(key string, want, got []string) bool {
	if key != "gaps" {
		return slices.Equal(want, got)
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			return false
		}
	}
	return true
}

// stated reads text and returns what it states, by key.
func stated(t *testing.T, text string) map[string][]string {
	t.Helper()
	doc, err := plaintext.New().Extract(t.Context(), extracttest.Input("a.txt", []byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	p := passage.New(doc)
	r := field.Read(p, section.Outline(p))
	out := map[string][]string{}
	for _, f := range r.Fields {
		if err := f.Validate(doc.Text); err != nil {
			t.Error(err)
		}
		out[f.Key] = append(out[f.Key], flat(f))
	}
	for _, f := range append(r.Findings, check.Findings(doc, r.Fields)...) {
		out["findings"] = append(out["findings"], f.Code)
	}
	for _, g := range r.Gaps {
		out["gaps"] = append(out["gaps"], string(g.Kind)+":"+g.Key)
	}
	return out
}

// flat writes an object's members in their order.
func flat(f record.Field) string {
	m, ok := f.Value.AsObject()
	if !ok {
		return f.Value.String()
	}
	order := []string{"name", "budget", "executed", "rate", "score"}
	if f.Key == "indicators" {
		order = []string{"level1", "level2", "level3", "weight", "score"}
	}
	var words []string
	for _, k := range order {
		if m[k] == "" {
			m[k] = "-"
		}
		words = append(words, m[k])
	}
	return strings.Join(words, "/")
}
