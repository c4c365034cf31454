package field

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestListsThatTurn reads lists in which problems turn to what will be done, whose
// sentences begin alike, whose title runs into the first number, and what is
// signed behind the last item.
func TestListsThatTurn(t *testing.T) {
	const both = "宁河县水务局2022年度部门整体支出绩效自评报告\n一、基本情况\n我局编制12人。\n二、偏离绩效目标的原因和下一步改进措施\n"
	const one = "宁河县水务局2022年度部门整体支出绩效自评报告\n一、基本情况\n我局编制12人。\n二、存在的问题\n1.台账不全。\n三、下一步改进措施\n"
	for name, c := range map[string]struct {
		text               string
		problems, measures []string
	}{
		"ClauseAhead": {both + "一是管网改造滞后。2处标段未按期开工，下一步，我局将倒排工期。二是资料归集不全，下一步将落实专人。",
			[]string{"管网改造滞后。2处标段未按期开工", "资料归集不全"}, []string{"下一步，我局将倒排工期", "下一步将落实专人"}},
		"SentenceAheadInEachItem": {both + "一是管网改造滞后。今后，我局将倒排工期。二是资料归集不全。接下来将落实专人。",
			[]string{"管网改造滞后", "资料归集不全"}, []string{"今后，我局将倒排工期", "接下来将落实专人"}},
		"NumbersInOneParagraph": {both + "1.管网改造滞后，下一步我局将倒排工期；2.资料归集不全，今后将落实专人。",
			[]string{"管网改造滞后", "资料归集不全"}, []string{"下一步我局将倒排工期", "今后将落实专人"}},
		"AheadAtTheEndOfAll": {both + "一是管网改造滞后；二是资料归集不全。下一步，一是倒排工期；二是落实专人；三是加强培训。",
			[]string{"管网改造滞后", "资料归集不全"}, []string{"倒排工期", "落实专人", "加强培训"}},
		"TimeToComeIsTheProblem": {both + "一是欠款较多，影响今后工作开展。二是收入下降，下一步工作压力大。",
			[]string{"欠款较多，影响今后工作开展", "收入下降，下一步工作压力大"}, nil},
		"AnswersEachByName": {one + "针对管网改造滞后的问题，倒排工期。每周通报。针对资料不全的问题，落实专人。",
			[]string{"台账不全"}, []string{"针对管网改造滞后的问题，倒排工期。每周通报", "针对资料不全的问题，落实专人"}},
		"AspectByAspect": {one + "预算管理方面，细化编制。资产管理方面，全面清查。",
			[]string{"台账不全"}, []string{"预算管理方面，细化编制", "资产管理方面，全面清查"}},
		"AnswersAllAtOnce": {one + "针对以上问题，我局将倒排工期。针对性地开展培训。",
			[]string{"台账不全"}, []string{"针对以上问题，我局将倒排工期。针对性地开展培训"}},
		"TitleRunsIntoNumber": {"宁河县水务局2022年度部门整体支出绩效自评表\n存在问题1.管网改造滞后。2.资料不全。\n整改措施1.倒排工期。2.落实专人。\n填报日期2023年3月30日",
			[]string{"管网改造滞后", "资料不全"}, []string{"倒排工期", "落实专人"}},
		"TitleNumbersItself": {"宁河县水务局2022年度部门整体支出绩效自评报告\n二、存在问题\n问题1：管网改造滞后。整改措施1：倒排工期。\n问题2：资料不全。整改措施2：落实专人。",
			[]string{"管网改造滞后", "资料不全"}, []string{"倒排工期", "落实专人"}},
		"DecimalBeforeYear": {"宁河县水务局2022年度部门整体支出绩效自评报告\n4.存在问题\n4.1 管网改造滞后。\n5.改进措施\n5.1 落实专人管理。\n5.2 2023年6月底前完成清查。",
			[]string{"管网改造滞后"}, []string{"落实专人管理", "2023年6月底前完成清查"}},
		"SignedWithinTheLastItem": {one + "（1）倒排工期。（2）落实专人。宁河县水务局二〇二三年四月六日\n展开阅读全文",
			[]string{"台账不全"}, []string{"倒排工期", "落实专人"}},
		"DatedWithinTheLastItem": {one + "（1）倒排工期。（2）于2023年6月30日前完成。2023年4月6日",
			[]string{"台账不全"}, []string{"倒排工期", "于2023年6月30日前完成"}},
		"NumbersWithNothingBefore": {both + "主要存在以下问题：1、预算编制不细2、台账不全3、支出进度慢。下一步改进措施：1.加强培训2.落实专人3.加快进度。",
			[]string{"预算编制不细", "台账不全", "支出进度慢"}, []string{"加强培训", "落实专人", "加快进度"}},
		"SentencesThatSumUp": {"宁河县水务局2022年度部门整体支出绩效自评报告\n一、基本情况\n我局编制12人。\n二、存在的问题\n一是管网改造滞后；二是资料不全。对此，我局将认真加以解决。\n三、改进措施\n一是倒排工期；二是落实专人。通过以上措施，不断提高管理水平。",
			[]string{"管网改造滞后", "资料不全"}, []string{"倒排工期", "落实专人"}},
		"CausesOfAll": {one[:len(one)-len("三、下一步改进措施\n")] + "2.资料不全。\n造成上述问题的主要原因是人员不足。\n三、下一步改进措施\n1.倒排工期。",
			[]string{"台账不全", "资料不全"}, []string{"倒排工期"}},
		"AheadOverALineEnd": {both + "预算执行率未达到百分之百，主要原因是工程尾款未到支付节点。下一步将按\n月通报进度，压实科室责任。",
			[]string{"预算执行率未达到百分之百，主要原因是工程尾款未到支付节点"}, []string{"下一步将按月通报进度，压实科室责任"}},
		"CauseBehindASemicolon": {both + "1.问题：管网改造滞后；原因：手续未办；措施：倒排工期。\n2.问题：资料不全；主要原因是无专人；措施：落实专人。",
			[]string{"管网改造滞后；原因：手续未办", "资料不全；主要原因是无专人"}, []string{"倒排工期", "落实专人"}},
		"CauseAsALabel": {both + "偏离原因：群众外出务工，任务未完成。改进措施：倒排工期，压实责任。",
			[]string{"群众外出务工，任务未完成"}, []string{"倒排工期，压实责任"}},
		"DeedAhead": {both + "受降雨影响，培训人数未达标；下一步加强统筹。",
			[]string{"受降雨影响，培训人数未达标"}, []string{"下一步加强统筹"}},
		"HeadingRunsIn": {one + "1.倒排工期。2.落实专人。五、自评结果按照评分标准，自评得分95分。",
			[]string{"台账不全"}, []string{"倒排工期", "落实专人"}},
		"HeadingsBehindALead": {one + "主要措施如下：一、绩效目标管理要加强。二、预算执行分析要做实。",
			[]string{"台账不全"}, []string{"绩效目标管理要加强", "预算执行分析要做实"}},
		"HeadingsAreItems": {one + "一、绩效目标管理要加强。二、预算执行分析要做实。三、项目资金要盯紧。",
			[]string{"台账不全"}, []string{"绩效目标管理要加强", "预算执行分析要做实", "项目资金要盯紧"}},
		"WhatWillHappen": {both + "1.设备老化，后续维护费用高。\n2.合同履约不到位，后续将影响验收。",
			[]string{"设备老化，后续维护费用高", "合同履约不到位，后续将影响验收"}, nil},
		"NumbersThatCount": {one + "1、新增病床2张。2、开放病区2、3号楼。",
			[]string{"台账不全"}, []string{"新增病床2张", "开放病区2、3号楼"}},
		"TitleBelowATornLine": {"宁河县水务局2022年度部门整体支出绩效自评表\n自评等级\n优\n存在问题\n受降雨影响，管网改造推迟到8月中旬；用工企业减少招工，完成人数差2人\n整改措施\n倒排工期；落实专人\n其他需要说明的事项\n无",
			[]string{"受降雨影响，管网改造推迟到8月中旬", "用工企业减少招工，完成人数差2人"}, []string{"倒排工期", "落实专人"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := readAll(t, c.text)
			if diff := cmp.Diff(c.problems, values(r, "problems")); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.measures, values(r, "measures")); diff != "" {
				t.Errorf("measures (-want +got):\n%s", diff)
			}
		})
	}
}
