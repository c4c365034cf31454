package field

import (
	"slices"
	"strings"

	"jixiao/extractors/passage"
	"jixiao/internal/zh"
)

// mainRegions drops the regions of list that tell less than another of the same
// key: why targets were missed, where the problems have a part of their own, what
// work goes on, where the measures have one, and what the reviews of single projects
// say in the report of a whole unit.
func (r *Reading) mainRegions(list []region) []region {
	list = yielding(list, r.onlyCauses)
	list = yielding(list, r.onlyPlans)
	if r.text("scope") == wholeScope {
		told := reviews{}
		list = yielding(list, func(g region) bool { return r.inReview(g, told) })
	}
	return list
}

// yielding drops the regions of list that are lesser, and what was parted from the
// same stretch, if there are others with the same key and words.
func yielding(list []region, lesser func(region) bool) []region {
	type stretch struct {
		key   string
		group int
	}
	var less map[stretch]bool
	for _, g := range list {
		if lesser(g) {
			if less == nil {
				less = map[stretch]bool{}
			}
			less[stretch{g.key, g.group}] = true
		}
	}
	if less == nil {
		return list
	}
	told := map[string]bool{}
	for _, g := range list {
		told[g.key] = told[g.key] || len(g.pieces) > 0 && !less[stretch{g.key, g.group}]
	}
	return slices.DeleteFunc(list, func(g region) bool { return told[g.key] && less[stretch{g.key, g.group}] })
}

// onlyCauses reports whether the words above g announce causes and no problems.
func (r *Reading) onlyCauses(g region) bool {
	if g.key != problems {
		return false
	}
	title := r.titleOf(g)
	return (zh.ContainsAny(title, []string{"未完成", "偏离", "偏差", "未达"}) && strings.Contains(title, "原因") || zh.ContainsAny(title, []string{"扣分", "失分"})) &&
		!zh.ContainsAny(title, []string{"问题", "不足", "困难", "短板", "差距", "薄弱"})
}

// onlyPlans reports whether the words above g announce how the work goes on, 后续工作
// 计划, and nothing that is done about problems.
func (r *Reading) onlyPlans(g region) bool {
	if g.key != measures {
		return false
	}
	title := r.titleOf(g)
	return strings.Contains(title, "后续") && zh.ContainsAny(title, []string{"计划", "安排"}) &&
		!zh.ContainsAny(title, []string{"措施", "改进", "整改", "建议", "对策"})
}

// titleOf returns the words above g; "" if it stands in a table or has none.
func (r *Reading) titleOf(g region) string {
	if g.label.Len() == 0 {
		return ""
	}
	x, ok := r.pieceOf(g.label.Start, g.label.End)
	if !ok || r.Doc.Passages[x.p].Table >= 0 {
		return ""
	}
	return r.words(x)
}

// reviews are the passages that were asked whether they announce a review of a
// project; one that holds many lists is not read for each of them.
type reviews map[int]bool

func (v reviews) in(r *Reading, p int) bool {
	yes, known := v[p]
	if !known {
		yes = strings.Contains(r.Doc.Passages[p].Text, "自评综述")
		v[p] = yes
	}
	return yes
}

// inReview reports whether g stands in the review of a single project, as accounts
// have them: 某项目绩效自评综述:….
func (r *Reading) inReview(g region, told reviews) bool {
	const back = 3 // paragraphs of one review before its problems
	at := g.group
	if g.label.Len() > 0 {
		if x, ok := r.pieceOf(g.label.Start, g.label.End); ok {
			at = x.p
		}
	}
	for i := at; i >= max(0, at-back); i-- {
		if r.Doc.Passages[i].Table >= 0 {
			return false
		}
		if told.in(r, i) {
			return true
		}
		if r.Tree.Heading[i] && passage.LeadingMarker(r.Doc.Passages[i].Text).Style != passage.NoStyle {
			return false
		}
	}
	return false
}
