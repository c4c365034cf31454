package dict

import (
	"bytes"
	"errors"
	"maps"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const modelText = `#B E M S
-0.25 -3.14e+100 -3.14e+100 -1.5
-3.14e+100 -0.5 -0.9 -3.14e+100
-0.6 -3.14e+100 -3.14e+100 -0.8
-3.14e+100 -0.3 -1.25 -3.14e+100
-0.7 -3.14e+100 -3.14e+100 -0.66
中:-1.5,国:-2.000001
国:-1.25
人:-7
中:-3
`

func model(t testing.TB) Model {
	m, err := ParseModel(strings.NewReader(modelText))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// lookup walks word from the root.
func lookup(d *Dict, word string) (float64, bool) {
	s := int32(0)
	for _, r := range word {
		if s = d.Next(s, d.Code(r)); s == None {
			return 0, false
		}
	}
	return d.Weight(s)
}

func TestDict(t *testing.T) {
	words := []Entry{{"中", 10}, {"中国", 70}, {"中国人", 15}, {"人", 5}}
	user, err := ParseUser(strings.NewReader("# note\n中国人 30 n\n国人 # median\n市 nr\n"), words)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]Entry{{"中国人", 30}, {"国人", 15}, {"市", 15}}, user); d != "" {
		t.Fatalf("user words -want +got:\n%s", d)
	}
	made, err := New(words, user, model(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, d := range map[string]*Dict{"made": made, "stored": roundTrip(t, made)} {
		t.Run(name, func(t *testing.T) {
			for w, f := range map[string]float64{"中": 10, "中国": 70, "中国人": 30, "人": 5, "国人": 15, "市": 15} {
				if got, ok := lookup(d, w); !ok || got != math.Log(f/100) {
					t.Errorf("weight of %s = %v, %v; want that of %v in 100", w, got, ok, f)
				}
			}
			for _, w := range []string{"国", "中人", "中国人人", "x", "𠀀", "\x00"} {
				if got, ok := lookup(d, w); ok {
					t.Errorf("%q is a word of weight %v", w, got)
				}
			}
			if d.Min() != math.Log(0.05) || !d.Single('市') || d.Single('人') {
				t.Errorf("min %v, single 市 %v, 人 %v", d.Min(), d.Single('市'), d.Single('人'))
			}
			if got := *d.HMM.Emit('国'); got != [4]float64{-2.000001, -1.25, Impossible, Impossible} {
				t.Errorf("emissions of 国 = %v", got)
			}
			if got := *d.HMM.Emit('龘'); got != [4]float64{Impossible, Impossible, Impossible, Impossible} {
				t.Errorf("emissions of an unknown character = %v", got)
			}
			own := map[string]uint32{}
			d.Entries(func(w string, f uint32) { own[w] = f })
			if d := cmp.Diff(map[string]uint32{"中": 10, "中国": 70, "中国人": 15, "人": 5}, own); d != "" {
				t.Errorf("jieba's own words -want +got:\n%s", d)
			}
			again, err := ParseModel(bytes.NewReader(d.HMM.Text()))
			if err != nil || !cmp.Equal(again, model(t), cmp.AllowUnexported(Model{})) && again.Start != d.HMM.Start {
				t.Errorf("the model's text reads as %v, %v", again.Start, err)
			}
		})
	}
}

func roundTrip(t testing.TB, d *Dict) *Dict {
	t.Helper()
	b, err := d.Encode()
	if err != nil {
		t.Fatal(err)
	}
	out, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Whatever the words, the array holds these and no others.
func TestAnyWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("甲乙丙丁戊ab")), 1, 5, -1)
		freq := rapid.MapOf(word, rapid.Uint32Range(1, 9)).Draw(t, "words")
		var words []Entry
		for w, f := range freq {
			words = append(words, Entry{w, f})
		}
		if len(words) == 0 {
			return
		}
		made, err := New(words, nil, newModel())
		if err != nil {
			t.Fatal(err)
		}
		b, err := made.Encode()
		if err != nil {
			t.Fatal(err)
		}
		d, err := Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]uint32{}
		d.Entries(func(w string, f uint32) { got[w] = f })
		if !maps.Equal(got, freq) {
			t.Fatalf("words %v come back as %v", freq, got)
		}
		probe := word.Draw(t, "probe")
		if _, ok := lookup(d, probe); ok != (freq[probe] > 0) {
			t.Fatalf("%q is a word: %v", probe, ok)
		}
	})
}

func TestBadSources(t *testing.T) {
	if _, err := ParseWords(strings.NewReader("中 1 n\n国 x n\n")); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a bad frequency: %v", err)
	}
	if _, err := ParseWords(strings.NewReader("中 1\n")); err == nil {
		t.Error("two columns are taken for a word")
	}
	if _, err := ParseModel(strings.NewReader("1 2 3\n")); err == nil {
		t.Error("three numbers are taken for a start")
	}
	if _, err := New([]Entry{{"中", 1}}, []Entry{{"国", 1}, {"国", 2}}, newModel()); err == nil {
		t.Error("a user word may stand twice")
	}
}

func TestDecodeRefusesDamage(t *testing.T) {
	made, err := New([]Entry{{"中国", 7}, {"中", 1}}, nil, model(t))
	if err != nil {
		t.Fatal(err)
	}
	b, err := made.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for n := range b {
		if _, err := Decode(b[:n]); !errors.Is(err, errCorrupt) {
			t.Fatalf("the first %d of %d bytes: %v", n, len(b), err)
		}
	}
}
