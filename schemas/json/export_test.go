package schemajson

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas/catalog"
)

// exported is the line of one report that states value for key.
func exported(key, value string) []byte {
	return fmt.Appendf(nil, `{"id":%q,"names":[],"state":"read","revision":1,"findings":[],%q:%s}`, strings.Repeat("0", 64), key, value)
}

// Every key of the catalogue is a member of an exported report, in the form of
// its kind and in no other.
func TestCatalogueAndExportAgree(t *testing.T) {
	s := compile(t, "export.schema.json")
	for _, f := range catalog.All() {
		good := exampleOf(f)
		bad := []string{`null`, `""`, `[]`, `{}`, `-1`, `1.5`, `true`}
		if f.Kind == catalog.Items || f.Kind == catalog.Objects {
			good, bad = "["+good+"]", append(bad, good, `[""]`, `[{}]`)
		}
		if err := check(s, exported(f.Key, good)); err != nil {
			t.Errorf("%s: %s refused: %v", f.Key, good, err)
		}
		for _, b := range bad {
			if check(s, exported(f.Key, b)) == nil {
				t.Errorf("%s: %s taken", f.Key, b)
			}
		}
	}
	if check(s, exported("salary", `"1"`)) == nil {
		t.Error("a key that the catalogue does not have is taken")
	}
}

// The keys of exported values are those of the catalogue, objects by member.
func TestCatalogueAndLongExportAgree(t *testing.T) {
	var want, got []string
	for _, f := range catalog.All() {
		if len(f.Members) == 0 {
			want = append(want, f.Key)
		}
		for _, m := range f.Members {
			want = append(want, f.Key+"."+m.Name)
		}
	}
	named, _ := lookUp(t, "export-long.schema.json", "/properties/key")["enum"].([]any)
	for _, k := range named {
		got = append(got, k.(string))
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("keys (-catalogue +schema):\n%s", diff)
	}
}
