package plaintext

import "jixiao/schemas/layout"

// What exports a form to Markdown or to a sheet writes a cell that reaches over
// several columns once in each of them: | 存在问题 | 前期慢 | 前期慢 |. Such a table
// shows it, by a title in all its columns or by long texts that come twice; then
// equal words side by side are one cell.
const (
	minMergedCells = 3  // of a run of equal cells that shows it
	minMergedTitle = 12 // bytes of such a cell
	minMergedText  = 36 // bytes of a text that shows it by coming twice
	minMergedWords = 6  // bytes of any cell that is one with the cell beside it
)

// repeatsMerged reports whether rows repeat the cells that reach over several columns.
func repeatsMerged(text string, rows []row) bool {
	for r := range rows {
		run := 1
		cells := rows[r].cells
		for c := 1; c < len(cells); c++ {
			if !sameWords(text, cells[c-1], cells[c], minMergedTitle) {
				run = 1
				continue
			}
			if run++; run >= minMergedCells || cells[c].Len() >= minMergedText {
				return true
			}
		}
	}
	return false
}

// sameWords reports whether a and b hold the same words, of least bytes, and no figure.
func sameWords(text string, a, b layout.Span, least int) bool {
	return a.Len() == b.Len() && a.Len() >= least && text[a.Start:a.End] == text[b.Start:b.End] && !isFigure(text[a.Start:a.End])
}

// columnsOf returns how many of cells, from the first on, are one.
func columnsOf(text string, cells []layout.Span) int {
	n := 1
	for n < len(cells) && sameWords(text, cells[0], cells[n], minMergedWords) {
		n++
	}
	return n
}
