package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
	"jixiao/schemas/catalog"
)

// A rate is often told as what became of another one: 未达到100%，仅为87%;
// 由95%提高到98%; 执行率:基本支出100%，项目支出92%，整体96%.

var (
	raisedTo  = []string{"提高到", "提高至", "提升到", "提升至", "上升到", "上升至", "增长到", "增长至", "增加到", "增加至", "增至", "升至", "下降到", "下降至", "降低到", "降低至", "降到", "降至", "回落到", "回落至"}
	onlyThen  = []string{",仅为", ",只有", ",仅有", ",仅达", ",仅", ",实际为", ",实际仅为", ",实际完成", ",实际达到", ",实际", ",为", ",达到", ",实为", ",最终为"}
	wholeRate = []string{"整体", "总体", "综合", "合计", "总计", "全部", "整体为", "总体为", "综合为", "合计为", "总体达到", "整体达到"}
)

// readRateBehind proposes figure i, a percentage without words of its own, as
// the execution rate that the sentence has spoken of.
func (s *script) readRateBehind(i int, ctx *context) bool {
	f := &s.figs[i]
	if i == 0 || f.Kind != zh.Percent || ctx.item || ctx.public3 || ctx.subunit {
		return false
	}
	prev := &s.figs[i-1]
	if f.Start-prev.End > 3*maxUnknown || prev.End > f.Start {
		return false
	}
	words := s.text[prev.End:f.Start]
	switch {
	case prev.Kind != zh.Percent:
		return false
	case zh.HasAnySuffix(words, raisedTo):
		return s.proposeRateOf(i, prev.Start, 0.1, ctx)
	case zh.HasAnySuffix(words, onlyThen) && (s.bounded(prev) || s.before(prev.Start, i-1).features.Any(s.words.target)):
		return s.proposeRateOf(i, prev.Start, 0.1, ctx)
	case zh.HasAnySuffix(words, wholeRate) && strings.ContainsAny(words, ",、;"):
		return s.proposeRateOf(i, prev.Start, 0.2, ctx)
	}
	return false
}

// proposeRateOf proposes figure i as the rate whose name stands last before
// byte at, in the same sentence, minus being what speaks against it.
func (s *script) proposeRateOf(i, at int, minus float64, ctx *context) bool {
	from := s.sentence(at)
	for k := s.lastHit(at); k >= 0 && s.hits[k].Start >= from; k-- {
		h := &s.hits[k]
		if h.Features.Any(s.words.rateother) {
			return false
		}
		if !h.Features.Any(s.words.ratehead) {
			continue
		}
		label, ok := s.lex.Label(catalog.Percent, h.Features, s.scope)
		if !ok {
			return false
		}
		p := s.before(h.Start, s.figureAt(h.Start))
		if p.features.Any(s.words.basic|s.words.project|s.words.public3|s.words.mother|s.words.subunit) && s.scope == lexicon.Overall {
			return false
		}
		s.propose(candidate{key: label.Key, rule: label.ID, figure: s.figs[i], number: s.figs[i].Number, label: [2]int{h.Start, h.End},
			score: label.Weight - minus - s.place(i) - s.otherYear(&phrase{}, ctx)})
		return true
	}
	return false
}

// figureAt returns the index of the first figure at or behind byte at.
func (s *script) figureAt(at int) int {
	a, _ := s.figsIn(at, at)
	return a
}
