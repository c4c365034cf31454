package field

import (
	"strings"

	"jixiao/extractors/section"
	"jixiao/internal/zh"
)

// unitOfTown returns the government of the town that the title begins with, if
// the opening names it: 柏原县石桥镇2021年度… and 来源:柏原县石桥镇人民政府.
func (r *Reading) unitOfTown() (claim, bool) {
	zone := 15 // passages; what a page tells of itself in a table comes before them
	at, _ := yearExpression(r.front.text, 0)
	town := r.front.text[:at]
	if !hasPlace(town) || !zh.Shorter(town, 20) || !zh.HasAnySuffix(town, []string{"镇", "乡", "街道"}) {
		return claim{}, false
	}
	for i := 0; i < min(zone, len(r.Doc.Passages)); i++ {
		t := r.Doc.Passages[i].Text
		if r.Doc.Passages[i].Table >= 0 && zone < 2*titleZone {
			zone++
		}
		for _, w := range []string{"人民政府", "办事处"} {
			if k := strings.Index(t, town+w); k >= 0 && r.Tree.Role[i] != section.Contents {
				x := piece{i, k, k + len(town) + len(w)}
				return claim{text: r.source(x), pieces: []piece{x}, weight: 0.85, rule: "title+text"}, true
			}
		}
	}
	return claim{}, false
}
