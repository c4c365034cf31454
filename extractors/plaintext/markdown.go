package plaintext

import (
	"strings"
	"unicode/utf8"
)

// withoutMarkdown returns text without the signs that Markdown sets off titles, words
// and quotations with: ## 一、概况, **得分**, > 注. Its tables and lists are what they
// are in any text.
func withoutMarkdown(text string) string {
	bold, title, quote := strings.Contains(text, "**"), hasLine(text, "# ") || hasLine(text, "## ") || hasLine(text, "### "), hasLine(text, "> ")
	if !bold && !title {
		return text
	}
	var out strings.Builder
	out.Grow(len(text))
	for line := range strings.Lines(text) {
		if title {
			line = withoutSign(line, '#')
		}
		if quote {
			line = withoutSign(line, '>')
		}
		out.WriteString(withoutBold(line))
	}
	return out.String()
}

// hasLine reports whether a line of text begins with sign.
func hasLine(text, sign string) bool {
	if strings.IndexByte(text, sign[0]) < 0 { // as in nearly all texts
		return false
	}
	return strings.HasPrefix(text, sign) || strings.Contains(text, "\n"+sign)
}

// withoutSign drops a run of the sign, and the blank behind it, that begins line.
func withoutSign(line string, sign byte) string {
	rest := strings.TrimLeft(line, string(sign))
	if n := len(line) - len(rest); n == 0 || n > 6 || !strings.HasPrefix(rest, " ") {
		return line
	}
	return strings.TrimLeft(rest, " ")
}

// withoutBold drops the pairs of asterisks around words. Those behind a digit, and
// those that have no partner, mask something: 20**年.
func withoutBold(line string) string {
	const sign = "**"
	if strings.Count(line, sign)%2 != 0 {
		return line
	}
	var out strings.Builder
	for rest := line; ; {
		i := strings.Index(rest, sign)
		if i < 0 {
			return out.String() + rest
		}
		n := strings.Index(rest[i+len(sign):], sign)
		inside := rest[i+len(sign) : i+len(sign)+n]
		before, _ := utf8.DecodeLastRuneInString(rest[:i])
		if before >= '0' && before <= '9' || strings.TrimSpace(inside) == "" || strings.Trim(inside, "*") != inside {
			return line
		}
		out.WriteString(rest[:i])
		out.WriteString(inside)
		rest = rest[i+2*len(sign)+n:]
	}
}
