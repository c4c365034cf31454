package field

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas/record"
)

func TestYear(t *testing.T) {
	year := func(name, text, want string) identityTest {
		return identityTest{name, text + "\n", map[string]string{"year": want}}
	}
	runIdentity(t, []identityTest{
		year("title", "青河县水利局2022年度部门整体支出绩效自评报告", "2022"),
		year("title_without_du", "青河县水利局2022年部门整体支出绩效自评报告", "2022"),
		year("title_han", "青河县水利局\n二〇一四年度整体支出绩效自评报告", "2014"),
		year("label", "整体绩效自评报告\n评价年度：2020年度\n填报日期：2021年6月16日", "2020"),
		year("label_bare", "项目支出绩效自评报告\n评价年度:2022\n填报日期：2023年4月25日", "2022"),
		year("bracket_line", "项目支出绩效自评表\n（2023年度）\n实施单位：青河县水利局", "2023"),
		year("full_width", "青河县水利局２０２１年度整体支出绩效自评报告", "2021"),
		year("opening", "青河县水利局整体支出绩效自评报告\n现将2021年度部门整体支出绩效自评情况报告如下：", "2021"),
		year("notice_of_next_year", "整体绩效自评报告\n根据《青河县财政局关于做好2022年绩效自评工作的通知》要求，我局对2021年度整体支出绩效开展自评。", "2021"),
		year("only_in_notice", "青河县检察院整体支出绩效评价报告\n根据《青河县财政局关于开展2015年度财政资金绩效自评工作的通知》（青财绩〔2016〕41号），我院开展自评。", "2015"),
		year("year_end", "青河县水利局绩效自评报告\n一、基本情况\n截至2024年12月31日，在职人员31人。", "2024"),
		year("figures", "青河县水利局绩效自评报告\n一、收支情况\n2023年收入合计10万元，2022年收入9万元。2023年支出合计10万元。", "2023"),
		year("not_of_filling", "青河县水利局绩效自评报告\n填报日期：2023年6月1日", ""),
		year("not_of_publishing", "发布时间：2023-05-22 来源：本站\n青河县水利局2022年整体支出绩效自评报告", "2022"),
		year("not_of_template", "整体绩效自评报告\n评价年度：2022年度\n一、基本情况\n略\n填报模板 2021年版", "2022"),
		year("two_in_title", "青河县水利局关于2024年开展2023年度部门整体支出绩效自评的报告", "2023"),
		year("column_of_years", "青河县水利局2022年度部门整体支出绩效自评报告\n年度 | 2020 | 2021 | 2022\n收入 | 1 | 2 | 3", "2022"),
		year("span_label", "项目绩效自评报告\n评价年度：2022-2024年\n", ""),
	})
}

func TestPeriod(t *testing.T) {
	runIdentity(t, []identityTest{
		{"label", "项目绩效自评报告\n评价期间：2022-2024年\n", map[string]string{"period": "2022-2024"}},
		{"title", "青河县水利局2022年至2024年渠道清淤项目绩效自评报告\n", map[string]string{"period": "2022-2024"}},
		{"none", "青河县水利局2022年度渠道清淤项目绩效自评报告\n", map[string]string{"period": ""}},
	})
}

func TestYearFindings(t *testing.T) {
	r := readText(t, "青河县水利局2022年度部门整体支出绩效自评报告\n根据要求，现将2023年度部门整体支出绩效自评情况报告如下：\n一、基本情况\n略。\n")
	if diff := cmp.Diff([]string{"2022"}, values(r, "year")); diff != "" {
		t.Errorf("year (-want +got):\n%s", diff)
	}
	if len(r.Findings) != 1 || r.Findings[0].Code != "year_conflict" {
		t.Errorf("findings = %+v, want one year_conflict", r.Findings)
	}
	r = readText(t, "20XX年度部门整体支出绩效自评报告\n一、基本情况\n略。\n")
	if diff := cmp.Diff([]record.GapKind{record.Masked}, gapKinds(r, "year")); diff != "" || len(values(r, "year")) > 0 {
		t.Errorf("masked year: value %v, gaps (-want +got):\n%s", values(r, "year"), diff)
	}
	r = readText(t, "青河县水利局2023年度部门整体支出绩效自评报告\n一、自评结果\n上年度（2022年度）绩效自评得分92分。2022年度绩效自评提出的意见均已落实。\n")
	for _, f := range r.Findings {
		t.Errorf("finding %s %s: last year is told of as such", f.Code, f.Message)
	}
}

func TestNameHints(t *testing.T) {
	got := NameHints("reports/2021/县水利局2022年度自评报告.txt", nil)
	if len(got) != 1 || got[0].Kind != record.HintInName || got[0].Key != "year" {
		t.Errorf("NameHints = %+v, want a hint of the year", got)
	}
	if got := NameHints("县水利局2022年度自评报告.txt", []record.Field{{Key: "year"}}); len(got) != 0 {
		t.Errorf("NameHints with a year read = %+v, want none", got)
	}
	if got := NameHints("report-20230405.txt", nil); len(got) != 0 {
		t.Errorf("NameHints without a year = %+v, want none", got)
	}
}

