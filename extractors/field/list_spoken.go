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
	for at := 0; at < len(text); {
		if l, ok := spokenLabel(text, at); ok {
			out = append(out, l)
		}
		line, full := strings.IndexByte(text[at:], hardEnd), strings.Index(text[at:], stop)
		switch {
		case full >= 0 && (line < 0 || full < line):
			at += full + len(stop)
		case line >= 0:
			at += line + 1
		default:
			return out
		}
	}
	return out
}

// copulas join such a subject to what it is.
var copulas = []string{"表现为", "表现在", "体现在", "体现为", "在于", "主要有", "主要是", "是"}

// spokenLabel returns the label that the sentence at text[at] begins with.
func spokenLabel(text string, at int) (label, bool) {
	const shortest, longest, least = 12, 72, 12 // bytes of the subject, and of what follows
	s := text[at:min(len(text), at+longest)]
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
			!zh.ContainsAny(s[:i], []string{"问题", "不足", "差距", "困难", "短板", "措施", "打算", "建议", "方向", "对策"}) {
			continue
		}
		return label{at: at, end: end, key: role}, true
	}
	return label{}, false
}
