package zh

import "strings"

// LatinStops reports whether the sentences of text, the whole of a document, end
// with the full stop of a Latin keyboard, as in 得分93分. 存在的问题.
func LatinStops(text string) bool {
	const few, enough = 2, 3 // stops of the one kind that may be strays, and of the other that are a habit
	proper, rest := true, text
	for k := 0; k <= few && proper; k++ {
		_, rest, proper = strings.Cut(rest, "。")
	}
	if proper {
		return false
	}
	n := 0
	for i := strings.IndexByte(text, '.'); i >= 0 && n < enough; {
		if i >= 3 && isHan(Wide(text, i-3)) && (i+1 == len(text) || text[i+1] >= 0x80 || text[i+1] <= ' ') {
			n++
		}
		k := strings.IndexByte(text[i+1:], '.')
		if k < 0 {
			break
		}
		i += 1 + k
	}
	return n >= enough
}

// WithStops returns f with 。 for the full stops of a Latin keyboard: those behind
// ideographs, brackets and percent signs that end more than a number such as 一.
func (f Folded) WithStops() Folded {
	if strings.IndexByte(f.Text, '.') < 0 {
		return f
	}
	const stop = "。"
	var b strings.Builder
	from := make([]int32, 0, len(f.from)+2*strings.Count(f.Text, "."))
	clause := 0 // where in Text the clause begins
	for i := range len(f.Text) {
		if f.Text[i] == '.' && f.endsSentence(clause, i) {
			b.WriteString(stop)
			from = append(from, f.from[i], f.from[i], f.from[i])
			clause = i + 1
			continue
		}
		b.WriteByte(f.Text[i])
		from = append(from, f.from[i])
	}
	f.Text, f.from, f.signs = b.String(), from, f.signs|signsOf.Get('。')
	return f
}

// endsSentence reports whether the point Text[i] ends the clause that begins at
// from, which must be more than a number: 一 or (十二).
func (f *Folded) endsSentence(from, i int) bool {
	if strings.Trim(f.Text[from:i], "()第附件表一二三四五六七八九十0123456789.") == "" {
		return false
	}
	if c := f.Text[i-1]; c != '%' && c != ')' && (i < 3 || !isHan(Wide(f.Text, i-3))) {
		return false
	}
	return i+1 == len(f.Text) || f.Text[i+1] >= 0x80 || strings.IndexByte("([", f.Text[i+1]) >= 0 || f.Gap(i+1) > 0
}
