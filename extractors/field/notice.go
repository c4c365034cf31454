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

// A number is that of an official document, as 湛财绩[2021]5号.
type docNumber struct {
	piece
	agency string
	year   int
	serial string // "" if its place is blank
	score  int
}

// readNotice reads the number of the notice that this evaluation answers. A
// report cites laws, rules and budget papers as well: the notice is known by
// the words around it, its agency and its year.
func readNotice(r *Reading) {
	const enough = 5 // score from which a number is taken for that of the notice
	year := r.number("year")
	var best *docNumber
	for i := range r.Doc.Passages {
		p := &r.Doc.Passages[i]
		if r.Tree.Role[i] == section.Contents || !zh.Contains(p.Text, "号") {
			continue
		}
		before := r.torn(i)
		text := before + p.Text
		for _, n := range docNumbers(text, i) {
			n.score += noticeScore(text, n, year)
			n.from, n.to = n.from-len(before), n.to-len(before)
			if best == nil || n.score > best.score {
				best = &n
			}
		}
	}
	switch {
	case best == nil || best.score < enough:
	case best.serial == "":
		var spans []layout.Span
		for _, x := range r.acrossLines(best.piece) {
			spans = append(spans, r.span(x))
		}
		r.gap(record.Blank, "notice_number", "通知文号缺少序号", spans...)
	default:
		agency := r.pieceText(r.acrossLines(piece{best.p, best.from, best.from + len(best.agency)}))
		text := fmt.Sprintf("%s〔%d〕%s号", agency, best.year, best.serial)
		weight := min(0.97, 0.7+0.03*float64(best.score))
		r.claim("notice_number", claim{text: text, pieces: r.acrossLines(best.piece), label: layout.Span{}, weight: weight, rule: "notice"})
	}
}

// torn returns the text of the paragraph before i if it was broken off in the
// middle of a sentence, so that a number can begin there.
func (r *Reading) torn(i int) string {
	if i == 0 || r.Tree.Heading[i] || r.Doc.Passages[i].Table >= 0 || r.Doc.Passages[i-1].Table >= 0 {
		return ""
	}
	t := r.Doc.Passages[i-1].Text
	if last, _ := zh.Last(t); strings.ContainsRune("。;:|", last) || zh.Shorter(t, 12) || isTitleLine(t) {
		return ""
	}
	return t
}

// acrossLines returns x as pieces of passages: what lies before the start of
// its passage is the end of the one before.
func (r *Reading) acrossLines(x piece) []piece {
	if x.from >= 0 {
		return []piece{x}
	}
	n := len(r.Doc.Passages[x.p-1].Text)
	first := piece{x.p - 1, n + x.from, min(n, n+x.to)}
	if x.to <= 0 {
		return []piece{first}
	}
	return []piece{first, {x.p, 0, x.to}}
}

// number returns the whole number that was read for key; 0 if none.
func (r *Reading) number(key string) int {
	for _, f := range r.Fields {
		if f.Key == key {
			n, _ := f.Value.AsNumber()
			return int(n)
		}
	}
	return 0
}

// docNumbers finds the numbers of documents in the folded text t of passage p.
func docNumbers(t string, p int) []docNumber {
	var out []docNumber
	for i := 0; ; {
		k := strings.Index(t[i:], "号")
		if k < 0 {
			return out
		}
		end := i + k + len("号")
		if n, ok := numberBefore(t, i+k); ok {
			n.p, n.to = p, end
			out = append(out, n)
		}
		i = end
	}
}

// numberBefore reads the number whose 号 stands at t[i], from the right: the
// serial, the year in brackets, the agency's short name.
func numberBefore(t string, i int) (docNumber, bool) {
	j := i
	for j > 0 && (t[j-1] >= '0' && t[j-1] <= '9' || t[j-1] == ' ') {
		j--
	}
	serial := strings.ReplaceAll(t[j:i], " ", "")
	if len(serial) > 5 {
		return unbracketed(t, i, j, serial)
	}
	serial = strings.TrimLeft(serial, "0")
	j = len(strings.TrimSuffix(t[:j], "第"))
	if j == 0 || t[j-1] != ']' && t[j-1] != ')' {
		return docNumber{}, false
	}
	low := max(0, j-20)
	open := low + strings.LastIndexAny(t[low:j-1], "[(")
	if open < low {
		return docNumber{}, false
	}
	year, k := zh.YearAt(strings.Trim(t[open+1:j-1], " "))
	if k == 0 || strings.Trim(t[open+1:j-1], " 年")[k:] != "" {
		return docNumber{}, false
	}
	from := agencyStart(t, open)
	n := docNumber{agency: t[from:open], year: year, serial: serial}
	n.from = from
	return n, utf8.RuneCountInString(n.agency) >= 2
}

