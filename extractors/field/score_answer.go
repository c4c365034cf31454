package field

import (
	"strings"

	"jixiao/internal/zh"
)

// scoreAsAnswer proposes a mark that answers a question: 问:自己打多少分? 答:92分.
func (s *script) scoreAsAnswer(i int, ctx *context) {
	f := &s.figs[i]
	p := s.passage(f.Start)
	const question, answer = 40 * len("问"), len("答:我单位自评为")
	lead := s.text[max(s.from[p], f.Start-question-answer):f.Start]
	at := strings.LastIndex(lead, "答:")
	if at < 0 || len(lead)-at > answer || !s.wholeValue(i) || strings.ContainsAny(lead[at:], ",;。") {
		return
	}
	asked := lead[:at]
	if asked == "" && p > 0 {
		asked = s.line(p - 1)
	}
	if !zh.ContainsAny(asked, []string{"多少分", "几分", "得分", "打分", "评分"}) || zh.ContainsAny(asked, []string{"复核", "复评", "抽评", "满意度", "上年"}) {
		return
	}
	s.propose(candidate{key: "score", rule: "score-answer", figure: *f, number: f.Number, score: 0.84 - s.otherYear(&phrase{}, ctx)})
}

// convertWords say that a mark is what another became in terms of a hundred.
var convertWords = []string{"折算", "折合", "换算", "折成", "折为", "转换"}

// scoreConverted proposes a mark told as what another one became: 折算成百分制为91.4分.
func (s *script) scoreConverted(i int, ctx *context) {
	f := &s.figs[i]
	from := s.sentence(f.Start)
	clause := s.text[from:f.Start]
	clause = clause[strings.LastIndexAny(clause, ",;:(")+1:]
	if len(clause) > len("折算成百分制后的最终自评综合得分为") || !zh.ContainsAny(clause, convertWords) || !s.wholeValue(i) || s.bounded(f) {
		return
	}
	if !strings.Contains(clause, "百分") && !s.wordsIn(from, f.Start).Any(s.words.score|s.words.self|s.words.gain) {
		return
	}
	s.propose(candidate{key: "score", rule: "score-converted", figure: *f, number: f.Number, score: 0.96 - s.otherYear(&phrase{}, ctx),
		label: [2]int{f.Start - len(clause), f.Start}})
}

// fullBehind proposes what the mark c is out of where it is told right behind it:
// 96.1/100, 83.6(总分100), 92分(满分为100分).
func (s *script) fullBehind(c *candidate, i int) {
	f := &c.figure
	if i+1 >= len(s.figs) {
		return
	}
	full := &s.figs[i+1]
	if full.Bad || full.Start-f.NumEnd > len("分,(满分分值为:") || full.Kind != zh.Points && full.Kind != zh.Plain {
		return
	}
	between := strings.TrimPrefix(s.text[f.NumEnd:full.Start], "分")
	switch strings.TrimLeft(strings.TrimRight(between, "为是:"), ",") {
	case "/", "(满分", "(总分", "(总分值", "(满分值", "(满分分值", "(百分制,满分":
	default:
		return
	}
	if v := full.Number.Float(); v != 100 && v != 1000 && v != 110 && v != 120 && v != 105 && v != 150 || c.number.Float() > v {
		return
	}
	s.propose(candidate{key: "score_full", rule: "score-full", figure: *full, number: full.Number, score: c.score - 0.02,
		label: [2]int{f.NumEnd, full.Start}})
}
