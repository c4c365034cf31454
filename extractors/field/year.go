package field

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"jixiao/extractors/section"
	"jixiao/internal/zh"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// A yearClaim is a place that tells which year is evaluated.
type yearClaim struct {
	year   int
	piece  piece
	label  layout.Span
	weight float64
	rule   string
}

// readYear reads the year evaluated, or the years as period: from a label, the
// title, the opening sentence or, last, the dates of the figures. The year of
// a notice, of filling in or of publishing is another one.
func readYear(r *Reading) {
	claims := r.yearLabels()
	claims = append(claims, r.yearsInTitle()...)
	claims = append(claims, r.yearOnCover()...)
	r.readPeriod()
	told, body := r.yearsInText()
	claims = append(claims, told...)
	best := -1
	for i, c := range claims {
		if best < 0 || c.weight > claims[best].weight {
			best = i
		}
	}
	r.maskedYear()
	if best < 0 {
		return
	}
	win := claims[best]
	f := record.Field{Key: "year", Value: record.Number(int64(win.year)), Raw: r.source(win.piece), Confidence: win.weight, Rule: win.rule, Evidence: r.quotes([]piece{win.piece})}
	if win.label.Len() > 0 {
		f.Evidence = append(f.Evidence, r.Quote(record.RoleLabel, win.label))
	}
	if len(f.Evidence) == 0 {
		return
	}
	if r.yearConflict(win, claims, body) {
		f.Confidence -= 0.2
	}
	r.Fields = append(r.Fields, f)
}

// yearLabels returns the years that labels such as 评价年度: announce.
func (r *Reading) yearLabels() []yearClaim {
	var out []yearClaim
	for _, s := range r.stated {
		if s.kind == spanCaption {
			out = append(out, r.yearOfSpan(s)...)
		}
		if s.kind != yearCaption || s.value.from >= s.value.to {
			continue
		}
		t := r.words(s.value)
		if _, _, ok := periodIn(t, 0); ok {
			continue
		}
		if y, n := zh.YearAt(t); n > 0 && utf8.RuneCountInString(t) < 24 {
			x := s.value
			x.to = x.from + n
			weight := 0.98
			if !r.ofEvaluation(s) {
				weight = 0.9 // 年度 alone can head a column, 实施期限 is the project's
			}
			out = append(out, yearClaim{y, x, s.label, weight, "label.year"})
		}
	}
	return out
}

// yearOfSpan returns the year in which the project began and ended, if that is one:
// 2020年3月至2020年11月. Where nothing else tells the year it is that of the money.
func (r *Reading) yearOfSpan(s stated) []yearClaim {
	t := r.words(s.value)
	y, n := zh.YearAt(t)
	if n == 0 || !strings.HasPrefix(t[n:], "年") || !startsMonth(t[n+len("年"):]) {
		return nil
	}
	at, k := yearExpression(t, n)
	if end, _ := zh.YearAt(t[at:]); k == 0 || end != y {
		return nil
	}
	x := s.value
	x.to = x.from + n
	return []yearClaim{{y, x, s.label, 0.6, "label.project_span"}}
}

// ofEvaluation reports whether the label of s asks for the time evaluated.
func (r *Reading) ofEvaluation(s stated) bool {
	label := zh.FoldString(r.Doc.Layout.Text[s.label.Start:s.label.End])
	return zh.HasAnyPrefix(label, []string{"评价", "自评", "填报", "报告", "绩效", "预算年度", "所属"})
}

// yearsInTitle returns the years of the title that are those evaluated.
func (r *Reading) yearsInTitle() []yearClaim {
	t := r.front.text
	if _, _, ok := periodIn(t, 0); ok {
		return nil
	}
	var best *yearClaim
	for i := 0; i < len(t); {
		at, n := yearExpression(t, i)
		if n == 0 {
			break
		}
		y, k := zh.YearAt(t[at:])
		named := n > k || strings.HasPrefix(t[at+n:], ")")
		i = at + n
		x := r.front.at(at, at+k)
		if len(x) != 1 || !named || partOfCode(t, at, i) {
			continue
		}
		c := yearClaim{y, x[0], layout.Span{}, 0.95, "title"}
		if strings.HasSuffix(t[:i], "年度") {
			c.weight = 0.96 // 2024年开展2023年度绩效自评
		}
		if best == nil || c.weight > best.weight || c.weight == best.weight && c.year < best.year {
			best = &c
		}
	}
	if best == nil {
		return nil
	}
	return []yearClaim{*best}
}

