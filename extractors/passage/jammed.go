package passage

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh"
)

// Some producers of text, previews of documents above all, lose every line end:
// a whole report is one paragraph. Its chapters are found by their numbers.
const (
	shortestJam = 1500 // bytes of a paragraph that may be a whole report
	minChapters = 3
)

// chapterWords are in the titles of chapters.
var chapterWords = []string{"概况", "情况", "问题", "措施", "建议", "绩效", "评价", "结论", "目标", "资金", "预算", "结果", "分析", "组织", "管理", "经验", "职责"}

// chapters returns where in p the chapters and their parts begin; nil if p is
// no report that lost its line ends.
func chapters(p *Passage) []int {
	t := p.Text
	if len(t) < shortestJam {
		return nil
	}
	places := numbered(p, 0, len(t), Han)
	if len(places) < minChapters {
		return nil
	}
	titled := 0
	for _, i := range places {
		if head := t[i:min(len(t), i+60)]; zh.ContainsAny(head, chapterWords) {
			titled++
		}
	}
	if titled*2 <= len(places) {
		return nil
	}
	out := slices.Clone(places)
	for k, i := range places {
		end := len(t)
		if k+1 < len(places) {
			end = places[k+1]
		}
		if parts := numbered(p, i+len("一、"), end, HanParen); len(parts) > 1 {
			out = append(out, parts...)
		}
	}
	slices.Sort(out)
	if out[0] == 0 {
		out = out[1:]
	}
	return out
}

const shortestForm = 600 // bytes of a paragraph that may be a whole form

// formCaptions are what the first line below a form's title begins with, formParts
// what begins below the lines that name unit and project.
var (
	formCaptions = []string{"单位名称", "部门名称", "部门(单位)名称", "单位(部门)名称", "填报单位", "项目名称", "预算单位", "填报日期"}
	formParts    = []string{"预算执行情况(", "项目资金(", "年度资金总额", "年度绩效目标", "年度总体目标"}
)

// formHead returns where, in a form that lost its line ends, what stands behind the
// title begins and what stands below unit and project: 自评表|单位名称:…|预算执行情况(.
func formHead(t string) []int {
	const title, head = 180, 600 // bytes
	if len(t) < shortestForm {
		return nil
	}
	at := strings.Index(t[:title], "自评表")
	if at < 0 {
		return nil
	}
	at += len("自评表")
	if strings.HasPrefix(t[at:], "(") {
		at += strings.IndexByte(t[at:], ')') + 1
	}
	if at >= title || !zh.HasAnyPrefix(t[at:], formCaptions) {
		return nil
	}
	var out []int
	if m := LeadingMarker(t); m.Style == Number {
		out = append(out, m.Len) // a preview numbers its pages: 1、
	}
	out = append(out, at)
	below := -1
	for _, w := range formParts {
		if i := strings.Index(t[at:min(len(t), at+head)], w); i > 0 && (below < 0 || i < below) {
			below = i
		}
	}
	if below > 0 {
		out = append(out, at+below)
	}
	return out
}

// numbered returns where between from and to the numbers of a style stand that
// count on from one, each behind the end of a clause or white space.
func numbered(p *Passage, from, to int, style Style) (places []int) {
	t := p.Text
	last := "、"
	if style == HanParen {
		last = ")"
	}
	for i := from; i < to; {
		n := strings.Index(t[i:to], last)
		if n < 0 {
			break
		}
		i += n + len(last)
		at := numberBefore(t, i-len(last), style)
		if at < from {
			continue
		}
		if m := LeadingMarker(t[at:]); m.Style == style && m.Num == len(places)+1 && (at == 0 || p.Gap(at) > 0 || endsClause(t[:at])) {
			places = append(places, at)
		}
	}
	return places
}

// numberBefore returns where the Chinese number that ends at t[end] begins, with
// its bracket; -1 if there is none.
func numberBefore(t string, end int, style Style) int {
	at := end
	for at > 0 {
		r, n := utf8.DecodeLastRuneInString(t[:at])
		if !hanDigitSet.Has(r) {
			break
		}
		at -= n
	}
	switch {
	case at == end:
		return -1
	case style != HanParen:
		return at
	case at > 0 && t[at-1] == '(':
		return at - 1
	}
	return -1
}

func endsClause(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("。;:.!?)", r)
}
