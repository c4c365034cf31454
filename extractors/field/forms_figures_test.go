package field_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"jixiao/extractors/extracttest"
	"jixiao/extractors/field"
	"jixiao/extractors/passage"
	"jixiao/extractors/plaintext"
	"jixiao/extractors/section"
	"jixiao/internal/golden"
)

// A figureForm is one way of stating figures in a report.
type figureForm struct {
	ID   string            `yaml:"id"`
	Text string            `yaml:"text"`
	Want map[string]string `yaml:"want"`
	Open []string          `yaml:"open"`
}

// TestFigureForms keeps the score of testdata/forms.figures.yaml, read as the
// program reads a text: values found, missed and read where none is stated.
func TestFigureForms(t *testing.T) {
	forms := figureForms(t)
	var report strings.Builder
	whole, wanted, right, spurious := 0, 0, 0, 0
	for _, f := range forms {
		got := figuresOf(stated(t, formTitles.Replace(f.Text)), f.Open)
		wrong := compareForm(f, got)
		for _, w := range wrong {
			fmt.Fprintf(&report, "WRONG %s %s\n", f.ID, w)
		}
		if len(wrong) == 0 {
			whole++
			fmt.Fprintf(&report, "right %s\n", f.ID)
		}
		wanted += len(f.Want)
		for key, v := range got {
			switch want, ok := f.Want[key]; {
			case !ok || want != v:
				spurious++
			default:
				right++
			}
		}
	}
	fmt.Fprintf(&report, "%d of %d forms, %d of %d values, %d values wrong or not stated\n", whole, len(forms), right, wanted, spurious)
	golden.Check(t, "testdata/forms.figures.golden", []byte(report.String()))
}

// TestFigureFormsReread wants every value of the forms from its quotes alone.
func TestFigureFormsReread(t *testing.T) {
	for _, f := range figureForms(t) {
		for _, x := range readText(t, formTitles.Replace(f.Text)).Fields {
			if got, err := field.Reread(x); err != nil || got.String() != x.Value.String() {
				t.Errorf("%s: %s is %s, its quotes give %s (%v)", f.ID, x.Key, x.Value, got, err)
			}
		}
	}
}

// formTitles stands for the titles of the reports that forms are parts of.
var formTitles = strings.NewReplacer("{U}", "宁河县水务局2022年度部门整体支出绩效自评报告\n", "{P}", "宁河县水务局2022年度河道清淤项目支出绩效自评报告\n")

func figureForms(t *testing.T) (forms []figureForm) {
	t.Helper()
	golden.Cases(t, "testdata/forms.figures.yaml", &forms)
	return forms
}

// readText reads text as the program does.
func readText(t testing.TB, text string) *field.Reading {
	t.Helper()
	doc, err := plaintext.New().Extract(t.Context(), extracttest.Input("a.txt", []byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	p := passage.New(doc)
	return field.Read(p, section.Outline(p))
}

// compareForm says by key what of f was read otherwise than wanted.
func compareForm(f figureForm, got map[string]string) (wrong []string) {
	keys := maps.Clone(f.Want)
	maps.Copy(keys, got)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if f.Want[key] != got[key] {
			wrong = append(wrong, fmt.Sprintf("%s want %q got %q", key, f.Want[key], got[key]))
		}
	}
	return wrong
}

// figuresOf keeps the figures, dates and numbers of a reading, without open keys.
func figuresOf(all map[string][]string, open []string) map[string]string {
	out := map[string]string{}
	for key, values := range all {
		switch group, _, _ := strings.Cut(key, "."); group {
		case "headcount", "revenue", "budget", "expenditure", "carryover", "execution_rate", "score", "score_full", "grade", "fill_date", "notice_number":
			if !slices.Contains(open, key) {
				out[key] = strings.Join(values, " / ")
			}
		}
	}
	return out
}