// yearOnCover returns the year that is a line of its own beside the title: 2022年度.
func (r *Reading) yearOnCover() []yearClaim {
	const above, below = 3, 6 // lines from the one on which the title ends
	if r.frontAt < 0 || r.front.text == "" {
		return nil
	}
	for i := max(0, r.frontAt-above); i < min(r.frontAt+below, len(r.Doc.Passages)); i++ {
		t := bareLine(r.Doc.Passages[i].Text)
		if r.Tree.Heading[i] || !strings.HasSuffix(t, "年度") {
			continue
		}
		if y, n := zh.YearAt(t); n > 0 && n+len("年度") == len(t) {
			at := strings.Index(r.Doc.Passages[i].Text, t)
			return []yearClaim{{y, piece{i, at, at + n}, layout.Span{}, 0.94, "cover"}}
		}
	}
	return nil
}

// partOfCode reports whether the year t[i:j] belongs to a number such as 财[2023]7号.
func partOfCode(t string, i, j int) bool {
	return i > 0 && (t[i-1] == '[' || t[i-1] >= '0' && t[i-1] <= '9') || j < len(t) && t[j] == ']'
}

// maxYearPassages is how many passages are searched for the year.
const maxYearPassages = 120

// yearsInText returns what running text says of the year, by how sure it is:
// 对2022年度…开展自评, a notice's title with 2022年度, 截至2022年12月31日, and
// the year that the figures are of.
func (r *Reading) yearsInText() ([]yearClaim, figureYears) {
	var out []yearClaim
	body := figureYears{count: map[int]int{}, first: map[int]piece{}, said: map[int]bool{}}
	for i := range r.Doc.Passages {
		if i > maxYearPassages {
			break
		}
		p := &r.Doc.Passages[i]
		if !p.Any(zh.YearSign) || r.Tree.Role[i] == section.Contents || len(p.Text) < 8 || zh.HasAnyPrefix(p.Text, []string{"发布", "[", "填报", "填表"}) {
			continue
		}
		for _, c := range yearsOf(p.Text, i) {
			if i > 25 && c.weight > 0.7 {
				c.weight = 0.7
			}
			if c.weight > 0.3 {
				out = append(out, c)
			}
			body.said[c.year] = body.said[c.year] || c.weight > 0 && i > r.frontAt
			if role := r.Tree.Role[i]; c.rule == "text.figures" && (role == section.Money || role == section.Basics || role == section.Cover || role == section.Score) {
				body.add(c)
			}
		}
	}
	if y, n := body.most(); n > 0 {
		out = append(out, yearClaim{y, body.first[y], layout.Span{}, 0.5, "text.figures"})
	}
	return out, body
}

// yearsOf returns the years in the folded text t of passage p and how much
// each says about the year evaluated.
func yearsOf(t string, p int) []yearClaim {
	var out []yearClaim
	t = cutBytes(t, 3000)
	last := strings.LastIndex(t, "年") // behind it stands no year that counts
	if last < 0 {
		return nil
	}
	upTo := t[:min(len(t), last+len("年度"))]
	for i := 0; i < len(upTo); {
		at, n := yearExpression(upTo, i)
		if n == 0 {
			break
		}
		y, k := zh.YearAt(t[at:])
		i = at + n
		if n == k || partOfCode(t, at, i) {
			if n == k {
				i = at + k
			}
			continue
		}
		c := yearClaim{year: y, piece: piece{p, at, at + k}}
		c.weight, c.rule = weighYear(t, at, i)
		out = append(out, c)
	}
	return out
}