func TestFillDate(t *testing.T) {
	date := func(name, text, want string) identityTest {
		return identityTest{name, "青河县水利局2022年度部门整体支出绩效自评报告\n" + text + "\n", map[string]string{"fill_date": want}}
	}
	runIdentity(t, []identityTest{
		date("label", "填报日期：2023年6月16日\n一、基本情况\n略", "2023-06-16"),
		date("report_date", "报告日期：2023年06月25日\n一、基本情况\n略", "2023-06-25"),
		date("report_time_han", "报告时间：二〇二三年七月十二日\n一、基本情况\n略", "2023-07-12"),
		date("dots", "填报日期：2023.4.18 自评总分：97\n一、基本情况\n略", "2023-04-18"),
		date("dashes", "单位：青河县水利局    日期：2023-4-9\n一、基本情况\n略", "2023-04-09"),
		date("month_only", "填报时间：2023年6月\n一、基本情况\n略", "2023-06"),
		date("torn", "填报日期：2023228日\n一、基本情况\n略", "2023-02-28"),
		date("torn_two_ways", "填报日期：2023111日\n一、基本情况\n略", ""),
		date("blank", "填报日期：      年   月   日\n一、基本情况\n略", ""),
		date("signature", "一、基本情况\n略。\n青河县水利局\n2023年6月8日", "2023-06-08"),
		date("signature_one_line", "一、基本情况\n略。\n青河县水利局  2023年6月8日", "2023-06-08"),
		date("cover_line", "2023年6月8日\n一、基本情况\n略。", "2023-06-08"),
		date("joined_to_title", "部门整体支出绩效自评报告填报日期：2023.06.10\n一、基本情况\n略", "2023-06-10"),
		date("not_a_cell", "一、指标完成情况\n完成时间\n2022年12月\n实际完成\n2022年11月\n得分\n10\n10\n优\n备注\n二、其他\n无其他需要说明的情况。\n以上为全部内容。", ""),
		date("not_published", "发布日期：2023-08-12\n成文日期：2023-08-06\n一、基本情况\n略", ""),
		date("not_of_group", "一、评价小组\n2023年6月6日成立评价小组。\n", ""),
		date("not_a_span", "评价时间：2022年1月至12月\n一、基本情况\n略", ""),
	})
}

func TestFillDateGaps(t *testing.T) {
	tests := map[string]struct {
		text string
		want record.GapKind
	}{
		"blank": {"填报日期：      年   月   日", record.Blank},
		"torn":  {"填报日期：2023111日", record.Refused},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := readText(t, "2022年度部门整体支出绩效自评报告\n"+tt.text+"\n一、基本情况\n略\n")
			if diff := cmp.Diff([]record.GapKind{tt.want}, gapKinds(r, "fill_date")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNotice(t *testing.T) {
	notice := func(name, text, want string) identityTest {
		return identityTest{name, "青河县水利局2022年度部门整体支出绩效自评报告\n" + text + "\n一、基本情况\n略。\n", map[string]string{"notice_number": want}}
	}
	runIdentity(t, []identityTest{
		notice("after_title", "根据《青河县财政局关于开展2022年度部门整体支出绩效自评工作的通知》（青财绩〔2023〕5号）要求，我局开展自评。", "青财绩〔2023〕5号"),
		notice("number_before_title", "根据青财绩〔2023〕12号《关于开展2022年度绩效自评工作的通知》要求，我局开展自评。", "青财绩〔2023〕12号"),
		notice("square_brackets", "根据（青河县财政局关于做好绩效自评的通知，文件号青财绩[2023]7号）的安排，我局开展自评。", "青财绩〔2023〕7号"),
		notice("black_brackets", "按照《关于开展绩效自评工作的通知》（青财函【2023】7号）的要求，我局开展自评。", "青财函〔2023〕7号"),
		notice("round_brackets", "按照《关于开展绩效自评工作的通知》(青财函(2023)7号)的要求，我局开展自评。", "青财函〔2023〕7号"),
		notice("tortoise_small", "按照《关于开展绩效自评工作的通知》(青财函﹝2023﹞7号)的要求，我局开展自评。", "青财函〔2023〕7号"),
		notice("no_brackets", "根据《关于开展2022年度绩效自评工作的通知》（青财预202311号）要求，我局开展自评。", "青财预〔2023〕11号"),
		notice("spaces", "根据市财政局通知(化财绩〔 2023 〕 8 号)要求,我局开展自评。", "化财绩〔2023〕8号"),
		notice("full_width", "根据《关于开展２０２２年部门整体支出绩效自评的通知》（青财绩〔２０２３〕１１号）要求，我局开展自评。", "青财绩〔2023〕11号"),
		notice("file_only", "根据（青财绩〔2023〕1号）文件要求，我局开展自评。", "青财绩〔2023〕1号"),
		notice("among_laws", "根据《中共中央国务院关于全面实施预算绩效管理的意见》（中发〔2018〕34号）、《项目支出绩效评价管理办法》（财预〔2020〕10号）和《青河县财政局关于开展2022年度绩效自评的通知》（青财绩〔2023〕9号），我局开展自评。", "青财绩〔2023〕9号"),
		notice("torn_line", "根据《青河县财政局关于开展2022年度部门整体支出绩效自评工作的通知》（青财绩〔2023〕\n4 号）文件精神，我局开展自评。", "青财绩〔2023〕4号"),
		notice("bureau_before_number", "根据县财政局青财绩〔2023〕7号文件要求，我局对10个项目开展自评。", "青财绩〔2023〕7号"),
		notice("only_laws", "根据《项目支出绩效评价管理办法》（财预〔2020〕10号）、《预算法》，我局开展自评。", ""),
		notice("establishment_paper", "根据《青河县机构改革方案》（青办发〔2019〕3号），我局内设5个股室。", ""),
		notice("budget_paper", "根据《青河县财政局关于批复2022年部门预算的通知》（青财预〔2022〕2号），年初预算100万元。", ""),
		notice("letter", "按照区财政局《关于开展2022年度部门绩效自评的函》（金财函〔2023〕12号），街道开展自评。", "金财函〔2023〕12号"),
		notice("blank_serial", "根据《青河县财政局关于开展2022年度绩效自评的通知》（青财绩〔2023〕 号）要求，我局开展自评。", ""),
	})
}
