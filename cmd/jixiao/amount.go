package main

import "strings"

// wan writes an amount of yuan in 万元: exact, with groups of three digits.
func wan(yuan string) string {
	if yuan == "" {
		return ""
	}
	sign := ""
	if rest, ok := strings.CutPrefix(yuan, "-"); ok {
		sign, yuan = "-", rest
	}
	whole, frac, _ := strings.Cut(yuan, ".")
	for len(whole) < 5 {
		whole = "0" + whole
	}
	frac = strings.TrimRight(whole[len(whole)-4:]+frac, "0")
	for len(frac) < 2 {
		frac += "0"
	}
	return sign + grouped(strings.TrimLeft(whole[:len(whole)-5], "0")+whole[len(whole)-5:len(whole)-4]) + "." + frac
}

// grouped puts a comma before every third digit from the right.
func grouped(digits string) string {
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}
