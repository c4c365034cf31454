package field

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas/record"
)

func TestState(t *testing.T) {
	tests := []struct {
		name, text string
		want       record.State
	}{
		{"report", "青河县水利局2022年度整体支出绩效自评报告\n一、部门概况\n略。\n二、自评结论\n自评得分95分。\n三、存在的问题\n无。", record.Read},
		{"form", "项目支出绩效自评表\n（2022年度）\n项目名称 | 巡河\n存在问题 | 无", record.Read},
		{"letter", "关于报送2022年度部门整体支出绩效自评报告的函\n县财政局：\n我局自评得分78分。\n一、部门基本情况\n略。", record.Read},
		{"without_title", "一、部门概况\n略。\n二、绩效自评结果\n自评得分95分。\n三、存在的问题\n预算编制不细。\n四、改进措施\n细化预算。", record.Read},
		{"result_only", "2022年度部门整体绩效自评结果\n自评得分为95分。", record.Read},
		{"excerpt", "一、部门基本情况\n（一）主要职责\n略。\n（二）部门整体支出绩效目标\n保障运转。\n（三）收支情况\n2020年收入10万元，支出绩效良好。", record.Read},
		{"news", "我县召开森林防火工作会议\n本报讯（记者 李某）5月6日，全县森林防火工作会议召开。会议强调，要压实责任。", record.NotAReport},
		{"contract", "设备采购合同\n甲方：青河县医院\n乙方：某某公司\n一、合同金额\n人民币10万元。\n二、付款方式\n验收后付款。", record.NotAReport},
		{"notice", "青河县财政局关于开展2022年度部门整体支出绩效自评工作的通知\n各预算单位：\n为做好绩效自评工作，现就有关事项通知如下。\n一、自评范围\n请各单位对照目标开展自评。\n二、工作要求\n各单位要于4月底前报送绩效自评报告。\n特此通知。", record.NotAReport},
		{"notice_with_outline", "青河县财政局关于开展2022年度绩效自评工作的通知\n青财绩〔2023〕5号\n各预算单位：\n一、自评范围\n部门整体支出。\n二、自评内容\n对照绩效目标开展自评。\n三、工作要求\n请各单位于4月底前报送。\n附件：\n部门整体支出绩效自评报告（参考提纲）\n一、基本情况\n二、存在的问题\n三、改进措施", record.NotAReport},
		{"song", "小河流水哗啦啦\n月亮出来亮汪汪\n我在山上把歌唱", record.NotAReport},
		{"budget", "青河县水利局2022年部门预算公开说明\n一、部门职责\n负责水资源。\n二、收支预算\n收入10万元。", record.NotAReport},
		{"random", "qwerty asdf 12345", record.NotAReport},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := readText(t, tt.text+"\n")
			if r.State != tt.want {
				t.Errorf("state = %s, want %s (title %q)", r.State, tt.want, r.Title)
			}
			if (r.State == record.NotAReport) != (len(r.Gaps) == 1 && r.Gaps[0].Key == "" && r.Gaps[0].Reason != "") && r.State == record.NotAReport {
				t.Errorf("gaps = %+v, want one with the reason", r.Gaps)
			}
		})
	}
}

const (
	reportA = "青河县水利局2021年度整体支出绩效自评报告\n一、部门概况\n略。\n二、自评结论\n自评得分95分。\n三、存在的问题\n预算编制不够精细，追加较多。\n四、改进措施\n提前测算需求，细化科目。\n五、其他\n无。\n"
	reportB = "青河县教育局2021年度整体支出绩效自评报告\n一、部门概况\n略。\n二、自评结论\n自评得分90分。\n三、存在的问题\n学校会计力量薄弱，报账周期长。\n"
)

func TestSeveralReports(t *testing.T) {
	tests := []struct {
		name, text string
		reports    int
		problems   []string
	}{
		{"two_units", reportA + reportB, 2, []string{"预算编制不够精细，追加较多"}},
		{"two_years", reportA + strings.ReplaceAll(reportA, "2021", "2022"), 2, []string{"预算编制不够精细，追加较多"}},
		{"three", reportA + reportB + strings.ReplaceAll(reportB, "教育", "审计"), 3, []string{"预算编制不够精细，追加较多"}},
		{"one", reportA, 0, []string{"预算编制不够精细，追加较多"}},
		{"title_again", strings.Replace(reportA, "一、", "青河县水利局2021年度整体支出绩效自评报告\n一、", 1), 0, []string{"预算编制不够精细，追加较多"}},
		{"cited", reportA + "附件：\n1.青河县教育局2020年度绩效自评报告\n", 0, []string{"预算编制不够精细，追加较多"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := readText(t, tt.text)
			if len(r.Reports) != tt.reports {
				t.Errorf("reports = %v, want %d", r.Reports, tt.reports)
			}
			found := false
			for _, f := range r.Findings {
				found = found || f.Code == "several_reports"
			}
			if found != (tt.reports > 0) {
				t.Errorf("several_reports found: %v", found)
			}
			if diff := cmp.Diff(tt.problems, values(r, "problems")); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]string{"青河县水利局"}, values(r, "unit")); diff != "" {
				t.Errorf("unit (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFindings(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"prompt_left", reportA + "六、说明\n请对照年初目标说明完成情况。\n", []string{"unfilled_prompt"}},
		{"bracketed_prompt", reportA + "六、说明\n（填写申报时的目标，如有调整请说明。）\n", []string{"unfilled_prompt"}},
		{"clean", reportA, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, f := range readText(t, tt.text).Findings {
				got = append(got, f.Code)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"one_line", "青河县水利局2022年度部门整体支出绩效自评报告\n一、概况", "青河县水利局2022年度部门整体支出绩效自评报告"},
		{"unit_above", "青河县水利局\n2022年度部门整体支出绩效自评报告\n一、概况", "青河县水利局2022年度部门整体支出绩效自评报告"},
		{"wrapped", "青河市2018年度部门整体支出\n绩效评价自评报告\n单位名称：青河市水利局", "青河市2018年度部门整体支出绩效评价自评报告"},
		{"year_below", "部门预算项目支出绩效自评表\n（2023年度）\n项目名称：巡河", "部门预算项目支出绩效自评表（2023年度）"},
		{"behind_page_head", "发布时间：2023-05-22 来源：本站\n青河县水利局2022年整体支出绩效自评报告", "青河县水利局2022年整体支出绩效自评报告"},
		{"behind_attachment", "附件2\n2022年度馆藏购置项目自评表\n项目单位：青河县图书馆", "2022年度馆藏购置项目自评表"},
		{"labels_joined", "青河县水利局\n2022年度部门整体支出绩效自评报告填报日期：2023.06.10\n一、概况", "青河县水利局2022年度部门整体支出绩效自评报告"},
		{"file_name_line", "青河县水利局绩效自评报告.pdf\n青河县水利局2023 年 度部门整体支出\n绩效自评报告\n一、概况", "青河县水利局2023年度部门整体支出绩效自评报告"},
		{"spaced", "整 体 支 出 绩 效 自 评 报 告\n评价单位：青河县水利局", "整体支出绩效自评报告"},
		{"sentence_is_none", "根据通知要求形成绩效自评报告。\n一、概况", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := readText(t, tt.text+"\n").Title; got != tt.want {
				t.Errorf("title = %q, want %q", got, tt.want)
			}
		})
	}
}
