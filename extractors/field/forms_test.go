package field

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/internal/golden"
)

// A form is one way of saying something in a report.
type form struct {
	ID   string `yaml:"id"`
	Text string `yaml:"text"`
	Key  string `yaml:"key"`
	Want words  `yaml:"want"`
}

// words is one text or a list of them.
type words []string

func (w *words) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*w = words{n.Value}
		return nil
	}
	return n.Decode((*[]string)(w))
}

// TestForms keeps the score of testdata/forms.yaml: what is read as a careful
// reader would, and what not (yet), with what is read instead.
func TestForms(t *testing.T) {
	var forms []form
	golden.Cases(t, "testdata/forms.yaml", &forms)
	whole := "宁河县水务局2022年度部门整体支出绩效自评报告\n"
	places := strings.NewReplacer("{U}", whole, "{P}", "宁河县水务局2022年度河道清淤项目支出绩效自评报告\n",
		"{S}", whole+"二、存在问题\n1.预算编制不细。\n三、改进措施\n1.细化预算。\n2.完善指标。\n")
	var report strings.Builder
	right := 0
	for _, f := range forms {
		got := values(readAll(t, places.Replace(f.Text)), f.Key)
		if slices.Equal(got, f.Want) {
			right++
			fmt.Fprintf(&report, "right %s\n", f.ID)
			continue
		}
		fmt.Fprintf(&report, "WRONG %s %s want %q got %q\n", f.ID, f.Key, []string(f.Want), got)
	}
	fmt.Fprintf(&report, "%d of %d\n", right, len(forms))
	golden.Check(t, "testdata/forms.golden", []byte(report.String()))
}

// readAll reads text with all readers, as the program does.
func readAll(t *testing.T, text string) *Reading {
	t.Helper()
	p := passage.New(layoutOf(text))
	r := Read(p, section.Outline(p))
	checkInvariants(t, r, text)
	return r
}
