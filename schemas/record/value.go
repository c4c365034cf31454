package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
)

// A Value is what a field holds: a text (also exact decimals), a whole number,
// or an object of named texts. Exactly one is set; the zero Value is none.
type Value struct {
	text   string
	number int64
	object map[string]string
	kind   valueKind
}

type valueKind uint8

const (
	noValue valueKind = iota
	textValue
	numberValue
	objectValue
)

// Text returns the value s; dates, money, rates and scores are texts too.
func Text(s string) Value { return Value{text: s, kind: textValue} }

// Number returns the value n: a year or a count of persons.
func Number(n int64) Value { return Value{number: n, kind: numberValue} }

// Object returns a value of named members: one project or one indicator.
func Object(members map[string]string) Value {
	return Value{object: maps.Clone(members), kind: objectValue}
}

// IsZero reports whether v holds nothing.
func (v Value) IsZero() bool {
	return v.kind == noValue || v.kind == textValue && v.text == "" || v.kind == objectValue && len(v.object) == 0
}

// AsNumber returns the number v holds.
func (v Value) AsNumber() (int64, bool) { return v.number, v.kind == numberValue }

// AsText returns the text v holds.
func (v Value) AsText() (string, bool) { return v.text, v.kind == textValue }

// AsObject returns a copy of the members v holds.
func (v Value) AsObject() (map[string]string, bool) {
	return maps.Clone(v.object), v.kind == objectValue
}

// Member returns one of the members v holds, "" if it has none of that name.
func (v Value) Member(name string) string { return v.object[name] }

// String returns v for people; an object as JSON.
func (v Value) String() string {
	switch v.kind {
	case textValue:
		return v.text
	case numberValue:
		return strconv.FormatInt(v.number, 10)
	case objectValue:
		b, err := json.Marshal(v.object)
		if err != nil {
			return "" // a map of strings always marshals
		}
		return string(b)
	}
	return ""
}

// Equal reports whether v and w hold the same.
func (v Value) Equal(w Value) bool {
	return v.kind == w.kind && v.text == w.text && v.number == w.number && maps.Equal(v.object, w.object)
}

// MarshalJSON writes a JSON string, number or object.
func (v Value) MarshalJSON() ([]byte, error) {
	switch v.kind {
	case textValue:
		return marshalPlain(v.text)
	case numberValue:
		return strconv.AppendInt(nil, v.number, 10), nil
	case objectValue:
		return marshalPlain(v.object)
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (v *Value) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	if len(b) == 0 {
		return fmt.Errorf("value: empty")
	}
	var err error
	switch b[0] {
	case '"':
		*v = Value{kind: textValue}
		err = json.Unmarshal(b, &v.text)
	case '{':
		*v = Value{kind: objectValue}
		err = json.Unmarshal(b, &v.object)
	case 'n':
		*v = Value{}
	default:
		*v = Value{kind: numberValue}
		err = json.Unmarshal(b, &v.number)
	}
	if err != nil {
		return fmt.Errorf("value: %w", err)
	}
	return nil
}

// marshalPlain is json.Marshal without the HTML escapes of < > &, so that a
// quote stays readable; whoever writes HTML escapes there.
func marshalPlain(x any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(x); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}
