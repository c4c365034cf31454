package ledongthuc

import (
	"fmt"
	"io"

	lpdf "github.com/ledongthuc/pdf"
)

const (
	maxContent = 64 << 20 // bytes of one page's content, or of one table
	maxNesting = 32       // arrays within arrays
	maxArgs    = 1 << 12  // operands before an operator; more are dropped
)

// A kind is what a token is.
type kind int

const (
	number kind = iota
	text
	name
	array // or a dictionary, whose keys and values stand in list
	operator
)

// A token is one operand or operator of a content stream or a CMap.
type token struct {
	kind kind
	num  float64
	text string // of a text, name or operator
	list []token
}

// A lexer reads tokens. It is our own because the library's does not end where
// a stream ends within a string, and it takes anything: what makes no sense is
// skipped.
type lexer struct {
	src []byte
	at  int
}

// newLexer reads a stream, or an array of streams that count as one.
func newLexer(v lpdf.Value) (*lexer, error) {
	l := &lexer{}
	streams := []lpdf.Value{v}
	if v.Kind() == lpdf.Array {
		streams = streams[:0]
		for i := range min(v.Len(), maxNodes) {
			streams = append(streams, v.Index(i))
		}
	}
	for _, s := range streams {
		if s.Kind() != lpdf.Stream {
			continue
		}
		r := s.Reader()
		b, err := io.ReadAll(io.LimitReader(r, maxContent-int64(len(l.src))))
		_ = r.Close()
		l.src = append(append(l.src, b...), '\n')
		if err != nil && len(b) == 0 {
			return nil, fmt.Errorf("second engine: read a stream: %w", err)
		}
		if len(l.src) >= maxContent {
			return nil, fmt.Errorf("second engine: a stream of more than %d bytes", maxContent)
		}
	}
	return l, nil
}

// run reads to the end and calls do for each operator with its operands, which
// are valid until do returns.
func (l *lexer) run(do func(op string, args []token)) {
	var args []token
	for {
		t, ok := l.next(0)
		switch {
		case !ok:
			return
		case t.kind == operator && t.text == "ID":
			l.skipImage()
			args = args[:0]
		case t.kind == operator:
			do(t.text, args)
			args = args[:0]
		case len(args) < maxArgs:
			args = append(args, t)
		}
	}
}

// next returns the next token, false at the end.
func (l *lexer) next(depth int) (token, bool) {
	l.skipSpace()
	if l.at >= len(l.src) {
		return token{}, false
	}
	c := l.src[l.at]
	switch {
	case c == '/':
		l.at++
		return token{kind: name, text: l.name()}, true
	case c == '(':
		return token{kind: text, text: l.literal()}, true
	case c == '<' && l.peek(1) == '<':
		l.at += 2
		return token{kind: array, list: l.list('>', depth)}, true
	case c == '<':
		return token{kind: text, text: l.hex()}, true
	case c == '[':
		l.at++
		return token{kind: array, list: l.list(']', depth)}, true
	case c == '+', c == '-', c == '.', c >= '0' && c <= '9':
		return token{kind: number, num: l.number()}, true
	case delimiter(c): // a bracket that closes nothing
		l.at++
		return l.next(depth)
	}
	start := l.at
	for l.at < len(l.src) && !space(l.src[l.at]) && !delimiter(l.src[l.at]) {
		l.at++
	}
	return token{kind: operator, text: string(l.src[start:l.at])}, true
}

func (l *lexer) peek(n int) byte {
	if l.at+n < len(l.src) {
		return l.src[l.at+n]
	}
	return 0
}

func space(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func delimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	default:
		return false
	}
}

// skipSpace skips white space and comments.
func (l *lexer) skipSpace() {
	for l.at < len(l.src) {
		switch c := l.src[l.at]; {
		case space(c):
			l.at++
		case c == '%':
			for l.at < len(l.src) && l.src[l.at] != '\n' && l.src[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

// list reads to the closing bracket; an unclosed list ends with the source.
func (l *lexer) list(end byte, depth int) []token {
	var out []token
	for {
		l.skipSpace()
		if l.at >= len(l.src) {
			return out
		}
		if l.src[l.at] == end {
			l.at++
			if end == '>' && l.peek(0) == '>' {
				l.at++
			}
			return out
		}
		if depth >= maxNesting {
			l.at = len(l.src)
			return out
		}
		t, ok := l.next(depth + 1)
		if !ok {
			return out
		}
		out = append(out, t)
	}
}

// skipImage skips the data of an inline image, up to EI between white space.
func (l *lexer) skipImage() {
	for ; l.at+3 < len(l.src); l.at++ {
		s := l.src[l.at:]
		if space(s[0]) && s[1] == 'E' && s[2] == 'I' && space(s[3]) {
			l.at += 3
			return
		}
	}
	l.at = len(l.src)
}
