package elastic

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jixiao/pipeline/index"
	"jixiao/schemas/catalog"
)

// TestSpell reads what spell wrote as the analyzer does: words between spaces
// stand at one place after the other, those between bars at one. Whatever the
// texts hold, it is a JSON string.
func TestSpell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.StringOf(rapid.SampledFrom([]rune("预算编制，。 \n12a|_😀龍é\u0301\"\\")))
		bytes := rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })
		texts := rapid.SliceOfN(rapid.OneOf(letters, rapid.String(), bytes), 0, 4).Draw(t, "texts")
		c := index.CutTexts(texts)
		want := c.Postings()
		var spelled string
		if err := json.Unmarshal(spell(c), &spelled); err != nil {
			t.Fatalf("%s: %v", spell(c), err)
		}
		var got []index.Posting
		for i, word := range strings.Split(spelled, " ") {
			if word == "" {
				continue
			}
			for _, term := range strings.Split(word, "|") {
				if term != gap {
					got = append(got, index.Posting{Term: term, Pos: i + 1})
				}
			}
		}
		if len(want) == 0 && len(got) == 0 {
			return
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", spell(c), d)
		}
	})
}

// TestMappingHasAllKeys sees that no key of the catalogue took the name of a
// field of ours, and that each has one.
func TestMappingHasAllKeys(t *testing.T) {
	p, ok := mappings()["properties"].(object)
	if !ok {
		t.Fatal("no properties")
	}
	for _, f := range catalog.All() {
		for _, ours := range []string{
			fieldID, fieldRevision, fieldTime, fieldText, fieldShown, fieldTerms, fieldWords, fieldAlso,
			index.StateKey, index.BatchKey, index.NameKey, index.FlagKey, "problem_words", "measure_words",
		} {
			if f.Key == ours || strings.HasPrefix(f.Key, ours+".") {
				t.Errorf("key %s takes the name of field %s", f.Key, ours)
			}
		}
		for _, g := range catalog.All() {
			if strings.HasPrefix(g.Key, f.Key+".") {
				t.Errorf("key %s is both a value and the beginning of %s", f.Key, g.Key)
			}
		}
		if _, ok := p[f.Key]; !ok && f.Kind != catalog.Text {
			t.Errorf("key %s has no field", f.Key)
		}
	}
}

func TestFormFollowsMapping(t *testing.T) {
	x := &Index{opts: Options{Alias: "a", Shards: 1}}
	_, one := x.template()
	x.opts.Shards = 2
	if _, other := x.template(); one == other {
		t.Error("a template with other settings has the same mark")
	}
	if a, b := ownMark(), ownMark(); a != b || a.Version != index.Version {
		t.Errorf("marks %v, %v", a, b)
	}
}

func TestNames(t *testing.T) {
	x := &Index{opts: Options{Alias: "jixiao"}}
	for name, want := range map[string]bool{
		"jixiao-v1-000001": true, "jixiao-v12-123456": true, "jixiao-v1-1": false, "jixiao-v1": false, "jixiao-vx-000001": false,
		"jixiao-2-v1-000001": false, "jixiao": false, "other-v1-000001": false, "jixiao-v1-000001-x": false,
	} {
		if _, _, got := x.parseName(name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func TestWildcardsAreLiteral(t *testing.T) {
	got := compare("unit", "", index.Term{Text: `a*b?c\d`, How: index.Contains})
	want := object{"wildcard": object{"unit": object{"value": `*a\*b\?c\\d*`}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestOptionsKeepSecrets(t *testing.T) {
	o := Options{Addresses: []string{"https://user:hidden@host:9200"}, APIKey: "hidden", Password: "hidden", Alias: "jixiao"}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("connected", "to", o)
	for _, s := range []string{fmt.Sprint(o), fmt.Sprintf("%+v %#v", o, o), log.String()} {
		if strings.Contains(s, "hidden") || !strings.Contains(s, "host:9200") {
			t.Errorf("%s", s)
		}
	}
}
