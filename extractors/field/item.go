package field

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"jixiao/internal/zh"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// addItem adds x of s as an item of g and returns whether it is one.
func (r *Reading) addItem(g *region, s *stream, x extent, confidence float64) bool {
	f := record.Field{Key: g.key, Confidence: confidence, Rule: g.rule}
	spans := s.spans(x.from, x.to)
	f.Evidence = make([]record.Evidence, len(spans))
	words := make([]string, len(spans))
	for i, p := range spans {
		f.Evidence[i] = r.Quote(record.RoleValue, r.withQuotes(r.Doc.Passages[p.p].Origin(p.from, p.to)))
		words[i] = f.Evidence[i].Quote
	}
	f.Raw = strings.Join(words, "")
	for i := range words {
		words[i] = squeeze(words[i])
	}
	text := strings.Join(words, "")
	f.Value = record.Text(itemEdges.TrimRight(itemEdges.TrimLeft(text)))
	if f.Value.IsZero() {
		return false
	}
	f.Item = r.itemID(g.key, text)
	r.Fields = append(r.Fields, f)
	return true
}

// itemEdges are the marks around an item that are no part of it.
var itemEdges = zh.NewRuneSet("。；;，, ")

// withQuotes widens s by the quotation marks that folding dropped at its ends.
func (r *Reading) withQuotes(s layout.Span) layout.Span {
	text := r.Doc.Layout.Text
	for _, q := range []string{"“", "‘"} {
		if strings.HasSuffix(text[:s.Start], q) {
			s.Start -= len(q)
		}
	}
	for _, q := range [][2]string{{"“", "”"}, {"‘", "’"}} {
		in := text[s.Start:s.End]
		if strings.HasPrefix(text[s.End:], q[1]) && strings.Count(in, q[0]) > strings.Count(in, q[1]) {
			s.End += len(q[1])
		}
	}
	return s
}

// itemID returns the identity of an item and tells equal ones apart.
func (r *Reading) itemID(key, text string) string {
	id := record.ItemID(key, text)
	if r.items == nil {
		const usual = 32
		r.items = make(map[string]int, usual)
	}
	r.items[id]++
	if n := r.items[id]; n > 1 {
		return fmt.Sprintf("%s-%d", id, n)
	}
	return id
}

// squeeze drops white space and invisible characters from s. Between two words
// of Latin letters one space stays.
func squeeze(s string) string {
	plain := 0 // up to here nothing is to be dropped
	for plain < len(s) && isPlain(zh.Wide(s, plain)) {
		plain += 3
	}
	if plain == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:plain])
	var last rune
	space := false
	for i := plain; i < len(s); {
		r, n := zh.Wide(s, i), 3
		if r == 0 {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		word := s[i : i+n]
		i += n
		if isPlain(r) {
			b.WriteString(word)
			last, space = r, false
			continue
		}
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			space = space || unicode.IsSpace(r)
			continue
		}
		if space && isLatin(last) && isLatin(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last, space = r, false
	}
	return b.String()
}

// isPlain reports whether r is one of the characters and marks that Chinese
// text is made of, none of which is white space or invisible.
func isPlain(r rune) bool { return r > 0x3000 && r <= 0x9fff || r >= 0xff01 && r <= 0xff5e }

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
