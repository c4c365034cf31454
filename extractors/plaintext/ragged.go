package plaintext

// A row copied with one space between its cells leaves no trace of a cell that is
// empty or reaches down from the row above. In a wide table most rows may lack
// one: the note at their end, the levels at their start. They are kept as they
// are, short of cells; under which heads theirs stand, the words of the heads say
// to whoever reads the table.
const (
	minRaggedCols  = 5
	maxRaggedLack  = 2 // cells that a row may lack
	minRaggedSides = 2 // columns of figures, seen from the left or from the right
)

// ragged returns rows, a header of n cells and what is below it, as far as they
// are a table whose rows lack cells; nil if they are none.
func ragged(text string, rows []row, n int) []row {
	end := 1
	for end < len(rows) && mayLack(&rows[end], n) {
		end++
	}
	rows = rows[:end]
	if n < minRaggedCols || end-1 < minSpacedRows {
		return nil
	}
	shortest := n
	for k := range rows {
		shortest = min(shortest, len(rows[k].cells))
	}
	left, right := 0, 0
	for c := range shortest {
		left += alignedFigures(text, rows[1:], func(r *row) int { return c })
		right += alignedFigures(text, rows[1:], func(r *row) int { return len(r.cells) - 1 - c })
	}
	if max(left, right) < minRaggedSides {
		return nil
	}
	return rows
}

// mayLack reports whether r has nearly as many cells as the n of its header.
func mayLack(r *row, n int) bool {
	return n >= minRaggedCols && len(r.cells) >= n-maxRaggedLack && len(r.cells) <= n
}

// alignedFigures returns 1 if the cell that at gives of every row is a figure.
func alignedFigures(text string, rows []row, at func(*row) int) int {
	for k := range rows {
		s := rows[k].cells[at(&rows[k])]
		if !isFigure(text[s.Start:s.End]) {
			return 0
		}
	}
	return 1
}
