package plaintext

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWithoutMarkup(t *testing.T) {
	tests := map[string]struct{ src, want string }{
		"none":               {"得分<60分为差，A&B公司，a<b，c>d\n", "得分<60分为差，A&B公司，a<b，c>d\n"},
		"blank":              {"&nbsp;&nbsp;一、概况&nbsp;", "  一、概况 "},
		"blank_cut":          {"一、&nbsp概况&nbsp", "一、 概况 "},
		"characters":         {"&ldquo;三公&rdquo;经费&middot;5&lt;6&#8212;&#x3001;&hellip;", "“三公”经费·5<6—、…"},
		"twice":              {"一&amp;nbsp;二&amp;ldquo;", "一 二“"},
		"escaped":            {"&lt;p&gt;一&lt;/p&gt;&lt;br&gt;二", "一\n二"},
		"lines":              {"<p>一</p><p>二<br/>三<BR>四</p>", "一\n二\n三\n四\n"},
		"lines_kept":         {"<p>一</p>\n<p>二</p>\n", "一\n\n二\n\n"},
		"inline":             {"<strong>（一）</strong>完<span style=\"color:red\">成</span>98<sup>%</sup>", "（一）完成98%"},
		"scripts":            {"一<script>var a='<p>';</script><style>p{}</style><!-- 旧 -->二<![endif]>三", "一二三"},
		"table":              {"<table><tr><td>项目</td><td>预算</td></tr>\n<tr>\n<td>甲</td>\n<td>10</td></tr></table>后", "项目\t预算\n甲\t10\n后"},
		"table_cells":        {"<tr><th>问题</th><td><p>1.慢</p>\n<p>2.少</p></td></tr>", "问题\t 1.慢   2.少 \n"},
		"table_spans":        {"<table><tr><td rowspan=\"2\">产出</td><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr><tr><td colspan=2>合计</td><td>3</td></tr></table>", "产出\t甲\t1\n\t乙\t2\n合计\t\t3\n"},
		"table_spans_behind": {"<table><tr><td>指标</td><td rowspan=2>分值</td></tr><tr><td>甲</td></tr><tr><td>乙</td><td>1</td></tr></table>", "指标\t分值\n甲\t\n乙\t1\n"},
		"table_without_rows": {"项目</td><td>预算</td>\n甲</td><td>10</td>\n", "项目\t预算\n甲\t10\n"},
		"rows_without_table": {"一\n<tr><td>甲</td><td>1</td></tr>\n<tr><td>乙</td><td>2</td></tr>\n二", "一\n甲\t1\n乙\t2\n二"},
		"elements":           {"<报告><得分>92</得分><等级>优</等级></报告>", "得分：92\n等级：优\n"},
		"unknown":            {"<附件> <未知 a=1> <1分", "<附件> <未知 a=1> <1分"},
		"never_closed":       {"一<p 二 <p>三", "一<p 二 \n三"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, withoutMarkup(tt.src)); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWithoutMarkdown(t *testing.T) {
	tests := map[string]struct{ src, want string }{
		"none":     {"得分92分*注\n#1楼\n", "得分92分*注\n#1楼\n"},
		"titles":   {"# 报告\n## 一、概况\n####### 七\n#标签\n", "报告\n一、概况\n####### 七\n#标签\n"},
		"bold":     {"**得分**：**92分**（良）\n", "得分：92分（良）\n"},
		"in_cells": {"| **合计** | **25** |\n", "| 合计 | 25 |\n"},
		"masked":   {"20**年**月，李**\n**年\n", "20**年**月，李**\n**年\n"},
		"quoted":   {"# 报告\n> 得分92分\n", "报告\n得分92分\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, withoutMarkdown(tt.src)); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
		})
	}
}

func TestApartRemarks(t *testing.T) {
	tests := map[string]struct{ src, want string }{
		"none":      {"领导批注了意见\n", "领导批注了意见\n"},
		"in_clause": {"编制33名批注 [u1]: 请核，在职29人。\n", "编制33名\n批注 [u1]: 请核\n，在职29人。\n"},
		"at_end":    {"执行率96%批注[cw]：按1,250算。\n二、\n", "执行率96%\n批注[cw]：按1,250算。\n二、\n"},
		"sentence":  {"执行慢。批注 [u4]: 写原因，别太短\n", "执行慢。\n批注 [u4]: 写原因，别太短\n"},
		"own_line":  {"批注 [u5]: 可以合并，再议\n后\n", "批注 [u5]: 可以合并，再议\n后\n"},
		"deleted":   {"得分95分删除的内容: 96分，优\n", "得分95分\n删除的内容: 96分\n，优\n"},
		"format":    {"措施带格式的: 字体: 仿宋，四号\n", "措施\n带格式的: 字体: 仿宋，四号\n"},
		"bracketed": {"不细【批注：合并，再议】，不严[Comment 2: 改]\n", "不细\n【批注：合并，再议】\n，不严\n[Comment 2: 改]\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, apartRemarks(tt.src)); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWithoutJSON(t *testing.T) {
	tests := map[string]struct{ src, want string }{
		"none":     {"{得分}\n", "{得分}\n"},
		"members":  {`{"表名称":"自评表","得分":95.20,"等级":"优","备注":null}`, "自评表\n得分：95.20\n等级：优\n备注：\n"},
		"objects":  {`{"指标":[{"名称":"甲","得分":9},{"名称":"乙","得分":8}]}`, "指标：\n名称：甲    得分：9    \n名称：乙    得分：8    \n"},
		"lists":    {`{"存在问题":["慢","少"]}`, "存在问题：\n1.慢\n2.少\n"},
		"torn":     {`{"得分":95,"等级":`, `{"得分":95,"等级":`},
		"followed": {"{\"得分\":95}\n以上", "{\"得分\":95}\n以上"},
		"deep":     {strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40), strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, withoutJSON(tt.src)); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzWithoutJSON(f *testing.F) {
	f.Add(`{"a":[{"b":1,"c":[1,"x"]}],"d":{"e":null}}`)
	f.Fuzz(func(t *testing.T, src string) {
		if got := withoutJSON(src); len(got) > 16+24*len(src) {
			t.Errorf("%d bytes became %d", len(src), len(got))
		}
	})
}

func FuzzWithoutMarkup(f *testing.F) {
	f.Add("<table><tr><td rowspan=3 colspan=2>a</td></tr></table>&nbsp;&lt;/p&gt;")
	f.Fuzz(func(t *testing.T, src string) {
		if got := withoutMarkup(src); len(got) > 2*len(src)+maxCells {
			t.Errorf("%d bytes became %d", len(src), len(got))
		}
		if !strings.ContainsAny(src, "<&") && withoutMarkup(src) != src {
			t.Error("text without marks was changed")
		}
	})
}
