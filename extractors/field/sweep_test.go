package field_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// A sweep is the parts that are read in all their combinations.
type sweep struct{ Units, Places, Titles, Problems, Measures []string }

func loadSweep(t *testing.T) (s sweep) {
	t.Helper()
	b, err := os.ReadFile("testdata/sweep.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestEveryUnitInEveryTitle reads the name and the place of every kind of unit
// out of every kind of title.
func TestEveryUnitInEveryTitle(t *testing.T) {
	s := loadSweep(t)
	for i, tail := range s.Units {
		for k, title := range s.Titles {
			place := s.Places[(i+k)%len(s.Places)]
			unit := place + tail
			got := stated(t, strings.ReplaceAll(title, "{U}", unit)+"\n一、基本情况\n我单位内设3个科室。\n")
			if !slices.Equal(got["unit"], []string{unit}) {
				t.Errorf("%s of %q: unit %q", unit, title, got["unit"])
			}
			if !slices.Equal(got["region"], []string{place}) && !strings.HasPrefix(tail, "风景名胜区") { // 云岭市风景名胜区 could be a district
				t.Errorf("%s of %q: region %q, want %q", unit, title, got["region"], place)
			}
		}
	}
}

// headingForms are ways to write a title, with the number of the one before it,
// of the one after it, and what the items under it are marked with.
var headingForms = []struct{ before, form, after, mark string }{
	{"三、", "四、%s\n", "五、", "%d."},
	{"三、", "四、%s：\n", "五、", "%d、"},
	{"三、", "四、%s。", "五、", "%d."},
	{"（三）", "（四）%s\n", "（五）", "%d."},
	{"3.", "4.%s\n", "5.", "（%d）"},
	{"", "%s\n", "", "%d."},
}

// TestEveryHeading reads lists under every title in every form.
func TestEveryHeading(t *testing.T) {
	s := loadSweep(t)
	const opening = "宁河县水务局2022年度部门整体支出绩效自评报告\n一、部门概况\n我局内设3个股室。\n"
	items := map[string][]string{"problems": {"宣传力度偏弱，群众知晓率低", "监管手段单一，信息化程度低"}, "measures": {"加大宣传力度，提高知晓率", "配备移动终端，实现动态监管"}}
	list := func(key, mark string) (text string) {
		for n, x := range items[key] {
			text += fmt.Sprintf(mark, n+1) + x + "。\n"
		}
		return text
	}
	for key, titles := range map[string][]string{"problems": s.Problems, "measures": s.Measures} {
		for _, title := range titles {
			for _, f := range headingForms {
				if f.before == "" && strings.HasPrefix(title, "针对") {
					continue // a sentence begins like that
				}
				text := opening + f.before + "存在的问题\n" + list("problems", f.mark) + fmt.Sprintf(f.form, title) + list(key, f.mark)
				if key == "problems" {
					text = opening + fmt.Sprintf(f.form, title) + list(key, f.mark) + f.after + "绩效自评结果\n自评得分92分。\n"
				}
				if got := stated(t, text)[key]; !slices.Equal(got, items[key]) {
					t.Errorf("%s under %q: %q", key, fmt.Sprintf(f.form, title), got)
				}
			}
		}
	}
}
