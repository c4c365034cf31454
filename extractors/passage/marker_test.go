package passage

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/internal/zh"
)

func TestLeadingMarker(t *testing.T) {
	tests := []struct {
		name, src string
		style     Style
		num       int
		rest      string
	}{
		{"part", "第二部分 绩效情况", Part, 2, "绩效情况"},
		{"part_section", "第二节 改进措施", Part, 2, "改进措施"},
		{"part_section_lesson", "第二节课程延期", NoStyle, 0, "第二节课程延期"},
		{"stem_brackets", "（丁）绩效分析", Stem, 4, "绩效分析"},
		{"number_stroke", "2/ 验收滞后", Number, 2, "验收滞后"},
		{"number_per_month", "2/月", NoStyle, 0, "2/月"},
		{"topic_one_of", "问题之二，采购慢", Topic, 2, "采购慢"},
		{"topic_short_of", "不足一半", NoStyle, 0, "不足一半"},
		{"topic_brackets", "（问题三）采购慢", Topic, 3, "采购慢"},
		{"topic_square_circled", "【措施②】提前采购", Topic, 2, "提前采购"},
		{"topic_square_alone", "【问题】采购慢", Topic, 0, "采购慢"},
		{"topic_dash", "问题2——采购慢", Topic, 2, "采购慢"},
		{"topic_answered", "针对问题一：提前采购", Topic, 1, "提前采购"},
		{"topic_space_only", "问题一 采购慢", NoStyle, 0, "问题一采购慢"},
		{"asked", "问：有哪些问题？", Asked, 0, "有哪些问题?"},
		{"asked_numbered", "Q2：有哪些问题？", Asked, 0, "有哪些问题?"},
		{"asked_behind_number", "3.问：有哪些问题？", Asked, 0, "有哪些问题?"},
		{"quarter_is_not_asked", "Q1、Q2支出偏慢", NoStyle, 0, "Q1、Q2支出偏慢"},
		{"number_colon", "2：采购慢", Number, 2, "采购慢"},
		{"time_is_no_number", "9:30开会", NoStyle, 0, "9:30开会"},
		{"one_comes", "二来采购慢", Qiyi, 2, "采购慢"},
		{"ordinal_counted", "第二个问题是采购慢", Diyi, 2, "采购慢"},
		{"ordinal_counted_comma", "第三条措施，提前采购", Diyi, 3, "提前采购"},
		{"ordinal_of_time", "第一个月采购慢", NoStyle, 0, "第一个月采购慢"},
		{"ordinal_of_quarter", "第二项目部", NoStyle, 0, "第二项目部"},
		{"han", "三、存在的问题", Han, 3, "存在的问题"},
		{"han_square", "【四】绩效目标", Han, 4, "绩效目标"},
		{"han_dot", "十一．其他", Han, 11, "其他"},
		{"han_paren", "（十二）预算", HanParen, 12, "预算"},
		{"han_paren_lost_bracket", "二）预算", HanParen, 2, "预算"},
		{"han_paren_with_comma", "（三）、预算", HanParen, 3, "预算"},
		{"enclosed_ideograph", "㈡预算", HanParen, 2, "预算"},
		{"number", "１．支出", Number, 1, "支出"},
		{"number_pause", "2、支出", Number, 2, "支出"},
		{"number_year", "1.2023年预算", Number, 1, "2023年预算"},
		{"number_stop", "⒊支出", Number, 3, "支出"},
		{"decimal", "4.1存在的问题", Decimal, 1, "存在的问题"},
		{"decimal_not_a_measure", "5.1 项目储备不足", Decimal, 1, "项目储备不足"},
		{"decimal_deep", "4.2.3 归档", Decimal, 3, "归档"},
		{"number_paren", "（3）档案", NumParen, 3, "档案"},
		{"number_half_paren", "3）档案", NumParen, 3, "档案"},
		{"circled", "③档案", Circled, 3, "档案"},
		{"yishi", "二是档案", Yishi, 2, "档案"},
		{"diyi", "第一，档案", Diyi, 1, "档案"},
		{"qiyi", "其二，档案", Qiyi, 2, "档案"},
		{"first", "首先，档案", Firstly, 1, "档案"},
		{"last_is", "最后是档案", Firstly, 4, "档案"},
		{"stem", "乙、档案", Stem, 2, "档案"},
		{"letter", "B.档案", Letter, 2, "档案"},
		{"dash", "——档案", Bullet, 0, "档案"},
		{"hyphen", "- 档案", Bullet, 0, "档案"},
		{"dot", "• 档案", Bullet, 0, "档案"},
		{"topic", "问题2：档案", Topic, 2, "档案"},
		{"topic_han", "整改措施（一）：档案", Topic, 1, "档案"},
		{"item_with_number", "7.21个单位", NoStyle, 0, "7.21个单位"},
		{"number_of_a_notice", "〔2021〕5号", NoStyle, 0, "[2021]5号"},
		{"amount", "1.36亿元", NoStyle, 0, "1.36亿元"},
		{"thousands", "1,234.56万元", NoStyle, 0, "1,234.56万元"},
		{"year", "2023年", NoStyle, 0, "2023年"},
		{"date", "2023.6.28", NoStyle, 0, "2023.6.28"},
		{"page_number", "— 3 —", NoStyle, 0, "—3—"},
		{"hyphen_page", "- 3 -", NoStyle, 0, "-3-"},
		{"levels", "一、二级指标得分较高", NoStyle, 0, "一、二级指标得分较高"},
		{"quarters", "第一、二季度支出偏慢", NoStyle, 0, "第一、二季度支出偏慢"},
		{"word_ten", "十分重视", NoStyle, 0, "十分重视"},
		{"word_first", "第一季度", NoStyle, 0, "第一季度"},
		{"word_other", "其他收入", NoStyle, 0, "其他收入"},
		{"word_one", "一般公共预算", NoStyle, 0, "一般公共预算"},
		{"word_problem", "问题整改", NoStyle, 0, "问题整改"},
		{"bracketed_word", "（万元）", NoStyle, 0, "(万元)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := zh.FoldString(tt.src)
			m := LeadingMarker(s)
			if m.Style != tt.style || m.Num != tt.num {
				t.Errorf("LeadingMarker(%q) = %+v, want style %d number %d", s, m, tt.style, tt.num)
			}
			if diff := cmp.Diff(tt.rest, s[m.Len:]); diff != "" {
				t.Errorf("rest (-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzLeadingMarker(f *testing.F) {
	for _, s := range []string{"一、", "(1)", "1.1", "问题(一", "——", "①", "第", "最后", "其十", "a)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m := LeadingMarker(s)
		if m.Len < 0 || m.Len > len(s) || (m.Len == 0) != (m.Style == NoStyle) {
			t.Fatalf("LeadingMarker(%q) = %+v", s, m)
		}
	})
}
