package field

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas/record"
)

const (
	pa = "预算编制不够精细，年中追加较多"
	pb = "固定资产盘点滞后，账实更新不同步"
	pc = "绩效指标量化不足，佐证材料归集不全"
	ma = "提前测算经费需求，细化预算科目"
	mb = "每半年清查一次资产，落实责任人"
	mc = "组织业务培训，把指标分解到科室"
)

// opening makes what follows a report with something before it.
const opening = "清江市水文站2022年度部门整体支出绩效自评报告\n一、部门概况\n本站为公益一类事业单位。\n"

func TestLists(t *testing.T) {
	tests := []struct {
		name, text         string
		problems, measures []string
	}{
		{"arabic_and_han_headings", "五、存在的主要问题\n1." + pa + "。\n2." + pb + "。\n六、改进措施\n1、" + ma + "；\n2、" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"bracketed_items", "（三）存在问题\n（1）" + pa + "；\n（2）" + pb + "。\n（四）改进措施\n（1）" + ma + "；\n（2）" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"yishi_run_in", "二、存在的问题\n主要存在以下问题：一是" + pa + "；二是" + pb + "；三是" + pc + "。\n三、下一步打算\n一是" + ma + "。二是" + mb + "。", []string{pa, pb, pc}, []string{ma, mb}},
		{"yishi_after_comma", "二、存在的问题\n从自评情况看，一是" + pa + "，二是" + pb + "。\n三、有关建议\n" + ma + "。", []string{pa, pb}, []string{ma}},
		{"yishi_lines", "二、困难和问题\n一是" + pa + "。\n二是" + pb + "。\n三、工作建议\n一是" + ma + "。\n二是" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"diyi", "二、主要问题\n第一，" + pa + "。第二，" + pb + "。\n三、整改措施\n首先，" + ma + "。其次，" + mb + "。最后，" + mc + "。", []string{pa, pb}, []string{ma, mb, mc}},
		{"circled", "二、不足之处\n①" + pa + "；②" + pb + "。\n三、今后努力方向\n①" + ma + "②" + mb, []string{pa, pb}, []string{ma, mb}},
		{"stems", "二、问题\n甲、" + pa + "。\n乙、" + pb + "。\n三、对策建议\n甲、" + ma + "。\n乙、" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"stem_headings", "丁、问题与不足\n其一，" + pa + "；\n其二，" + pb + "。\n戊、举措\n其一，" + ma + "；\n其二，" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"square_headings", "【四】有待改进之处\n1）" + pa + "；\n2）" + pb + "。\n【五】拟采取的措施\n1）" + ma + "；\n2）" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"one_side_and_more", "二、存在的问题\n" + pa + "。\n三、建议\n一方面，" + ma + "；另一方面，" + mb + "；同时，" + mc + "。", []string{pa}, []string{ma, mb, mc}},
		{"lead_before_semicolons", "二、不足\n今年工作有进步，但还有短板：" + pa + "；" + pb + "。\n三、建议\n" + ma + "。", []string{pa, pb}, []string{ma}},
		{"block_of_a_form", "资金管理 | | 说明 | 存在问题\n | 分配 | 按因素分配 | 无\n | 拨付 | 按进度拨付 | " + pa + "\n指标 | 一级指标 | 二级指标 | 三级指标 | 实际值\n | 产出指标 | 数量指标 | 享受补贴的人员数量 | 12人", []string{pa}, nil},
		{"text_before_the_part", "五、存在的问题和建议\n调研走访。自评期间到基层点位实地察看，查出的问题已整改。\n内部控制。一是梳理流程；二是轮换岗位。\n（一）问题\n1、" + pa + "。\n2、" + pb + "。\n（二）建议\n1、" + ma + "。", []string{pa, pb}, []string{ma}},
		{"gap_seen", "四、自评结论\n本站得95分。自评中也看到差距：一是" + pa + "；二是" + pb + "。\n五、存在的问题\n详见上述说明。", []string{pa, pb}, nil},
		{"page_lost", "五、存在的问题\n1." + pa + "。\n2." + pb + "。\n（以下为第 4 页，原件缺页）\n六、改进措施\n1." + ma + "。", []string{pa, pb}, []string{ma}},
		{"earlier_year_answered", "一、存在问题整改情况\n针对2021年绩效评价反馈的问题：1.编制粗放。已细化编制。\n二、存在问题\n" + pa + "。\n三、改进措施\n" + ma + "。", []string{pa}, []string{ma}},
		{"bullets", "二、存在的不足\n● " + pa + "。\n● " + pb + "。\n三、改进意见\n——" + ma + "；\n——" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"letters", "二、存在问题\nA." + pa + "。\nB." + pb + "。\n三、改进计划\n（a）" + ma + "。\n（b）" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"semicolons", "二、存在的问题\n" + pa + "；" + pb + "。\n三、下一步措施\n" + ma + "；" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"paragraphs", "二、存在的问题\n" + pa + "。\n" + pb + "。\n三、下一步措施\n" + ma + "。\n" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"explanation_on_next_line", "二、存在的问题\n1." + pa + "。\n主要是业务量增长超出预期。\n2." + pb + "。\n三、整改措施\n1." + ma + "。\n2." + mb + "。", []string{pa + "。主要是业务量增长超出预期", pb}, []string{ma, mb}},
		{"short_titles_with_text", "二、存在的问题\n（一）预算编制不精准。年中两次追加。\n（二）档案管理薄弱。资料缺页。\n三、改进措施\n（一）科学编制预算。参考近三年数据。\n（二）规范档案。专人保管。",
			[]string{"预算编制不精准。年中两次追加", "档案管理薄弱。资料缺页"}, []string{"科学编制预算。参考近三年数据", "规范档案。专人保管"}},
		{"group_titles", "二、存在的问题\n（一）预算管理方面\n1." + pa + "。\n2." + pb + "。\n（二）绩效管理方面\n1." + pc + "。\n三、改进措施\n1." + ma + "。", []string{pa, pb, pc}, []string{ma}},
		{"nested_within_item", "二、存在的问题\n1." + pa + "。主要表现：一是测算依据不足；二是部门沟通不够。\n2." + pb + "。\n三、改进措施\n1." + ma + "。",
			[]string{pa + "。主要表现：一是测算依据不足；二是部门沟通不够", pb}, []string{ma}},
		{"problem_measure_pairs", "四、存在的问题及整改措施\n问题1：" + pa + "。\n整改措施：" + ma + "。\n问题2：" + pb + "。\n整改措施：一是" + mb + "；二是" + mc + "。", []string{pa, pb}, []string{ma, mb, mc}},
		{"problem_measure_labels", "四、存在问题及改进措施\n存在问题：1." + pa + "；2." + pb + "。\n改进措施：1." + ma + "；2." + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"one_heading_two_parts", "四、存在的问题和建议\n（一）存在的问题\n1." + pa + "。\n2." + pb + "。\n（二）建议\n1." + ma + "。", []string{pa, pb}, []string{ma}},
		{"decimal_numbering", "4 存在的问题\n4.1 " + pa + "。\n4.2 " + pb + "。\n5 改进措施\n5.1 " + ma + "。\n5.2 " + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"decimal_under_decimal", "4.1存在问题\n4.1.1" + pa + "。\n4.1.2" + pb + "。\n4.2相关建议\n4.2.1" + ma + "。", []string{pa, pb}, []string{ma}},
		{"heading_run_in", "（三）存在的问题。" + pa + "。\n（四）改进措施。" + ma + "。\n五、其他\n无", []string{pa}, []string{ma}},
		{"unnumbered_headings", "存在的问题\n1." + pa + "。\n2." + pb + "。\n改进措施\n1." + ma + "。\n2." + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"same_style_as_heading", "四、存在问题\n一、" + pa + "。\n二、" + pb + "。\n五、改进措施\n一、" + ma + "。\n二、" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"number_heading_number_items", "3.存在的问题\n1、" + pa + "。\n2、" + pb + "。\n4.改进措施\n1、" + ma + "。\n2、" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"wrapped", "二、存在的问题\n1.预算编制不够精细，\n年中追加较多。\n2." + pb + "。\n三、措施\n1." + ma + "。", []string{pa, pb}, []string{ma}},
		{"page_number_between", "二、存在的问题\n1.预算编制不够精细，年中\n- 12 -\n追加较多。\n2." + pb + "。\n三、改进措施\n1." + ma + "。", []string{pa, pb}, []string{ma}},
		{"page_number_inside", "二、存在的问题\n1.预算编制不够精细，年中— 12 —追加较多。\n2." + pb + "。\n三、改进措施\n1." + ma + "。", []string{pa, pb}, []string{ma}},
		{"spaces_inside", "二、存 在 的 问 题\n1.预算编制 不够精细， 年中追加较多。\n三、改 进 措 施\n1." + ma + "。", []string{pa}, []string{ma}},
		{"table_cells", "存在问题 | " + pa + "；" + pb + "\n改进措施 | " + ma + "；" + mb, []string{pa, pb}, []string{ma, mb}},
		{"table_cells_marked", "存在的问题及原因分析 | 1." + pa + "。2." + pb + "。\n下一步改进措施 | 1." + ma + "。2." + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"table_label_with_bracket", "存在问题（限200字） | " + pa + "。\n改进措施（限200字） | " + ma + "。", []string{pa}, []string{ma}},
		{"inline_in_narrative", "四、项目绩效\n（1）培训项目。全年预算10万元。发现的主要问题：" + pa + "。下一步改进措施：" + ma + "。\n（2）巡检项目。全年预算20万元。发现的主要问题及原因：" + pb + "。改进措施：" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"lead_in_without_colon", "二、存在的问题\n虽然取得了一定成效，但仍存在一些不足。\n1." + pa + "。\n2." + pb + "。\n三、措施\n1." + ma + "。", []string{pa, pb}, []string{ma}},
		{"sum_up_at_end", "二、存在的问题\n1." + pa + "。\n三、改进措施\n1." + ma + "。\n2." + mb + "。\n综上，本站自评得分95分。", []string{pa}, []string{ma, mb}},
		{"signature_after_list", "二、存在的问题\n1." + pa + "。\n三、改进措施\n1." + ma + "。\n清江市水文站\n2023年5月6日", []string{pa}, []string{ma}},
		{"attachment_after_list", "二、存在的问题\n1." + pa + "。\n三、改进措施\n1." + ma + "。\n附件：绩效自评表\n联系人：张某", []string{pa}, []string{ma}},
		{"other_matter_is_no_problem", "二、存在的问题\n" + pa + "。\n三、改进措施\n" + ma + "。\n四、其他需要说明的问题\n会议费减少系疫情影响。", []string{pa}, []string{ma}},
		{"last_years_use_among_problems", "（三）存在的问题和原因\n1.上年度绩效自评结果应用情况。均已整改到位。\n2.本年度自评发现的主要问题\n（1）" + pa + "。\n（2）" + pb + "。\n（四）下一步拟改进措施\n（1）" + ma + "。", []string{pa, pb}, []string{ma}},
		{"duties_are_no_problems", "二、主要职责\n一是负责水文监测；二是编制年报。\n三、绩效目标\n一是完成监测；二是按期报送。\n四、存在的问题\n" + pa + "。\n五、建议\n" + ma + "。", []string{pa}, []string{ma}},
		{"measure_without_problem_section", "四、下一步工作思路\n（一）" + ma + "。\n（二）" + mb + "。", nil, []string{ma, mb}},
		{"jammed_heading_and_list", "二、存在的问题及不足1、" + pa + "。2、" + pb + "。\n三、改进的措施1、" + ma + "。2、" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"suggestion_none", "（三）存在的问题\n" + pa + "。\n（四）改进措施及建议\n1.措施：" + ma + "；" + mb + "。\n2.建议：无。", []string{pa}, []string{ma, mb}},
		{"sentence_announces", "四、自评结论\n本站得95分。同时也存在一些问题：一是" + pa + "；二是" + pb + "。\n五、其他\n无", []string{pa, pb}, nil},
		{"heading_as_sentence", "四、存在的主要问题是：" + pa + "。\n五、改进措施是：" + ma + "。", []string{pa}, []string{ma}},
		{"cause_under_topic", "四、存在的问题、原因及建议\n问题一：执行率偏低。\n原因：前期工作滞后。\n建议：提前开展前期工作。\n问题二：目标不够量化。\n原因：缺少历史数据。\n建议：建立数据台账。", []string{"执行率偏低。原因：前期工作滞后", "目标不够量化。原因：缺少历史数据"}, []string{"提前开展前期工作", "建立数据台账"}},
		{"short_item", "四、存在的问题\n1.设备老化。\n2.经费不足\n3.人员不足。\n五、下一步工作\n1.申请增编；2.多渠道筹资。", []string{"设备老化", "经费不足", "人员不足"}, []string{"申请增编", "多渠道筹资"}},
		{"table_of_problems", "四、存在的问题\n序号 | 存在问题 | 整改措施\n1 | " + pa + " | " + ma + "\n2 | " + pb + " | " + mb + "\n五、其他\n无", []string{pa, pb}, []string{ma, mb}},
		{"separator_after_bracket", "四、存在的问题\n（一）、" + pa + "\n（二）、" + pb + "\n五、改进措施\n（一）、" + ma, []string{pa, pb}, []string{ma}},
		{"sentence_glued_to_heading", "四、存在的问题" + pa + "。\n五、改进措施" + ma + "。", []string{pa}, []string{ma}},
		{"heading_inside_paragraph", "四、自评结论\n本站全年完成水文监测任务，报送数据及时准确，得到上级肯定。五、存在的问题。一是" + pa + "；二是" + pb + "。六、改进措施。" + ma + "。", []string{pa, pb}, []string{ma}},
		{"label_torn_by_a_wrap", "四、项目绩效\n（2）培训项目。全年预算10万元，执行数10万元，轮训640人次。发现的主要\n问题：" + pa + "。下一步改进措施：" + ma + "。\n（3）巡检项目。全年预算20万元。", []string{pa}, []string{ma}},
		{"label_ends_the_line", "四、项目绩效\n（3）调解项目。全年预算10万元。发现的主要问题：" + pa + "。下一步改进措施：\n" + ma + "。\n（4）巡检项目。全年预算20万元。", []string{pa}, []string{ma}},
		{"causes_of_indicators", "三级指标 | 年度指标值 | 实际完成值 | 得分 | 偏差原因分析及改进措施\n储备规模 | 5000吨 | 5000吨 | 20 | \n轮换及时率 | 100% | 90% | 18 | 仓容不足导致轮换推迟", []string{"仓容不足导致轮换推迟"}, nil},
		{"measure_under_each_problem", "四、存在的问题和改进措施\n（一）" + pa + "。\n改进措施：" + ma + "。\n（二）" + pb + "。\n改进措施：" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"measure_in_each_item", "四、偏离绩效目标的原因和改进措施\n（一）造林未完成。原因：春季干旱。改进措施：" + ma + "。\n（二）培训未完成。原因：场地限制。改进措施：" + mb + "。", []string{"造林未完成。原因：春季干旱", "培训未完成。原因：场地限制"}, []string{ma, mb}},
		{"measures_numbered_under_label", "五、存在的问题及改进措施\n1." + pa + "。\n改进措施：\n1." + ma + "。\n2." + mb + "。", []string{pa}, []string{ma, mb}},
		{"parts_run_in", "五、存在问题及改进措施\n（一）存在问题。一是" + pa + "。二是" + pb + "。\n（二）改进措施。一是" + ma + "。二是" + mb + "。", []string{pa, pb}, []string{ma, mb}},
		{"lead_to_label", "四、改进措施和有关建议\n针对上述存在的问题及工作需要，拟实施的改进措施如下：\n1、" + ma + "；\n2、" + mb + "。", nil, []string{ma, mb}},
		{"titles_without_stop", "（一）存在的问题\n1.管护责任落实不到位\n部分村组重建轻管。\n2.前期工作不扎实\n勘察深度不够。\n（二）相关建议\n1.落实管护责任\n签订管护协议。", []string{"管护责任落实不到位部分村组重建轻管", "前期工作不扎实勘察深度不够"}, []string{"落实管护责任签订管护协议"}},
		{"we_will", "（三）发现问题及整改情况\n部门预算编制准确性不高；部分经费支出率偏低。我站将提高编制的科学性，加快实施进度。", []string{"部门预算编制准确性不高", "部分经费支出率偏低"}, []string{"我站将提高编制的科学性，加快实施进度"}},
		{"looking_ahead_in_both", "四、未完成原因和下一步改进措施\n（一）危桥改造未完成。设计变更所致。\n（二）路率未达标。重载车辆较多。下一步将联合交警加大治超力度。", []string{"危桥改造未完成。设计变更所致", "路率未达标。重载车辆较多"}, []string{"下一步将联合交警加大治超力度"}},
		{"looking_ahead_alone", "四、存在的问题\n" + pa + "。\n下一步，我站将细化预算科目，严控追加。", []string{pa}, []string{"下一步，我站将细化预算科目，严控追加"}},
		{"quoted_words_kept", "二、存在的问题\n1.“重投入、轻绩效”观念仍在。\n三、措施\n1.推行“一单一码”管理办法。", []string{"“重投入、轻绩效”观念仍在"}, []string{"推行“一单一码”管理办法"}},
		{"same_text_in_form_and_narrative", "二、存在的问题\n" + pa + "。\n三、改进措施\n" + ma + "。\n附：自评表\n存在问题 | " + pa + "\n改进措施 | " + ma, []string{pa}, []string{ma}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := readText(t, opening+tt.text+"\n")
			if diff := cmp.Diff(tt.problems, values(r, "problems")); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.measures, values(r, "measures")); diff != "" {
				t.Errorf("measures (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEmptyLists(t *testing.T) {
	tests := []struct {
		name, text string
		want       record.GapKind
	}{
		{"none", "二、存在的问题\n无。\n三、其他\n无", record.NoneStated},
		{"none_for_now", "二、存在的问题\n暂无\n三、其他\n无", record.NoneStated},
		{"none_run_in", "二、存在的问题：无\n三、其他\n无", record.NoneStated},
		{"none_numbered", "二、存在的问题\n1.无。\n三、其他\n无", record.NoneStated},
		{"stroke", "存在问题 | /\n其他 | 无", record.NoneStated},
		{"denied", "二、存在的问题\n本站资金使用规范，不存在截留挪用等问题。\n三、其他\n无", record.NoneStated},
		{"denied_another_way", "二、存在的问题\n项目实施顺利，绩效目标全面完成，无存在问题。\n三、其他\n无", record.NoneStated},
		{"no_deviation", "二、存在的问题\n各项指标均已完成，不存在偏差。\n三、其他\n无", record.NoneStated},
		{"not_found", "二、存在的问题\n本次自评未发现明显问题。\n三、其他\n无", record.NoneStated},
		{"not_applicable", "二、存在的问题\n不适用\n三、其他\n无", record.NotApplicable},
		{"blank", "二、存在的问题\n三、其他\n无", record.Blank},
		{"blank_cell", "存在问题 | \n其他 | 无", record.Blank},
		{"prompt", "二、存在的问题\n（分析本部门在预算管理方面存在的主要问题。）\n三、其他\n无", record.UnfilledPrompt},
		{"prompt_please", "存在问题 | 请据自评结果分析存在的问题和成因（限200字）\n其他 | 无", record.UnfilledPrompt},
		{"prompt_plain", "二、存在的问题\n简要分析项目实施中存在的问题及原因。\n三、其他\n无", record.UnfilledPrompt},
		{"block_of_a_form", "资金管理 | | 说明 | 存在问题\n | 分配 | 按因素分配 | 无\n指标 | 一级指标 | 二级指标 | 三级指标 | 实际值\n | 产出指标 | 数量指标 | 享受补贴的人员数量 | 12人", record.NoneStated},
		{"jammed", "二、自评\n存在问题暂无改进措施暂无", record.NoneStated},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := readText(t, opening+tt.text+"\n")
			if diff := cmp.Diff([]string(nil), values(r, "problems")); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]record.GapKind{tt.want}, gapKinds(r, "problems")); diff != "" {
				t.Errorf("gaps (-want +got):\n%s", diff)
			}
		})
	}
}
