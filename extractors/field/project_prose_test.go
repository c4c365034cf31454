package field_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// toldProjects are ways in which sentences tell of projects. {n} {h} {c} are
// numbers, N the name, B E R S budget, outturn, rate and score.
var toldProjects = map[string]string{
	"number":        "{n}.N。年初预算B万元，全年支出E万元，预算执行率R%，自评得分S分。\n",
	"number_paren":  "（{n}）N：安排资金B万元，已使用E万元，使用率R%，自评S分。\n",
	"han_paren":     "（{h}）N。项目全年预算数B万元，执行数E万元，执行率R%，自评得分为S分。\n",
	"jammed":        "{n}、N预算B万元，实际支出E万元，执行率R%，自评得分S分。\n",
	"circled":       "{c}N：预算安排B万元，实际执行E万元，预算执行率为R%，绩效自评得分S分；\n",
	"one_sentence":  "{h}是N，年初预算B万元，支出E万元，执行率R%，自评S分；",
	"summary":       "{n}.N绩效自评综述：根据年初设定的绩效目标，项目自评得分为S分。项目全年预算数为B万元，执行数为E万元，完成预算的R%。主要产出：全部完成。\n",
	"quoted":        "{n}.“N”预算资金B万元，实际使用资金E万元，资金使用率R%，自评得分S分。\n",
	"unmarked":      "N：年初预算B万元，决算数E万元，执行率R%，自评得分S分。\n",
	"clauses":       "N预算B万元，支出E万元，执行率R%，自评得分S分；",
	"two_sentences": "{n}.N。项目资金B万元，截至12月底累计支付E万元，支付率R%。该项目自评得分S分。\n",
	"investment":    "（{n}）N。计划投资B万元，完成投资E万元，完成率R%，自评S分。\n",
	"own_line":      "{n}.N\n年初预算B万元，全年执行E万元，执行率R%，自评得分S分。\n",
}

func TestProjectsInSentences(t *testing.T) {
	projects := [][]string{{"河道保洁项目", "50", "49.2", "98.4", "97"}, {"水库除险加固项目", "300", "280", "93.33", "95"}, {"节水宣传经费", "8.5", "8.5", "100", "99"}}
	want := []string{"河道保洁项目/500000.00/492000.00/98.4/97", "水库除险加固项目/3000000.00/2800000.00/93.33/95", "节水宣传经费/85000.00/85000.00/100/99"}
	for name, form := range toldProjects {
		t.Run(name, func(t *testing.T) {
			text := "宁河县水务局2022年度部门整体支出绩效自评报告\n一、部门概况\n我局内设3个股室。\n二、项目支出情况\n"
			for i, p := range projects {
				text += strings.NewReplacer("{n}", strconv.Itoa(i+1), "{h}", []string{"一", "二", "三"}[i], "{c}", []string{"①", "②", "③"}[i],
					"N", p[0], "B", p[1], "E", p[2], "R", p[3], "S", p[4]).Replace(form)
			}
			got := stated(t, text+"\n三、其他\n无。\n")
			if !slices.Equal(got["projects"], want) {
				t.Errorf("%s\ngot  %q\nwant %q", text, got["projects"], want)
			}
			for _, key := range []string{"budget.initial", "budget.adjusted", "expenditure.total", "execution_rate", "score"} {
				if len(got[key]) > 0 {
					t.Errorf("%s: %q, which is a project's and not the unit's", key, got[key])
				}
			}
		})
	}
}