// unbracketed reads 林财预202411号, which lacks the brackets around the year.
func unbracketed(t string, i, j int, digits string) (docNumber, bool) {
	year, k := zh.YearPrefix(digits)
	from := agencyStart(t, j)
	n := docNumber{agency: t[from:j], year: year, serial: strings.TrimLeft(digits[min(4, len(digits)):], "0")}
	n.from = from
	return n, k > 0 && len(digits) <= 8 && n.serial != "" && utf8.RuneCountInString(n.agency) >= 2 && strings.ContainsAny(n.agency, "财绩办函发预")
}

// agencyStart returns where the agency's short name that ends at t[end] begins.
func agencyStart(t string, end int) int {
	const most = 12 // characters
	from := end
	for n := 0; n < most && from > 0; n++ {
		from -= officeInBrackets(t[:from])
		r, size := zh.Last(t[:from])
		if r < 0x4e00 || r > 0x9fff {
			break
		}
		from -= size
	}
	for _, w := range agencyLeads {
		if k := strings.LastIndex(t[from:end], w); k >= 0 && end-(from+k+len(w)) >= 6 {
			from += k + len(w)
		}
	}
	return from
}

// officeInBrackets returns the length of the brackets that s ends with if they
// hold the one or two characters of an office: 财(绩)发, 财(监督).
func officeInBrackets(s string) int {
	in, closed := strings.CutSuffix(s, ")")
	i := strings.LastIndexByte(in, '(')
	if !closed || i < 1 {
		return 0
	}
	if n := utf8.RuneCountInString(in[i+1:]); n < 1 || n > 2 || len(in)-i-1 != 3*n || s[i-1] < 0x80 {
		return 0
	}
	return len(s) - i
}

// agencyLeads can stand right before an agency's short name.
var agencyLeads = []string{"文件号", "发文字号", "通知文号", "文号", "文件", "的通知", "通知", "根据", "按照", "依据", "依照", "遵照", "见", "和", "及", "与", "以", "即", "由", "要求", "编号", "号为", "为", "落实", "贯彻", "转发", "参照", "对照", "结合", "收到", "财政局", "财政厅", "人民政府", "委员会", "办公室"}

// noticeScore says how much the words around n speak for the notice.
func noticeScore(t string, n docNumber, year int) int {
	title, lead := titleOf(t, n.from)
	after := cutBytes(t[n.to:], 60)
	score := 0
	if zh.ContainsAny(title, []string{"自评", "自我评价"}) {
		score += 6
	} else if strings.Contains(title, "绩效") && zh.ContainsAny(title, []string{"通知", "函"}) {
		score += 3
	}
	if zh.ContainsAny(title, []string{"通知", "的函"}) {
		score += 2
	}
	if zh.ContainsAny(title, []string{"办法", "规定", "条例", "细则", "准则", "制度", "批复", "下达", "拨付", "编制", "三定", "机构", "意见", "规程", "指引", "法》", "公开"}) && !strings.Contains(title, "自评") {
		score -= 5
	}
	if strings.Contains(n.agency, "绩") {
		score += 3
	} else if strings.Contains(n.agency, "财指") {
		score -= 9 // gives money out
	}
	if zh.ContainsAny(n.agency, []string{"财", "绩"}) {
		score++
	}
	if zh.ContainsAny(lead, []string{"根据", "按照", "依据", "依照", "遵照", "按"}) {
		score++
	}
	if zh.HasAnyPrefix(strings.TrimLeft(after, ")》,"), []string{"要求", "文件", "精神", "通知", "安排", "的要求", "的通知", "的安排", "部署", "的文件", "规定", "的精神"}) {
		score += 2
	}
	switch {
	case year == 0:
	case n.year == year+1:
		score += 3
	case n.year == year, n.year == year+2:
		score++
	case n.year < year-0 || n.year > year+2:
		score -= 5
	}
	if zh.ContainsAny(after, []string{"自评", "绩效评价工作"}) {
		score++
	}
	return score
}

// titleOf returns the words that name the document whose number begins at
// t[from]: the title in 《》 right before it, else the clause; and the words
// before that title.
func titleOf(t string, from int) (title, lead string) {
	head := strings.TrimRight(t[max(0, from-600):from], "(,[")
	if strings.HasSuffix(head, "》") {
		if k := strings.LastIndex(head, "《"); k >= 0 {
			return head[k:], lastRunes(head[:k], 12)
		}
	}
	clause := head
	if k := strings.LastIndexAny(clause, ";)》"); k >= 0 {
		clause = clause[k+1:]
	}
	if k := strings.LastIndex(clause, "。"); k >= 0 {
		clause = clause[k+len("。"):]
	}
	if len(clause) > 0 && !utf8.RuneStart(clause[0]) {
		clause = strings.TrimLeftFunc(clause, func(r rune) bool { return r == utf8.RuneError })
	}
	if k := strings.LastIndex(clause, "、《"); k >= 0 {
		clause = clause[k:]
	}
	tail := lastRunes(clause, 70)
	return tail, tail
}

func lastRunes(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := zh.Last(s[:i])
		i -= size
	}
	return s[i:]
}
