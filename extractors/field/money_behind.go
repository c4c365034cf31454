package field

import (
	"strings"

	"jixiao/internal/zh"
)

// carriedOn are the words right behind an amount that say it goes on to next year.
var carriedOn = []string{"结转到", "结转至", "结转下", "结转次", "结转20", "结转入", "结转使用", "转入下", "转入次", "转到下", "转至下", "转下年", "留待下", "留转下", "结余结转", "滚存到下", "顺延至下"}

// leftOver are the words right before what is left.
var leftOver = []string{"其余", "尚余", "结余", "剩余", "余", "余款", "余下", "尚有"}

// carriedLater returns the words behind amount f up to those that say that it goes on
// to next year, or is not paid yet: 余82万元为质保金，结转下年使用.
func (s *script) carriedLater(f *zh.Figure) (string, bool) {
	behind := s.text[f.End:min(len(s.text), f.End+2*maxClause)]
	behind = behind[:numberEnds.Next(behind, 0)]
	if k := strings.IndexAny(behind, "0123456789"); k >= 0 {
		behind = behind[:k]
	}
	for _, w := range carriedOn {
		if k := strings.Index(behind, w); k >= 0 {
			return behind[:k+len(w)], true
		}
	}
	if word, ok := endsWith(behind, "留待", "延至", "顺延至", "推迟到", "推迟至"); ok && strings.Contains(s.text[f.End+len(behind):min(len(s.text), f.End+len(behind)+len("2023年"))], "年") {
		return behind[:len(behind)-len(word)] + word, true // 留待2023年支付
	}
	return startsWith(behind, "未支付", "未支出", "未使用", "未执行", "尚未支付", "尚未支出", "尚未使用")
}

// readCarriedOn proposes figure i as what is carried forward where only the words
// behind it say so: 106.67万元结转到2023年.
func (s *script) readCarriedOn(i int, p *phrase, ctx *context) {
	f, t := &s.figs[i], s.words
	left, _ := endsWith(s.text[:f.Start], leftOver...)
	if f.Kind != zh.Money || f.Bad || ctx.item || ctx.public3 || p.features&^(t.fill|t.own|t.parts|t.carry|t.total) != 0 || p.unknown > 0 && left == "" {
		return
	}
	word, ok := startsWith(s.text[f.End:], carriedOn...)
	if !ok && left != "" {
		word, ok = s.carriedLater(f)
	}
	if !ok {
		return
	}
	end := f.End + len(word)
	if k := strings.IndexAny(s.text[end:min(len(s.text), end+maxClause)], ",;\n"); k >= 0 && i+1 < len(s.figs) && s.figs[i+1].Kind == zh.Money && s.figs[i+1].Start < end+k {
		return // the words are those of the next amount
	}
	s.propose(candidate{key: "carryover", rule: "money-carried-on", figure: *f, number: f.Yuan(), label: [2]int{f.End, end},
		score: 0.88 - s.place(i) - s.otherYear(p, ctx)})
}
