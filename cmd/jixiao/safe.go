package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// harmful reports whether r can move the cursor, colour the screen or turn the
// direction of writing: what a hostile document would send to a terminal.
func harmful(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c:
		return true
	case r == 0x2028, r == 0x2029, r == 0xfeff, r == utf8.RuneError:
		return r != utf8.RuneError
	}
	return r > 0x7f && !unicode.IsGraphic(r) && !unicode.Is(unicode.Co, r)
}

// safe returns s on one line with harmful characters written as \u001b and the
// like; line ends and tabs become a space.
func safe(s string) string {
	return escape(s, func(r rune) (string, bool) { return " ", r == '\n' || r == '\t' || r == '\r' })
}

// safeText is safe for running text: line ends and tabs stay.
func safeText(s string) string {
	return escape(s, func(r rune) (string, bool) { return string(r), r == '\n' || r == '\t' })
}

func escape(s string, keep func(rune) (string, bool)) string {
	if strings.IndexFunc(s, harmful) < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		as, kept := keep(r)
		switch {
		case kept:
			b.WriteString(as)
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case harmful(r):
			writeEscape(&b, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func writeEscape(w io.Writer, r rune) {
	if r > 0xffff {
		r -= 0x10000
		fmt.Fprintf(w, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		return
	}
	fmt.Fprintf(w, `\u%04x`, r)
}

// escapeJSON rewrites JSON text so that harmful characters beyond ASCII, which
// stand in strings only, are written as escapes, and <, > and & as themselves.
func escapeJSON(b []byte) []byte {
	for _, c := range []string{"<", ">", "&"} {
		b = unescape(b, c[0])
	}
	if bytes.IndexFunc(b, harmful) < 0 {
		return b
	}
	var out bytes.Buffer
	for _, r := range string(b) {
		if harmful(r) {
			writeEscape(&out, r)
			continue
		}
		out.WriteRune(r)
	}
	return out.Bytes()
}

// unescape undoes json.Marshal's \u00XX for c, but not for a backslash that is
// itself escaped.
func unescape(b []byte, c byte) []byte {
	esc := fmt.Appendf(nil, `\u%04x`, c)
	if !bytes.Contains(b, esc) {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] != '\\' || i+1 == len(b):
			out = append(out, b[i])
		case bytes.HasPrefix(b[i:], esc):
			out = append(out, c)
			i += len(esc) - 1
		default:
			out = append(out, b[i], b[i+1])
			i++
		}
	}
	return out
}
