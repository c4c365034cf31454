package zh

import (
	"math/big"
	"strconv"
	"strings"
)

// A Decimal is an exact decimal number as text: an optional minus sign, one or
// more digits without leading zeros, and as many decimals as were stated. The
// zero Decimal "" is no number.
type Decimal string

// ParseDecimal reads ASCII digits with at most one point. Commas may part the
// whole digits in threes, from the right and throughout; anything else is
// refused, for a figure that is not well formed has lost or gained a digit.
func ParseDecimal(s string) (Decimal, bool) {
	neg := strings.HasPrefix(s, "-")
	whole, frac, point := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	whole, ok := ungroup(whole)
	if !ok || point && !digits(frac) {
		return "", false
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if point {
		whole += "." + frac
	}
	if neg {
		whole = "-" + whole
	}
	return Decimal(whole), true
}

// ungroup takes the commas out of 1,234,567.
func ungroup(s string) (string, bool) {
	if !strings.Contains(s, ",") {
		return s, digits(s)
	}
	parts := strings.Split(s, ",")
	for i, p := range parts {
		if !digits(p) || i > 0 && len(p) != 3 || i == 0 && len(p) > 3 {
			return "", false
		}
	}
	return strings.Join(parts, ""), true
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// Shift returns d times ten to the power of n, n ≥ 0, with every digit kept.
func (d Decimal) Shift(n int) Decimal {
	sign, rest := "", string(d)
	if strings.HasPrefix(rest, "-") {
		sign, rest = "-", rest[1:]
	}
	whole, frac, _ := strings.Cut(rest, ".")
	over := min(n, len(frac)) // decimals that come before the point
	whole = strings.TrimLeft(whole+frac[:over]+strings.Repeat("0", n-over), "0")
	if whole == "" {
		whole = "0"
	}
	if frac = frac[over:]; frac != "" {
		whole += "." + frac
	}
	return Decimal(sign + whole)
}

// AtLeast returns d with at least n decimals.
func (d Decimal) AtLeast(n int) Decimal {
	whole, frac, _ := strings.Cut(string(d), ".")
	if len(frac) >= n {
		return d
	}
	return Decimal(whole + "." + frac + strings.Repeat("0", n-len(frac)))
}

// Whole returns d as a whole number, and false if d has decimals other than 0
// or is beyond what an int64 holds.
func (d Decimal) Whole() (int64, bool) {
	whole, frac, _ := strings.Cut(string(d), ".")
	if strings.Trim(frac, "0") != "" || len(whole) > 18 || whole == "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	return n, err == nil
}

// Fixed returns d times ten to the power of n as a whole number, and false if it
// has more decimals than n or is beyond what an int64 holds.
func (d Decimal) Fixed(n int) (int64, bool) {
	const most = 18 // digits
	whole, frac, _ := strings.Cut(string(d), ".")
	frac = strings.TrimRight(frac, "0")
	if whole == "" || whole[0] == '-' || len(frac) > n || len(whole)+n > most {
		return 0, false
	}
	v := int64(0)
	for _, part := range [...]string{whole, frac} {
		if !digits(part) && part != "" {
			return 0, false
		}
		for i := range len(part) {
			v = v*10 + int64(part[i]-'0')
		}
	}
	for range n - len(frac) {
		v *= 10
	}
	return v, true
}

// Rat returns d as an exact fraction, nil if d is no number.
func (d Decimal) Rat() *big.Rat {
	if r := d.short(); r != nil {
		return r
	}
	r, ok := new(big.Rat).SetString(string(d))
	if !ok {
		return nil
	}
	return r
}

// short is Rat for what an int64 holds, nearly all there is, at a tenth of the
// cost: most amounts in yuan are whole.
func (d Decimal) short() *big.Rat {
	const most = 18 // digits
	whole, frac, _ := strings.Cut(string(d), ".")
	frac = strings.TrimRight(frac, "0")
	if len(whole)+len(frac) > most {
		return nil
	}
	n, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil {
		return nil
	}
	if frac == "" {
		return new(big.Rat).SetInt64(n)
	}
	power := int64(1)
	for range frac {
		power *= 10
	}
	return big.NewRat(n, power)
}

// Float returns d rounded, for comparing and ranking only.
func (d Decimal) Float() float64 {
	if d == "" {
		return 0
	}
	f, err := strconv.ParseFloat(string(d), 64)
	if err != nil {
		return 0
	}
	return f
}
