package plaintext

import (
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
)

// maxNesting bounds the objects within objects of an exported record.
const maxNesting = 24

// withoutJSON returns what a record exported as JSON says, as a form says it: each
// name and its value on a line, the members of an item of a list side by side.
// Any other text is returned as it is.
func withoutJSON(text string) string {
	s := strings.TrimLeft(text, " \t\r\n\ufeff")
	if s == "" || s[0] != '{' && !strings.HasPrefix(s, "[{") && !strings.HasPrefix(s, "[\n") || !strings.Contains(s, `":`) {
		return text
	}
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	w := exportWriter{tokens: d}
	if err := w.value("", 0); err != nil {
		return text
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return text
	}
	return w.out.String()
}

// An exportWriter writes the lines of a record.
type exportWriter struct {
	tokens *json.Decoder
	out    strings.Builder
	inLine bool // members stand side by side
}

var errNested = errors.New("nested too deeply")

// value writes the next value, which is called name.
func (w *exportWriter) value(name string, depth int) error {
	if depth > maxNesting {
		return errNested
	}
	t, err := w.tokens.Token()
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('{'):
		if name != "" {
			w.line(name + "：")
		}
		return w.members(depth)
	case json.Delim('['):
		if name != "" {
			w.line(name + "：")
		}
		return w.items(depth)
	}
	w.scalar(name, t)
	return nil
}

// members writes what an object holds.
func (w *exportWriter) members(depth int) error {
	for w.tokens.More() {
		t, err := w.tokens.Token()
		if err != nil {
			return err
		}
		name, _ := t.(string)
		if err := w.value(name, depth+1); err != nil {
			return err
		}
	}
	_, err := w.tokens.Token()
	return err
}

// items writes a list: objects a line each, all else numbered.
func (w *exportWriter) items(depth int) error {
	for n := 1; w.tokens.More(); n++ {
		t, err := w.tokens.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'):
			outer := w.inLine
			w.inLine = true
			if err := w.members(depth + 1); err != nil {
				return err
			}
			if w.inLine = outer; !outer {
				w.out.WriteByte('\n')
			}
		case json.Delim('['):
			if depth > maxNesting {
				return errNested
			}
			if err := w.items(depth + 1); err != nil {
				return err
			}
		default:
			w.line(strconv.Itoa(n) + "." + scalarText(t))
		}
	}
	_, err := w.tokens.Token()
	return err
}

// scalar writes a name and its value; what is called the record's title is one.
func (w *exportWriter) scalar(name string, t json.Token) {
	words := scalarText(t)
	switch {
	case w.inLine:
		w.out.WriteString(name + "：" + words + "    ")
	case strings.Contains(name, "标题") || strings.HasSuffix(name, "表名称") || strings.HasSuffix(name, "表名") || name == "title":
		w.line(words)
	default:
		w.line(name + "：" + words)
	}
}

func (w *exportWriter) line(s string) {
	if w.inLine {
		w.out.WriteString(s + "    ")
		return
	}
	w.out.WriteString(s)
	w.out.WriteByte('\n')
}

// scalarText writes a value that is neither object nor list.
func scalarText(t json.Token) string {
	switch v := t.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "是"
		}
		return "否"
	}
	return ""
}
