package field_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jixiao/internal/golden"
)

// A sweep is the parts that are read in all their combinations.
type sweep struct {
	Units, Places, Titles, Problems, Measures []string
	Projects, Indicators                      map[string][]string // headers by member
}

func loadSweep(t *testing.T) (s sweep) {
	t.Helper()
	golden.Cases(t, "testdata/sweep.yaml", &s)
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

// TestEveryColumn reads tables of projects and of indicators with every header.
func TestEveryColumn(t *testing.T) {
	s := loadSweep(t)
	const project = "宁河县水务局2022年度部门整体支出绩效自评报告\n一、概况\n内设3个股室。\n二、项目支出情况\n单位：万元\n"
	const single = "宁河县水务局2022年度河道清淤项目支出绩效自评报告\n一、概况\n项目于3月开工。\n二、绩效指标\n"
	tests := []struct {
		key, opening string
		heads        map[string][]string
		usual        []string // members and their usual headers
		rows         [][]string
		want         []string
	}{
		{"projects", project, s.Projects, []string{"serial=序号", "name=项目名称", "budget=预算数", "executed=执行数", "rate=执行率", "score=得分"},
			[][]string{{"1", "河道保洁", "50.00", "49.20", "98.40%", "97"}, {"2", "水库除险加固", "300.00", "280.00", "93.33%", "95"}, {"", "合计", "350.00", "329.20", "94.06%", ""}},
			[]string{"河道保洁/500000.00/492000.00/98.40/97", "水库除险加固/3000000.00/2800000.00/93.33/95"}},
		{"indicators", single, s.Indicators, []string{"level1=一级指标", "level2=二级指标", "level3=三级指标", "target=年度指标值", "actual=实际完成值", "weight=分值", "score=得分"},
			[][]string{{"产出指标", "数量指标", "清淤长度", "10公里", "10公里", "30", "30"}, {"", "质量指标", "验收合格率", "100%", "98%", "20", "19"}, {"效益指标", "生态效益指标", "水质改善", "明显", "明显", "30", "28"}, {"总分", "", "", "", "", "80", "77"}},
			[]string{"产出指标/数量指标/清淤长度/30/30", "产出指标/质量指标/验收合格率/20/19", "效益指标/生态效益指标/水质改善/30/28"}},
	}
	for _, tt := range tests {
		for k, x := range tt.usual {
			member, _, _ := strings.Cut(x, "=")
			for _, header := range tt.heads[member] {
				var head []string
				for i, u := range tt.usual {
					if _, u, _ = strings.Cut(u, "="); i == k {
						u = header
					}
					head = append(head, u)
				}
				text := tt.opening + "| " + strings.Join(head, " | ") + " |\n"
				for _, r := range tt.rows {
					text += "| " + strings.Join(r, " | ") + " |\n"
				}
				if got := stated(t, text+"三、其他\n无。\n")[tt.key]; !slices.Equal(got, tt.want) {
					t.Errorf("%s under %s: %q", member, header, got)
				}
			}
		}
	}
}
