package arrange

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A line is one row of glyphs, left to right.
type line struct {
	glyphs         []Glyph
	text           string
	x0, y0, x1, y1 float64
	size           float64
	left, right    float64 // margins of the block it stands in, set when blocks are known
	gap            float64 // white space between it and the line above it in its block
}

// mid is the height at which a glyph's body has its middle. The base line tells
// it better than the box, whose height is the font's whim.
func (g *Glyph) mid() float64 {
	if g.Size > 0 {
		return g.OY - 0.35*g.Size
	}
	return (g.Y0 + g.Y1) / 2
}

func (g *Glyph) height() float64 {
	if g.Size > 0 {
		return g.Size
	}
	return g.Y1 - g.Y0
}

// linesOf puts glyphs into lines, top to bottom. Glyphs share a line if the
// middles of their bodies are close; what order they were drawn in is of no
// account.
func linesOf(gs []Glyph) []line {
	const near = 0.4   // of their height
	const lookBack = 6 // rows of several columns that begin before the first ends
	sorted := slices.Clone(gs)
	slices.SortStableFunc(sorted, func(a, b Glyph) int { return cmp.Compare(a.mid(), b.mid()) })
	var rows [][]Glyph
	for _, g := range sorted {
		row := -1
		for k := len(rows) - 1; k >= 0 && k >= len(rows)-lookBack; k-- {
			first := &rows[k][0]
			if math.Abs(first.mid()-g.mid()) < near*reach(g.height(), first.height()) {
				row = k
				break
			}
		}
		if row < 0 {
			rows = append(rows, nil)
			row = len(rows) - 1
		}
		rows[row] = append(rows[row], g)
	}
	lines := make([]line, 0, len(rows))
	for _, r := range rows {
		lines = append(lines, newLine(r))
	}
	return lines
}

// reach returns the height that counts for two neighbours: the larger one, for a
// raised figure belongs to the line of the word it follows, unless it is so much
// larger that it cannot be of the same text.
func reach(a, b float64) float64 {
	if a, b = min(a, b), max(a, b); b > 2.5*a {
		return a
	}
	return b
}

// newLine makes a line of glyphs that stand beside each other.
func newLine(gs []Glyph) line {
	slices.SortStableFunc(gs, func(a, b Glyph) int { return cmp.Compare(a.X0, b.X0) })
	l := line{size: medianHeight(gs)}
	l.glyphs = once(gs, l.size)
	l.measure()
	l.text = l.spell()
	return l
}

func medianHeight(gs []Glyph) float64 {
	hs := make([]float64, len(gs))
	for i := range gs {
		hs[i] = gs[i].height()
	}
	return median(hs)
}

// median sorts v. It is 0 for an empty v.
func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	slices.Sort(v)
	return v[len(v)/2]
}

// once drops glyphs printed again over themselves, which is how some programs
// make bold type.
func once(gs []Glyph, size float64) []Glyph {
	const over = 0.2    // of the size
	const lookBack = 32 // glyphs at one place
	out := gs[:0:0]
	for _, g := range gs {
		again := false
		for k := len(out) - 1; k >= max(0, len(out)-lookBack) && g.X0-out[k].X0 < over*size; k-- {
			if out[k].Text == g.Text && math.Abs(out[k].mid()-g.mid()) < over*size {
				again = true
				break
			}
		}
		if !again {
			out = append(out, g)
		}
	}
	return out
}

func (l *line) measure() {
	g := &l.glyphs[0]
	l.x0, l.x1 = g.X0, g.X1
	l.y0, l.y1 = g.mid()-l.size/2, g.mid()+l.size/2
	for i := range l.glyphs {
		g := &l.glyphs[i]
		l.x0, l.x1 = min(l.x0, g.X0), max(l.x1, g.X1)
		l.y0, l.y1 = min(l.y0, g.mid()-g.height()/2), max(l.y1, g.mid()+g.height()/2)
	}
}

// Gaps between glyphs, in sizes of the line.
const (
	wordGap = 0.22 // between words in Latin letters
	hanGap  = 0.7  // beside an ideograph, whose lines are stretched to the margin
	wideGap = 2.2  // between things that merely stand on one line
)

// spell writes the line's text, with white space where the glyphs leave it.
func (l *line) spell() string {
	var sb strings.Builder
	for i := range l.glyphs {
		if i > 0 {
			sb.WriteString(between(&l.glyphs[i-1], &l.glyphs[i], l.size))
		}
		sb.WriteString(clean(l.glyphs[i].Text))
	}
	return strings.Trim(sb.String(), " \t")
}

// between returns the white space to write between two neighbours.
func between(a, b *Glyph, size float64) string {
	least := wordGap
	x, _ := utf8.DecodeLastRuneInString(a.Text)
	y, _ := utf8.DecodeRuneInString(b.Text)
	if wide(x) || wide(y) {
		least = hanGap
	}
	switch gap := b.X0 - a.X1; {
	case gap > wideGap*size:
		return "\t"
	case gap > least*size:
		return " "
	default:
		return ""
	}
}

// wide reports whether r is as wide as an ideograph.
func wide(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case r >= 0x3000 && r <= 0x303F, r >= 0xFF00 && r <= 0xFFEF:
		return true
	case strings.ContainsRune("“”‘’—…", r):
		return true
	default:
		return unicode.Is(unicode.Han, r)
	}
}

// clean drops what must not stand in a text: control characters, which would
// tear lines, and bytes that are no character.
func clean(s string) string {
	plain := true
	for _, r := range s {
		if unicode.IsControl(r) || r == utf8.RuneError || r == '\u2028' || r == '\u2029' {
			plain = false
		}
	}
	if plain {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, s)
}
