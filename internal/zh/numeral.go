package zh

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// numeralDigit returns the digit that r stands for in a Chinese numeral, -1
// for any other character.
func numeralDigit(r rune) int {
	switch r {
	case '〇', '零':
		return 0
	case '一', '壹':
		return 1
	case '二', '两', '贰':
		return 2
	case '三', '叁':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	return -1
}

// numeralPower returns the power of ten that r multiplies by, 0 for none.
func numeralPower(r rune) int {
	switch r {
	case '十', '拾':
		return 1
	case '百', '佰':
		return 2
	case '千', '仟':
		return 3
	case '万':
		return 4
	case '亿':
		return 8
	}
	return 0
}

// numeralStarts are the characters that a Chinese numeral can begin with.
const numeralStarts = "〇零一壹二两贰三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟"

var (
	numerals     = NewRuneSet(numeralStarts)
	figureStarts = NewRuneSet("0123456789" + numeralStarts)
)

func isNumeral(r rune) bool { return numerals.Has(r) }

// maxNumeral is the longest Chinese numeral looked at, in characters.
const maxNumeral = 24

// ParseNumeral reads a Chinese numeral: 五十七, 三千二百, 一百二十点五,
// 两万三千, 二〇二三 (digits one by one). It refuses what no careful writer
// writes, such as 十百 or 五二百.
func ParseNumeral(s string) (Decimal, bool) {
	whole, frac, point := strings.Cut(s, "点")
	if whole == "" || utf8.RuneCountInString(s) > maxNumeral || point && frac == "" {
		return "", false
	}
	out, ok := spelled(whole)
	if !ok {
		return "", false
	}
	if point {
		f, ok := oneByOne(frac)
		if !ok {
			return "", false
		}
		out += "." + f
	}
	return ParseDecimal(out)
}

// spelled reads a whole number with or without 十百千万亿.
func spelled(s string) (string, bool) {
	if d, ok := oneByOne(s); ok {
		return d, true
	}
	n, ok := 0, false
	for _, big := range []struct {
		mark  string
		value int
	}{{"亿", 1e8}, {"万", 1e4}} {
		head, tail, found := strings.Cut(s, big.mark)
		if !found {
			continue
		}
		h, good := belowMyriad(head)
		if !good || h == 0 {
			return "", false
		}
		n, ok, s = n+h*big.value, true, tail
	}
	if s != "" {
		rest, good := belowMyriad(s)
		if !good {
			return "", false
		}
		n, ok = n+rest, true
	}
	return strconv.Itoa(n), ok
}

// oneByOne reads digits without powers: 二〇二三.
func oneByOne(s string) (string, bool) {
	b := make([]byte, 0, len(s)/3)
	for _, r := range s {
		d := numeralDigit(r)
		if d < 0 {
			return "", false
		}
		b = append(b, byte('0'+d))
	}
	return string(b), len(b) > 0
}

// belowMyriad reads 九千九百九十九 and less. 十五 is 15; 两百五 is refused, for
// some mean 205 by it.
func belowMyriad(s string) (int, bool) {
	sum, digit, last, zero := 0, -1, 4, false
	for _, r := range s {
		if d := numeralDigit(r); d >= 0 {
			if digit >= 0 {
				return 0, false
			}
			if d == 0 {
				zero = true
				continue
			}
			digit = d
			continue
		}
		p := numeralPower(r)
		if p == 0 || p >= last || p > 3 {
			return 0, false
		}
		if digit < 0 {
			if p != 1 || sum > 0 {
				return 0, false
			}
			digit = 1
		}
		sum += digit * [...]int{1, 10, 100, 1000}[p]
		digit, last, zero = -1, p, false
	}
	if digit >= 0 {
		if last > 1 && last < 4 && !zero {
			return 0, false
		}
		sum += digit
	}
	return sum, s != ""
}
