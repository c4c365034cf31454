package field

import (
	"sort"
	"strings"

	"jixiao/extractors/section"
	"jixiao/internal/zh"
	"jixiao/internal/zh/division"
)

// readRegion reads the divisions that the unit is in: those its own name
// begins with, completed by coarser ones from the title or a place label.
func readRegion(r *Reading) {
	var own claim
	for _, f := range r.Fields {
		if f.Key == "unit" && len(f.Evidence) > 0 {
			if p, ok := r.pieceOf(f.Evidence[0].Start, f.Evidence[0].End); ok {
				if own = r.placeClaim(p, "unit", 0.95); own.text == "" {
					p.from += attached(r.words(p))
					own = r.placeClaim(p, "unit", 0.9)
				}
			}
		}
	}
	for _, c := range r.otherPlaces() {
		switch {
		case own.text == "", own.rule != "unit" && c.weight >= own.weight && divisionCode(own.text) == "" && divisionCode(c.text) != "":
			own = c
		case coarser(c.text, own.text):
			own = claim{text: c.text + own.text, pieces: append(append([]piece(nil), c.pieces...), own.pieces...), label: c.label, weight: own.weight - 0.05, rule: own.rule + "+" + c.rule}
		}
	}
	if own.text == "" {
		own = r.placeOfSupervisor()
	}
	if own.text == "" {
		own = r.placeOfAddressee()
	}
	if own.text == "" {
		return
	}
	before := len(r.Fields)
	if r.claim("region", own); len(r.Fields) > before {
		r.Fields[before].Code = divisionCode(own.text)
	}
}

// divisionCode returns the code of the divisions that text names, "" if the list
// of divisions does not have them.
func divisionCode(text string) string {
	var names []string
	for _, p := range zh.Places(zh.FoldString(text)) {
		names = append(names, p.Name)
	}
	return division.Code(names...)
}

// pieceOf returns the piece of a passage at [start, end) of the document.
func (r *Reading) pieceOf(start, end int) (piece, bool) {
	const around = 8 // passages that may reach into each other where lines were joined over a page's end
	after := sort.Search(len(r.Doc.Passages), func(i int) bool { return r.Doc.Passages[i].Span.Start > start })
	for i := max(0, after-around); i < after; i++ {
		if p := &r.Doc.Passages[i]; end <= p.Span.End {
			x := piece{i, p.At(start), p.At(end)}
			return x, x.from < x.to
		}
	}
	return piece{}, false
}

// placeClaim returns the divisions that the words of x begin with.
func (r *Reading) placeClaim(x piece, rule string, weight float64) claim {
	t := r.words(x)
	skip := nationwide(t)
	places := zh.Places(t[skip:])
	if len(places) == 0 {
		return claim{}
	}
	x.from += skip
	x.to = x.from + places[len(places)-1].End
	return claim{text: r.source(x), pieces: []piece{x}, weight: weight, rule: rule}
}

// bodies are what stands before the place in the names of bodies that exist all
// over the country.
var bodies = []string{"中共", "中国共产党", "国家税务总局", "中国共产主义青年团", "共青团", "国家统计局", "中华人民共和国", "中国人民政治协商会议", "政协", "中国民主同盟", "民盟",
	"中国国民党革命委员会", "民革", "中国民主建国会", "民建", "中国民主促进会", "民进", "中国农工民主党", "农工党", "中国致公党", "致公党", "九三学社", "中国红十字会",
	"中国人民解放军", "中国地震局", "自然资源部"}

// nationwide returns the length of one of bodies that name begins with, or of
// what else can stand before the place in a name: 第十九师金垦市医院.
func nationwide(name string) int {
	best := divisionOfCorps(name)
	for _, w := range bodies {
		if strings.HasPrefix(name, w) {
			best = max(best, len(w))
		}
	}
	return best
}

// divisionOfCorps returns the length of 新疆生产建设兵团第十九师 at the start of name, of
// which the corps is mostly left out.
func divisionOfCorps(name string) int {
	rest := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(name, "新疆"), "生产建设"), "兵团")
	at := len(name) - len(rest)
	rest, ok := strings.CutPrefix(rest, "第")
	if !ok {
		return 0
	}
	digits := len(rest) - len(strings.TrimLeft(rest, "一二三四五六七八九十0123456789"))
	if digits == 0 || !strings.HasPrefix(rest[digits:], "师") {
		return 0
	}
	return at + len("第") + digits + len("师")
}

// attached returns where in the name of a unit the words behind 附属 begin, 云岭市中医院
// of 东岭大学附属云岭市中医院; 0 if there are none.
func attached(name string) int {
	if i := strings.Index(name, "附属"); i > 0 {
		return i + len("附属")
	}
	return 0
}

