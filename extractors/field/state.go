package field

import (
	"fmt"
	"strings"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/internal/zh"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// readState decides whether the text is a self-evaluation at all. It refuses
// only what has hardly any sign of one: nothing that names a self-evaluation,
// no part that all reports have, no label of a form.
func readState(r *Reading) {
	if r.reportSigns() >= enoughSigns {
		return
	}
	r.State = record.NotAReport
	reason := "正文没有绩效自评的标题、结果、问题或措施"
	r.Gaps = append(r.Gaps, record.Gap{Kind: record.NotApplicable, Reason: reason, Evidence: []record.Evidence{}})
}

const (
	enoughSigns = 3 // what a report must reach
	maxOrders   = 2 // how many foreign passages count
)

// reportSigns counts what speaks for a self-evaluation report.
func (r *Reading) reportSigns() int {
	n := r.partSigns() + r.wordSigns()
	if r.front.text != "" {
		n += 2
	}
	if r.isNotice() {
		n -= 3
	}
	if n < enoughSigns+2*maxOrders {
		n -= 2 * r.foreignSigns()
	}
	return n
}

// partSigns counts the parts that all reports have.
func (r *Reading) partSigns() int {
	roles := map[string]bool{}
	for i, role := range r.Tree.Role {
		if r.Tree.Heading[i] {
			roles[role] = true
		}
	}
	n := 0
	for _, role := range []string{problems, measures, section.Score, section.Analysis} {
		if roles[role] {
			n++
		}
	}
	if roles[section.Basics] && (roles[section.Money] || roles[section.Goals] || roles[section.Process]) {
		n++
	}
	return n
}

// wordSigns counts, up to two each, passages that speak of evaluation and of
// performance, and one more for words about one's own result.
func (r *Reading) wordSigns() int {
	mentions, topic, own := 0, 0, 0
	for i := range r.Doc.Passages {
		p := &r.Doc.Passages[i]
		if mentions < 2 && p.Has(evaluationWords) {
			mentions++
		}
		if topic < 2 && p.Has(effectWords) {
			topic++
		}
		if own == 0 && p.Has(ownWords) {
			own = 1
		}
		if mentions+topic+own == 5 {
			break
		}
	}
	if mentions+topic == 0 {
		return -2
	}
	return mentions + topic + own
}

// isNotice reports whether the text is headed 关于…的通知: it asks for reports.
func (r *Reading) isNotice() bool {
	const zone = 8 // passages
	for i := range r.Doc.Passages[:min(zone, len(r.Doc.Passages))] {
		t := r.Doc.Passages[i].Text
		if len(t) < 180 && !strings.ContainsAny(t, ",;:") && (strings.HasSuffix(t, "的通知") || strings.HasSuffix(t, "的公告")) && !strings.Contains(t, "。") {
			return true
		}
	}
	return false
}

// evaluationWords name an evaluation, ownWords are said of one's own result,
// foreignWords by others.
var (
	evaluationWords = zh.NewWords("自评", "绩效评价", "自我评价")
	effectWords     = zh.NewWords("绩效")
	ownWords        = zh.NewWords("自评得分", "自评总分", "自评结果", "本次自评", "自评分", "自评等级", "自评情况", "开展自评", "自评工作开展", "绩效自评报告")
	foreignWords    = []string{"请各", "各单位要", "各部门要", "各预算单位", "甲方", "乙方", "记者", "讯(", "歌词", "作词", "作曲", "特此通知"}
)

// foreignSigns counts passages, up to maxOrders, that other kinds of documents
// have: orders to others, parties of a contract, a reporter's name.
func (r *Reading) foreignSigns() int {
	const zone = 40 // passages from the start
	n := 0
	for i := range r.Doc.Passages[:min(zone, len(r.Doc.Passages))] {
		if zh.ContainsAny(r.Doc.Passages[i].Text, foreignWords) {
			if n++; n == maxOrders {
				break
			}
		}
	}
	return n
}

// splitReports finds further reports in the same text, each with a title of its
// own that names another unit or year. Fields are then read from the first.
func splitReports(r *Reading) {
	ps := r.Doc.Passages
	at := r.frontAt
	if at < 0 {
		return
	}
	const least = 4     // passages; a shorter report is a title that is cited
	var last reportName // of the report before; not looked for until there is another title
	starts := []int{0}
	pieces := []piece{{at, 0, len(ps[at].Text)}}
	for i := at + least; i < len(ps); i++ {
		if ps[i].Table >= 0 || !ps[i].MayHave(subjectWords) || !isTitleLine(r.line(i)) || !endsTitle(r.line(i)) || r.Tree.Role[i] == section.Contents || !r.beginsReport(i) {
			continue
		}
		if last == (reportName{}) {
			last = r.nameOf(at)
		}
		if n := r.nameOf(i); n.differs(last) {
			starts = append(starts, r.coverStart(i))
			pieces = append(pieces, piece{i, 0, len(ps[i].Text)})
			last = n
			i += least
		}
	}
	if len(starts) < 2 {
		return
	}
	for k, i := range starts {
		end := len(r.Doc.Layout.Text)
		if k+1 < len(starts) {
			end = ps[starts[k+1]].Span.Start
		}
		r.Reports = append(r.Reports, layout.Span{Start: ps[i].Span.Start, End: end})
	}
	r.Reports[0].Start = 0
	r.Findings = append(r.Findings, record.Finding{
		Code: "several_reports", Severity: record.Warn, Keys: []string{}, Evidence: r.quotes(pieces[:min(maxQuotes, len(pieces))]),
		Message: fmt.Sprintf("文件中有%d份报告，各项数值取自第一份", len(starts)),
	})
	r.narrow(starts[1])
}

// A reportName is by what reports in one file are told apart.
type reportName struct {
	unit string
	year int
}

// nameOf returns the unit and year of the title that ends on line i, or of the
// labels right below it.
func (r *Reading) nameOf(i int) reportName {
	t := r.joinTitle(i, max(0, i-3))
	n := reportName{year: yearIn(t.text)}
	from := 0
	if at, k := yearExpression(t.text, 0); k > 0 {
		if a, b, ok := organIn(t.text, 0, at); ok {
			n.unit = t.text[a:b]
		}
		from = at + k
	}
	if a, b, ok := organIn(t.text, from, len(t.text)); ok && n.unit == "" {
		n.unit = t.text[a:b]
	}
	for j := i + 1; j < len(r.Doc.Passages) && j < i+9; j++ {
		for _, s := range r.lineCaptions(j) {
			words := ""
			if s.value.from < s.value.to {
				words = r.words(s.value)
			}
			switch s.kind {
			case unitCaption, projectUnit, plainUnit:
				if n.unit == "" && zh.IsOrgan(words) {
					n.unit = words
				}
			case yearCaption:
				if y, k := zh.YearAt(words); k > 0 && n.year == 0 {
					n.year = y
				}
			}
		}
	}
	return n
}

func (n reportName) differs(m reportName) bool {
	return n.year > 0 && m.year > 0 && n.year != m.year ||
		n.unit != "" && m.unit != "" && !strings.Contains(n.unit, m.unit) && !strings.Contains(m.unit, n.unit)
}

// beginsReport reports whether a first heading or a cover's labels follow line i.
func (r *Reading) beginsReport(i int) bool {
	for j := i + 1; j < len(r.Doc.Passages) && j <= i+12; j++ {
		t := r.Doc.Passages[j].Text
		m := passage.LeadingMarker(t)
		if m.Num == 1 && (m.Style == passage.Han || m.Style == passage.Part || m.Style == passage.Number && r.Tree.Heading[j]) {
			return true
		}
		if kind, _, colon, ok := captionAt(t); ok && colon && kind != otherCaption {
			return true
		}
		if strings.Contains(t, "现将") && strings.Contains(t, "自评") {
			return true
		}
	}
	return false
}

// coverStart returns the first line of the title that ends on line i.
func (r *Reading) coverStart(i int) int {
	for k := i; k > 0 && i-k < 3; k-- {
		if !r.headsTitle(k-1, k) {
			return k
		}
	}
	return i
}

// narrow leaves only the passages before n to the readers that follow.
func (r *Reading) narrow(n int) {
	doc := &passage.Doc{Layout: r.Doc.Layout, Passages: r.Doc.Passages[:n], Tables: r.Doc.Tables}
	for k := range doc.Tables {
		if doc.Tables[k].First >= n {
			doc.Tables = doc.Tables[:k]
			break
		}
	}
	tree := &section.Tree{Sections: r.Tree.Sections, Role: r.Tree.Role[:n], Heading: r.Tree.Heading[:n], Body: r.Tree.Body[:n]}
	r.Doc, r.Tree = doc, tree
}
