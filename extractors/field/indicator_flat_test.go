package field_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestFlatTableMerged wants the rows of a table flattened to one cell a line whose merged
// cells left no line, whatever is merged and whether a column of reasons is there.
func TestFlatTableMerged(tt *testing.T) {
	rapid.Check(tt, func(t *rapid.T) {
		lines, want := flatTable(t)
		var got []string
		for _, f := range readText(tt, "宁河县水务局2022年度部门整体支出绩效自评报告\n"+strings.Join(lines, "\n")+"\n").Fields {
			if f.Key == "indicators" {
				got = append(got, f.Key+" "+shown(f.Value, objectMembers["indicators"]))
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("-want +got\n%s\nof\n%s", diff, strings.Join(lines, "\n"))
		}
	})
}

// flatTable makes such a table and says what its rows are.
func flatTable(t *rapid.T) (lines, want []string) {
	targets := rapid.Bool().Draw(t, "targets")
	reasons := targets && rapid.Bool().Draw(t, "reasons")
	lines = []string{"一级指标", "二级指标", "三级指标"}
	if targets {
		lines = append(lines, "年度指标值", "实际完成值")
	}
	lines = append(lines, "分值", "得分")
	if reasons {
		lines = append(lines, "偏差原因分析及改进措施")
	}
	levels := [][]string{{"产出指标", "数量指标", "质量指标", "时效指标"}, {"效益指标", "社会效益指标", "生态效益指标"}, {"满意度指标", "服务对象满意度指标"}}
	for _, first := range levels {
		for k, second := range first[1:] {
			for row := range rapid.IntRange(1, 3).Draw(t, "rows") {
				if k == 0 && row == 0 {
					lines = append(lines, first[0])
				}
				if row == 0 {
					lines = append(lines, second)
				}
				name := string([]rune("甲乙丙")[row]) + "类工程" + strings.TrimSuffix(second, "指标")
				weight, score := rapid.IntRange(5, 20).Draw(t, "weight"), rapid.IntRange(1, 5).Draw(t, "score")
				lines = append(lines, name)
				if targets {
					lines = append(lines, fmt.Sprintf("≥%d处", 10*weight), fmt.Sprintf("%d处", 10*score))
				}
				lines = append(lines, fmt.Sprint(weight), fmt.Sprint(score))
				if reasons && rapid.Bool().Draw(t, "reason") {
					lines = append(lines, "雨水偏多，工期顺延")
				}
				want = append(want, fmt.Sprintf("indicators %s|%s|%s|%d|%d", first[0], second, name, weight, score))
			}
		}
	}
	return lines, want
}
