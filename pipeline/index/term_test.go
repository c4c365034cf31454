package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jixiao/internal/zh"
)

func TestPostings(t *testing.T) {
	for name, tt := range map[string]struct {
		texts []string
		want  string
	}{
		"empty":           {nil, ""},
		"wide":            {[]string{"预算编"}, "1预算 1预 2算编 3编"},
		"one":             {[]string{"预"}, "1预"},
		"number_between":  {[]string{"在2021年度"}, "1在 22021 3年度 3年 4度"},
		"line_wrap":       {[]string{"预 算\n编"}, "1预算 1预 2算编 3编"},
		"punctuation_run": {[]string{"预。”（算"}, "1预 2, 3算"},
		"words":           {[]string{"a b,c"}, "1a 2b 3, 4c"},
		"two_texts":       {[]string{"预", "算"}, "1预 3算"},
		"thousands":       {[]string{"1,234.5"}, "11234 2, 35"},
		"four_bytes":      {[]string{"𠮷野"}, "1𠮷野 1𠮷 2野"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, p := range CutTexts(tt.texts).Postings() {
				got = append(got, fmt.Sprint(p.Pos)+p.Term)
			}
			if d := cmp.Diff(tt.want, strings.Join(got, " ")); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestLongWordsAreCut(t *testing.T) {
	word := strings.Repeat("x", 1000)
	us := unitTexts(word)
	if len(us) != 16 || len(us[0]) != maxWord || strings.Join(us, "") != word {
		t.Errorf("%d units of at most %d bytes", len(us), len(us[0]))
	}
}

// TestEveryPieceIsFound takes pieces of random texts, by units, and looks them
// up in the postings of the text.
func TestEveryPieceIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("预算编制度量绩效，。“” 　\n（）ab1２,.繁體字𠮷"))).Draw(t, "text")
		us := unitTexts(text)
		if len(us) == 0 {
			return
		}
		from := rapid.IntRange(0, len(us)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(us)).Draw(t, "to")
		p := Phrase{Text: BodyText, Units: us[from:to]}
		if !lookedUp(p, CutTexts([]string{text}).Postings()) {
			t.Fatalf("%q is not found in %q", p.Units, text)
		}
	})
}

// lookedUp does what a backend does with Lookup.
func lookedUp(p Phrase, postings []Posting) bool {
	terms, prefix := p.Lookup()
	if prefix {
		return slices.ContainsFunc(postings, func(x Posting) bool { return strings.HasPrefix(x.Term, terms[0]) })
	}
	for _, first := range postings {
		all := true
		for i, term := range terms {
			all = all && slices.Contains(postings, Posting{term, first.Pos + i})
		}
		if all {
			return true
		}
	}
	return false
}

func FuzzUnits(f *testing.F) {
	for _, s := range []string{"预算编制2021年1,234.56万元", "“三公”经费\n（本级）", "\xff\xfe预", "İSTANBUL ſ K", "é ﬁ ㈱ ½", "a\u0301b", strings.Repeat("9", 70) + ",999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c := cutText(text)
		end := 0
		for _, u := range c.units {
			if u.text == "" || u.start < end || u.end <= u.start || u.end > len(c.folded.Text) {
				t.Fatalf("unit %+v behind %d of %q", u, end, c.folded.Text)
			}
			end = u.end
			if !utf8.ValidString(u.text) {
				t.Fatalf("unit %q is no valid text", u.text)
			}
		}
		if utf8.RuneCountInString(c.norm) != utf8.RuneCountInString(c.folded.Text) {
			t.Fatalf("%q has another number of characters than %q", c.norm, c.folded.Text)
		}
		for _, p := range CutTexts([]string{text}).Postings() {
			if !utf8.ValidString(p.Term) || p.Term == "" || p.Pos < 1 {
				t.Fatalf("posting %+v", p)
			}
		}
	})
}

func TestWords(t *testing.T) {
	got := CutTexts([]string{"全年“三公”经费支出，預算執行率 ９５％。", "财政局"}).Words()
	for _, w := range []string{"三公经费", "预算执行率", "95", "财政局"} {
		if !slices.Contains(got, w) {
			t.Errorf("%q is not among %q", w, got)
		}
	}
	for _, w := range got {
		if utf8.RuneCountInString(w) < 2 || zh.FoldString(w) != w {
			t.Errorf("%q is among the words", w)
		}
	}
}

// TestSynonyms holds the data to its promises: no word stands twice, none is
// empty, and each finds all of its group.
func TestSynonyms(t *testing.T) {
	seen := map[string]bool{}
	for _, group := range synonyms() {
		for _, us := range group {
			word := strings.Join(us, "")
			if seen[word] || len(us) < 2 {
				t.Errorf("%q stands twice, or is too short to be replaced", word)
			}
			seen[word] = true
			e, ok := expand(Phrase{Text: BodyText, Units: us}).(Or)
			if !ok || len(e) != len(group) {
				t.Errorf("%q finds %s, its group has %d", word, spell(e), len(group))
			}
		}
	}
	if len(seen) < 10 {
		t.Errorf("%d synonyms", len(seen))
	}
}
