package elastic

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"jixiao/schemas"
)

// value writes v as JSON. What documents consist of is written here: it is
// mostly long strings, of which encoding/json makes copies.
func (w *writer) value(v any) error {
	switch v := v.(type) {
	case string:
		w.text(v)
	case schemas.DocID:
		w.text(string(v))
	case int64:
		w.out.Write(strconv.AppendInt(w.out.AvailableBuffer(), v, 10))
	case json.RawMessage: // made by index.Flatten
		w.out.Write(v)
	case object:
		return w.object(v)
	case []object:
		return array(w, v)
	case []item:
		return array(w, v)
	case item:
		return w.object(v.object())
	case []string:
		return array(w, v)
	default:
		if err := w.enc.Encode(v); err != nil {
			return err
		}
		w.out.Truncate(w.out.Len() - 1) // the end of line that it adds
	}
	return nil
}

func (w *writer) object(o object) error {
	sep := byte('{')
	for key, v := range o {
		w.out.WriteByte(sep)
		w.text(key)
		w.out.WriteByte(':')
		if err := w.value(v); err != nil {
			return err
		}
		sep = ','
	}
	if len(o) == 0 {
		w.out.WriteByte(sep)
	}
	w.out.WriteByte('}')
	return nil
}

func array[T any](w *writer, list []T) error {
	w.out.WriteByte('[')
	for i, v := range list {
		if i > 0 {
			w.out.WriteByte(',')
		}
		if err := w.value(v); err != nil {
			return err
		}
	}
	w.out.WriteByte(']')
	return nil
}

const hexDigits = "0123456789abcdef"

// text writes s as a JSON string; bytes that are no UTF-8 become U+FFFD.
func (w *writer) text(s string) {
	if !utf8.ValidString(s) {
		s = string([]rune(s))
	}
	w.out.WriteByte('"')
	start := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		w.out.WriteString(s[start:i])
		start = i + 1
		switch c {
		case '"', '\\':
			w.out.Write([]byte{'\\', c})
		case '\n':
			w.out.WriteString(`\n`)
		default:
			w.out.Write([]byte{'\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15]})
		}
	}
	w.out.WriteString(s[start:])
	w.out.WriteByte('"')
}
