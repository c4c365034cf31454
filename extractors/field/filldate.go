package field

import (
	"strings"
	"unicode/utf8"

	"jixiao/extractors/section"
	"jixiao/internal/zh"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// readFillDate reads when the report was filled in, made or signed: from a
// label, or a line that is a date alone, at the end before the cover.
func readFillDate(r *Reading) {
	blank := layout.Span{}
	for _, kind := range []caption{fillCaption, plainDate} {
		for _, s := range r.stated {
			if s.kind != kind {
				continue
			}
			if s.value.from >= s.value.to || blankDate(r.words(s.value)) {
				if kind == fillCaption {
					blank = s.label
				}
				continue
			}
			if kind == plainDate && r.publishes(s.at) {
				continue
			}
			if r.labelledDate(s) {
				return
			}
		}
	}
	if r.bareDate() {
		return
	}
	if blank.Len() > 0 {
		r.gap(record.Blank, "fill_date", "填报日期处为空白", blank)
	}
}

// publishes reports whether passage i, in which a plain 时间: stands, is a web
// page's line about itself: it gives the hour as well, or the page's source.
func (r *Reading) publishes(i int) bool {
	for _, s := range r.stated {
		if s.at == i && s.kind == foreignDate {
			return true
		}
	}
	t := r.Doc.Passages[i].Text
	if r.headsPage(i) {
		return true
	}
	d, ok := zh.FindDate(t, 0)
	if !ok {
		return false
	}
	if zh.ContainsAny(t[d.End:], []string{"浏览", "点击", "字号", "字体", "访问", "打印", "阅读"}) {
		return true
	}
	rest := strings.TrimLeft(t[d.End:], " 日")
	n := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	return n > 0 && n <= 2 && n+1 < len(rest) && rest[n] == ':' && rest[n+1] >= '0' && rest[n+1] <= '9'
}

// headsPage reports whether passage i is one of the lines above the text of a web
// page that tell about the page: 索引号, 作者, 信息来源.
func (r *Reading) headsPage(i int) bool {
	const near = 12 // cells or lines
	for j := max(0, i-near); j <= min(i+3, len(r.Doc.Passages)-1); j++ {
		if t := r.Doc.Passages[j].Text; len(t) < 60 && zh.HasAnyPrefix(t, []string{"索引号", "作者:", "信息来源", "来源:", "责任编辑", "浏览次数", "阅读次数"}) {
			return true
		}
	}
	return false
}

// blankDate reports whether s is a date's form without figures: 年 月 日.
func blankDate(s string) bool { return strings.Trim(s, "年月日 _/.-") == "" }

// labelledDate reads the date of s and reports whether that is settled.
func (r *Reading) labelledDate(s stated) bool {
	t := r.words(s.value)
	if utf8.RuneCountInString(t) > 30 {
		t = cutBytes(t, 60)
	}
	d, ok := zh.FindDate(t, 0)
	if ok && (d.Start > 6 || longSpan(t[d.End:])) {
		return false // 2022年1月至12月 is a time evaluated
	}
	if ok {
		r.addDate(d.Date, piece{s.value.p, s.value.from + d.Start, s.value.from + d.End}, s.label, 0.97, "label.fill_date")
		return true
	}
	if r.dateInPieces(s) {
		return true
	}
	n := 0
	for n < len(t) && t[n] >= '0' && t[n] <= '9' {
		n++
	}
	if strings.HasPrefix(t[n:], "日") {
		n += len("日")
	}
	if n == 0 || s.kind != fillCaption {
		return false
	}
	x := piece{s.value.p, s.value.from, s.value.from + n}
	if torn, ok := zh.TornDate(t[:n]); ok {
		r.addDate(torn, x, s.label, 0.6, "label.fill_date.torn")
		return true
	}
	r.gap(record.Refused, "fill_date", "日期缺少分隔，有多种读法", r.span(x))
	return true
}

// dateInPieces reads a date of which each figure and each word has a line of its
// own, as where a form lost its layout: 2023, 年, 4, 月, 7, 日.
func (r *Reading) dateInPieces(s stated) bool {
	const most, longest = 6, 7 // lines, bytes of a line
	var pieces []piece
	text := ""
	for i := s.value.p; i < len(r.Doc.Passages) && len(pieces) < most; i++ {
		t := r.Doc.Passages[i].Text
		if len(t) > longest || strings.Trim(t, "0123456789年月日") != "" {
			break
		}
		text += t
		pieces = append(pieces, piece{i, 0, len(t)})
		if d, ok := zh.FindDate(text, 0); ok && d.Start == 0 && strings.HasSuffix(text, "日") {
			r.claim("fill_date", claim{text: d.Date.String(), pieces: pieces, label: s.label, weight: 0.9, rule: "label.fill_date.pieces"})
			return true
		}
	}
	return false
}

// longSpan reports whether the date before s is the begin of a time.
func longSpan(s string) bool {
	return zh.HasAnyPrefix(s, []string{"至", "-", "—", "~", "到", "起"})
}

func (r *Reading) addDate(d zh.Date, x piece, label layout.Span, weight float64, rule string) {
	r.claim("fill_date", claim{text: d.String(), pieces: []piece{x}, label: label, weight: weight, rule: rule})
}

// bareDate reads a line that is nothing but a date: the last one of the text,
// else one on the cover.
func (r *Reading) bareDate() bool {
	ps := r.Doc.Passages
	last := -1
	for i := range ps {
		role := r.Tree.Role[i]
		if ps[i].Table >= 0 || !section.BareDate(bareLine(ps[i].Text)) || role == section.Contents || len(r.Tree.Sections) < 2 && i < len(ps)/2 {
			continue
		}
		if role == section.Sign || role == section.Cover || i*3 > len(ps)*2 && strings.HasSuffix(ps[i-1].Text, "。") {
			last = i
		}
	}
	if last >= 0 {
		return r.addBare(last, 0.93)
	}
	return r.dateBehindUnit()
}

// bareLine drops brackets around a line.
func bareLine(t string) string {
	if in, ok := inBrackets(t); ok {
		return in
	}
	return t
}

func (r *Reading) addBare(i int, weight float64) bool {
	d, ok := zh.FindDate(r.Doc.Passages[i].Text, 0)
	if ok {
		r.addDate(d.Date, piece{i, d.Start, d.End}, layout.Span{}, weight, "signature")
	}
	return ok
}

// dateBehindUnit reads a signature on one line: the unit's name and the date.
func (r *Reading) dateBehindUnit() bool {
	ps := r.Doc.Passages
	for i := len(ps) - 1; i >= 0 && i > len(ps)-8; i-- {
		if d, at, ok := signedDate(ps[i].Text); ok {
			r.addDate(d.Date, piece{i, at + d.Start, at + d.End}, layout.Span{}, 0.9, "signature")
			return true
		}
		if d, ok := finalDate(ps[i].Text); ok {
			r.addDate(d.Date, piece{i, d.Start, d.End}, layout.Span{}, 0.85, "signature")
			return true
		}
		if d, ok := finishedOn(ps[i].Text); ok {
			r.addDate(d.Date, piece{i, d.Start, d.End}, layout.Span{}, 0.85, "text.finished")
			return true
		}
	}
	return r.dateOnCover()
}

// signedDate returns the date of the line t that names the unit and when, also
// behind a caption, and where the part begins in which it stands.
func signedDate(t string) (zh.Found, int, bool) {
	at := 0
	if kind, n, colon, ok := captionAt(t); ok && colon && (kind == plainUnit || kind == unitCaption) {
		at = n
	}
	d, ok := section.SignedDate(t[at:])
	return d, at, ok
}

// signedTail returns where in the paragraph t the signature begins that ran into
// its last sentence: ….某县水务局2023年4月6日; 0 if there is none.
func signedTail(t string) int {
	const stop, longest = "。", 150 // bytes of a signature
	if !strings.HasSuffix(t, "日") {
		return 0
	}
	i := strings.LastIndex(t, stop)
	if i < 0 || len(t)-i > longest {
		return 0
	}
	i += len(stop)
	if _, ok := section.SignedDate(t[i:]); ok || section.BareDate(t[i:]) {
		return i
	}
	return 0
}

// finalDate returns the date of such a signature.
func finalDate(t string) (zh.Found, bool) {
	at := signedTail(t)
	if at == 0 {
		return zh.Found{}, false
	}
	d, ok := zh.FindDate(t[at:], 0)
	d.Start, d.End = d.Start+at, d.End+at
	return d, ok
}

// finishedOn returns the date of the sentence t that says when the report was
// done: 本报告完成于2023年3月5日.
func finishedOn(t string) (zh.Found, bool) {
	const longest = 90 // bytes
	if len(t) > longest || !strings.Contains(t, "报告") {
		return zh.Found{}, false
	}
	d, ok := zh.FindDate(t, 0)
	return d, ok && zh.HasAnySuffix(t[:d.Start], []string{"完成于", "形成于", "定稿于", "撰写于", "填报于", "编制于", "成稿于", "完成时间为", "定稿时间为"})
}

// dateOnCover reads the line of a cover that names the unit and when: 某县民政局
// 2022年4月.
func (r *Reading) dateOnCover() bool {
	for i := range r.Doc.Passages[:min(titleZone, len(r.Doc.Passages))] {
		p := &r.Doc.Passages[i]
		if r.Tree.Role[i] != section.Cover || p.Table >= 0 {
			continue
		}
		if d, ok := zh.FindDate(p.Text, 0); ok && d.End == len(p.Text) && d.Start > 0 && zh.IsOrgan(p.Text[:d.Start]) && !isTitleLine(p.Text[:d.Start]) {
			r.addDate(d.Date, piece{i, d.Start, d.End}, layout.Span{}, 0.85, "cover")
			return true
		}
	}
	return false
}