// placeOfSupervisor returns the division that the name of the department above
// the unit begins with.
func (r *Reading) placeOfSupervisor() claim {
	for _, s := range r.stated {
		if s.kind == supervisorCap && s.value.from < s.value.to && isUnitName(r.words(s.value)) {
			c := r.placeClaim(s.value, "supervisor", 0.7)
			c.label = s.label
			return c
		}
	}
	return claim{}
}

// placeOfAddressee returns the division of the treasury or the government to which the
// report is addressed, 黔岭县财政局:, for a unit whose own name tells no place.
func (r *Reading) placeOfAddressee() claim {
	const zone = 15 // passages
	for i := range r.Doc.Passages[:min(zone, len(r.Doc.Passages))] {
		t := r.Doc.Passages[i].Text
		x := piece{i, 0, len(t)}
		if lead, ok := startsWith(t, "报:", "呈:", "呈报:", "主送:", "主送机关:", "报送:"); ok {
			x.from = len(lead)
		} else if strings.HasSuffix(t, ":") {
			x.to--
		} else {
			continue
		}
		if name := r.words(x); zh.Shorter(name, 20) && zh.IsOrgan(name) && zh.HasAnySuffix(name, []string{"财政局", "政府"}) {
			if c := r.placeClaim(x, "addressee", 0.65); c.text != "" {
				return c
			}
		}
	}
	return claim{}
}

// otherPlaces returns the divisions that the title, a place label or a sentence
// 位于… states, in this order.
func (r *Reading) otherPlaces() []claim {
	var out []claim
	add := func(c claim) {
		if c.text != "" {
			out = append(out, c)
		}
	}
	starts := []int{0}
	if at, n := yearExpression(r.front.text, 0); n > 0 {
		starts = append(starts, at+n)
	}
	if i := strings.LastIndexByte(r.front.text, '('); i > 0 && strings.HasSuffix(r.front.text, ")") && onlyPlaces(r.front.text[i+1:len(r.front.text)-1]) {
		starts = append(starts, i+1)
	}
	for _, i := range starts {
		if strings.HasPrefix(r.front.text[i:], "关于") {
			i += len("关于")
		}
		if x := r.front.at(i, len(r.front.text)); len(x) > 0 {
			add(r.placeClaim(x[0], "title", 0.85))
		}
	}
	add(r.placeOfTown())
	for _, s := range r.stated {
		if s.kind == placeCaption && s.value.from < s.value.to {
			c := r.placeClaim(s.value, "label.region", 0.9)
			c.label = s.label
			add(c)
		}
	}
	for i := range r.Doc.Passages {
		if role := r.Tree.Role[i]; role != section.Basics && role != section.Cover {
			continue
		}
		text := r.Doc.Passages[i].Text
		if k := liesIn(text); k > 0 {
			add(r.placeClaim(piece{i, k, len(text)}, "text.region", 0.8))
			break
		}
	}
	return out
}

// placeOfTown returns the divisions that the opening names before the town whose
// unit reports: 某市某镇 for 某镇人民政府.
func (r *Reading) placeOfTown() claim {
	const zone = 20 // passages
	unit := zh.FoldString(r.text("unit"))
	town := townOf(unit)
	if town == "" {
		return claim{}
	}
	for i := range r.Doc.Passages[:min(zone, len(r.Doc.Passages))] {
		t := r.Doc.Passages[i].Text
		for from := 0; ; {
			k := strings.Index(t[from:], town)
			if k < 0 {
				break
			}
			k += from
			start := max(0, strings.LastIndexAny(t[:k], ">/,.;: |")+1)
			if x := (piece{i, start, k}); start < k && onlyPlaces(r.words(x)) {
				return r.placeClaim(x, "text.region", 0.8)
			}
			from = k + len(town)
		}
	}
	return claim{}
}

// townOf returns the town or street that a unit's name begins with; "" if none.
func townOf(unit string) string {
	for i, r := range unit {
		if i >= 6 && i <= 24 && (r == '镇' || r == '乡' || strings.HasPrefix(unit[i:], "街道")) {
			return unit[:i+3]
		}
	}
	return ""
}

// situated are the words behind which a place is told, the surest first.
var (
	situated = []string{"位于", "地处", "坐落于", "坐落在", "隶属于", "隶属"}
	situates = zh.NewWords(situated...)
)

// liesIn returns where in text the words after 位于 begin; 0 if there are none.
func liesIn(text string) int {
	if !situates.In(text) {
		return 0
	}
	for _, w := range situated {
		if k := strings.Index(text, w); k >= 0 {
			return k + len(w)
		}
	}
	return 0
}

// coarser reports whether the divisions a are all above those of b and not
// stated there.
func coarser(a, b string) bool {
	pa, pb := zh.Places(zh.FoldString(a)), zh.Places(zh.FoldString(b))
	if len(pa) == 0 || len(pb) == 0 || strings.Contains(b, pa[0].Name) {
		return false
	}
	return pa[len(pa)-1].Level < pb[0].Level
}
