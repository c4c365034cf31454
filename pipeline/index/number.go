package index

import (
	"strings"

	"jixiao/schemas/catalog"
)

// Numbers are indexed as whole numbers: money in fen, rates and points by
// 10,000, dates as yyyymmdd with 00 for what is not stated.
const (
	fenDigits  = 2
	rateDigits = 4
)

// scaleOf returns how many decimals a number of kind k keeps, and whether k is
// a kind of number at all. Dates are numbers that are read by parseDate.
func scaleOf(k catalog.Kind) (digits int, ok bool) {
	switch k {
	case catalog.Year, catalog.Count, catalog.Date:
		return 0, true
	case catalog.Money:
		return fenDigits, true
	case catalog.Percent, catalog.Points:
		return rateDigits, true
	default:
		return 0, false
	}
}

// multiples are the ends of amounts as people type them, longest first.
var multiples = []struct {
	word  string
	shift int
}{
	{"亿元", 8}, {"万元", 4}, {"千元", 3}, {"亿", 8}, {"万", 4}, {"千", 3}, {"元", 0}, {"%", 0}, {"分", 0}, {"人", 0}, {"年", 0},
}

// parseNumber reads an exact decimal such as "12,345.678", "1000万" or "95.2%"
// as a whole number of 10^-digits, rounded half up. It reports whether it
// rounded, and whether s is a number that fits.
func parseNumber(s string, digits int) (n int64, rounded, ok bool) {
	s = strings.ReplaceAll(fold(s), ",", "")
	for _, m := range multiples {
		if rest, found := strings.CutSuffix(s, m.word); found {
			s, digits = rest, digits+m.shift
			break
		}
	}
	negative := strings.HasPrefix(s, "-")
	whole, decimals, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	if whole+decimals == "" || strings.Trim(whole+decimals, "0123456789") != "" {
		return 0, false, false
	}
	kept, cut := decimals, ""
	if len(decimals) > digits {
		kept, cut = decimals[:digits], decimals[digits:]
	}
	n, ok = wholeNumber(whole + kept + strings.Repeat("0", digits-len(kept)))
	if cut != "" && cut[0] >= '5' {
		n++
	}
	if negative {
		n = -n
	}
	return n, strings.Trim(cut, "0") != "", ok
}

// maxNumber leaves room for rounding and for the step that leaves out a bound.
const maxNumber = 1<<63 - 16

func wholeNumber(digits string) (int64, bool) {
	var n int64
	for i := range len(digits) {
		d := int64(digits[i] - '0')
		if n > (maxNumber-d)/10 {
			return 0, false
		}
		n = n*10 + d
	}
	return n, true
}

// parseDate reads 2023, 2023-06 or 2023-06-28 as the numbers from first to last
// that it can mean; first is the one that is indexed.
func parseDate(s string) (first, last int64, ok bool) {
	parts := strings.Split(fold(s), "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return 0, 0, false
	}
	for i, p := range parts {
		n, ok := wholeNumber(p)
		if !ok || i > 0 && (len(p) == 0 || len(p) > 2) || strings.Trim(p, "0123456789") != "" {
			return 0, 0, false
		}
		first = first*100 + n
	}
	last = first
	for range 3 - len(parts) {
		first, last = first*100, last*100+99
	}
	return first, last, true
}
