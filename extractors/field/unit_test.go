package field

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// identityTest is one text and what its keys must be; a key that is not named
// is not looked at, one with "" must be absent.
type identityTest struct {
	name, text string
	want       map[string]string
}

func runIdentity(t *testing.T, tests []identityTest) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := readText(t, tt.text)
			got := map[string]string{}
			for key := range tt.want {
				got[key] = ""
				if v := values(r, key); len(v) > 0 {
					got[key] = v[0]
				}
				if v := values(r, key); len(v) > 1 {
					t.Errorf("%s read %d times", key, len(v))
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestUnit(t *testing.T) {
	unit := func(name, text, want string) identityTest {
		return identityTest{name, text + "\n一、基本情况\n略。\n", map[string]string{"unit": want}}
	}
	runIdentity(t, []identityTest{
		unit("seal_label", "整体绩效自评报告\n评价单位（公章）：青河县水利局\n填报日期：2022年3月1日", "青河县水利局"),
		unit("department_label", "部门整体支出绩效自评报告\n部门（单位）名称：  青河县市政照明管理处  \n预 算 编 码：907023", "青河县市政照明管理处"),
		unit("label_with_spaces", "整体支出绩效自评报告\n单 位 名 称：青河县 档案馆", "青河县档案馆"),
		unit("two_labels_on_a_line", "2022年度图书购置项目自评表\n项目单位（盖章）：青河县图书馆 主要领导签字：\n填报日期：2023.4.18 自评总分：97", "青河县图书馆"),
		unit("supervisor_is_another", "项目支出绩效自评报告\n主管部门：青河县交通运输局\n项目实施单位：青河县公路养护站\n委托单位：青河县财政局", "青河县公路养护站"),
		unit("evaluator_is_another", "绩效自评报告\n被评价单位：青河县民政局\n评价机构：某某会计师事务所有限公司", "青河县民政局"),
		unit("bureau_of_finance_on_cover", "部门整体支出绩效自评报告\n填报单位：青河县气象局\n青河县财政局（制）", "青河县气象局"),
		unit("label_then_line", "项目支出绩效自评表\n主管部门\n青河县教育局\n实施单位\n青河县第二中学", "青河县第二中学"),
		unit("table_cells", "部门整体绩效自评表\n部门名称 | 青河县园林绿化中心 | 财政归口科室 | 城建科", "青河县园林绿化中心"),
		unit("funds_user", "专项资金绩效自评报告\n资金使用单位：青河县疾病预防控制中心", "青河县疾病预防控制中心"),
		unit("budget_unit", "项目支出绩效自评报告\n项目名称：水库加固工程\n预算部门单位（公章）：青河县水务局", "青河县水务局"),
		unit("unit_alone", "青河县城关街道2023年部门整体绩效自评报告\n单位：青河县城关街道办事处    日期：2024-4-9", "青河县城关街道办事处"),
		unit("title_before_year", "青河县水利局2022年度部门整体支出绩效自评报告", "青河县水利局"),
		unit("title_after_year", "2022年度青河县水利局部门整体支出绩效自评报告", "青河县水利局"),
		unit("title_year_first_spaces", "2022 年 青河县水利 局整体支出绩效自评报告", "青河县水利局"),
		unit("title_two_lines", "青河县人民法院\n2022年度整体支出绩效自评报告", "青河县人民法院"),
		unit("title_with_about", "关于青河县审计局2022年度部门整体支出绩效自评情况的报告", "青河县审计局"),
		unit("title_ministry", "中共青河县委宣传部2021年部门整体支出绩效自评报告", "中共青河县委宣传部"),
		unit("title_government", "青河县白马镇人民政府2021年度部门整体支出绩效自评报告", "青河县白马镇人民政府"),
		unit("title_project", "青河县农业农村局高标准农田建设项目支出绩效自评报告", "青河县农业农村局"),
		unit("title_without_place", "宜林国有林场2022年度部门整体支出绩效自评报告", "宜林国有林场"),
		unit("level_kept", "整体绩效自评报告\n评价单位：中共青河市委政法委员会本级", "中共青河市委政法委员会本级"),
		unit("short_label_long_title", "青河县水利局2022年度部门整体支出绩效自评报告\n填报单位：县水利局", "青河县水利局"),
		unit("no_full_name", "2022年度部门整体支出绩效自评报告\n我局高度重视，认真组织开展自评。", ""),
		unit("only_region_in_title", "青河县2022年度部门整体支出绩效自评报告", ""),
		unit("blank_label", "部门整体支出绩效自评报告\n单位名称（盖章）：\n填报日期：", ""),
		unit("sentence", "部门整体支出绩效自评报告\n根据《青河县财政局关于开展绩效自评的通知》要求，青河县统计局认真组织开展了自评。", "青河县统计局"),
		unit("own_level_in_brackets", "青河市公安局交通警察支队（本级）2022年部门整体绩效自评报告", "青河市公安局交通警察支队（本级）"),
		unit("line_below_title", "2022年整体支出绩效自评报告\n青河市河口区总工会\n（2023年4月）", "青河市河口区总工会"),
		unit("line_behind_contents", "目 录\n一、基本情况......1\n二、存在问题......3\n青河县审计局\n2021年度部门整体支出绩效自评报告", "青河县审计局"),
		unit("one_space_behind_label", "专项资金绩效自评报告\n项目单位 青河县文化馆\n主管部门 青河县文化局", "青河县文化馆"),
		unit("remark_on_figures", "青河市教育服务中心（含直属学校汇总口径）\n2022年度整体支出绩效自评报告", "青河市教育服务中心"),
		unit("remark_behind_label", "整体支出绩效自评报告\n单位名称：青河县档案馆（汇总）", "青河县档案馆"),
		unit("tax_bureau", "国家税务总局青河市税务局2022年度部门整体支出绩效自评报告", "国家税务总局青河市税务局"),
		unit("league", "共青团青河市委员会2022年度部门整体支出绩效自评报告", "共青团青河市委员会"),
		unit("place_in_text", "桂林路小学2021年度“校园安保”项目支出绩效自评报告\n南湖区桂林路小学现有教学班20个。", "南湖区桂林路小学"),
		unit("told_of_itself", "青河县2023年度部门整体支出绩效自评报告\n部门概况：青河县科学技术协会为参公单位。", "青河县科学技术协会"),
		{"traditional", "整體支出績效自評報告\n評價單位（公章）：青河縣水務局\n評價年度：2022年度\n填報日期：2023年4月25日\n一、基本情況\n略。\n二、存在的問題\n預算編制不夠精細，追加較多。\n", map[string]string{"unit": "青河縣水務局", "year": "2022", "scope": "整体", "fill_date": "2023-04-25", "region": "青河縣", "problems": "預算編制不夠精細，追加較多"}},
		{"signature", "2022年度部门整体支出绩效自评报告\n一、基本情况\n略。\n青河县水务局\n2023年6月30日\n", map[string]string{"unit": "青河县水务局", "fill_date": "2023-06-30"}},
		{"addressee", "关于报送2022年度绩效自评报告的函\n青河县财政局：\n现将自评情况报告如下。\n一、基本情况\n略。\n青河县水务局\n2023年6月30日\n", map[string]string{"unit": "青河县水务局"}},
	})
}

func TestRegion(t *testing.T) {
	region := func(name, text, want string) identityTest {
		return identityTest{name, text + "\n", map[string]string{"region": want}}
	}
	runIdentity(t, []identityTest{
		region("county", "青河县水利局2022年度整体支出绩效自评报告", "青河县"),
		region("city_and_district", "重庆市南山区教育局2022年度整体支出绩效自评报告", "重庆市南山区"),
		region("town_left_out", "青河县白马镇人民政府2022年度整体支出绩效自评报告", "青河县"),
		region("party", "中共青河市委组织部2022年度整体支出绩效自评报告", "青河市"),
		region("league_and_banner", "锡林盟白旗草原站2022年度整体支出绩效自评报告", "锡林盟白旗"),
		region("prefecture", "红山州水文中心2022年度整体支出绩效自评报告", "红山州"),
		region("autonomous", "石柱土家族自治县档案馆2022年度整体支出绩效自评报告", "石柱土家族自治县"),
		region("province_in_title", "新疆维吾尔自治区项目支出绩效自评报告\n实施单位：塔里县公路站", "新疆维吾尔自治区塔里县"),
		region("place_label", "项目支出绩效自评报告\n所在地：云南省保山市\n实施单位：施河县卫生健康局", "云南省保山市施河县"),
		region("title_only", "岳阳市2018年度部门整体支出绩效自评报告\n我处认真开展自评。", "岳阳市"),
		region("forest_farm", "宜林岭国有林场2022年度部门整体支出绩效自评报告", ""),
		region("nameless", "县人民医院2022年度部门整体支出绩效自评报告", ""),
	})
}

func TestScope(t *testing.T) {
	scope := func(name, text, want string) identityTest {
		return identityTest{name, text + "\n", map[string]string{"scope": want}}
	}
	runIdentity(t, []identityTest{
		scope("whole", "青河县水利局2022年度部门整体支出绩效自评报告", "整体"),
		scope("whole_short", "整体绩效自评报告\n评价单位：青河县水利局", "整体"),
		scope("project", "青河县水利局2022年度项目支出绩效自评报告", "项目"),
		scope("project_in_form", "部门预算项目支出绩效自评表（2023年度）", "项目"),
		scope("special_fund", "2022年农业专项资金绩效自评报告", "项目"),
		scope("fund", "江州县交通局2021年度农村公路养护资金绩效评价报告", "项目"),
		scope("policy", "青河市城乡居民医疗保险财政补助政策绩效自评报告", "政策"),
		scope("only_in_text", "青河县水利局绩效自评报告\n根据通知，我局对2022年度部门整体支出开展自评。", "整体"),
		scope("department", "青河县水利局2022年度部门绩效自评报告", "整体"),
		scope("department_in_text", "一、自评工作开展情况\n我局认真开展了2022年度部门预算绩效自评。\n二、自评结论\n得95分。\n三、存在的问题\n无。", "整体"),
		scope("department_in_notice", "青河县水利局绩效自评报告\n根据关于开展部门预算绩效自评的通知，我局认真自评。", ""),
		scope("department_with_project", "青河县水利局2022年度部门绩效自评报告\n项目名称：渠道清淤", "项目"),
		scope("only_in_text_project", "青河县水利局绩效自评报告\n我局对渠道清淤项目支出绩效开展自评。", "项目"),
	})
}

func TestDateOfPage(t *testing.T) {
	date := func(name, text, want string) identityTest {
		return identityTest{name, text + "\n青河县水利局2022年度部门整体支出绩效自评报告\n一、基本情况\n略。\n", map[string]string{"fill_date": want}}
	}
	runIdentity(t, []identityTest{
		date("label", "日期：2023-04-20", "2023-04-20"),
		date("hour_of_a_page", "时间：2023-04-20 10:04:04", ""),
		date("source_of_a_page", "时间： 2023-04-20 来源： 青河县水利局", ""),
		date("hour_of_a_form", "填报时间：2023-04-20 10:04", "2023-04-20"),
	})
}

func TestProject(t *testing.T) {
	runIdentity(t, []identityTest{
		{"labels", "项目支出绩效自评报告\n（2024年度）\n项目名称：农村公路水毁修复补助\n实施单位（公章）：青河县公路站\n主管部门（公章）：青河县交通运输局\n", map[string]string{"project_name": "农村公路水毁修复补助", "supervisor": "青河县交通运输局", "unit": "青河县公路站", "year": "2024"}},
		{"code_cut", "项目支出绩效自评表\n项目名称 | 51000023T000000127744-窗口岗位劳务费\n", map[string]string{"project_name": "窗口岗位劳务费"}},
		{"in_brackets", "青河县文化馆2022年度项目支出绩效自评报告（乡村演出补助经费）\n", map[string]string{"project_name": "乡村演出补助经费"}},
		{"in_title", "2022年度馆藏文献购置项目绩效自评报告\n", map[string]string{"project_name": "馆藏文献购置项目"}},
		{"before_the_year", "青河县妇幼保健服务中心“两癌”筛查项目2023年度绩效自评报告\n", map[string]string{"project_name": "“两癌”筛查项目", "unit": "青河县妇幼保健服务中心", "year": "2023"}},
		{"before_spending", "青河县教育局2022年度学校取暖项目支出绩效自评报告\n", map[string]string{"project_name": "学校取暖项目", "unit": "青河县教育局", "year": "2022"}},
		{"only_spending", "青河县教育局2022年度项目支出绩效自评报告\n", map[string]string{"project_name": "", "unit": "青河县教育局"}},
		{"about", "青河县水利局\n关于渠道清淤工程项目2022年度绩效自评的报告\n", map[string]string{"project_name": "渠道清淤工程项目", "unit": "青河县水利局", "year": "2022"}},
		{"behind_a_period", "青河县人民医院\n2021-2023年医疗设备购置项目绩效自评报告\n", map[string]string{"project_name": "医疗设备购置项目", "period": "2021-2023"}},
		{"column_title", "部门整体支出绩效自评报告\n序号 | 项目名称 | 预算数（万元） | 执行数（万元）\n1 | 巡河 | 5 | 5\n", map[string]string{"project_name": ""}},
		{"whole_has_none", "青河县水利局2022年度部门整体支出绩效自评报告\n", map[string]string{"project_name": ""}},
	})
}
