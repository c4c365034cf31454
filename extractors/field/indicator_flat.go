package field

import (
	"strings"

	"jixiao/internal/zh"
)

// The rows of a flattened table are not all as long as its header: a cell merged with
// the one above leaves no line, nor does an empty one at the end. A line alone does
// not say where a row begins; the rows that follow do. So the lines are divided in the
// way that makes most sense as a whole, and not at all where two ways make as much.

// A flatTable is a flattened table's lines [from, to) and its columns.
type flatTable struct {
	cols     []column
	starts   []int // columns that a row may begin with: those of the levels
	from, to int
	named    [2]bool   // the first row's levels have usual names: so have the others
	best     []parting // of the lines from from+k on
	worths   bool      // a level's worth may stand on the line below it
	short    bool      // no row is as long as the header: its last column is empty
}

// A parting says how the lines from one on are best divided into rows.
type parting struct {
	worth  int  // of all rows; 0 if none begins here
	skip   int  // outer levels that the first row lacks
	length int  // lines of the first row
	twice  bool // another parting is worth as much
}

// What a row is worth, so that the divisions can be compared.
const (
	worthRow   = 8
	worthLevel = 3            // a level's word in a level's column, or the lack of it elsewhere
	worthLost  = worthRow + 1 // a figure that the row lacks: no reason to begin another
)

const maxFlatLines = 3000 // of one table

// readFlatTable reads the rows of the table with the given columns from line q on and
// returns the line after them.
func (s *script) readFlatTable(cols []column, q int) int {
	t := flatTable{cols: cols, from: q, to: s.flatEnd(q)}
	if q+1 >= len(s.r.Doc.Passages) {
		return q // the header ends the text
	}
	t.named = [2]bool{s.isFirstLevel(q), secondLevels[strings.TrimSuffix(s.line(q+1), "指标")]}
	for k, c := range cols {
		if k == 0 || c.member == "level2" || c.member == "level3" {
			t.starts = append(t.starts, k)
		}
	}
	for p := t.from; p < t.to && !t.worths; p++ {
		t.worths = isWorthLine(s.line(p))
	}
	if s.divideAll(&t); !s.hasFullRow(&t) {
		t.short = true
		s.divideAll(&t)
	}
	carried := map[string]int{}
	for p := t.from; p < t.to; {
		d := t.best[p-t.from]
		if d.length == 0 || d.twice || d.skip > 0 && len(carried) == 0 {
			next := s.nextFirstLevel(&t, p+1)
			if next < 0 {
				return p
			}
			clear(carried)
			p = next
			continue
		}
		s.readFlatRow(s.columnsAt(&t, p, d.skip), p, p+d.length, carried)
		p += d.length
	}
	return t.to
}

// divideAll finds the best division of the lines of t from each of them on.
func (s *script) divideAll(t *flatTable) {
	t.best = make([]parting, t.to-t.from+1)
	for p := t.to - 1; p >= t.from; p-- {
		t.best[p-t.from] = s.divide(t, p)
	}
}

// hasFullRow reports whether a row that begins with a first level, or the table's first
// one, lacks no figure.
func (s *script) hasFullRow(t *flatTable) bool {
	for k, d := range t.best {
		if d.length > 0 && d.skip == 0 && (k == 0 || s.isFirstLevel(t.from+k)) {
			return true
		}
	}
	return false
}

// nextFirstLevel returns the line from p on, in t, at which rows can be told again
// after one that cannot; -1 if there is none near.
func (s *script) nextFirstLevel(t *flatTable, p int) int {
	for q := p; q < min(t.to, p+2*len(t.cols)); q++ {
		if s.isFirstLevel(q) && t.best[q-t.from].length > 0 && t.best[q-t.from].skip == 0 {
			return q
		}
	}
	return -1
}

// flatEnd returns the line at which the flattened table that goes on at line p must
// end: at its total, at another header, at a table, at a long text.
func (s *script) flatEnd(p int) int {
	const longest = 600 // bytes of a reason
	q := p
	for q < min(len(s.r.Doc.Passages), p+maxFlatLines) && !s.inTable(q) {
		line := s.line(q)
		if s.isTotalText(line) || startsFlatHead(line) || len(line) > longest {
			break
		}
		q++
	}
	return q
}

// divide returns the best parting of the lines of t from p on.
func (s *script) divide(t *flatTable, p int) (best parting) {
	least := t.starts[len(t.starts)-1] + 2 // columns up to the name and a cell behind it
	for _, skip := range t.starts {
		if skip > 0 && p == t.from {
			break
		}
		cols := s.columnsAt(t, p, skip)
		for n := len(cols); n >= least+len(cols)-len(t.cols); n-- {
			if p+n > t.to {
				continue
			}
			w, ok := s.worthOf(t, cols, p, n)
			if !ok || !t.short && s.lostInside(cols, p, n) {
				continue
			}
			rest := t.best[p+n-t.from]
			lost := n < len(cols)
			if lost && p+n < t.to && rest.length == 0 {
				continue // nothing shows that the row ends here
			}
			if w += rest.worth; w > best.worth {
				best = parting{worth: w, skip: skip, length: n, twice: false}
			} else if w == best.worth {
				best.twice = true
			}
		}
	}
	return best
}

