package main

import (
	"fmt"
	"regexp"
	"strings"
)

// lang is the language of help and talk; data never changes with it.
type lang string

const (
	english lang = "en"
	chinese lang = "zh"
)

// T returns the English text s in the language l.
func (l lang) T(s string) string {
	if l == chinese {
		if t, ok := zhTexts[s]; ok {
			return t
		}
	}
	return s
}

var counted = regexp.MustCompile(`%[-+.0-9]*[a-z](?: (?:documents|hits|files|messages|pages)\b)?`)

// phrase is T with values in their places. In English one document is no
// "1 documents".
func (l lang) phrase(format string, args ...any) string {
	i := -1
	return fmt.Sprintf(counted.ReplaceAllStringFunc(l.T(format), func(m string) string {
		if i++; i < len(args) && args[i] == any(1) && strings.Contains(m, " ") {
			return strings.TrimSuffix(m, "s")
		}
		return m
	}), args...)
}

// languageOf decides by --lang, JIXIAO_LANG and the locale, in this order. It
// looks at the bare arguments because help is printed before they are parsed.
func languageOf(args []string, getenv func(string) string) lang {
	for i, a := range args {
		if a == "--" {
			break
		}
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return parseLang(v)
		}
		if a == "--lang" && i+1 < len(args) {
			return parseLang(args[i+1])
		}
	}
	for _, name := range []string{"JIXIAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			return parseLang(v)
		}
	}
	return english
}

func parseLang(s string) lang {
	if strings.HasPrefix(strings.ToLower(s), "zh") {
		return chinese
	}
	return english
}

// knownLang reports whether s names a language the program has, as zh or zh_CN.
func knownLang(s string) bool {
	name, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(s), "-", "_"), "_")
	return name == "en" || name == "zh"
}
