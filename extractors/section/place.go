package section

import (
	"strings"
	"unicode/utf8"

	"jixiao/extractors/passage"
	"jixiao/internal/zh"
)

// contents marks the lines of tables of contents. One begins at a line 目录 and
// goes on until its first entry comes again, now as a heading, or a line is
// too long for an entry. Lines with dot leaders are entries wherever they are.
func (o *outliner) contents() {
	ps := o.doc.Passages
	for i := 0; i < len(ps); i++ {
		if t := ps[i].Text; t == "目录" || t == "目次" || t == "[目录]" {
			i = o.contentsFrom(i) - 1
		} else if leader(t) {
			o.tree.Role[i] = Contents
		}
	}
}

// contentsFrom marks the table that begins at passage i and returns the first
// passage after it.
func (o *outliner) contentsFrom(i int) int {
	const most = 200 // entries
	ps := o.doc.Passages
	seen := map[string]bool{}
	j := i + 1
	for ; j < len(ps) && j-i < most; j++ {
		t := ps[j].Text
		entry := withoutPage(t)
		if utf8.RuneCountInString(t) > maxTitle || strings.HasSuffix(t, "。") || seen[entry] && entry == t {
			break
		}
		if j > i+2 && entry == t && ends(seen, entry) {
			break
		}
		seen[entry] = true
	}
	if j == len(ps) || j-i >= most {
		return i + 1 // no table: everything looked like entries
	}
	j = o.bodyBefore(i, j)
	for k := i; k < j; k++ {
		o.tree.Role[k] = Contents
	}
	return j
}

// ends reports whether entry is, but for its number, one that was seen.
func ends(seen map[string]bool, entry string) bool {
	bare := entry[passage.LeadingMarker(entry).Len:]
	if bare == "" || bare == entry {
		return false
	}
	return seen[bare]
}

// bodyBefore goes back from j, the first line that is no entry, over the lines
// without page number that belong to the text already: headings and the title.
func (o *outliner) bodyBefore(i, j int) int {
	ps := o.doc.Passages
	paged := false
	for k := i + 1; k < j; k++ {
		paged = paged || withoutPage(ps[k].Text) != ps[k].Text
	}
	for j > i+1 && paged && withoutPage(ps[j-1].Text) == ps[j-1].Text {
		j--
	}
	return j
}

// pageEnds are what a page number at the end of a line is made of.
var pageEnds = zh.NewRuneSet("0123456789()- ")

// leader reports whether t ends with dots and a page number.
func leader(t string) bool {
	s := pageEnds.TrimRight(t)
	if s == t || utf8.RuneCountInString(t) > 2*maxTitle {
		return false
	}
	return strings.HasSuffix(s, "....") || strings.HasSuffix(s, "……") || strings.HasSuffix(s, "…………") || strings.HasSuffix(s, "····") || strings.HasSuffix(s, "____")
}

// withoutPage drops leaders and the page number at the end of an entry.
func withoutPage(t string) string {
	s := strings.TrimRight(t, "0123456789 ")
	if s == t || s == "" || strings.HasSuffix(s, "年") {
		return t
	}
	return strings.TrimRight(s, ".…·_-(")
}

// BareDate reports whether the folded line t is a date and nothing else.
func BareDate(t string) bool {
	if len(t) > 40 {
		return false
	}
	d, ok := zh.FindDate(t, 0)
	return ok && d.Start == 0 && d.End == len(t)
}

// dateEnds may stand behind the date of who signs.
var dateEnds = zh.NewRuneSet("印制填)")

// SignedDate returns the date of the folded line t if that names who signs and
// when, and nothing else: 某局财务科2017年3月30日印, (县残联2024年4月16日).
func SignedDate(t string) (zh.Found, bool) {
	const longest, short = 150, 12 // bytes of a line, characters of a name within brackets
	if len(t) > longest {
		return zh.Found{}, false
	}
	end := len(dateEnds.TrimRight(t))
	d, ok := zh.FindDate(t, 0)
	if !ok || d.Start == 0 || d.End != end {
		return zh.Found{}, false
	}
	who, enclosed := strings.CutPrefix(t[:d.Start], "(")
	who = strings.Trim(who, "—-,")
	if enclosed && strings.HasSuffix(t, ")") {
		return d, who != "" && zh.Shorter(who, short) && !strings.ContainsAny(who, ",;:()0123456789")
	}
	return d, organLine(who) || office(who)
}

// office reports whether s names an office within a body: 某局财务科.
func office(s string) bool {
	const longest = 6 // characters of the office's own name
	r, n := utf8.DecodeLastRuneInString(s)
	if !strings.ContainsRune("科股处室部组", r) {
		return false
	}
	for i := len(s) - n; i > 0 && i > len(s)-3*longest; i -= 3 {
		if utf8.RuneStart(s[i]) && zh.IsOrgan(s[:i]) {
			return true
		}
	}
	return false
}

// organLine reports whether the folded line t is a body's name, as signed.
func organLine(t string) bool {
	t = strings.TrimSuffix(strings.TrimSuffix(t, "(盖章)"), "(公章)")
	return zh.IsOrgan(t) || zh.Shorter(t, 30) && zh.HasAnySuffix(t, []string{"工作小组", "评价小组", "自评小组", "领导小组", "评价工作组", "自评工作组"})
}

// Signer reports whether the folded line t names people who answer for a form,
// or begins what is attached to it; lists end there.
func Signer(t string) bool {
	if r, _ := zh.Next(t, 0); len(t) > 150 || !signerStarts.Has(r) {
		return false
	}
	for _, w := range signers {
		if strings.HasPrefix(t, w) {
			rest := t[len(w):]
			return rest == "" || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "(") || strings.HasPrefix(rest, "|") || strings.HasPrefix(rest, "签")
		}
	}
	return false
}

// signerStarts are the characters that signers begin with.
var signerStarts = func() *zh.RuneSet {
	set := new(zh.RuneSet)
	for _, w := range signers {
		r, _ := zh.Next(w, 0)
		set.Add(r)
	}
	return set
}()

var signers = []string{
	"项目负责人", "负责人", "单位负责人", "部门负责人", "财务负责人", "主要负责人", "分管领导", "主要领导", "联系人", "填表人", "填报人", "填报人员",
	"经办人", "审核人", "复核人", "制表人", "联系电话", "电话", "评价人员", "评价组组长",
	"单位盖章", "单位(盖章)", "主要领导签字", "负责人签字", "单位负责人签字", "填报日期", "填表日期", "填报时间", "报送日期", "填报单位", "抄送", "附",
	"附件", "附表", "附件1", "附表1", "附件:1", "填报说明", "填表说明", "填报模板", "主管部门意见", "财政部门意见", "审核意见",
}
