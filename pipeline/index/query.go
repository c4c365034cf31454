package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"jixiao/internal/fault"
)

// Limits of one query, so that no query is dearer than a careful person's.
const (
	maxQuery  = 2000 // characters
	maxLeaves = 100  // words and conditions, before synonyms
	maxDepth  = 50   // brackets and negations inside one another
)

// Parse reads what a person types, see Syntax. A nil Expr matches everything.
// An error is of kind Usage and names the character, counted from 1.
func Parse(query string) (Expr, error) {
	if n := utf8.RuneCountInString(query); n > maxQuery {
		return nil, fault.New(fault.Usage, "query of %d characters is longer than %d", n, maxQuery)
	}
	p := parser{src: query}
	p.skipSpace()
	if p.end() {
		return nil, nil
	}
	e, err := p.or(0)
	if err != nil {
		return nil, err
	}
	if !p.end() {
		return nil, p.errorf(p.i, "unexpected %q", p.peek())
	}
	return e, nil
}

// A parser descends through: or = and {"OR" and}; and = not {["AND"] not};
// not = {"NOT"} atom; atom = "(" or ")" | term.
type parser struct {
	src    string
	i      int
	leaves int
}

func (p *parser) or(depth int) (Expr, error) {
	if depth > maxDepth {
		return nil, p.errorf(p.i, "more than %d brackets or negations inside one another", maxDepth)
	}
	var parts Or
	for {
		e, err := p.and(depth)
		if err != nil {
			return nil, err
		}
		parts = append(parts, e)
		if !p.operator("OR", "||", "|", "｜｜", "｜") {
			break
		}
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return parts, nil
}

func (p *parser) and(depth int) (Expr, error) {
	var parts And
	for {
		e, err := p.not(depth)
		if err != nil {
			return nil, err
		}
		parts = append(parts, e)
		if p.operator("AND", "&&") {
			continue
		}
		if p.end() || p.closing() || p.atOperator("OR", "|", "｜") {
			break
		}
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return parts, nil
}

func (p *parser) not(depth int) (Expr, error) {
	negative := false
	for n := 0; ; n++ {
		if n > maxDepth {
			return nil, p.errorf(p.i, "more than %d negations in a row", maxDepth)
		}
		p.skipSpace()
		if !p.operator("NOT") && !p.minus() {
			break
		}
		negative = !negative
	}
	e, err := p.atom(depth)
	if err != nil {
		return nil, err
	}
	if negative {
		e = Not{e}
	}
	return e, nil
}

func (p *parser) atom(depth int) (Expr, error) {
	start := p.i
	switch {
	case p.end():
		return nil, p.errorf(start, "a word is missing at the end")
	case p.closing():
		return nil, p.errorf(start, "a word is missing before %q", p.peek())
	case p.atOperator("OR", "AND", "|", "｜", "&&"):
		return nil, p.errorf(start, "a word is missing before the operator")
	case !p.opening():
		return p.term()
	}
	p.next()
	e, err := p.or(depth + 1)
	if err != nil {
		return nil, err
	}
	if !p.closing() {
		return nil, p.errorf(start, "%q is not closed", p.src[start:start+utf8.RuneLen(p.peekAt(start))])
	}
	p.next()
	p.skipSpace()
	return e, nil
}

// term reads one word, quoted phrase or field:value and makes an Expr of it.
func (p *parser) term() (Expr, error) {
	start := p.i
	if p.leaves++; p.leaves > maxLeaves {
		return nil, p.errorf(start, "more than %d words", maxLeaves)
	}
	t, err := p.scanTerm()
	if err != nil {
		return nil, err
	}
	p.skipSpace()
	e, err := t.expr()
	if err != nil {
		return nil, fault.WithHint(p.errorf(start, "%w", err), fault.HintOf(err))
	}
	return e, nil
}

func (p *parser) end() bool { return p.i >= len(p.src) }

func (p *parser) peekAt(i int) rune {
	r, _ := utf8.DecodeRuneInString(p.src[i:])
	return r
}

func (p *parser) peek() string {
	_, n := utf8.DecodeRuneInString(p.src[p.i:])
	return p.src[p.i : p.i+n]
}

func (p *parser) next() { p.i += len(p.peek()) }

func (p *parser) skipSpace() {
	for !p.end() && unicode.IsSpace(p.peekAt(p.i)) {
		p.next()
	}
}

func (p *parser) opening() bool { return !p.end() && (p.peek() == "(" || p.peek() == "（") }
func (p *parser) closing() bool { return !p.end() && (p.peek() == ")" || p.peek() == "）") }

// operator steps over one of ops and the space behind it.
func (p *parser) operator(ops ...string) bool {
	for _, op := range ops {
		if p.atOperator(op) {
			p.i += len(op)
			p.skipSpace()
			return true
		}
	}
	return false
}

// atOperator reports whether one of ops stands here. An operator of letters
// needs a space or a bracket behind it.
func (p *parser) atOperator(ops ...string) bool {
	for _, op := range ops {
		if !strings.HasPrefix(p.src[p.i:], op) {
			continue
		}
		if !isWord(op[0]) {
			return true
		}
		r, n := utf8.DecodeRuneInString(p.src[p.i+len(op):])
		if n == 0 || unicode.IsSpace(r) || strings.ContainsRune("()（）", r) {
			return true
		}
	}
	return false
}

// minus steps over a minus sign that stands right before a word.
func (p *parser) minus() bool {
	for _, sign := range []string{"-", "－"} {
		rest, found := strings.CutPrefix(p.src[p.i:], sign)
		if r, n := utf8.DecodeRuneInString(rest); found && n > 0 && !unicode.IsSpace(r) {
			p.i += len(sign)
			return true
		}
	}
	return false
}

func (p *parser) errorf(at int, format string, args ...any) error {
	place := utf8.RuneCountInString(p.src[:at]) + 1
	err := fault.New(fault.Usage, "query, character %d: "+format, append([]any{place}, args...)...)
	return fault.WithHint(err, "see the query syntax in `jixiao search --help`")
}
