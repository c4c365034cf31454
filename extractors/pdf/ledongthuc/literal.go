package ledongthuc

import "math"

// number reads digits with a sign and a point, and takes what programs write by
// mistake: two signs, two points.
func (l *lexer) number() float64 {
	const longest = 1e9 // whatever is larger stands on no page
	sign, value, unit := 1.0, 0.0, 0.0
	for ; l.at < len(l.src); l.at++ {
		switch c := l.src[l.at]; {
		case c == '-':
			sign = -1
		case c == '+':
		case c == '.' && unit == 0:
			unit = 1
		case c == '.':
		case c >= '0' && c <= '9' && unit > 0:
			unit /= 10
			value += unit * float64(c-'0')
		case c >= '0' && c <= '9':
			value = math.Min(10*value+float64(c-'0'), longest)
		default:
			return sign * value
		}
	}
	return sign * value
}

// name reads a name behind its slash, with #xx for odd characters.
func (l *lexer) name() string {
	var out []byte
	for l.at < len(l.src) && !space(l.src[l.at]) && !delimiter(l.src[l.at]) {
		c := l.src[l.at]
		l.at++
		if hi, lo := digit(l.peek(0)), digit(l.peek(1)); c == '#' && hi >= 0 && lo >= 0 {
			c = byte(hi<<4 | lo)
			l.at += 2
		}
		out = append(out, c)
	}
	return string(out)
}

// hex reads a hexadecimal string. An odd last digit has a zero behind it.
func (l *lexer) hex() string {
	var out []byte
	high := -1
	for l.at++; l.at < len(l.src); l.at++ {
		c := l.src[l.at]
		if c == '>' {
			l.at++
			break
		}
		switch d := digit(c); {
		case d < 0:
		case high < 0:
			high = d
		default:
			out = append(out, byte(high<<4|d))
			high = -1
		}
	}
	if high >= 0 {
		out = append(out, byte(high<<4))
	}
	return string(out)
}

// digit returns the value of a hexadecimal digit, -1 for anything else.
func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	default:
		return -1
	}
}

// literal reads a string in round brackets, which may nest.
func (l *lexer) literal() string {
	var out []byte
	open := 0
	for l.at < len(l.src) {
		c := l.src[l.at]
		l.at++
		switch c {
		case '(':
			if open++; open == 1 {
				continue
			}
		case ')':
			if open--; open == 0 {
				return string(out)
			}
		case '\\':
			out = l.escape(out)
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

// escape reads what stands behind a backslash and appends what it means.
func (l *lexer) escape(out []byte) []byte {
	if l.at >= len(l.src) {
		return out
	}
	c := l.src[l.at]
	l.at++
	switch c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b':
		return append(out, '\b')
	case 'f':
		return append(out, '\f')
	case '\r': // the line goes on
		if l.peek(0) == '\n' {
			l.at++
		}
		return out
	case '\n':
		return out
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	n := int(c - '0')
	for k := 0; k < 2 && l.peek(0) >= '0' && l.peek(0) <= '7'; k++ {
		n = n<<3 | int(l.peek(0)-'0')
		l.at++
	}
	return append(out, byte(n))
}
