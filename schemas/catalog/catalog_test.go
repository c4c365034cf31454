package catalog

import (
	"regexp"
	"testing"
)

func TestEntries(t *testing.T) {
	form := regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)*$`)
	units := map[Kind]string{Count: Persons, Money: Yuan, Percent: Rate, Points: Score}
	seen, labels := map[string]bool{}, map[string]bool{}
	for i, f := range All() {
		if !form.MatchString(f.Key) || seen[f.Key] {
			t.Errorf("key %q has no good form, or stands twice", f.Key)
		}
		if f.Label == "" || f.English == "" || labels[f.Label] {
			t.Errorf("%s: labels %q and %q: one is empty, or the first stands twice", f.Key, f.Label, f.English)
		}
		if f.Unit != units[f.Kind] {
			t.Errorf("%s: unit %q, want %q for a %s", f.Key, f.Unit, units[f.Kind], f.Kind)
		}
		if (f.Kind == Objects) != (len(f.Members) > 0) {
			t.Errorf("%s: %d members for a %s", f.Key, len(f.Members), f.Kind)
		}
		if Order(f.Key) != i {
			t.Errorf("%s: order %d, want %d", f.Key, Order(f.Key), i)
		}
		seen[f.Key], labels[f.Label] = true, true
	}
}

func TestLookup(t *testing.T) {
	f, ok := Lookup("carryover")
	if !ok || f.Kind != Money {
		t.Errorf("carryover: %+v, %v", f, ok)
	}
	if _, ok := Lookup("salary"); ok || Order("salary") != len(All()) {
		t.Error("a key that is not in the dictionary was found")
	}
}

func TestAllIsACopy(t *testing.T) {
	All()[0].Key = "changed"
	if All()[0].Key == "changed" {
		t.Error("the dictionary was changed from outside")
	}
}
