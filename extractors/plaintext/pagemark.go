package plaintext

import (
	"jixiao/internal/zh"
	"jixiao/schemas/layout"
)

// markStarts is what a framed page number begins with: — 3 —, 第3页.
var markStarts = zh.NewRuneSet("-—–－·~第pP【[〔")

// isPageMark reports whether l is a framed page number and nothing else. A table goes
// on below it, and so the blank lines around it part nothing.
func isPageMark(text string, l *line) bool {
	if l.Len() > longestHead || l.has(bar|box) {
		return false
	}
	s := text[l.Start:l.End]
	r, _ := zh.Next(s, 0)
	return markStarts.Has(r) && framedNumber.MatchString(s)
}

// tables returns the tables among lines and marks what it used. Page numbers are
// marked as such and left out first.
func tables(text string, lines []line) []layout.Table {
	var kept []line
	var at []int // kept line -> line
	for i := range lines {
		mark := isPageMark(text, &lines[i])
		if mark && kept == nil {
			kept, at = make([]line, i, len(lines)), make([]int, i, len(lines))
			copy(kept, lines)
			for k := range at {
				at[k] = k
			}
		}
		switch {
		case mark:
			lines[i].use = pageNumber
		case kept != nil:
			kept, at = append(kept, lines[i]), append(at, i)
			if i > 0 && lines[i-1].use == pageNumber {
				kept[len(kept)-1].gap = false
			}
		}
	}
	if kept == nil {
		return findTables(text, lines)
	}
	found := findTables(text, kept)
	for k, i := range at {
		lines[i].use = kept[k].use
	}
	return found
}
