package field

import (
	"fmt"
	"strings"

	"jixiao/extractors/section"
	"jixiao/schemas/record"
)

// figureYears are the years that a report tells figures of.
type figureYears struct {
	count map[int]int
	first map[int]piece
	said  map[int]bool // whatever of
}

func (y figureYears) add(c yearClaim) {
	if y.count[c.year]++; y.count[c.year] == 1 {
		y.first[c.year] = c.piece
	}
}

// most returns the year that most figures are of, the later one of equals.
func (y figureYears) most() (year, n int) {
	for k, c := range y.count {
		if c > n || c == n && k > year {
			year, n = k, c
		}
	}
	return year, n
}

// yearConflict adds a finding if title, labels and opening do not agree, or if
// the figures are of another year and none is of the one that the title names.
func (r *Reading) yearConflict(win yearClaim, claims []yearClaim, body figureYears) bool {
	for _, c := range claims {
		late := strings.HasPrefix(c.rule, "text.") && r.Tree.Role[c.piece.p] != section.Cover
		if c.year != win.year && c.weight >= 0.8 && !late {
			r.conflict(win, c.year, c.piece)
			return true
		}
	}
	const sure = 2 // figures that must be of the other year
	if y, n := body.most(); n >= sure && !strings.HasPrefix(win.rule, "text.") && !body.said[win.year] {
		r.conflict(win, y, body.first[y])
		return true
	}
	return false
}

func (r *Reading) conflict(win yearClaim, year int, at piece) {
	r.Findings = append(r.Findings, record.Finding{
		Code: "year_conflict", Severity: record.Warn, Keys: []string{"year"},
		Message:  fmt.Sprintf("评价年度写法不一致：%d年与%d年", win.year, year),
		Evidence: r.quotes([]piece{win.piece, at}),
	})
}