func cutBytes(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// weighYear says how sure it is that the year t[i:j] is the one evaluated.
func weighYear(t string, i, j int) (float64, string) {
	before, after := t[:i], cutBytes(t[j:], 120)
	annual := strings.HasSuffix(t[:j], "年度")
	inTitle := strings.Count(before, "《") > strings.Count(before, "》")
	clause := after
	if k := strings.IndexAny(clause, ",;:"); k >= 0 {
		clause = clause[:k]
	}
	if k := strings.Index(clause, "。"); k >= 0 {
		clause = clause[:k]
	}
	about := zh.ContainsAny(clause, []string{"绩效", "自评", "评价", "整体支出", "项目支出"})
	notice := inTitle || strings.Contains(clause, "通知") || strings.Contains(clause, "文件")
	switch {
	case zh.HasAnyPrefix(after, []string{"版", "修订", "以来", "前"}) || comparesYear(before, clause):
		return 0, ""
	case notice && annual && about:
		return 0.75, "text.notice"
	case notice:
		return 0, ""
	case annual && about:
		return 0.85, "text.opening"
	case strings.HasPrefix(after, "12月31日") || strings.HasPrefix(after, "末") || strings.HasPrefix(after, "年末") || strings.HasPrefix(after, "底"):
		return 0.6, "text.year_end"
	case zh.ContainsAny(clause, []string{"绩效自评", "自评报告"}):
		return 0.65, "text.opening"
	case strings.HasPrefix(after, "1月") || startsMonth(after):
		return 0, ""
	}
	return 0.3, "text.figures"
}

// comparesYear reports whether the year is one that this year is compared with
// or that lies in the past: 较2020年, 2018年总收入 said beside another.
func comparesYear(before, clause string) bool {
	if zh.HasAnySuffix(before, []string{"截至", "截止"}) {
		return false
	}
	return zh.HasAnySuffix(before, []string{"较", "比", "上年(", "于", "自", "从", "成立于", "建于", "与", "同", "至", "到", "和", "-", "—", "~"}) || zh.ContainsAny(clause, []string{"成立", "创建", "设立", "印发", "组建", "挂牌", "机构改革", "批准"})
}

// startsMonth reports whether s begins with a month, so that the year before it
// is part of a date.
func startsMonth(s string) bool {
	n := 0
	for n < len(s) && n < 2 && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n > 0 && strings.HasPrefix(s[n:], "月")
}

// periodIn returns where in s, from i on, a span of years stands: 2022-2024年,
// 2022年至2024年.
func periodIn(s string, i int) (at, n int, ok bool) {
	for {
		at, k := yearExpression(s, i)
		if k == 0 {
			return 0, 0, false
		}
		rest := s[at+k:]
		for _, w := range []string{"-", "—", "~", "至", "到", "——", "--"} {
			if !strings.HasPrefix(rest, w) {
				continue
			}
			y1, _ := zh.YearAt(s[at:])
			y2, m := zh.YearAt(rest[len(w):])
			if m > 0 && y2 > y1 && y2-y1 <= 10 && !strings.HasPrefix(rest[len(w)+m:], "-") {
				return at, k + len(w) + m, true
			}
		}
		i = at + k
	}
}

// readPeriod reads the years evaluated where a title or label names several.
func (r *Reading) readPeriod() {
	t := r.front.text
	if at, n, ok := periodIn(t, 0); ok {
		r.addPeriod(t[at:at+n], r.front.at(at, at+n), layout.Span{}, "title")
		return
	}
	for _, s := range r.stated {
		if s.kind != yearCaption || s.value.from >= s.value.to || !r.ofEvaluation(s) {
			continue
		}
		if at, n, ok := periodIn(r.words(s.value), 0); ok {
			x := piece{s.value.p, s.value.from + at, s.value.from + at + n}
			r.addPeriod(r.words(x), []piece{x}, s.label, "label.year")
			return
		}
	}
}

func (r *Reading) addPeriod(words string, pieces []piece, label layout.Span, rule string) {
	first, _ := zh.YearAt(words)
	last := 0
	for i := 1; i < len(words); i++ {
		if y, n := zh.YearAt(words[i:]); n > 0 && utf8.RuneStart(words[i]) {
			last = y
		}
	}
	r.claim("period", claim{text: fmt.Sprintf("%d-%d", first, last), pieces: pieces, label: label, weight: 0.9, rule: rule})
}

// maskedYears are how templates write a year that is to be filled in.
var maskedYears = []string{"20XX年", "20xx年", "20××年", "20**年", "202X年", "202×年", "20X年", "××年度", "XX年度", "xx年度", "20_年", "20__年", "XXXX年", "xxxx年", "××××年", "20Xx年", "201X年", "202x年", "2OXX年",
	"20▲▲年", "20〇〇年度"}

// maskedYear notes a year whose figures were replaced, as 20XX年度.
func (r *Reading) maskedYear() {
	for i := range r.Doc.Passages {
		if i > 30 {
			return
		}
		if p := &r.Doc.Passages[i]; !p.Any(zh.MaskSign) || !p.Any(zh.YearSign) {
			continue
		}
		t := r.Doc.Passages[i].Text
		for _, w := range maskedYears {
			if k := strings.Index(t, w); k >= 0 {
				r.gap(record.Masked, "year", "年度未填写具体数字", r.span(piece{i, k, k + len(w)}))
				return
			}
		}
	}
}

// NameHints returns the values that only the file's name states, as hints:
// they belong to a submission, not to the document.
func NameHints(name string, fields []record.Field) []record.Gap {
	for _, f := range fields {
		if f.Key == "year" {
			return nil
		}
	}
	s := zh.FoldString(name)
	if i := strings.LastIndexAny(s, "/\\"); i >= 0 {
		s = s[i+1:]
	}
	y := yearIn(s)
	if y == 0 {
		return nil
	}
	return []record.Gap{{Kind: record.HintInName, Key: "year", Reason: fmt.Sprintf("正文未写明年度，文件名写有%d年", y), Evidence: []record.Evidence{}}}
}
