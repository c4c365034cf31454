package arrange

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const (
	margin     = 0.12 // of the page's height, above and below, where heads and feet stand
	headLines  = 3    // of them at most on either side
	headAway   = 2    // pages to look for the same head; 2 because left and right pages may differ
	headHeight = 4    // points by which its height may differ between pages
	headSize   = 1.2  // of the text's size; larger is a title that two pages happen to share
)

// A head is one of the outermost lines of a page.
type head struct {
	key   string  // its text without white space and with figures masked
	plain string  // its text without white space
	y     float64 // from the edge of the page that it is next to
	big   bool
}

var figures = regexp.MustCompile(`[0-9０-９]+`)

// pageMark is a page number that says so itself: - 3 -, 第3页, 第 三 页 共十页, 3/10.
var pageMark = regexp.MustCompile(`^([-—–－·~]+([0-9０-９]+|[ivxlIVXL]+)[-—–－·~]+|第([0-9]+|[一二三四五六七八九十百]+)页[,，/]?(共([0-9]+|[一二三四五六七八九十百]+)页)?|[Pp]age[0-9]+(of[0-9]+)?)$`)

// dropHeads takes running heads and feet and page numbers out of lines, which
// holds each page's lines outside tables, from top to bottom.
func dropHeads(sheets []*sheet, lines [][]line) {
	for _, top := range []bool{true, false} {
		edges := make([][]head, len(sheets))
		for i, s := range sheets {
			edges[i] = edge(s, lines[i], top)
		}
		drop := make([]int, len(sheets))
		for i := range edges {
			drop[i] = outermost(edges, i, top)
		}
		for i, n := range drop {
			if top {
				lines[i] = lines[i][n:]
			} else {
				lines[i] = lines[i][:len(lines[i])-n]
			}
		}
	}
}

// edge returns the outermost lines of a page, outside in.
func edge(s *sheet, lines []line, top bool) []head {
	if s.height <= 0 {
		return nil // without a height nothing is known to stand at an edge
	}
	var out []head
	for k := range lines {
		if len(out) == headLines {
			break
		}
		l := &lines[k]
		y := l.y1
		if !top {
			l = &lines[len(lines)-1-k]
			y = s.height - l.y0
		}
		if y > margin*s.height {
			break
		}
		plain := strings.Join(strings.Fields(l.text), "")
		out = append(out, head{figures.ReplaceAllString(plain, "#"), plain, y, l.size > headSize*s.size})
	}
	return out
}

// outermost returns how many lines at the edge of page i are heads. A line
// inside of one that is none is none either.
func outermost(edges [][]head, i int, top bool) (n int) {
	for _, h := range edges[i] {
		if !isHead(edges, i, h) && !isPageNumber(i, h, top) {
			break
		}
		n++
	}
	return n
}

// isHead reports whether a page nearby has the same line at the same height.
func isHead(edges [][]head, i int, h head) bool {
	if h.big {
		return false
	}
	for k := max(0, i-headAway); k <= i+headAway && k < len(edges); k++ {
		same := func(o head) bool { return o.key == h.key && math.Abs(o.y-h.y) <= headHeight }
		if k != i && slices.ContainsFunc(edges[k], same) {
			return true
		}
	}
	return false
}

// isPageNumber reports whether h is the number of page i: one that says so,
// or a bare number at the foot that is right.
func isPageNumber(i int, h head, top bool) bool {
	if pageMark.MatchString(h.plain) {
		return true
	}
	n, err := strconv.Atoi(h.plain)
	return err == nil && !top && n == i+1
}
