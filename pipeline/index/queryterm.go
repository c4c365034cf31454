package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"jixiao/internal/fault"
)

// A queryTerm is one word of a query as it was typed, without its quotation
// marks.
type queryTerm struct {
	key   string // before the colon; "" if there is none
	text  string
	exact bool // all of it was quoted: no synonyms
}

// closers leads from an opening quotation mark to those that close it. Input
// methods mix them up, so the double ones close one another.
var closers = map[rune]string{
	'"': "\"”“＂", '“': "\"”“＂", '”': "\"”“＂", '＂': "\"”“＂", '「': "」", '『': "』",
}

// scanTerm reads up to a space, a bracket that closes a group, or a |. Pieces
// in quotation marks may hold anything; pieces that touch are one term, so
// “三公”经费 is 三公经费. Brackets inside a word are part of it.
func (p *parser) scanTerm() (queryTerm, error) {
	var t queryTerm
	var text strings.Builder
	open, bare := 0, 0
	for !p.end() {
		r := p.peekAt(p.i)
		switch {
		case unicode.IsSpace(r) || r == '|' || r == '｜' || open == 0 && p.closing():
			return t.with(text.String(), bare == 0), nil
		case closers[r] != "":
			s, err := p.quoted(closers[r])
			if err != nil {
				return t, err
			}
			text.WriteString(s)
			continue
		case (r == ':' || r == '：') && t.key == "" && text.Len() == bare:
			if key, ok := queryKey(text.String()); ok {
				t.key = key
				text.Reset()
				bare = 0
				p.next()
				continue
			}
		case p.opening():
			open++
		case p.closing():
			open--
		}
		text.WriteString(p.peek())
		bare += len(p.peek())
		p.next()
	}
	return t.with(text.String(), bare == 0), nil
}

func (t queryTerm) with(text string, exact bool) queryTerm {
	t.text, t.exact = text, exact
	return t
}

// quoted reads a quoted piece, without its marks.
func (p *parser) quoted(closing string) (string, error) {
	start := p.i
	p.next()
	n := strings.IndexAny(p.src[p.i:], closing)
	if n < 0 {
		return "", p.errorf(start, "the quotation mark is not closed")
	}
	s := p.src[p.i : p.i+n]
	p.i += n
	p.next()
	return s, nil
}

// queryKey reports whether what stands before a colon names a key. An ASCII
// word that is none is taken for one that is mistyped; Chinese words before a
// colon are text.
func queryKey(word string) (key string, ok bool) {
	if key, ok := keyOf(word); ok {
		return key, true
	}
	for i := range len(word) {
		if b := word[i]; b >= utf8.RuneSelf || !isWord(b) && b != '.' && b != '_' || b >= '0' && b <= '9' {
			return "", false
		}
	}
	return word, word != ""
}

// expr makes the condition of t.
func (t queryTerm) expr() (Expr, error) {
	if t.key == "" {
		return t.phrase(BodyText)
	}
	if _, ok := columnOf(t.key); ok {
		f, err := filterOf(t.key, t.text)
		if err != nil {
			return nil, err
		}
		return CondOf(f)
	}
	if _, ok := keyOf(t.key); !ok {
		return nil, fault.WithHint(fault.New(fault.Usage, "no key %q", t.key),
			"put the words into quotation marks to search them as text")
	}
	return t.phrase(t.key)
}

func (t queryTerm) phrase(text string) (Expr, error) {
	us := trimBreaks(unitTexts(t.text))
	if len(us) == 0 {
		return nil, fault.New(fault.Usage, "no letter or digit to search in %q", t.text)
	}
	p := Phrase{Text: text, Units: us}
	if t.exact {
		return p, nil
	}
	return expand(p), nil
}

// trimBreaks drops punctuation at both ends: nobody means it.
func trimBreaks(us []string) []string {
	for len(us) > 0 && us[0] == breakUnit {
		us = us[1:]
	}
	for len(us) > 0 && us[len(us)-1] == breakUnit {
		us = us[:len(us)-1]
	}
	return us
}
