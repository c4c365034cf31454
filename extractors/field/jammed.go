package field

import (
	"math"
	"strings"

	"jixiao/internal/zh"
)

// A document's preview may lose what parted the cells of a table: 预算数执行数执行率部门
// 整体支出9,874.508,871.5589.84%. Where all amounts have two decimals there is but one way
// to part them, and the rate at the end shows that it is right: it is the last amount's
// share of the one before.

const (
	minJammed = 3 // figures of a row: budget, outturn and rate
	maxJammed = 6
)

// splitJammed parts the figures of jammed rows that their rate bears out.
func (s *script) splitJammed() {
	var out []zh.Figure // nil as long as none is parted
	for i := range s.figs {
		f := &s.figs[i]
		var row []zh.Figure
		if f.Bad && (f.Kind == zh.Percent || f.Kind == zh.Plain && s.endsLine(f.NumEnd)) {
			row = jammedRow(s.text[:f.NumEnd], f.Start)
		}
		if row != nil {
			if out == nil {
				out = append(make([]zh.Figure, 0, len(s.figs)+maxJammed), s.figs[:i]...)
			}
			row[len(row)-1].Kind, row[len(row)-1].End = zh.Percent, f.End
			out = append(out, row...)
		} else if out != nil {
			out = append(out, *f)
		}
	}
	if out != nil {
		s.figs = out
	}
}

// endsLine reports whether nothing of its line follows byte i: the sign of the rate may
// stand in the head alone.
func (s *script) endsLine(i int) bool { return i >= len(s.text) || s.text[i] == '\n' }

// jammedRow returns the amounts and the rate that text from byte at on is made of; nil
// if they do not bear each other out.
func jammedRow(text string, at int) (row []zh.Figure) {
	const decimals = len(".00")
	for at < len(text) && len(row) <= maxJammed {
		end := len(text)
		if k := strings.IndexByte(text[at:], '.'); k >= 0 && at+k+decimals <= len(text) {
			end = at + k + decimals
		}
		n, ok := zh.ParseDecimal(text[at:end])
		if !ok {
			return nil
		}
		row = append(row, zh.Figure{Kind: zh.Plain, Start: at, NumEnd: end, End: end, Number: n})
		at = end
	}
	if len(row) < minJammed || len(row) > maxJammed {
		return nil
	}
	plan, spent, rate := row[len(row)-3].Number.Float(), row[len(row)-2].Number.Float(), row[len(row)-1].Number.Float()
	if plan <= 0 || spent <= 0 || math.Abs(spent/plan*100-rate) > 0.011 {
		return nil
	}
	return row
}

// readJammedRows reads the rows that splitJammed has parted, under the heads right
// before the first of them.
func (s *script) readJammedRows() {
	var heads []part
	last := 0 // end of the row before
	for i := 0; i+minJammed <= len(s.figs); i++ {
		n := s.jammedAt(i)
		if n == 0 {
			continue
		}
		label := part{max(last, s.from[s.passage(s.figs[i].Start)]), s.figs[i].Start}
		if label.i != last || len(heads) != n {
			heads, label = s.jammedHeads(label, n)
		}
		for k := range n {
			s.used[i+k] = true
			if heads != nil {
				s.readCell(i+k, label, []part{s.bracketBefore(heads[0].i), heads[k]}, s.isWhole(label), 0)
			}
		}
		i += n - 1
		last = s.figs[i].End
	}
}

// jammedAt returns how many figures from i on are a jammed row; 0 if none are.
func (s *script) jammedAt(i int) int {
	n := 1
	for i+n < len(s.figs) && n < maxJammed && s.figs[i+n].Start == s.figs[i+n-1].End && s.figs[i+n-1].Kind == zh.Plain {
		n++
	}
	if n < minJammed || s.figs[i+n-1].Kind != zh.Percent {
		return 0
	}
	return n
}

// jammedHeads returns the n heads before or in label, the last of which is that of the
// rate, and what is left of label then; nil if they are others.
func (s *script) jammedHeads(label part, n int) ([]part, part) {
	const far = 240 // bytes
	hits := s.hitsIn(max(0, label.i-far), label.j)
	k := len(hits) - 1
	for k >= 0 && !hits[k].Features.Any(s.words.ratehead) {
		k--
	}
	if k+1 < n || !hits[k-1].Features.Any(s.words.executed|s.words.spend) || !hits[k-2].Features.Any(s.words.budget) {
		return nil, label
	}
	heads := make([]part, 0, n)
	for j := k + 1 - n; j <= k; j++ {
		heads = append(heads, part{hits[j].Start, hits[j].End})
		if j < k && (!isHeadGap(s.text[hits[j].End:hits[j+1].Start]) || !hits[j].Features.Any(s.words.budget|s.words.executed|s.words.spend)) {
			return nil, label
		}
	}
	if end := hits[k].End; end > label.i {
		rest := s.text[end:label.j]
		if strings.HasPrefix(rest, "(") {
			end += strings.IndexByte(rest, ')') + 1
		}
		label.i = end
	}
	return heads, label
}

// isHeadGap reports whether gap, between two heads, is nothing, a line's end or what
// brackets say of the first: 执行数(B).
func isHeadGap(gap string) bool {
	const longest = 24 // bytes
	gap = strings.Trim(gap, "\n")
	return gap == "" || len(gap) <= longest && gap[0] == '(' && strings.IndexByte(gap, ')') == len(gap)-1
}

// bracketBefore returns the brackets that end at byte i: the unit of the heads behind.
func (s *script) bracketBefore(i int) part {
	const longest = 24 // bytes
	if i == 0 || s.text[i-1] != ')' {
		return part{}
	}
	open := strings.LastIndexByte(s.text[max(0, i-longest):i], '(')
	if open < 0 {
		return part{}
	}
	return part{max(0, i-longest) + open, i}
}
