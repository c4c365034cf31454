package section

import (
	"strconv"

	"jixiao/internal/zh"
)

// stackedList reads a list of problems whose table was written out one cell a
// line: 序号, 存在问题, 改进措施, then 1 and its cells, 2 and its cells. It gives the
// cells their columns' roles and reports whether such a list begins at passage i.
func (o *outliner) stackedList(i int) bool {
	const sure = 2 // rows
	cols := o.stackedHead(i)
	if len(cols) == 0 {
		return false
	}
	rows := 0
	for at := i + len(cols); o.stackedRow(at, len(cols), rows+1); at += len(cols) {
		rows++
	}
	if rows < sure {
		return false
	}
	o.stackEnd = i + len(cols)*(rows+1)
	for k := i; k < o.stackEnd; k++ {
		o.tree.Role[k] = Other
		if role := cols[(k-i)%len(cols)]; role != "" && k >= i+len(cols) {
			o.tree.Role[k] = role
		}
	}
	return true
}

// stackedHead returns the roles of the columns whose titles stand from passage i
// on, the first of them 序号; none if they do not head problems or measures.
func (o *outliner) stackedHead(i int) []string {
	const most, longest = 8, 9 // columns, characters of a title
	if o.doc.Passages[i].Text != "序号" {
		return nil
	}
	cols, listed := []string{""}, false
	for k := i + 1; k < len(o.doc.Passages) && len(cols) < most; k++ {
		p := &o.doc.Passages[k]
		if p.Table >= 0 || !zh.Shorter(p.Text, longest) {
			break
		}
		role := labelRole(p.Text)
		if role == "" && !zh.ContainsAny(p.Text, columnWords) {
			break
		}
		if zh.ContainsAny(p.Text, []string{"原因", "成因", "时限", "期限", "完成"}) {
			role = ""
		}
		cols, listed = append(cols, role), listed || role != ""
	}
	if !listed || len(cols) < 3 {
		return nil
	}
	return cols
}

// stackedRow reports whether row n of a list of so many columns begins at passage i.
func (o *outliner) stackedRow(i, cols, n int) bool {
	ps := o.doc.Passages
	if i+cols > len(ps) || ps[i].Text != strconv.Itoa(n) {
		return false
	}
	for k := i + 1; k < i+cols; k++ {
		if ps[k].Table >= 0 || ps[k].Text == strconv.Itoa(n+1) {
			return false // a cell was empty
		}
	}
	return true
}
