package field_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jixiao/extractors/field"
	"jixiao/internal/golden"
	"jixiao/schemas/record"
)

// An objectForm is one way of telling projects, indicators or marks. Want has a line
// for each value: key and value, the members of an object parted by bars.
type objectForm struct {
	ID   string   `yaml:"id"`
	Text string   `yaml:"text"`
	Want []string `yaml:"want"`
}

// objectMembers are the members that a form states, by key.
var objectMembers = map[string][]string{
	"projects":   {"name", "budget", "executed", "rate", "score"},
	"indicators": {"level1", "level2", "level3", "weight", "score"},
}

// TestObjectForms keeps the score of testdata/forms.objects.yaml.
func TestObjectForms(t *testing.T) {
	var forms []objectForm
	golden.Cases(t, "testdata/forms.objects.yaml", &forms)
	var report strings.Builder
	right := 0
	for _, f := range forms {
		got := told(t, formTitles.Replace(f.Text))
		if slices.Equal(got, f.Want) {
			right++
			fmt.Fprintf(&report, "right %s\n", f.ID)
			continue
		}
		fmt.Fprintf(&report, "WRONG %s\n\twant %s\n\tgot  %s\n", f.ID, strings.Join(f.Want, " / "), strings.Join(got, " / "))
	}
	fmt.Fprintf(&report, "%d of %d forms\n", right, len(forms))
	golden.Check(t, "testdata/forms.objects.golden", []byte(report.String()))
}

// told returns the marks, projects and indicators of text, and wants each to be read
// again from its quotes.
func told(t *testing.T, text string) (out []string) {
	t.Helper()
	for _, f := range readText(t, text).Fields {
		members, object := objectMembers[f.Key]
		if !object && f.Key != "score" && f.Key != "score_full" && f.Key != "grade" {
			continue
		}
		if again, err := field.Reread(f); err != nil || again.String() != f.Value.String() {
			t.Errorf("%s %s: its quotes give %s (%v)", f.Key, f.Value, again, err)
		}
		out = append(out, f.Key+" "+shown(f.Value, members))
	}
	return out
}

// shown writes a value, an object by its members.
func shown(v record.Value, members []string) string {
	if members == nil {
		return strings.Trim(v.String(), `"`)
	}
	object, _ := v.AsObject()
	parts := make([]string, len(members))
	for i, m := range members {
		parts[i] = object[m]
	}
	return strings.Join(parts, "|")
}
