package field

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas/record"
)

// objects writes the objects of key one a line, members in a fixed order.
func objects(r *Reading, key string, members ...string) []string {
	var out []string
	for _, f := range r.Fields {
		if f.Key != key {
			continue
		}
		m, _ := f.Value.AsObject()
		var b []string
		for _, k := range members {
			b = append(b, m[k])
		}
		out = append(out, strings.Join(b, "|"))
	}
	return out
}

func TestIndicators(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string // level1|level2|level3|target|actual|weight|score
	}{
		"levels_carried_down": {
			"一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n产出指标 | 数量指标 | 扫描卷数 | ≥100卷 | 120卷 | 15 | 14.5\n | | 整理件数 | 30件 | 30件 | 10 | 10\n | 质量指标 | 合格率 | 98% | 99% | 10 | 9\n效益指标 | 社会效益 | 受益人数 | 60人 | 71人 | 30 | 30\n合计 | | | | | 65 | 63.5",
			[]string{"产出指标|数量指标|扫描卷数|≥100卷|120卷|15|14.5", "产出指标|数量指标|整理件数|30件|30件|10|10", "产出指标|质量指标|合格率|98%|99%|10|9", "效益指标|社会效益|受益人数|60人|71人|30|30"},
		},
		"column_of_the_block_left_out": {
			"年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 目标值 | 完成值 | 得分\n产出指标 | 数量指标 | 新增藏书 | 2万册 | 2万册 | 10",
			[]string{"产出指标|数量指标|新增藏书|2万册|2万册||10"},
		},
		"names_only": {
			"绩效指标 | 指标名称 | 计量单位 | 指标权重（分） | 指标得分（分）\n | 绿地面积 | 万平方米 | 20 | 20\n | 成活率 | % | 15 | 12.5",
			[]string{"||绿地面积|||20|20", "||成活率|||15|12.5"},
		},
		"no_marks_no_indicators": {"一级指标 | 二级指标 | 三级指标 | 指标解释\n产出 | 数量 | 册数 | 全年新增", nil},
		"targets_and_results_without_marks": {
			"绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 全年实际完成值 | 未完成原因\n | 产出指标 | 数量指标 | 补种株数 | ≥40株 | 44株 |\n | 效益指标 | 社会效益 | 绿地到达率 | 80% | 83% |",
			[]string{"产出指标|数量指标|补种株数|≥40株|44株||", "效益指标|社会效益|绿地到达率|80%|83%||"},
		},
		"one_cell_a_line_without_marks": {
			"一级指标\n二级指标\n指标名称\n目标值\n实际完成值\n产出指标\n数量指标\n补种株数\n40\n44\n产出指标\n质量指标\n成活率\n90%\n效益指标\n社会效益指标\n到达率\n80%\n83%\n三、其他",
			[]string{"产出指标|数量指标|补种株数|40|44||", "效益指标|社会效益指标|到达率|80%|83%||"},
		},
		"one_cell_a_line": {
			"一级指标\n二级指标\n三级指标\n指标性质\n指标值\n度量单位\n完成值\n权重\n得分\n原因分析\n产出指标\n数量指标\n在岗人数\n≥\n42\n人\n42\n20\n满意度指标\n满意度指标\n群众满意度\n≥\n90\n%\n96\n10\n9\n合计\n100",
			[]string{"产出指标|数量指标|在岗人数|42|42|20|", "满意度指标|满意度指标|群众满意度|90|96|10|9"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := objects(figuresOf(t, tt.text, "项目"), "indicators", "level1", "level2", "level3", "target", "actual", "weight", "score")
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestProjects(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string // name|budget|executed|rate|score
	}{
		"table": {
			"序号 | 项目名称 | 预算（万元） | 执行（万元） | 执行率（%） | 自评分\n1 | 河道保洁 | 128 | 120.32 | 94 | 90.5\n2 | 水库管护 | 76.5 | 76.5 | 100 | 95\n | 合计 | 204.5 | 196.82 | 96.2 |",
			[]string{"河道保洁|1280000.00|1203200.00|94|90.5", "水库管护|765000.00|765000.00|100|95"},
		},
		"later_budget_counts": {
			"单位：元\n项目名称 | 年初预算数 | 调整预算数 | 决算数 | 支付率\n档案数字化 | 50,000 | 65,000 | 65,000.00 | 100%",
			[]string{"档案数字化|65000.00|65000.00|100|"},
		},
		"told_one_after_the_other": {
			"（1）法律服务进村补助项目绩效目标完成情况综述。项目全年预算数12.6万元，执行数为12.6万元，完成预算的100%。\n（2）网格员培训经费项目绩效目标完成情况综述。项目全年预算数8万元，执行数为7.2万元，完成预算的90%。",
			[]string{"法律服务进村补助|126000.00|126000.00|100|", "网格员培训经费|80000.00|72000.00|90|"},
		},
		"with_a_mark": {
			"1.旧小区改造项目：预算安排5,000万元，实际支出4,900万元，执行率98%，自评得分94分。\n2.危房改造补助资金：预算安排1,200万元，实际支出1,200万元，执行率100%，自评得分98分。",
			[]string{"旧小区改造项目|50000000.00|49000000.00|98|94", "危房改造补助资金|12000000.00|12000000.00|100|98"},
		},
		"alike_beside_each_other": {
			"具体安排：\n——黄花菜烘干房，到位45万元，支出45万元；\n——赵庄等三村桥涵，到位30.5万元，支出28.2万元。",
			[]string{"黄花菜烘干房|450000.00|450000.00||", "赵庄等三村桥涵|305000.00|282000.00||"},
		},
		"places_are_none":               {"①市本级，安排5万元，支出5万元；\n②临河县，安排7万元，支出6万元。", nil},
		"one_alone_is_none":             {"①烘干房新建，安排5万元，支出5万元。", nil},
		"parts_of_the_account_are_none": {"1.基本支出年初预算10万元，实际支出9万元。\n2.项目支出年初预算20万元，实际支出19万元。", nil},
		"an_account_with_projects_in_it": {
			"单位：万元\n支出项目 | 年初预算数 | 调整预算数 | 实际支出数 | 执行率\n一、基本支出 | 389 | 399 | 398.4 | 99.85%\n其中：人员经费 | 352 | 361 | 361 | 100%\n二、项目支出 | 93 | 121 | 114 | 94.21%\n1.“星火”行动 | 41 | 56 | 51.8 | 92.5%\n合计 | 482 | 520 | 512.4 | 98.54%",
			[]string{"“星火”行动|560000.00|518000.00|92.5|"},
		},
		"called_but_items": {
			"项目 | 下达（万元） | 支出（万元） | 执行率\n河道巡查 | 60 | 54 | 90%\n水质化验 | 20 | 20 | 100%\n合计 | 80 | 74 | 92.5%",
			[]string{"河道巡查|600000.00|540000.00|90|", "水质化验|200000.00|200000.00|100|"},
		},
		"under_a_word_of_its_own": {
			"扶持方向 | 安排（万元） | 支付（万元） | 支付率%\n茶园改造补贴 | 26 | 20.8 | 80\n茶厂技改 | 15 | 15 | 100",
			[]string{"茶园改造补贴|260000.00|208000.00|80|", "茶厂技改|150000.00|150000.00|100|"},
		},
		"places_under_it_are_none": {"去向 | 安排（万元） | 支付（万元）\n东河县 | 26 | 20.8\n西河县 | 15 | 15", nil},
		"planned_and_spent": {
			"支出内容 | 计划支出数（万元） | 实际支出数（万元）\n图书更新 | 9 | 8.5\n场馆维护 | 11 | 11\n支出合计 | 20 | 19.5",
			[]string{"图书更新|90000.00|85000.00||", "场馆维护|110000.00|110000.00||"},
		},
		"lines_of_an_account_are_none": {
			"单位：万元\n项目 | 年初预算数 | 全年执行数\n年度资金总额 | 100 | 98.5\n区级拨款 | 60 | 60\n乡镇安排 | 40 | 38.5", nil,
		},
		"unit_of_the_prose_before": {
			"全年支出90万元，其中基本支出60万元、项目支出30万元。\n重点项目 | 预算 | 执行\n电费 | 18 | 17.7\n养护 | 12 | 12",
			[]string{"电费|180000.00|177000.00||", "养护|120000.00|120000.00||"},
		},
		"two_units_in_the_prose_none": {"全年支出0.9亿元，其中基本支出6000万元、项目支出3000万元。\n重点项目 | 预算 | 执行\n电费 | 18 | 17.7\n养护 | 12 | 12", nil},
		"unit_at_the_top_of_the_report": {
			"某街道自评报告\n（金额单位：千元）\n一、概况\n街道辖若干居民区。\n二、职责\n负责辖区管理。\n三、机构\n设六个科室。\n四、目标\n完成全年任务。\n五、项目\n如下表。\n项目名称 | 预算数 | 执行数\n楼道整修 | 1,200 | 1,140",
			[]string{"楼道整修|1200000.00|1140000.00||"},
		},
		"without_money_none": {"项目名称 | 负责人\n河道保洁 | 张某甲", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := objects(figuresOf(t, tt.text, "整体"), "projects", "name", "budget", "executed", "rate", "score")
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestGapsOfFigures(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string
	}{
		"blank":          {"行政编制    人、事业编制14人。", []string{"blank headcount.authorized.admin"}},
		"none":           {"事业编制15名；工勤编制：无。", []string{"none_stated headcount.authorized.logistics"}},
		"not_applicable": {"年初预算：不适用。", []string{"not_applicable budget.initial"}},
		"masked":         {"基本支出××万元，项目支出XX万元。", []string{"masked expenditure.basic", "masked expenditure.project"}},
		"refused":        {"全年支出7,00.0,77万元。", []string{"refused expenditure.total"}},
		"jammed":         {"预算执行率593.27593.27448.641076%。", []string{"refused execution_rate"}},
		"filled_is_none": {"行政编制12人，支出10万元。", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			r := figuresOf(t, tt.text, "整体")
			for _, g := range r.Gaps {
				got = append(got, string(g.Kind)+" "+g.Key)
				if len(g.Evidence) == 0 || g.Reason == "" {
					t.Errorf("gap of %s lacks evidence or reason", g.Key)
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestEvidenceOfACell(t *testing.T) {
	r := figuresOf(t, "单位：万元\n项目 | 年初预算数 | 全年执行数\n年度资金总额 | 100 | 98.5", "项目")
	var roles []string
	for _, f := range r.Fields {
		if f.Key != "expenditure.total" {
			continue
		}
		for _, e := range f.Evidence {
			roles = append(roles, e.Role+" "+e.Quote)
		}
		if f.Unit != "yuan" || f.Raw != "98.5" || !strings.Contains(f.Rule, "@") {
			t.Errorf("unit %q, raw %q, rule %q", f.Unit, f.Raw, f.Rule)
		}
	}
	want := []string{"value 98.5", "row 年度资金总额", "column 全年执行数", "unit_header 万元"}
	if d := cmp.Diff(want, roles); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestValueConflict(t *testing.T) {
	r := figuresOf(t, "自评得分95分。\n综上，自评得分93分。", "整体")
	if len(r.Findings) != 1 || r.Findings[0].Code != "value_conflict" || len(r.Findings[0].Evidence) < 2 {
		t.Errorf("findings %+v, want one value_conflict with both quotes", r.Findings)
	}
}

func TestRereadRefuses(t *testing.T) {
	tests := map[string]record.Field{
		"unknown_key":  {Key: "headcount"},
		"no_quote":     {Key: "score"},
		"two_figures":  {Key: "score", Evidence: []record.Evidence{{Role: record.RoleValue, Quote: "95分，96分"}}},
		"no_unit":      {Key: "carryover", Evidence: []record.Evidence{{Role: record.RoleValue, Quote: "95"}}},
		"half_persons": {Key: "headcount.actual.total", Evidence: []record.Evidence{{Role: record.RoleValue, Quote: "9.5"}}},
		"no_year":      {Key: "year", Evidence: []record.Evidence{{Role: record.RoleValue, Quote: "本年"}}},
		"no_grade":     {Key: "grade", Evidence: []record.Evidence{{Role: record.RoleValue, Quote: "甲"}}},
	}
	for name, f := range tests {
		t.Run(name, func(t *testing.T) {
			if v, err := Reread(f); err == nil {
				t.Errorf("read %s, want an error", v)
			}
		})
	}
}
