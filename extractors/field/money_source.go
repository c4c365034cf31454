package field

import (
	"strings"

	"jixiao/extractors/lexicon"
	"jixiao/internal/zh"
)

// namedFunds returns the feature of funds where the phrase p before an amount
// ends in a fund that the lexicon does not know, and the clause begins with what
// hands it down: 下达林业改革发展资金共计.
func (s *script) namedFunds(p *phrase) lexicon.Features {
	t := s.words
	if !p.unknownAt || p.features.Any(t.figures()|t.funds|t.last|t.delta|t.arrive|t.parts) {
		return 0
	}
	if part := s.text[p.begin:max(p.begin, p.end)]; !strings.Contains(part, "资金") && !strings.Contains(part, "经费") && !strings.Contains(part, "补助") {
		return 0
	}
	const longest = 90 // bytes from the start of the clause
	from := max(0, p.begin-longest, s.sentence(p.begin))
	if i := strings.LastIndexAny(s.text[from:p.begin], ",;(\n"); i >= 0 {
		from += i + 1
	}
	f := s.wordsIn(from, p.begin)
	if !f.Any(t.funds) || f.Any(t.mother|t.last|t.delta|t.arrive|t.parts|t.executed|t.spend|t.subunit) {
		return 0
	}
	return t.funds
}

// readSource proposes an income as money of the treasury where the words behind
// it say that it is nothing else: 收入12万元,均为财政拨款.
func (s *script) readSource(f *zh.Figure, c *candidate) {
	if c.key != "revenue.total" {
		return
	}
	rest := strings.TrimLeft(s.text[f.End:], ",(")
	for _, w := range []string{"均为", "均系", "均是", "全部为", "全部是", "全为", "全部来自", "全部来源于", "全额为", "皆为", "都是"} {
		if !strings.HasPrefix(rest, w) {
			continue
		}
		at := len(s.text) - len(rest) + len(w)
		h := s.hitsIn(at, at+1)
		if len(h) > 0 && h[0].Start == at && h[0].Features.Any(s.words.fiscal) && !h[0].Features.Any(s.words.mother) {
			source := *c
			source.key, source.rule, source.label = "revenue.fiscal", "money-source", [2]int{h[0].Start, h[0].End}
			s.propose(source)
		}
		return
	}
}

// changeWords begin what is said of an amount that another is compared with.
var changeWords = []string{"增加", "增长", "减少", "下降", "上升", "降低", "增支", "减支", "超支", "节约", "多", "少", "增", "减", "超"}

// recall completes the phrase before figure i by what surrounds it: an amount
// that another is compared with is stated all the same, 较年初预算10万元增加2万元,
// and a count of projects parts 年初预算项目14个，预算资金28万元.
func (s *script) recall(i int, p *phrase, ctx *context) {
	t, f := s.words, &s.figs[i]
	if p.features.Any(t.compare) && p.features.Has(t.budget|t.initial) && !ctx.public3 && !strings.HasPrefix(ctx.lastKey, "revenue.") &&
		startsWithAny(strings.TrimLeft(s.text[f.End:], ",相比"), changeWords) {
		p.features &^= t.compare
		p.unknown++
	}
	if p.stop != ',' || i == 0 || p.features.Any(t.initial|t.adjusted) || !p.features.Any(t.budget) {
		return
	}
	count := &s.figs[i-1]
	if (count.Kind == zh.Count || count.Kind == zh.Measure) && strings.HasPrefix(s.text[count.NumEnd:], "个") && count.NumEnd+len("个,") == p.begin && strings.HasSuffix(s.text[:count.Start], "项目") {
		p.features |= s.before(count.Start, i-1).features & (t.initial | t.adjusted)
	}
}
