package section

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/extractors/passage"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// docOf returns the document whose paragraphs are the lines of text.
func docOf(text string) *passage.Doc {
	p := layout.Page{Span: layout.Span{Start: 0, End: len(text)}}
	at := 0
	for _, l := range strings.SplitAfter(text, "\n") {
		if strings.TrimSpace(l) != "" {
			p.Paragraphs = append(p.Paragraphs, layout.Span{Start: at, End: at + len(strings.TrimRight(l, "\n"))})
		}
		at += len(l)
	}
	return passage.New(&layout.Doc{Text: text, Pages: []layout.Page{p}})
}

// outline writes sections as lines: level, role, title.
func outline(list []record.Section) (out []string) {
	for _, s := range list {
		out = append(out, fmt.Sprintf("%d %s %s", s.Level, s.Role, s.Title))
		out = append(out, outline(s.Children)...)
	}
	return out
}

func TestOutline(t *testing.T) {
	tests := []struct {
		name string
		text string
		want []string
	}{
		{"levels", "某县水利局自评报告\n一、基本情况\n（一）机构设置\n略。\n1.职能职责\n略。\n（二）收支情况\n略。\n二、自评结论\n得分95分。\n三、存在的问题\n无。\n四、改进措施\n无。",
			[]string{"1 cover ", "1 basics 基本情况", "2 basics 机构设置", "3 basics 职能职责", "2 money 收支情况", "1 score 自评结论", "1 problems 存在的问题", "1 measures 改进措施"}},
		{"run_in", "一、基本情况\n（一）自评工作过程。由财务室牵头开展。\n（二）自评结果：得95分。",
			[]string{"1 basics 基本情况", "2 process 自评工作过程", "2 score 自评结果"}},
		{"decimals", "1.基本情况\n1.1部门概况\n略。\n1.2支出情况\n略。\n2.评价结论\n略。\n3.存在问题\n3.1预算编制不细。\n4.建议\n4.1细化预算。",
			[]string{"1 basics 基本情况", "2 basics 部门概况", "2 money 支出情况", "1 score 评价结论", "1 problems 存在问题", "1 measures 建议"}},
		{"parts", "第一部分 部门概况\n略。\n第二部分 绩效评价结论\n略。\n第三部分 存在的问题\n略。",
			[]string{"1 basics 部门概况", "1 score 绩效评价结论", "1 problems 存在的问题"}},
		{"lost_first_number", "单位基本情况\n（一）机构设置\n略。\n二、自评结论\n略。",
			[]string{"1 basics 单位基本情况", "2 basics 机构设置", "1 score 自评结论"}},
		{"lost_middle_number", "三、绩效自评情况\n（一）自评结果\n略。\n部门整体支出绩效指标分析\n略。\n（三）存在问题\n略。",
			[]string{"1 analysis 绩效自评情况", "2 score 自评结果", "2 analysis 部门整体支出绩效指标分析", "2 problems 存在问题"}},
		{"number_without_dot", "5 存在的问题\n略略略略。\n6 有关建议\n略略略略。", []string{"1 problems 存在的问题", "1 measures 有关建议"}},
		{"items_are_no_headings", "一、重点工作\n1.下发短信1458条。\n2.巡河2368人次；\n3.改造管网27公里\n二、存在的问题\n1.预算编制不够规范。\n2.绩效管理有待加强\n三、下一步打算\n（一）加强预算管理。细化科目。",
			[]string{"1 goals 重点工作", "1 problems 存在的问题", "1 measures 下一步打算"}},
		{"contents_left_out", "自评报告\n目录\n一、基本情况 1\n二、存在的问题 3\n三、改进措施 5\n一、基本情况\n略。\n二、存在的问题\n略。\n三、改进措施\n略。",
			[]string{"1 cover ", "1 basics 基本情况", "1 problems 存在的问题", "1 measures 改进措施"}},
		{"contents_with_leaders", "一、基本情况……………1\n二、存在的问题...........3\n一、基本情况\n略。\n二、存在的问题\n略。",
			[]string{"1 cover ", "1 basics 基本情况", "1 problems 存在的问题"}},
		{"form_labels", "项目支出绩效自评表\n存在问题\n预算执行较慢，年底集中支付。\n改进措施\n按季调度支付进度。\n项目负责人：张某",
			[]string{"1 cover ", "1 problems 存在问题", "1 measures 改进措施", "1 signature "}},
		{"signature", "一、改进措施\n细化预算。\n某某县水利局\n2023年5月6日", []string{"1 measures 改进措施", "1 signature "}},
		{"other_is_no_problem", "一、其他需要说明的问题\n无。", []string{"1 other 其他需要说明的问题"}},
		{"quotes_kept", "一、“三公”经费情况\n略。", []string{"1 money “三公”经费情况"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := docOf(tt.text)
			tree := Outline(d)
			if diff := cmp.Diff(tt.want, outline(tree.Sections)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			checkTree(t, d, tree)
		})
	}
}

func TestRoleOf(t *testing.T) {
	tests := map[string]string{
		"存在的主要问题及原因分析": Problems, "自评发现的主要问题": Problems, "主要困难": Problems, "偏差大或目标未完成原因分析": Problems, "问题与不足": Problems,
		"下一步改进措施": Measures, "今后努力方向": Measures, "对策建议": Measures, "发现问题整改情况": Measures, "改进措施及结果应用方案": Measures, "针对问题的整改措施": Measures, "下一步工作计划": Measures,
		"其他需要说明的问题": Other, "绩效自评结果应用情况": Other, "主要经验及做法": Other, "上年度自评问题整改情况": Other,
		"综合评价结论": Score, "自评得分": Score, "评价结论及建议": Score,
		"部门整体支出情况(包括预算和决算)": Money, "三公经费使用情况": Money, "预算执行情况": Money,
		"部门整体支出绩效目标": Goals, "绩效目标完成情况": Analysis, "履职效能分析": Analysis, "自评工作开展情况": Process, "机构设置及人员情况": Basics, "部门概况": Basics, "目录": Contents, "巡河": "",
	}
	for title, want := range tests {
		t.Run(title, func(t *testing.T) {
			if got := RoleOf(title); got != want {
				t.Errorf("RoleOf(%q) = %q, want %q", title, got, want)
			}
		})
	}
}

func TestFormal(t *testing.T) {
	tests := map[string]bool{
		"部门整体支出绩效管理存在问题": true, "存在的主要问题及原因分析": true, "下一步拟改进措施及有关建议": true, "本年度部门整体绩效自评发现的主要问题": true,
		"预算编制不够科学": false, "绩效管理观念有待加强": false, "完善内控制度": false, "巡河": false,
	}
	for title, want := range tests {
		t.Run(title, func(t *testing.T) {
			if got := Formal(title); got != want {
				t.Errorf("Formal(%q) = %v", title, got)
			}
		})
	}
}

// checkTree checks what holds for the outline of any text.
func checkTree(t testing.TB, d *passage.Doc, tree *Tree) {
	t.Helper()
	if len(tree.Role) != len(d.Passages) || len(tree.Heading) != len(d.Passages) || len(tree.Body) != len(d.Passages) {
		t.Fatalf("%d roles, %d headings, %d bodies for %d passages", len(tree.Role), len(tree.Heading), len(tree.Body), len(d.Passages))
	}
	for i, p := range d.Passages {
		if tree.Body[i] < 0 || tree.Body[i] > len(p.Text) || tree.Body[i] > 0 && !tree.Heading[i] {
			t.Errorf("passage %d: body at %d of %d, heading %v", i, tree.Body[i], len(p.Text), tree.Heading[i])
		}
	}
	checkSections(t, tree.Sections, layout.Span{Start: 0, End: len(d.Layout.Text)}, 0)
}

func checkSections(t testing.TB, list []record.Section, in layout.Span, level int) {
	t.Helper()
	at := in.Start
	for _, s := range list {
		if s.Level <= level || s.Start < at || s.End < s.Start || s.End > in.End || s.Children == nil {
			t.Errorf("section %q level %d [%d,%d) inside [%d,%d) level %d, before it %d", s.Title, s.Level, s.Start, s.End, in.Start, in.End, level, at)
		}
		at = s.End
		checkSections(t, s.Children, s.Span, s.Level)
	}
}

func FuzzOutline(f *testing.F) {
	for _, s := range []string{"一、基本情况\n（一）问题。无\n目录\n1.引言 1\n1.引言\n", "存在问题：1、a\n整改\n2023年5月6日", "第一部分\n1.1.1 措施|", "（一\n(1)\n问题（一）："} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			return
		}
		d := docOf(strings.ToValidUTF8(text, "?"))
		checkTree(t, d, Outline(d))
	})
}
