// Package division knows China's administrative divisions down to counties.
//
// The list only ranks and adds codes. Divisions are renamed, merged and raised
// every year, and reports keep the names of their time, so that a name which is
// not in the list says nothing.
package division

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed divisions.txt
var data string

// index has the codes of every name, the full one and the short one.
var index = sync.OnceValue(func() map[string][]string {
	m := make(map[string][]string, 4000)
	for line := range strings.Lines(data) {
		code, name, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		m[name] = append(m[name], code)
		if s := short(name); s != name {
			m[s] = append(m[s], code)
		}
	}
	return m
})

// Code returns the code, as GB/T 2260 has it, of the last of names, which are
// divisions from coarse to fine. It returns "" if the list has none of that name
// within the others, or several.
func Code(names ...string) string {
	if len(names) == 0 {
		return ""
	}
	found := ""
	for _, code := range index()[names[len(names)-1]] {
		if !within(code, names[:len(names)-1]) {
			continue
		}
		switch {
		case found == "":
			found = code
		case found[:4] != code[:4]: // a city whose only county has its name is one
			return ""
		}
	}
	return found
}

// within reports whether the division with that code lies in all of outer. A
// county-level city is not told from the prefecture that its prefix names.
func within(code string, outer []string) bool {
	for _, name := range outer {
		in := false
		for _, c := range index()[name] {
			if stem := strings.TrimRight(c, "0"); c != code && strings.HasPrefix(code, even(stem)) {
				in = true
			}
		}
		if !in {
			return false
		}
	}
	return true
}

// even returns the digits of a code that count, of which each level has two:
// stem lost a zero if its level's number ends with one.
func even(stem string) string {
	if len(stem)%2 == 1 {
		return stem + "0"
	}
	return stem
}

// Known reports whether name is that of at least one division.
func Known(name string) bool { return len(index()[name]) > 0 }

// short returns the name of an autonomous division without its peoples, as
// people say it: 黔南州 for 黔南布依族苗族自治州.
func short(name string) string {
	stem, ok := strings.CutSuffix(name[:len(name)-3], "自治")
	if !ok {
		return name
	}
	for i := range stem {
		if utf8.RuneCountInString(stem[:i]) < 2 {
			continue
		}
		for _, p := range peoples {
			if strings.HasPrefix(stem[i:], p) {
				return stem[:i] + name[len(name)-3:]
			}
		}
	}
	return name
}

var peoples = []string{"壮族", "回族", "维吾尔", "布依族", "苗族", "侗族", "土家族", "藏族", "羌族", "彝族", "白族", "傣族", "景颇族", "哈尼族", "傈僳族",
	"蒙古", "朝鲜族", "哈萨克", "柯尔克孜", "塔吉克", "锡伯", "满族", "瑶族", "仡佬族", "仫佬族", "毛南族", "水族", "黎族", "畲族", "各族", "土族", "撒拉族",
	"东乡族", "保安族", "裕固族", "佤族", "拉祜族", "布朗族", "纳西族", "独龙族", "怒族", "普米族", "达斡尔族", "鄂温克族"}
