package zh

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestSimplify(t *testing.T) {
	for src, want := range map[string]string{
		"":               "",
		"部门整体支出绩效自评报告":   "部门整体支出绩效自评报告",
		"部門整體支出績效自評報告":   "部门整体支出绩效自评报告",
		"預算執行率98.5%":     "预算执行率98.5%",
		"存在的問題及改進措施\xff": "存在的问题及改进措施\xff",
		"a鐵\x00道b":       "a铁\x00道b",
	} {
		if got := Simplify(src); got != want {
			t.Errorf("Simplify(%q) = %q, want %q", src, got, want)
		}
	}
}

func TestSimplifyKeepsOffsets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) +
			rapid.StringOf(rapid.OneOf(rapid.RuneFrom([]rune("門aé問𠀀題\ufffd")), rapid.Rune())).Draw(t, "text")
		got := Simplify(s)
		if len(got) != len(s) {
			t.Fatalf("Simplify(%q) has %d bytes, not %d", s, len(got), len(s))
		}
		for i := range s {
			_, n := utf8.DecodeRuneInString(s[i:])
			if _, m := utf8.DecodeRuneInString(got[i:]); m != n {
				t.Fatalf("the character at %d of %q is %d bytes long, not %d", i, s, m, n)
			}
		}
	})
}

func TestSimplifyDoesNotAllocate(t *testing.T) {
	const s = "部门整体支出绩效自评报告"
	Simplify(s)
	if n := testing.AllocsPerRun(10, func() { Simplify(s) }); n > 0 {
		t.Errorf("%v allocations for a simplified text", n)
	}
}

// Every pair of the data is two characters of equal length.
func TestTraditionalData(t *testing.T) {
	n := 0
	for r := rune(firstTraditional); r <= lastTraditional; r++ {
		if to := simplify(traits(), r); to != r {
			n++
			if utf8.RuneLen(to) != utf8.RuneLen(r) {
				t.Errorf("%c and %c differ in length", r, to)
			}
		}
	}
	if n < 2900 {
		t.Errorf("%d pairs, want 2,966", n)
	}
}