// columnsAt returns the columns of t from the one at skip on, for a row that begins at
// line p, with one of no interest for each line that holds but the worth of a level.
func (s *script) columnsAt(t *flatTable, p, skip int) []column {
	cols := t.cols[skip:]
	if !t.worths {
		return cols
	}
	out := make([]column, 0, len(cols)+2)
	for _, c := range cols {
		out = append(out, c)
		if q := p + len(out); (c.member == "level1" || c.member == "level2") && q < t.to && isWorthLine(s.line(q)) {
			out = append(out, column{at: c.at})
		}
	}
	return out
}

// isWorthLine reports whether a line is the worth of the level on the line above: (50),
// (30分).
func isWorthLine(line string) bool {
	in, ok := strings.CutPrefix(line, "(")
	if !ok || len(in) > len("100.5分)") || !strings.HasSuffix(in, ")") {
		return false
	}
	in = strings.TrimSuffix(strings.TrimSuffix(in, ")"), "分")
	return in != "" && strings.Trim(in, "0123456789.") == ""
}

// worthOf returns what n lines from p on are worth as a row of the first n of cols;
// false if they cannot be one.
func (s *script) worthOf(t *flatTable, cols []column, p, n int) (worth int, ok bool) {
	if !hasMarks(cols[:n]) && hasMarks(cols) {
		return 0, false
	}
	worth = worthRow + n // no line is left over if it need not be
	for k, c := range cols {
		q := p + k
		if k >= n {
			if c.figure {
				worth -= worthLost
			}
			continue
		}
		switch {
		case c.figure:
			if i := s.number(q); i < 0 && s.filled(q) || i >= 0 && c.member == "score" && s.figs[i].Kind == zh.Percent {
				return 0, false
			}
		case c.member == "level1" || c.member == "level2" || c.member == "level3":
			if s.number(q) >= 0 || !s.isCellLine(q) || s.isPlaceholder(q) {
				return 0, false
			}
			worth += s.worthOfLevel(t, c.member, q)
		case c.member == "deviation":
			worth += s.worthOfReason(q)
		case !s.isFlatCell(q):
			return 0, false
		}
	}
	return worth, worth > 0
}

// lostInside reports whether n lines from p on, a row that lacks figures, may as well
// lack a cell before them: what would stand as the result is a figure alone, and the
// target is none.
func (s *script) lostInside(cols []column, p, n int) bool {
	lacks, target, result := false, false, false
	for k, c := range cols {
		lacks = lacks || k >= n && c.figure
		if k >= n || c.figure || s.number(p+k) < 0 {
			continue
		}
		target = target || c.member == "target"
		result = result || c.member == "actual"
	}
	return lacks && target != result
}

// worthOfLevel says how well line q stands in the column of a level.
func (s *script) worthOfLevel(t *flatTable, member string, q int) int {
	first, second := s.isFirstLevel(q), secondLevels[strings.TrimSuffix(s.line(q), "指标")]
	switch {
	case member == "level1" && first, member == "level2" && second:
		return worthLevel
	case member == "level2" && first:
		return 0 // 产出 | 产出数量, 满意度 | 满意度
	case member == "level3" && (first || second):
		return -worthRow
	case member == "level3":
		return 0
	case first || second:
		return -worthLevel
	case strings.ContainsAny(s.line(q), ",.0123456789≥≤%") || t.named[0] && member == "level1":
		return -worthLevel
	case t.named[1] && member == "level2":
		return -1
	}
	return 0
}

// worthOfReason says how well line q stands in the column of reasons.
func (s *script) worthOfReason(q int) int {
	line := s.line(q)
	switch {
	case s.isFirstLevel(q) || secondLevels[strings.TrimSuffix(line, "指标")] || s.number(q) >= 0:
		return -2 * worthLevel
	case s.isPlaceholder(q) || strings.ContainsAny(line, ",.;。") || len(line) > len("十个字以上的才是原因"):
		return worthLevel
	}
	return 0
}

// secondLevels are the usual names of second-level indicators.
var secondLevels = map[string]bool{
	"数量": true, "质量": true, "时效": true, "成本": true, "产出数量": true, "产出质量": true, "产出时效": true, "产出成本": true,
	"经济效益": true, "社会效益": true, "生态效益": true, "可持续影响": true, "可持续发展": true, "可持续性": true, "可持续发展能力": true,
	"经济成本": true, "社会成本": true, "生态环境成本": true, "社会公众满意度": true, "服务对象满意度": true, "服务对象": true, "群众满意度": true,
}
