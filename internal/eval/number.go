package eval

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"
)

// A number is an exact decimal, digits × 10^exponent, in the one form that
// makes equal numbers equal in Go: no zeros around the digits, and none for 0.
type number struct {
	negative bool
	digits   string
	exponent int64
}

// numberOf reads a JSON value as a number the way the corpus's scorer does:
// thousands separators and a trailing %, 元, 人 or 分 do not count.
func numberOf(v any) (number, bool) {
	if _, ok := v.(bool); ok {
		return number{}, false
	}
	if n, ok := v.(json.Number); ok {
		v = numberWords(n)
	}
	s := strings.ReplaceAll(fold(v), ",", "")
	return parseNumber(strings.ReplaceAll(strings.TrimRight(s, "%元人分"), "_", ""))
}

func parseNumber(s string) (number, bool) {
	var n number
	s = asciiDigits(s)
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		n.negative, s = true, rest
	} else {
		s = strings.TrimPrefix(s, "+")
	}
	s, power, scaled := cutExponent(s)
	if scaled {
		var err error
		if n.exponent, err = strconv.ParseInt(power, 10, 60); err != nil {
			return number{}, false
		}
	}
	whole, part, _ := strings.Cut(s, ".")
	n.digits = whole + part
	if n.digits == "" || strings.Trim(n.digits, "0123456789") != "" {
		return number{}, false
	}
	n.exponent -= int64(len(part))
	return n.reduced(), true
}

func cutExponent(s string) (digits, power string, ok bool) {
	i := strings.IndexAny(s, "eE")
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

func (n number) reduced() number {
	trimmed := strings.TrimRight(n.digits, "0")
	n.exponent += int64(len(n.digits) - len(trimmed))
	n.digits = strings.TrimLeft(trimmed, "0")
	if n.digits == "" {
		return number{}
	}
	return n
}

// asciiDigits writes the digits of other scripts as 0 to 9. Unicode keeps ten
// of them side by side, in order.
func asciiDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII || !unicode.Is(unicode.Nd, r) {
			return r
		}
		zero := r
		for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
			zero--
		}
		return '0' + r - zero
	}, s)
}
