package field

import (
	"strings"

	"jixiao/internal/zh"
)

// unitOfPolicy returns the unit in charge of the policy that is evaluated, which
// nobody else carries out: 政策主管部门:某市民政局.
func (r *Reading) unitOfPolicy() (claim, bool) {
	for _, s := range r.stated {
		label := zh.FoldString(r.Doc.Layout.Text[s.label.Start:s.label.End])
		if s.kind == supervisorCap && strings.HasPrefix(label, "政策主管") && s.value.from < s.value.to && zh.IsOrgan(r.words(s.value)) {
			return claim{text: r.source(s.value), pieces: []piece{s.value}, label: s.label, weight: 0.9, rule: "label.unit"}, true
		}
	}
	return claim{}, false
}
