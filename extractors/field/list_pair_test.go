package field

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// answered returns which measure answers which problem.
func answered(r *Reading) map[string]string {
	problem := map[string]string{}
	for _, f := range r.Fields {
		if f.Key == problems {
			problem[f.Item] = f.Value.String()
		}
	}
	out := map[string]string{}
	for _, f := range r.Fields {
		if f.Answers != "" {
			out[f.Value.String()] = problem[f.Answers]
		}
	}
	return out
}

func TestMeasuresAnswerProblems(t *testing.T) {
	title := "宁河县水务局2022年度部门整体支出绩效自评报告\n"
	want := map[string]string{"建立台账，专人跟踪": "备案不及时", "按月核对": "登记不全"}
	tests := map[string]struct {
		text string
		want map[string]string
	}{
		"by_turns":        {"四、问题和整改\n存在问题：备案不及时。\n改进措施：建立台账，专人跟踪。\n存在问题：登记不全。\n改进措施：按月核对。\n", want},
		"numbered_turns":  {"四、问题和整改\n问题一：备案不及时。整改措施：建立台账，专人跟踪。\n问题二：登记不全。整改措施：按月核对。\n", want},
		"rows":            {"四、问题和整改\n序号 | 存在问题 | 原因分析 | 整改措施\n1 | 备案不及时 | 人手少 | 建立台账，专人跟踪\n2 | 登记不全 | 制度旧 | 按月核对\n", want},
		"words":           {"四、存在的问题\n1.备案不及时。\n2.登记不全。\n五、改进措施\n1.针对备案不及时的问题，建立台账。\n2.加强培训。\n", map[string]string{"针对备案不及时的问题，建立台账": "备案不及时"}},
		"topics":          {"四、存在的问题\n问题一：备案不及时。\n问题二：登记不全。\n五、改进措施\n针对问题二：按月核对。\n针对问题一：建立台账，专人跟踪。\n", want},
		"topics_of_both":  {"四、存在的问题\n（问题一）备案不及时。\n（问题二）登记不全。\n五、改进措施\n（措施一）建立台账，专人跟踪。\n（措施二）按月核对。\n", want},
		"two_lists":       {"四、存在的问题\n1.备案不及时。\n2.登记不全。\n五、改进措施\n1.建立台账。\n2.按月核对。\n", map[string]string{}},
		"one_turn":        {"四、问题和整改\n存在问题：备案不及时。\n改进措施：建立台账。\n", map[string]string{}},
		"unclear_problem": {"四、存在的问题\n1.预算编制不细，备案不及时。\n2.决算备案不及时。\n五、改进措施\n1.针对备案不及时的问题，建立台账。\n", map[string]string{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, answered(readAll(t, title+tt.text))); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestRegionHasCode(t *testing.T) {
	for title, want := range map[string]string{
		"湖南省岳阳市平江县水利局2022年度部门整体支出绩效自评报告": "430626",
		"平江县水利局2022年度部门整体支出绩效自评报告":       "430626",
		"宁河县水务局2022年度部门整体支出绩效自评报告":       "", // no county of today
		"鼓楼区水务局2022年度部门整体支出绩效自评报告":       "", // one of four
	} {
		got := "none"
		for _, f := range readAll(t, title+"\n一、概况\n").Fields {
			if f.Key == "region" {
				got = f.Code
			}
		}
		if got != want {
			t.Errorf("%s: code %q, want %q", title, got, want)
		}
	}
}
