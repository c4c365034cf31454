package field

import (
	"strings"

	"jixiao/internal/zh"
)

// A report may tell the posts and people of a unit beside its own to say that it
// leaves them out: 县水利站编制7名、在岗6名(不在本表汇总).

// leftOut are the words for that. 独立核算 alone is none: many a unit says so of itself.
var leftOut = []string{"不在本表", "不在本报告", "不在本次", "不纳入本", "不计入本", "不列入本", "不含在内", "不包含在内", "不在其内", "不在此列", "不在汇总", "不汇总",
	"另行自评", "单独自评", "另行填报", "单独填报", "另行编报", "单独编报", "自行自评", "已单独", "单独核算并自评"}

// leaveOut finds them all at once.
var leaveOut = zh.NewWords(leftOut...)

// ofOtherUnit reports whether the clause of number f, up to semicolons, is about
// another unit whose people are left out. What it calls its own it does not leave out.
func (s *script) ofOtherUnit(f *zh.Figure) bool {
	from, end := s.clauseAround(f.Start)
	clause := s.text[from:end]
	if !leaveOut.In(clause) {
		return false
	}
	at := f.Start - from
	out := len(clause)
	for _, w := range leftOut {
		if k := strings.Index(clause, w); k >= 0 {
			out = min(out, k)
		}
	}
	lead := clause[:min(at, out)]
	return zh.IsOrgan(subjectOf(lead)) || zh.ContainsAny(lead, []string{"所属", "下属", "下辖", "直属", "二级"})
}

// subjectOf returns the name that lead may begin with, without what only leads to it.
func subjectOf(lead string) string {
	lead = strings.TrimLeft(lead, "\n ")
	for _, w := range []string{"另有", "此外", "另外", "其中", ","} {
		lead = strings.TrimPrefix(lead, w)
	}
	for n := len(lead); n > 0; n-- {
		if n < len(lead) && lead[n]&0xc0 == 0x80 {
			continue
		}
		if name := lead[:n]; zh.IsOrgan(name) && !zh.HasAnyPrefix(name, []string{"我", "本", "局机关", "机关"}) {
			return name
		}
	}
	return ""
}

// withOwn reports whether units under this one, named at byte i, are told of together with
// the unit itself: 局机关及下属2个事业单位.
func (s *script) withOwn(i int) bool {
	before, ok := endsWith(s.text[:i], "及", "和", "与", "及其", "、")
	return ok && zh.HasAnySuffix(s.text[:i-len(before)], []string{"机关", "本级", "我局", "我委", "我办", "我单位", "本单位", "我部门", "本部门"})
}

// postsOfBodies reports whether number f is that of the posts of the bodies under the
// unit, told in one clause behind its own and before any people in post:
// 机关行政编制72名，所属事业单位编制119名. All of them are the department's.
func (s *script) postsOfBodies(f *zh.Figure, p *phrase) bool {
	if !p.features.Has(s.words.subunit|s.words.authorized) || p.features.Any(s.words.actual|s.words.kinds) {
		return false
	}
	word, ok := endsWith(strings.TrimRight(s.text[:f.Start], "为有共:"), "所属事业单位编制", "下属事业单位编制", "局属事业单位编制", "直属事业单位编制")
	if !ok {
		return false
	}
	from, _ := s.clauseAround(f.Start)
	own := s.wordsIn(from, max(from, f.Start-len(word)))
	return own.Any(s.words.weak) && !own.Any(s.words.actual)
}

// clauseAround returns where the clause between semicolons and full stops that holds
// byte i begins and ends; no further off than a sentence is long.
func (s *script) clauseAround(i int) (from, end int) {
	from = s.sentence(i)
	if k := strings.LastIndexByte(s.text[from:i], ';'); k >= 0 {
		from += k + 1
	}
	end = min(s.from[s.passage(i)+1]-1, i+maxSentence)
	for _, stop := range []string{";", "。"} {
		if k := strings.Index(s.text[i:end], stop); k >= 0 {
			end = i + k
		}
	}
	return from, end
}

// sumsKinds reports whether figure i, without a measure, is called the sum of the
// numbers of posts or people told right before it: 编制数:行政 12 事业 20 合计 32.
func (s *script) sumsKinds(i int, p *phrase) bool {
	if i == 0 || p.unknown > 0 || p.unknownAt || !p.features.Any(s.words.total) || len(s.cands) == 0 {
		return false
	}
	last := &s.cands[len(s.cands)-1]
	return strings.HasPrefix(last.key, "headcount.") && last.figure.Start == s.figs[i-1].Start && s.passage(last.figure.Start) == s.passage(s.figs[i].Start)
}

// rankHeads prefers, where people in post are told kind by kind and then their sum,
// 年末实有民警194人、事业人员11人,合计205人, the sum to the first of them, who are of a
// kind by their name alone.
func (s *script) rankHeads() {
	of := s.byKey["headcount.actual.total"]
	for _, k := range of {
		sum := &s.cands[k]
		if sum.part || sum.label[0] >= sum.label[1] || !s.wordsIn(sum.label[0], sum.label[1]).Any(s.words.total) {
			continue
		}
		for _, j := range of {
			first := &s.cands[j]
			if first.figure.Start >= sum.figure.Start || !s.sameSentence(first, sum) || !s.kindsMakeUp(first, sum) {
				continue
			}
			if zh.ContainsAny(s.text[first.label[0]:first.figure.Start], []string{"民警", "干警", "公务员"}) {
				first.key = "headcount.actual.admin"
			} else {
				first.score -= 0.4
			}
			sum.score = max(sum.score, 0.9)
		}
	}
}

// rankAllPosts prefers posts said to be all of them to fewer told before: 局机关编制16名;
// 二级单位编制18名;合计编制34名.
func (s *script) rankAllPosts() {
	of := s.byKey["headcount.authorized.total"]
	for _, k := range of {
		all := &s.cands[k]
		if len(of) < 2 || all.score < 0.6 || all.label[0] >= all.label[1] || !s.saysAll(all) {
			continue
		}
		for _, j := range of {
			if c := &s.cands[j]; c.figure.Start < all.figure.Start && c.number.Float() < all.number.Float() && s.sameSentence(c, all) {
				c.score -= 0.3
				all.score = max(all.score, 0.8)
			}
		}
	}
}

// saysAll reports whether the label of posts says, or right before it stands, that these
// are all.
func (s *script) saysAll(c *candidate) bool {
	set := s.wordsIn(c.label[0], c.label[1])
	return set.Any(s.words.authorized) && (set.Any(s.words.total) || zh.HasAnySuffix(s.text[:c.label[0]], []string{"合计", "共计", "总计", "共", "总"}))
}

// kindsMakeUp reports whether first and the kinds told between it and sum add up to it.
func (s *script) kindsMakeUp(first, sum *candidate) bool {
	total, kinds := first.number.Float(), 0
	for i := range s.cands {
		c := &s.cands[i]
		switch c.key {
		case "headcount.actual.admin", "headcount.actual.institution", "headcount.actual.logistics":
		default:
			continue
		}
		if c.figure.Start > first.figure.Start && c.figure.Start < sum.figure.Start {
			total += c.number.Float()
			kinds++
		}
	}
	return kinds > 0 && total == sum.number.Float()
}
