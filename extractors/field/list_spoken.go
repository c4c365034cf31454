package field

import (
	"strings"
	"unicode/utf8"

	"jixiao/extractors/section"
	"jixiao/internal/zh"
)

// spokenLabels returns the labels that are the subject of a sentence and part of
// it: 存在的主要问题是台账不全, 不足之处主要在于….
func spokenLabels(text string) []label {
	const stop = "。"
	var out []label
	for from := 0; from < len(text); {
		end := len(text)
		if n := strings.IndexByte(text[from:], hardEnd); n >= 0 {
			end = from + n
		}
		for at := from; at < end; {
			if l, ok := spokenLabel(text, at); ok {
				out = append(out, l)
			}
			n := strings.Index(text[at:end], stop)
			if n < 0 {
				break
			}
			at += n + len(stop)
		}
		from = end + 1
	}
	return out
}

// spokenWords are in every label that is the subject of a sentence.
var spokenWords = zh.NewWords("问题", "不足", "差距", "困难", "短板", "措施", "打算", "建议", "方向", "对策")

// copulas join such a subject to what it is.
var copulas = []string{"表现为", "表现在", "体现在", "体现为", "在于", "主要有", "主要是", "是"}

// spokenLabel returns the label that the sentence at text[at] begins with.
func spokenLabel(text string, at int) (label, bool) {
	const shortest, longest, least = 12, 72, 12 // bytes of the subject, and of what follows
	s := text[at:min(len(text), at+longest)]
	if !spokenWords.In(s) {
		return label{}, false
	}
	for _, w := range copulas {
		i := strings.Index(s, w)
		if i < 0 || i < shortest || !section.Formal(s[:i]) {
			continue
		}
		end := at + i + len(w)
		if r, _ := utf8.DecodeRuneInString(text[end:]); len(text)-end < least || r == ':' || r == ',' || r < utf8.RuneSelf {
			continue
		}
		role := section.RoleOf(s[:i])
		if role != problems && role != measures || zh.ContainsAny(s[:i], []string{"原因", "针对", "整改情况", "得分"}) ||
			!spokenWords.In(s[:i]) {
			continue
		}
		return label{at: at, end: end, key: role}, true
	}
	return label{}, false
}
