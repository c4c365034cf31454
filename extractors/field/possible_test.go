package field_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas/record"
)

// TestImpossibleFiguresAreRefused wants figures that lost the gap between them
// refused, with what they are, and unusual ones that are possible read.
func TestImpossibleFiguresAreRefused(t *testing.T) {
	for _, c := range []struct {
		name, text string
		key, want  string // "" wants a gap in its place
	}{
		{"mark", "{U}自评总得分10097.73分，等级为优。", "score", ""},
		{"mark-with-bonus", "{U}自评总得分105分，满分110分。", "score", "105"},
		{"mark-of-a-thousand", "{U}自评总分965分，满分1000分。", "score", "965"},
		{"mark-over-every-full-mark", "{U}满分110分，自评总得分1105分。", "score", ""},
		{"rate", "{U}全年预算执行率为1027.35100%。", "execution_rate", ""},
		{"rate-over-a-hundred", "{U}全年预算执行率为103.5%。", "execution_rate", "103.5"},
		{"rate-with-full-mark", "{U}项目 | 预算执行率 | 说明\n部门整体 | 98.110 | 无\n", "execution_rate", ""},
		{"money", "{U}全年支出合计742742100960000万元。", "expenditure.total", ""},
		{"large-money", "{U}全年支出合计1,234.56亿元。", "expenditure.total", "123456000000.00"},
		{"people", "{U}年末实有在职人员262423201人。", "headcount.actual.total", ""},
		{"many-people", "{U}年末实有在职人员98,765人。", "headcount.actual.total", "98765"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := readText(t, formTitles.Replace(c.text))
			got, refused := "", false
			for _, f := range r.Fields {
				if f.Key == c.key {
					got = f.Value.String()
				}
			}
			for _, g := range r.Gaps {
				refused = refused || g.Kind == record.Refused && g.Key == c.key && len(g.Evidence) > 0
			}
			if got != c.want || refused != (c.want == "") {
				t.Errorf("%s is %q, refused %t; want %q. Gaps: %v", c.key, got, refused, c.want, r.Gaps)
			}
		})
	}
}

const indicatorHead = "{U}一级指标 | 二级指标 | 三级指标 | 目标值 | 完成值 | 分值 | 得分\n"

// TestJammedRowsAreRefused wants a row whose cells ran together left whole.
func TestJammedRowsAreRefused(t *testing.T) {
	const whole = "产出指标 | 数量指标 | 巡查次数 | 12次 | 12次 | 10 | 10\n"
	for _, c := range []struct {
		name, text, key string
		want            []string
		refused         int
	}{
		{"whole", indicatorHead + whole, "indicators", []string{"巡查次数"}, 0},
		{"weight-and-mark", indicatorHead + whole + "产出指标 | 质量指标 | 达标率 | 95% | 97% | 1515\n", "indicators", []string{"巡查次数"}, 1},
		{"small-weight-and-mark", indicatorHead + whole + "产出指标 | 质量指标 | 达标率 | 95% | 97% | 54\n", "indicators", []string{"巡查次数"}, 1},
		{"mark-with-decimals", indicatorHead + whole + "产出指标 | 质量指标 | 达标率 | 95% | 97% | 87.85\n", "indicators", []string{"巡查次数"}, 1},
		{"three-marks", indicatorHead + whole + "产出指标 | 质量指标 | 达标率 | 95% | 97% | 232020 | 10\n", "indicators", []string{"巡查次数"}, 1},
		{"mark-left-out", indicatorHead + whole + "产出指标 | 质量指标 | 达标率 | 95% | 97% | 15\n", "indicators", []string{"巡查次数", "达标率"}, 0},
		{"mark-empty", indicatorHead + whole + "产出指标 | 质量指标 | 达标率 | 95% | 97% | 54 | |\n", "indicators", []string{"巡查次数", "达标率"}, 0},
		{"row-that-goes-on-elsewhere", indicatorHead + whole + "产出指标 | 质量指标 | 达标率 | 按要求达\n标 | 达标 | 15 | 15\n", "indicators", []string{"巡查次数"}, 2},
		{"thousand-marks", indicatorHead + "产出指标 | 数量指标 | 巡查次数 | 12次 | 12次 | 150 | 150\n合计 | | | | | 1000 | 980\n", "indicators", []string{"巡查次数"}, 0},
		{"project", "{P}项目名称 | 预算数（万元） | 执行数（万元） | 执行率 | 得分\n河道清淤 | 50 | 40 | 80% | 90\n闸门维修 | 5040 | 80% | 90\n", "projects", []string{"河道清淤"}, 1},
		{"project-without-mark", "{P}项目名称 | 预算数（万元） | 执行数（万元） | 执行率 | 得分\n河道清淤 | 50 | 40 | 80% | 90\n闸门维修 | 50 | 40 | 80%\n", "projects", []string{"河道清淤", "闸门维修"}, 0},
		{"project-mark", "{P}项目名称 | 预算数（万元） | 执行数（万元） | 执行率 | 得分\n河道清淤 | 50 | 40 | 80% | 90\n闸门维修 | 50 | 40 | 80% | 10090\n", "projects", []string{"河道清淤"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := readText(t, formTitles.Replace(c.text))
			var got []string
			for _, f := range r.Fields {
				if f.Key == c.key {
					got = append(got, f.Raw)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.key, diff)
			}
			refused := 0
			for _, g := range r.Gaps {
				if g.Kind == record.Refused && g.Key == c.key && len(g.Evidence) > 2 {
					refused++
				}
			}
			if refused != c.refused {
				t.Errorf("%d rows refused, want %d: %v", refused, c.refused, r.Gaps)
			}
		})
	}
}
