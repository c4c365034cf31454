package field

import (
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// isPrompt reports whether the folded paragraph s is the template's own
// instruction to whoever fills it in.
func isPrompt(s string) bool {
	if s == "" || len(s) > 900 {
		return false
	}
	if in, ok := inBrackets(s); ok {
		return zh.HasAnyPrefix(in, promptVerbs) || wordLimit(in)
	}
	if r, _ := utf8.DecodeRuneInString(s); !promptStarts.Has(r) && !zh.Contains(s, "字)") {
		return false
	}
	s = strings.TrimRight(s, "。.:;")
	if zh.HasAnyPrefix(s, askVerbs) || strings.Contains(s, "(限") && strings.HasSuffix(s, "字)") {
		return !strings.Contains(s, "。") || wordLimit(s)
	}
	return wordLimit(s) && zh.HasAnyPrefix(s, promptVerbs) || zh.HasAnyPrefix(s, []string{"说明", "简述", "阐述"}) && strings.Contains(s, "是否") && !strings.Contains(s, "。")
}

// isListPrompt is isPrompt for the text under a heading of problems or
// measures, where 分析…存在的问题 is an instruction even without brackets.
func isListPrompt(s string) bool {
	if isPrompt(s) {
		return true
	}
	if !zh.HasAnyPrefix(s, []string{"分析", "简述", "简要", "阐述", "描述", "列举", "填写", "针对存在", "针对上述", "针对发现", "总结分析", "主要分析", "如实"}) {
		return false
	}
	if utf8.RuneCountInString(s) > 60 || strings.ContainsAny(s, "0123456789") || strings.Contains(strings.TrimRight(s, "。"), "。") {
		return false
	}
	return zh.ContainsAny(s, []string{"存在的问题", "存在问题", "主要问题", "改进措施", "整改措施", "改进意见", "建议", "改进的措施"}) &&
		zh.ContainsAny(s, []string{"分析", "提出", "述", "列", "填", "说明"}) && !zh.ContainsAny(s, []string{"我", "已", "将", "了"})
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

// clauseMarks end a clause that stands in brackets.
var clauseMarks = zh.NewRuneSet("。.;")

// inBrackets returns what stands between the brackets that enclose all of s.
func inBrackets(s string) (string, bool) {
	if s == "" || s[0] != '(' && s[0] != '[' {
		return "", false
	}
	if s = clauseMarks.TrimRight(s); len(s) < 3 {
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
