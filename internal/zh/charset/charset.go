// Package charset finds out in which encoding a Chinese text is written and
// decodes it: UTF-8, GB18030 (which holds GBK and GB2312), Big5 and UTF-16.
//
// A byte order mark decides; else valid UTF-8 is UTF-8; else every encoding is
// tried on a sample and the one whose characters look most like written
// Chinese wins. The decoders report bytes they cannot decode only as U+FFFD,
// never as an error, so these count against an encoding.
package charset

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"jixiao/internal/zh"
)

// The names of the encodings, as records keep them.
const (
	UTF8    = "utf-8"
	GB18030 = "gb18030"
	Big5    = "big5"
	UTF16LE = "utf-16le"
	UTF16BE = "utf-16be"
)

// The reasons why bytes are not decoded.
var (
	ErrNotText = errors.New("the bytes are no text in UTF-8, GB18030, Big5 or UTF-16")
	ErrDamaged = errors.New("too many bytes cannot be decoded")
	ErrMixed   = errors.New("some lines are in UTF-8 and others in another encoding")
)

// sampleSize is how many bytes are enough to tell one encoding from another.
const sampleSize = 64 << 10

// Decode returns the text of b and the name of its encoding.
//
// The text is valid UTF-8 without a byte order mark. Line ends of every kind
// (CR LF, CR, vertical tab, form feed, U+0085, U+2028, U+2029) become one line
// feed. Other control characters, NUL among them, become a space, so that what
// stood around them stays apart; a tab stays. A byte that cannot be decoded
// becomes U+FFFD. A text with more than a few of these, or bytes that make no
// text in any encoding, give an error that wraps ErrDamaged or ErrNotText; one
// with lines in two encodings ErrMixed.
func Decode(b []byte) (text, name string, err error) {
	if s := string(b); isPlain(s) { // as nearly all texts are
		return s, UTF8, nil
	}
	name, body := byMark(b)
	if name == "" {
		name = Detect(b)
	}
	if name == "" {
		return "", "", ErrNotText
	}
	raw := decode(body, name)
	bad, runes, normal := inspect(raw)
	switch {
	case (name == GB18030 || name == Big5 || name == UTF8 && bad > 0) && mixed(b):
		return "", "", ErrMixed
	case bad > allowedBad(runes) && name == UTF8:
		return "", "", ErrNotText
	case bad > allowedBad(runes):
		return "", "", fmt.Errorf("as %s: %w", name, ErrDamaged)
	case !normal:
		raw = normalise(raw)
	}
	return raw, name, nil
}

// isPlain reports whether s is UTF-8 without a byte order mark in which nothing
// has to be changed.
func isPlain(s string) bool {
	if strings.HasPrefix(s, "\ufeff") {
		return false
	}
	for i := 0; i < len(s); {
		if i = zh.SkipHan(s, i); i == len(s) {
			break
		}
		if c := s[i]; c >= ' ' && c < 0x7f || c == '\n' || c == '\t' {
			i++
			continue
		}
		if r := zh.Wide(s, i); r > 0x2029 && r != utf8.RuneError {
			i += 3
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError || isControl(r) || isBreak(r) {
			return false
		}
		i += n
	}
	return true
}

// allowedBad is how many of n characters may be undecodable or control
// characters: a text damaged here and there is still worth reading.
func allowedBad(n int) int { return 2 + n/25 }

// Detect returns the name of the encoding of b, or "" if b is no text.
func Detect(b []byte) string {
	if name, _ := byMark(b); name != "" {
		return name
	}
	if utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 {
		return UTF8
	}
	sample := b[:min(len(b), sampleSize)]
	best, top := "", minScore
	for _, name := range []string{GB18030, UTF8, Big5, UTF16LE, UTF16BE} {
		if s := score(decode(sample, name)); s > top {
			best, top = name, s
		}
		if top > sure {
			break
		}
	}
	return best
}

// byMark returns the encoding that a byte order mark names and the bytes after
// the mark, or "" and b.
func byMark(b []byte) (name string, body []byte) {
	for _, m := range [...]struct{ name, mark string }{
		{UTF8, "\xef\xbb\xbf"}, {UTF16LE, "\xff\xfe"}, {UTF16BE, "\xfe\xff"}, {GB18030, "\x84\x31\x95\x33"},
	} {
		if rest, ok := bytes.CutPrefix(b, []byte(m.mark)); ok {
			return m.name, rest
		}
	}
	return "", b
}

func decode(b []byte, name string) string {
	var e encoding.Encoding
	switch name {
	case GB18030:
		e = simplifiedchinese.GB18030
	case Big5:
		e = traditionalchinese.Big5
	case UTF16LE:
		e = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case UTF16BE:
		e = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	default:
		return strings.ToValidUTF8(string(b), "\ufffd")
	}
	out, err := e.NewDecoder().Bytes(b)
	if err != nil { // the decoders of x/text have none, a later version may
		return "\ufffd"
	}
	return string(out)
}

// inspect counts the characters of s that cannot be read and all of them, and
// reports whether normalise has nothing to do, as in most texts.
func inspect(s string) (bad, all int, normal bool) {
	normal = true
	for _, r := range s {
		all++
		switch {
		case r >= ' ' && r < 0x7f, r == '\n', r == '\t', r > 0x2029 && r != utf8.RuneError:
		case isBreak(r):
			normal = false
		case r == utf8.RuneError:
			bad++
		case isControl(r):
			bad++
			normal = false
		}
	}
	return bad, all, normal
}

func isControl(r rune) bool {
	return r < 0x20 && !isBreak(r) && r != '\t' || r >= 0x7f && r < 0xa0 && !isBreak(r)
}

func isBreak(r rune) bool {
	switch r {
	case '\n', '\v', '\f', '\r', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// normalise makes every line end a line feed and every control character a
// space.
func normalise(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case isBreak(r):
			return '\n'
		case isControl(r):
			return ' '
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}
