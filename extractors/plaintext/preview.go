package plaintext

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh"
)

// Sites that share documents show one as the text of its pages, each behind its number:
// 1、…预算收入 | 2、7,560万元…. The numbers stand in the middle of sentences and are no
// part of them.
const (
	shortestPreview = 300  // bytes of a page that a sentence goes on behind
	surePreview     = 1200 // bytes of a page behind which no item is meant
	previewNotice   = 600  // bytes of the site's notice
)

// previewWord is in the site's notice.
const previewWord = "在线阅读"

// withoutPreview returns text without the numbers of a preview's pages, if a site's notice
// says that it is one.
func withoutPreview(text string) string {
	if !zh.Contains(text, previewWord) { // as in nearly all texts
		return text
	}
	k := strings.Index(text, previewWord)
	if !strings.Contains(text[k:min(len(text), k+previewNotice)], "搜索") {
		return text
	}
	var out strings.Builder
	page, at, since := 1, 0, k // the next number, what is not written yet, where the page began
	for i := k; i < len(text); {
		n := strings.IndexByte(text[i:], '\n')
		if n < 0 {
			break
		}
		i += n + 1
		mark := strconv.Itoa(page) + "、"
		if !strings.HasPrefix(text[i:], mark) || page > 1 && !endsPreview(text[since:i]) {
			continue
		}
		keep := i
		if page > 1 {
			keep = len(strings.TrimRight(text[:i], " \t\r\n"))
		}
		out.WriteString(text[at:max(at, keep)])
		at = i + len(mark)
		page, since, i = page+1, at, at
	}
	if at == 0 {
		return text
	}
	out.WriteString(text[at:])
	return out.String()
}

// endsPreview reports whether page, what stands behind the last number, ends where a
// page does and not an item: within a sentence, or after much text.
func endsPreview(page string) bool {
	page = strings.TrimSpace(page)
	if len(page) >= surePreview {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(page)
	return len(page) >= shortestPreview && !strings.ContainsRune("。；;！!？?：:", r)
}
