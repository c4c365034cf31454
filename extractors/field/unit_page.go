package field

import (
	"strings"

	"jixiao/internal/zh"
)

// unitInFileName returns the unit in the name of the file that a page which offers
// the report for reading speaks of: 《2022年度某县水务局…自评表.docx》由会员分享.
func (r *Reading) unitInFileName() (claim, bool) {
	const zone = 6 // passages
	for i := range r.Doc.Passages[:min(zone, len(r.Doc.Passages))] {
		rest, ok := strings.CutPrefix(r.Doc.Passages[i].Text, "《")
		name, _, closed := strings.Cut(rest, "》")
		if !ok || !closed || titleWithoutExtension(name) == name || !isTitleLine(name) {
			continue
		}
		from := len("《")
		c, ok := r.unitIn(name, func(a, b int) []piece { return []piece{{i, from + a, from + b}} })
		c.weight, c.rule = looseName, "file"
		return c, ok
	}
	return claim{}, false
}

// unitOfPage returns who published the page that the report stands on, if the
// title speaks of the same place and the body is not one that publishes for others.
func (r *Reading) unitOfPage() (claim, bool) {
	own := zh.Places(r.front.text)
	for _, s := range r.stated {
		label, name := zh.FoldString(r.Doc.Layout.Text[s.label.Start:s.label.End]), r.words(s.value)
		if !zh.HasAnyPrefix(label, []string{"发布机构", "发布单位", "公开单位"}) || len(own) == 0 || !zh.IsOrgan(name) {
			continue
		}
		places := zh.Places(name)
		if len(places) == 0 || places[0].Name != own[0].Name || zh.HasAnySuffix(name, []string{"政府", "政府办公室", "财政局", "融媒体中心", "网信办", "政务服务中心", "委员会办公室"}) {
			continue
		}
		return claim{text: r.source(s.value), pieces: []piece{s.value}, label: s.label, weight: 0.6, rule: "page"}, true
	}
	return claim{}, false
}

// unitOfAccounts returns the unit in the title of the yearly accounts that the report is a
// chapter of: 某县水务局2023年度部门决算.
func (r *Reading) unitOfAccounts() (claim, bool) {
	const zone = 8 // passages
	for i := range r.Doc.Passages[:min(zone, len(r.Doc.Passages))] {
		t := r.Doc.Passages[i].Text
		if !zh.Shorter(t, 40) || !zh.ContainsAny(t, []string{"部门决算", "单位决算"}) || strings.ContainsAny(t, ",;:|<>《") || yearIn(t) == 0 {
			continue
		}
		if c, ok := r.unitIn(t, func(a, b int) []piece { return []piece{{i, a, b}} }); ok {
			c.weight, c.rule = 0.85, "accounts"
			return c, true
		}
	}
	return claim{}, false
}
