package field

import (
	"jixiao/extractors/section"
	"jixiao/internal/zh"
)

// ahead begin the sentences in which a report turns from a problem to what it
// will do about it.
var ahead = []string{"我局将", "我单位将", "我中心将", "我院将", "我校将", "我办将", "我馆将", "我站将", "我镇将", "我县将", "我委将", "我所将",
	"我处将", "本单位将", "我们将", "我部门将", "下一步", "今后", "下步", "针对以上", "针对上述", "针对存在的", "针对该问题", "针对这一", "为此,我", "对此,我", "对此,将",
	"改进措施", "整改措施"}

// lookingAhead takes the sentences about the future out of regions of problems
// and makes regions of measures of them, where a heading announces both or the
// report has no other place for measures.
func (r *Reading) lookingAhead(list []region) []region {
	apart := false
	for _, g := range list {
		apart = apart || g.key == measures
	}
	var out []region
	for _, g := range list {
		if g.key != problems || apart && !r.announcesBoth(g) {
			out = append(out, g)
			continue
		}
		out = append(out, r.partAhead(g)...)
	}
	return out
}

// announcesBoth reports whether the words above g speak of measures as well.
func (r *Reading) announcesBoth(g region) bool {
	if g.label.Len() == 0 {
		return false
	}
	x, ok := r.pieceOf(g.label.Start, g.label.End)
	return ok && section.BothRoles(r.words(x))
}

// partAhead parts g at the sentences that begin like ahead, up to the end of
// their paragraph.
func (r *Reading) partAhead(g region) []region {
	stay := g
	stay.pieces = nil
	var out []region
	for _, x := range g.pieces {
		at := sentenceAhead(r.words(x))
		if at < 0 {
			stay.pieces = append(stay.pieces, x)
			continue
		}
		if at > 0 {
			stay.pieces = append(stay.pieces, piece{x.p, x.from, x.from + at})
		}
		out = append(out, region{key: measures, rule: "ahead.measures", pieces: []piece{{x.p, x.from + at, x.to}}})
	}
	return append([]region{stay}, out...)
}

// sentenceAhead returns where in t the first sentence that begins like ahead
// begins; -1 if there is none.
func sentenceAhead(t string) int {
	for _, x := range clauses(t) {
		if zh.HasAnyPrefix(t[x.from:x.to], ahead) {
			return x.from
		}
	}
	return -1
}

// clauses parts t at its full stops.
func clauses(t string) []extent {
	var out []extent
	from := 0
	for i, r := range t {
		if r == '。' {
			out = append(out, extent{from, i})
			from = i + len("。")
		}
	}
	if from < len(t) {
		out = append(out, extent{from, len(t)})
	}
	return out
}
