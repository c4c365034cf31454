package field

import (
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// noneForms are the folded texts that say there is nothing to tell.
var noneForms = map[string]record.GapKind{
	"无": record.NoneStated, "暂无": record.NoneStated, "没有": record.NoneStated, "无问题": record.NoneStated, "暂无问题": record.NoneStated, "无存在问题": record.NoneStated,
	"无建议": record.NoneStated, "暂无建议": record.NoneStated, "无措施": record.NoneStated, "暂无措施": record.NoneStated, "无改进措施": record.NoneStated, "暂无改进措施": record.NoneStated,
	"未发现": record.NoneStated, "未发现问题": record.NoneStated, "暂未发现问题": record.NoneStated, "不存在问题": record.NoneStated, "不存在": record.NoneStated, "未发现存在问题": record.NoneStated,
	"无明显问题": record.NoneStated, "无重大问题": record.NoneStated, "无突出问题": record.NoneStated, "无相关问题": record.NoneStated, "无其他问题": record.NoneStated, "暂无存在问题": record.NoneStated,
	"无相关建议": record.NoneStated, "无其他建议": record.NoneStated, "无有关建议": record.NoneStated, "暂无相关建议": record.NoneStated, "无意见": record.NoneStated, "无意见建议": record.NoneStated, "无此情况": record.NoneStated, "无此类情况": record.NoneStated,
	"无需改进": record.NoneStated, "无需整改": record.NoneStated, "暂不存在问题": record.NoneStated, "目前无": record.NoneStated, "目前暂无": record.NoneStated, "本年无": record.NoneStated, "无偏差": record.NoneStated, "无此项": record.NoneStated,
	"/": record.NoneStated, "-": record.NoneStated, "—": record.NoneStated, "——": record.NoneStated, "--": record.NoneStated, "//": record.NoneStated, "零": record.NoneStated,
	"不适用": record.NotApplicable, "不涉及": record.NotApplicable, "未涉及": record.NotApplicable, "N/A": record.NotApplicable, "n/a": record.NotApplicable, "无涉及": record.NotApplicable,
}

// noneForm reports whether the folded text s, but for punctuation, says that
// there is nothing, and in which way.
func noneForm(s string) (record.GapKind, bool) {
	s = strings.Trim(s, "。.;,:、!()[]|\n\r")
	if k, ok := noneForms[s]; ok {
		return k, true
	}
	if utf8.RuneCountInString(s) > 60 || strings.Contains(s, "但") {
		return "", false
	}
	for _, w := range negations {
		if i := strings.Index(s, w); i >= 0 && containsAny(s[i:], []string{"问题", "偏差", "现象", "不足之处"}) && !strings.ContainsAny(s[i:], ",;。") {
			return record.NoneStated, true
		}
	}
	return "", false
}

// negations deny, with 问题 after them, that there are problems.
var negations = []string{"未发现", "不存在", "没有发现", "无明显", "暂未发现", "没有存在", "尚未发现", "未出现", "没有出现", "无重大", "无存在", "均无",
	"暂不存在", "并无", "无突出", "无其他", "没有明显", "没有重大", "没有突出", "不存在明显"}

// isPrompt reports whether the folded paragraph s is the template's own
// instruction to whoever fills it in.
func isPrompt(s string) bool {
	if s == "" || len(s) > 900 {
		return false
	}
	if in, ok := inBrackets(s); ok {
		return startsWithAny(in, promptVerbs) || wordLimit(in)
	}
	if r, _ := utf8.DecodeRuneInString(s); !promptStarts.Has(r) && (strings.IndexByte(s, ')') < 0 || !strings.Contains(s, "字)")) {
		return false
	}
	s = strings.TrimRight(s, "。.:;")
	if startsWithAny(s, askVerbs) || strings.Contains(s, "(限") && strings.HasSuffix(s, "字)") {
		return !strings.Contains(s, "。") || wordLimit(s)
	}
	return wordLimit(s) && startsWithAny(s, promptVerbs) || startsWithAny(s, []string{"说明", "简述", "阐述"}) && strings.Contains(s, "是否") && !strings.Contains(s, "。")
}

// isListPrompt is isPrompt for the text under a heading of problems or
// measures, where 分析…存在的问题 is an instruction even without brackets.
func isListPrompt(s string) bool {
	if isPrompt(s) {
		return true
	}
	if utf8.RuneCountInString(s) > 60 || strings.ContainsAny(s, "0123456789") || strings.Contains(strings.TrimRight(s, "。"), "。") {
		return false
	}
	return startsWithAny(s, []string{"分析", "简述", "简要", "阐述", "描述", "列举", "填写", "针对存在", "针对上述", "针对发现", "总结分析", "主要分析", "如实"}) &&
		containsAny(s, []string{"存在的问题", "存在问题", "主要问题", "改进措施", "整改措施", "改进意见", "建议", "改进的措施"}) &&
		containsAny(s, []string{"分析", "提出", "述", "列", "填", "说明"}) && !containsAny(s, []string{"我", "已", "将", "了"})
}

// promptStarts has the first character of each of promptVerbs.
var promptStarts = func() *zh.RuneSet {
	set := new(zh.RuneSet)
	for _, w := range promptVerbs {
		r, _ := utf8.DecodeRuneInString(w)
		set.Add(r)
	}
	return set
}()

var askVerbs = []string{"请对", "请据", "请就", "请简", "请说明", "请填", "请列", "请从", "请结合", "请根据", "请按", "请依", "请参", "请写", "请围绕",
	"请分", "请逐", "请如实", "请概", "请阐", "请描", "请将", "请在", "请重点", "如无,请", "如无请", "若无,请", "此处填", "此处请"}

var promptVerbs = append([]string{"请", "填写", "说明", "分析", "针对", "简述", "简要", "描述", "列明", "列示", "列出", "列举", "反映", "包括", "如",
	"若", "重点", "主要说明", "主要反映", "主要分析", "主要从", "按照", "对照", "应", "需", "结合", "从", "阐述", "概述", "此处", "此项", "根据", "围绕",
	"逐项", "提出", "可", "注", "指", "不少于", "限", "总结", "介绍"}, askVerbs...)

// wordLimit reports whether s says how many characters may be written.
func wordLimit(s string) bool {
	for _, w := range []string{"字以内", "字左右", "字以上", "字)", "字。", "个字", "字以下", "字内"} {
		if i := strings.Index(s, w); i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
			return true
		}
	}
	return false
}

// inBrackets returns what stands between the brackets that enclose all of s.
func inBrackets(s string) (string, bool) {
	s = strings.TrimRight(s, "。.;")
	if len(s) < 3 || s[0] != '(' && s[0] != '[' {
		return "", false
	}
	end := closing(s)
	if end != len(s)-1 {
		return "", false
	}
	return s[1:end], true
}

// closing returns where the bracket that s begins with is closed; -1 if nowhere.
func closing(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '(', '[':
			depth++
		case ')', ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

func startsWithAny(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// gap notes that key was not read, and why.
func (r *Reading) gap(kind record.GapKind, key, reason string, spans ...layout.Span) {
	g := record.Gap{Kind: kind, Key: key, Reason: reason, Evidence: []record.Evidence{}}
	for _, s := range spans {
		if s.Len() > 0 {
			g.Evidence = append(g.Evidence, r.Quote(record.RoleValue, s))
		}
	}
	if len(g.Evidence) > 0 {
		g.Page = g.Evidence[0].Page
	}
	r.Gaps = append(r.Gaps, g)
}
