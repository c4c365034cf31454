package zh

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Date is a calendar date of which month and day may be unknown (0).
type Date struct{ Year, Month, Day int }

// String returns d as 2023-06-28, 2023-06 or 2023.
func (d Date) String() string {
	switch {
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Valid reports whether d is on the calendar, in the years that reports are of.
func (d Date) Valid() bool {
	return d.Year >= 1949 && d.Year <= 2099 && d.Month >= 0 && d.Month <= 12 && d.Day >= 0 && (d.Day == 0 || d.Month > 0 && d.Day <= monthDays(d.Year, d.Month))
}

func monthDays(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// A Found date stands at [Start, End) of the text searched.
type Found struct {
	Date
	Start, End int
}

// FindDate returns the first date in s, a folded text, at or after from that
// has at least a year and a month: 2023年6月28日, 2023.6.28, 2023-06,
// 二〇二三年六月. A date that is not on the calendar is passed over.
func FindDate(s string, from int) (Found, bool) {
	for i := from; i < len(s); {
		if startsYear(s, i) {
			if f, ok := dateAt(s, i); ok {
				return f, true
			}
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		i += n
	}
	return Found{}, false
}

// startsYear reports whether a figure begins at s[i] that may be a year.
func startsYear(s string, i int) bool {
	if c := s[i]; c == '1' || c == '2' {
		return i == 0 || !isASCIIDigit(s[i-1]) && s[i-1] != '.' && !(s[i-1] == ',' && i > 1 && isASCIIDigit(s[i-2]))
	}
	return strings.HasPrefix(s[i:], "二") || strings.HasPrefix(s[i:], "一九")
}

// dateAt reads a date at s[i].
func dateAt(s string, i int) (Found, bool) {
	year, n := YearAt(s[i:])
	if n == 0 {
		return Found{}, false
	}
	p := i + n
	sep := s[p:]
	var closing []string
	var mark string
	switch {
	case strings.HasPrefix(sep, "年"):
		p, closing = p+len("年"), []string{"月份", "月"}
	case sep != "" && strings.IndexByte(".-/", sep[0]) >= 0 && s[i] < 0x80:
		p, mark = p+1, sep[:1]
	default:
		return Found{}, false
	}
	d := Date{Year: year}
	month, k := numberAt(s[p:], 12)
	if k == 0 {
		return Found{}, false
	}
	d.Month, p = month, p+k
	end, day, ok := dayAfter(s, p, closing, mark)
	if !ok {
		return Found{}, false
	}
	d.Day = day
	return Found{Date: d, Start: i, End: end}, d.Valid()
}

// dayAfter reads what follows a month: its closing word or the mark that parts
// it from the day, and the day if there is one.
func dayAfter(s string, p int, closing []string, mark string) (end, day int, ok bool) {
	if mark == "" {
		for _, w := range closing {
			if strings.HasPrefix(s[p:], w) {
				p += len(w)
				day, k := numberAt(s[p:], 31)
				for _, w := range []string{"日", "号"} {
					if k > 0 && strings.HasPrefix(s[p+k:], w) {
						return p + k + len(w), day, true
					}
				}
				if k > 0 && p+k == len(s) { // 日 was lost at the end of a line
					return p + k, day, true
				}
				return p, 0, true
			}
		}
		return 0, 0, false
	}
	if !strings.HasPrefix(s[p:], mark) {
		return p, 0, mark != "." && !nextDigit(s, p) // 2023.6 is a figure as well
	}
	day, k := numberAt(s[p+1:], 31)
	if k == 0 || nextDigit(s, p+1+k) || strings.HasPrefix(s[p+1+k:], mark) {
		return 0, 0, false
	}
	end = p + 1 + k
	if strings.HasPrefix(s[end:], "日") {
		end += len("日")
	}
	return end, day, true
}

func nextDigit(s string, p int) bool { return p < len(s) && isASCIIDigit(s[p]) }

// YearAt reads a year of four figures at the start of s, ASCII (also with
// single spaces between them) or Chinese, and returns the bytes it takes up.
func YearAt(s string) (year, n int) {
	for count := 0; count < 4; count++ {
		if n < len(s) && s[n] == ' ' && count > 0 {
			n++
		}
		d, k := digitAt(s[n:])
		if k == 0 && count > 0 && s[0] >= utf8.RuneSelf {
			k = letterZero(s[n:]) // 二O二三年
		}
		if k == 0 {
			return 0, 0
		}
		year, n = year*10+d, n+k
	}
	if year < 1949 || year > 2099 || nextDigit(s, n) {
		return 0, 0
	}
	return year, n
}

// letterZero returns the length of a letter at the start of s that is typed for 〇.
func letterZero(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("OoОоΟο", r) {
		return n
	}
	return 0
}

// digitAt reads one figure of a year.
func digitAt(s string) (d, n int) {
	if s == "" {
		return 0, 0
	}
	if isASCIIDigit(s[0]) {
		return int(s[0] - '0'), 1
	}
	r, n := Next(s, 0)
	switch r {
	case '零', 'Ｏ', '０', '〇':
		return 0, n
	case '一', '二', '三', '四', '五', '六', '七', '八', '九':
		return numeralDigit(r), n
	}
	return 0, 0
}

// numberAt reads a whole number from 1 to most, ASCII or Chinese, at the start
// of s and returns the bytes it takes up.
func numberAt(s string, most int) (v, n int) {
	if s == "" {
		return 0, 0
	}
	if isASCIIDigit(s[0]) {
		for n < len(s) && n < 4 && (isASCIIDigit(s[n]) || s[n] == ' ' && n == 1 && nextDigit(s, n+1)) {
			if s[n] != ' ' {
				v = v*10 + int(s[n]-'0')
			}
			n++
		}
		if v < 1 || v > most || nextDigit(s, n) {
			return 0, 0
		}
		return v, n
	}
	return hanNumberAt(s, most)
}

// hanNumberAt reads 六, 十二, 二十八 and 廿八.
func hanNumberAt(s string, most int) (v, n int) {
	for n < len(s) {
		r, k := utf8.DecodeRuneInString(s[n:])
		i := strings.IndexRune("一二三四五六七八九", r)
		switch {
		case r == '十' && v < 10:
			v = max(v, 1) * 10
		case r == '廿' && v == 0:
			v = 20
		case i >= 0 && v%10 == 0:
			v += i/3 + 1
		default:
			k = 0
		}
		if k == 0 {
			break
		}
		n += k
	}
	if v < 1 || v > most {
		return 0, 0
	}
	return v, n
}

// TornDate reads a date that has lost its separators, as 2023228日, if there is
// only one way to put them back. The second result is false if there are none
// or several.
func TornDate(s string) (Date, bool) {
	s = strings.TrimSuffix(s, "日")
	year, n := YearPrefix(s)
	rest := s[n:]
	if n == 0 || len(rest) < 2 || len(rest) > 4 {
		return Date{}, false
	}
	var found []Date
	for k := 1; k <= 2 && k < len(rest); k++ {
		month, a := numberAt(rest[:k], 12)
		day, b := numberAt(rest[k:], 31)
		d := Date{Year: year, Month: month, Day: day}
		if a == k && b == len(rest)-k && b <= 2 && d.Valid() && !(len(rest) < 4 && (rest[0] == '0' || rest[k] == '0')) {
			found = append(found, d)
		}
	}
	if len(found) != 1 {
		return Date{}, false
	}
	return found[0], true
}

// YearPrefix is YearAt for a figure that goes on after the year.
func YearPrefix(s string) (year, n int) {
	if len(s) < 4 {
		return 0, 0
	}
	return YearAt(s[:4])
}

func isASCIIDigit(c byte) bool { return c >= '0' && c <= '9' }
