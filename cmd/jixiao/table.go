package main

import (
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// cells returns how many terminal columns s takes: two for a Chinese character
// or a full-width form, none for a combining mark.
func cells(s string) (n int) {
	for _, r := range s {
		n += runeCells(r)
	}
	return n
}

func runeCells(r rune) int {
	switch {
	case r < 0x7f:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// cut shortens s to at most n columns, the last of them an ellipsis if
// something is lost.
func cut(s string, n int) string {
	if cells(s) <= n {
		return s
	}
	used := 0
	for i, r := range s {
		if used += runeCells(r); used > n-1 {
			return s[:i] + "…"
		}
	}
	return s
}

// A table is rows of cells printed in aligned columns.
type table struct {
	head  []string
	right map[int]bool // columns of figures stand to the right
	limit map[int]int  // widest a column may be; 0 has no limit
	rows  [][]string

	indent string // before every line
}

// add appends a row; what comes from documents is made harmless here.
func (t *table) add(row ...string) {
	for i := range row {
		row[i] = safe(row[i])
		if n := t.limit[i]; n > 0 {
			row[i] = cut(row[i], n)
		}
	}
	t.rows = append(t.rows, row)
}

// write prints t with two spaces between columns.
func (t *table) write(w io.Writer) error {
	var widths []int
	for _, row := range append([][]string{t.head}, t.rows...) {
		widths = append(widths, make([]int, max(0, len(row)-len(widths)))...)
		for i, c := range row {
			widths[i] = max(widths[i], cells(c))
		}
	}
	all := t.rows
	if strings.Join(t.head, "") != "" {
		all = append([][]string{t.head}, t.rows...)
	}
	for _, row := range all {
		var b strings.Builder
		for i, c := range row {
			pad := strings.Repeat(" ", widths[i]-cells(c))
			if t.right[i] {
				c = pad + c
			} else {
				c += pad
			}
			if i > 0 {
				b.WriteString("  ")
			}
			b.WriteString(c)
		}
		if _, err := io.WriteString(w, t.indent+strings.TrimRight(b.String(), " ")+"\n"); err != nil {
			return err
		}
	}
	return nil
}
