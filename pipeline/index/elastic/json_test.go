package elastic

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestText compares with encoding/json over all strings, also those that are no
// UTF-8.
func TestText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "s")
		w := newWriter()
		w.text(s)
		var got, want string
		if err := json.Unmarshal(w.out.Bytes(), &got); err != nil {
			t.Fatalf("%q is written as %q: %v", s, w.out.Bytes(), err)
		}
		b, err := json.Marshal(s)
		if err == nil {
			err = json.Unmarshal(b, &want)
		}
		if err != nil || got != want {
			t.Errorf("%q comes back as %q, want %q, %v", s, got, want, err)
		}
		for _, c := range w.out.Bytes() {
			if c == '\n' { // would end the document
				t.Errorf("%q is written over two lines", s)
			}
		}
	})
}

func TestValue(t *testing.T) {
	v := object{
		"s": "线\n上", "i": int64(-7), "n": 3, "raw": json.RawMessage(`{"a":1}`), "none": object{}, "strings": []string{"a", `"`}, "empty": []string{},
		"objects": []object{{"a": "b"}, {}}, "items": []item{{Item: "x", Place: 2, Shown: json.RawMessage("{}"), Terms: json.RawMessage(`""`), Facts: json.RawMessage(`["f"]`)}}, "list": []int64{1, 2},
	}
	w := newWriter()
	if err := w.value(v); err != nil {
		t.Fatal(err)
	}
	var got any
	if err := json.Unmarshal(w.out.Bytes(), &got); err != nil {
		t.Fatalf("%s: %v", w.out.Bytes(), err)
	}
	want := map[string]any{
		"s": "线\n上", "i": -7., "n": 3., "raw": map[string]any{"a": 1.}, "none": map[string]any{}, "strings": []any{"a", `"`}, "empty": []any{},
		"objects": []any{map[string]any{"a": "b"}, map[string]any{}}, "list": []any{1., 2.},
		"items": []any{map[string]any{"item": "x", "place": 2., "text": "", "shown": map[string]any{}, "terms": "", "words": "", "facts": []any{"f"}}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
