package plaintext

import (
	"bytes"
	"unicode/utf8"

	"jixiao/internal/zh"
)

// foreign are the first bytes of formats that are not plain text, though some
// are made of letters.
var foreign = [...]string{
	"%PDF", "PK\x03\x04", "PK\x05\x06", "\x7fELF", "MZ\x90", "\xd0\xcf\x11\xe0", "\x89PNG", "\xff\xd8\xff", "GIF8", "{\\rtf",
	"\x1f\x8b", "7z\xbc\xaf", "Rar!", "BZh", "\xfd7zXZ", "II*\x00", "MM\x00*", "RIFF", "%!PS", "SQLite format", "<html", "<HTML", "<!DOCTYPE", "<!doctype", "<?xml",
}

var marks = [...]string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff", "\x84\x31\x95\x33"}

// Accepts implements extractors.Extractor: it takes what has a byte order
// mark, is valid UTF-8, or has the byte patterns of GB18030, Big5 or UTF-16.
func (Extractor) Accepts(head []byte) bool {
	if len(head) == 0 {
		return false
	}
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(marks[0])), " \t\r\n")
	for _, f := range foreign {
		if len(trimmed) >= len(f) && string(trimmed[:len(f)]) == f {
			return false
		}
	}
	for _, m := range marks {
		if len(head) > len(m) && string(head[:len(m)]) == m {
			return true
		}
	}
	return isUTF8(head) || isDoubleByte(head) || isUTF16(head, 0) || isUTF16(head, 1)
}

// tolerable reports whether bad of n is little enough for a text that was
// damaged here and there.
func tolerable(bad, n int) bool { return bad <= 1+n/50 }

func isUTF8(b []byte) bool {
	bad, n := 0, 0
	for len(b) > 0 {
		if k := zh.SkipHan(b, 0); k > 0 {
			b = b[k:]
			n += k / 3
			continue
		}
		if b[0] < 0x80 {
			if isControl(b[0]) {
				bad++
			}
			b = b[1:]
			n++
			continue
		}
		if r := zh.Wide(b, 0); r != 0 && r != utf8.RuneError {
			b = b[3:]
			n++
			continue
		}
		if !utf8.FullRune(b) {
			break // the head's end cuts a character
		}
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			bad++
		}
		b = b[size:]
		n++
	}
	return n > 0 && tolerable(bad, n)
}

// isDoubleByte reports whether b looks like GB18030 or Big5: lead bytes from
// 0x81 on followed by a trail byte of either, or by a digit (four-byte
// characters of GB18030).
func isDoubleByte(b []byte) bool {
	bad, n := 0, 0
	for i := 0; i < len(b); n++ {
		switch c := b[i]; {
		case c < 0x80:
			if isControl(c) {
				bad++
			}
			i++
		case i+1 == len(b):
			i++
		case c > 0x80 && c < 0xff && isTrail(b[i+1]):
			i += 2
		default:
			bad++
			i++
		}
	}
	return tolerable(bad, n)
}

func isTrail(c byte) bool { return c >= 0x40 && c != 0x7f && c != 0xff || c >= '0' && c <= '9' }

// isUTF16 reports whether b looks like UTF-16 whose high bytes stand at the
// offsets that are odd (low = 0, little endian) or even (low = 1).
func isUTF16(b []byte, low int) bool {
	bad, n := 0, len(b)/2
	for i := range n {
		hi, lo := b[2*i+1-low], b[2*i+low]
		switch {
		case hi >= 0x4e && hi <= 0x9f, hi == 0x30, hi == 0x20, hi == 0x25, hi == 0xff:
		case hi == 0 && !isControl(lo):
		default:
			bad++
		}
	}
	return n > 0 && tolerable(bad, n)
}

func isControl(c byte) bool {
	return c < 0x20 && (c < '\t' || c > '\r') || c == 0x7f
}
