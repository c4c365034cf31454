package record

import (
	"bytes"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

// values draws any value that a field may hold.
func values() *rapid.Generator[Value] {
	return rapid.OneOf(
		rapid.Map(rapid.StringN(1, 20, -1), Text),
		rapid.Map(rapid.Int64(), Number),
		rapid.Map(rapid.MapOfN(rapid.StringN(1, 5, -1), rapid.String(), 1, 4), Object),
	)
}

func TestValueSurvivesJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := values().Draw(t, "value")
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var again Value
		if err := json.Unmarshal(b, &again); err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		if !again.Equal(v) {
			t.Errorf("%s became %v, want %v", b, again, v)
		}
	})
}

func TestValueJSONForms(t *testing.T) {
	for name, c := range map[string]struct {
		v    Value
		want string
	}{
		"text":   {Text("12.30"), `"12.30"`},
		"plain":  {Text("收入<支出&结余>"), `"收入<支出&结余>"`},
		"number": {Number(-7), `-7`},
		"object": {Object(map[string]string{"name": "a", "budget": "1.00"}), `{"budget":"1.00","name":"a"}`},
		"none":   {Value{}, `null`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.v.MarshalJSON()
			if err != nil || string(got) != c.want {
				t.Errorf("%s, %v; want %s", got, err, c.want)
			}
		})
	}
}

func TestValueRefusesOtherJSON(t *testing.T) {
	for _, bad := range []string{`1.5`, `true`, `[]`, `{"a":1}`, `"a`, `{"a":{}}`, `99999999999999999999`} {
		var v Value
		if err := v.UnmarshalJSON([]byte(bad)); err == nil {
			t.Errorf("%s was taken as %v", bad, v)
		}
	}
}

func TestObjectIsACopy(t *testing.T) {
	members := map[string]string{"name": "a"}
	v := Object(members)
	members["name"] = "b"
	out, _ := v.AsObject()
	out["name"] = "c"
	if got, _ := v.AsObject(); got["name"] != "a" {
		t.Errorf("name = %q: the value was changed from outside", got["name"])
	}
}

func FuzzValueJSON(f *testing.F) {
	for _, s := range []string{`"x"`, `12`, `{"a":"b"}`, `null`, ` 1 `, `-0`, `{"":""}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var v Value
		if v.UnmarshalJSON(b) != nil {
			return
		}
		out, err := v.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var again Value
		if err := again.UnmarshalJSON(out); err != nil || !again.Equal(v) {
			t.Errorf("%s became %s: %v", bytes.TrimSpace(b), out, err)
		}
	})
}
