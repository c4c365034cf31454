package index

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func phrasesOf(words ...string) []Phrase {
	var out []Phrase
	for _, w := range words {
		out = append(out, Phrase{Text: BodyText, Units: unitTexts(w)})
	}
	return out
}

// marked writes the pieces with [ ] around marks.
func marked(text string, ps []Phrase) []string {
	var out []string
	for _, h := range highlights(BodyText, text, ps) {
		s, at := "", 0
		for _, m := range h.Marks {
			s += h.Text[at:m[0]] + "[" + h.Text[m[0]:m[1]] + "]"
			at = m[1]
		}
		out = append(out, s+h.Text[at:])
	}
	return out
}

func TestHighlights(t *testing.T) {
	filler := strings.Repeat("填充文字无关紧要，", 20)
	for name, tt := range map[string]struct {
		text  string
		words []string
		want  []string
	}{
		"none":          {"没有。", []string{"预算"}, nil},
		"short":         {"加强预算编制。", []string{"预算"}, []string{"加强[预算]编制。"}},
		"over_a_wrap":   {"加强预 算\n编制。", []string{"预算编制"}, []string{"加强[预 算\n编制]。"}},
		"quotes_inside": {"压减“三公”经费。", []string{"三公经费"}, []string{"压减“[三公”经费]。"}},
		"traditional":   {"預算編製", []string{"预算编制"}, []string{"[預算編製]"}},
		"overlapping":   {"预算编制", []string{"预算编", "算编制"}, []string{"[预算编制]"}},
		"touching":      {"预算编制", []string{"预算", "编制"}, []string{"[预算编制]"}},
		"twice":         {"预算，预算", []string{"预算"}, []string{"[预算]，[预算]"}},
		"best_piece":    {"预算。" + filler + "预算编制", []string{"预算", "编制"}, []string{"[预算]。" + cutTo(filler, 77), back(filler, 25) + "[预算编制]"}},
		"three_at_most": {strings.Repeat("预算。"+filler, 5), []string{"预算"}, []string{"[预算]。" + cutTo(filler, 77), back(filler, 26) + "[预算]。" + cutTo(filler, 51), back(filler, 26) + "[预算]。" + cutTo(filler, 51)}},
		"invalid_utf8":  {"\xff预\xfe算", []string{"预算"}, nil},
		"whole_words":   {"plan planning", []string{"plan"}, []string{"[plan] planning"}},
		"figure":        {"共1,234.56万元", []string{"1234.56"}, []string{"共[1,234.56]万元"}},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, marked(tt.text, phrasesOf(tt.words...))); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func cutTo(s string, n int) string { return string([]rune(s)[:n]) }
func back(s string, n int) string  { r := []rune(s); return string(r[len(r)-n:]) }

// TestHighlightsQuoteTheText holds the promises for random texts and phrases.
func TestHighlightsQuoteTheText(t *testing.T) {
	letters := rapid.RuneFrom([]rune("预算编制，。“ \n（a1２繁體😀é"))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(letters, 0, 400, -1).Draw(t, "text")
		us := trimBreaks(unitTexts(rapid.StringOfN(letters, 1, 3, -1).Draw(t, "query")))
		if len(us) == 0 {
			return
		}
		hs := highlights(BodyText, text, []Phrase{{BodyText, us}})
		if (len(hs) == 0) != (indexUnits(unitTexts(text), us) < 0) {
			t.Fatalf("%d highlights of %q", len(hs), us)
		}
		for _, h := range hs {
			if !strings.HasPrefix(text[h.Start:], h.Text) || len(h.Marks) == 0 {
				t.Fatalf("%+v is not in the text", h)
			}
			for _, m := range h.Marks {
				if m[0] >= m[1] || m[1] > len(h.Text) || !utf8.ValidString(h.Text[m[0]:m[1]]) || indexUnits(unitTexts(h.Text[m[0]:m[1]]), us) < 0 {
					t.Fatalf("mark %v of %q shows no %q", m, h.Text, us)
				}
			}
		}
	})
}
