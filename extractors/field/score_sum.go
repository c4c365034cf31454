package field

import (
	"math/big"
	"strings"

	"jixiao/internal/zh"
)

// scoreAsSum proposes a mark that is the sum of those told before it in its
// sentence: 投入18分、过程30分、产出44分，累计92分.
func (s *script) scoreAsSum(i int, ctx *context) {
	f := &s.figs[i]
	from := s.sentence(f.Start)
	word, ok := endsWith(strings.TrimRight(s.text[from:f.Start], ":为得分"), "累计", "合计", "总计", "共计", "相加", "加总", "汇总", "之和", "总分", "总")
	if !ok || f.Bad {
		return
	}
	if isSumOf(s.text[from:f.Start]) {
		from = s.from[s.passage(f.Start)] // 投入14分；过程23分。两项相加37分
	}
	want, sum, parts := f.Number.Rat(), new(big.Rat), 0
	if s.summands == nil {
		s.summands = map[int]bool{}
	}
	for k := i - 1; k >= 0 && s.figs[k].Start >= from; k-- {
		if s.inOwnBrackets(k) {
			continue // 投入(15分)14分
		}
		if s.isOutOf(k) {
			k--
		} else if s.figs[k].Kind != zh.Points {
			break
		}
		part := s.figs[k].Number.Rat()
		if part == nil || want == nil || s.figs[k].Bad {
			return
		}
		parts++
		if sum.Add(sum, part); parts >= 2 && sum.Cmp(want) == 0 {
			at := from + strings.LastIndex(s.text[from:f.Start], word)
			for part := k; part < i; part++ {
				s.summands[s.figs[part].Start] = true
			}
			s.propose(candidate{key: "score", rule: "score-sum", figure: *f, number: f.Number, label: [2]int{at, at + len(word)},
				score: 0.84 - s.otherYear(&phrase{}, ctx)})
			return
		}
	}
}

// isSumOf reports whether a sentence begins with how many marks it adds up: 四项相加.
func isSumOf(s string) bool {
	s = strings.TrimLeft(s, "\n。以上")
	n := len(s) - len(strings.TrimLeft(s, "二两三四五六七八九十"))
	return n > 0 && zh.HasAnyPrefix(s[n:], []string{"项", "个部分", "部分", "类", "方面", "个方面"}) && len(s) < maxClause
}

// inOwnBrackets reports whether figure k stands in brackets alone.
func (s *script) inOwnBrackets(k int) bool {
	f := &s.figs[k]
	return f.Start > 0 && s.text[f.Start-1] == '(' && strings.HasPrefix(s.text[f.End:], ")")
}

// isOutOf reports whether figure k is what the mark before it is out of: 过程 17.5/20.
func (s *script) isOutOf(k int) bool {
	if k == 0 || s.figs[k-1].Kind != zh.Plain || s.figs[k].Kind != zh.Plain && s.figs[k].Kind != zh.Points || s.figs[k-1].Bad {
		return false
	}
	return s.text[s.figs[k-1].End:s.figs[k].Start] == "/" && s.figs[k-1].Number.Float() <= s.figs[k].Number.Float()
}

// sumsMarks reports whether figure i is the sum of the marks that were got before it,
// in paragraphs of their own or not: 1.决策(20分):得19分. 2.过程…. 以上合计92分.
func (s *script) sumsMarks(i int) bool {
	const most = 60 // figures looked back at
	want, sum, parts := s.figs[i].Number.Rat(), new(big.Rat), 0
	for k := i - 1; k >= max(0, i-most) && want != nil; k-- {
		f := &s.figs[k]
		if _, got := endsWith(strings.TrimRight(s.text[s.from[s.passage(f.Start)]:f.Start], ":为分"), "得", "自评", "计"); !got || f.Kind != zh.Points || f.Bad {
			continue
		}
		part := f.Number.Rat()
		if part == nil {
			return false
		}
		parts++
		switch sum.Add(sum, part).Cmp(want) {
		case 0:
			return parts > 1
		case 1:
			return false
		}
	}
	return false
}

// scoreAsResult proposes a mark told as the result of marking: 逐项打分，结果为86分.
func (s *script) scoreAsResult(i int, ctx *context) {
	f := &s.figs[i]
	from := s.sentence(f.Start)
	before := s.text[from:f.Start]
	word, ok := endsWith(before, "结果为", "结果是", "结果:", "结论为", "最终", "最终为", "最后", "最后为")
	if !ok || s.bounded(f) || f.Number.Float() < 40 || f.Number.Float() > 100 {
		return
	}
	for _, w := range []string{"打分", "评分", "量化", "计分", "赋分", "自评"} {
		if strings.Contains(before, w) {
			s.propose(candidate{key: "score", rule: "score-result", figure: *f, number: f.Number,
				label: [2]int{f.Start - len(word), f.Start}, score: 0.78 - s.otherYear(&phrase{}, ctx)})
			return
		}
	}
}

// endsWith returns the first of words that t ends with.
func endsWith(t string, words ...string) (string, bool) {
	for _, w := range words {
		if strings.HasSuffix(t, w) {
			return w, true
		}
	}
	return "", false
}

// valueOfGrade reports whether figure i, called 分值, is the mark that goes with
// the grade told right before it: 评价等级为优，分值为96分.
func (s *script) valueOfGrade(i int, p *phrase) bool {
	if p.end == 0 || !s.wholeValue(i) || !strings.HasPrefix(s.text[p.start:p.end], "分值") {
		return false
	}
	before := strings.TrimRight(s.text[s.sentence(p.begin):p.begin], ",;")
	for _, w := range gradeWords {
		if strings.HasSuffix(before, w.word) && zh.ContainsAny(before, []string{"等级", "等次", "评价结果", "自评结果", "评为", "档次", "评定"}) {
			return true
		}
	}
	return false
}

// scoreTurned proposes a mark that is what that of the year before became: 自评得分由上年的
// 92分提高到95分. It reports whether it is such.
func (s *script) scoreTurned(i int, ctx *context) bool {
	f := &s.figs[i]
	if f.Kind != zh.Points || ctx.item {
		return false
	}
	subject, _, ok := s.turned(i)
	if !ok {
		return false
	}
	if set := s.wordsIn(subject.i, subject.j); set.Any(s.words.score|s.words.self) && !set.Any(s.words.sub|s.words.full) {
		s.propose(candidate{key: "score", rule: "score-turned", figure: *f, number: f.Number, label: [2]int{subject.i, subject.j}, score: 0.82})
	}
	return true
}
