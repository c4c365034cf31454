package zh

import (
	"testing"
	"unicode/utf8"
)

// FuzzFold wants folding to end, to say where every character came from, in
// order and within the text, and to leave a folded text as it is.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "年初预算 １，２３４．５６ 万元", "“三公”经费\t1 203.5", "⼀、⽬录", "\x00\xff年", "1 2 3", "執行率98％"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		const at = 7
		got := Fold(s, at)
		if FoldString(s) != got.Text {
			t.Fatalf("FoldString(%q) = %q, Fold gives %q", s, FoldString(s), got.Text)
		}
		if again := FoldString(got.Text); again != got.Text {
			t.Fatalf("%q folds to %q, and that to %q", s, got.Text, again)
		}
		last := at
		for i, r := range got.Text {
			n := max(1, utf8.RuneLen(r))
			if i+n > len(got.Text) {
				n = 1
			}
			span := got.Origin(i, i+n)
			if span.Start < last || span.End < span.Start || span.End > at+len(s) {
				t.Fatalf("%q: character %d of %q comes from %v, the one before ended at %d", s, i, got.Text, span, last)
			}
			last = span.Start
		}
	})
}
