package zh

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestRadical(t *testing.T) {
	for r, want := range map[rune]rune{
		'⼀': '一', '⽅': '方', '⾯': '面', '⿕': '龠', '⼾': '户', '⾭': '青', '⿈': '黄',
		'⺠': '民', '⻋': '车', '⻚': '页', '⻓': '长', '⻬': '齐', '⻏': '阝', '⻳': '龟', '⺁': '厂',
		'\uf900': '豈', '\uf9d1': '六', '\ufa19': '神', '\U0002f800': '丽',
	} {
		if got, ok := radical(r); !ok || got != want {
			t.Errorf("radical(%U) = %c, %v; want %c", r, got, ok, want)
		}
	}
	for _, r := range []rune{'民', 'a', '。', '\u2e9a', '\u2e80', '\u2fd6', '\u2ef4', '\ufa0e', '\ufb00', '\U00020000'} {
		if got, ok := radical(r); ok {
			t.Errorf("radical(%U) = %c, want none", r, got)
		}
	}
}

// The tables agree with Unicode's own mapping wherever it has one, but for what
// their comments say.
func TestRadicalsAgreeWithNFKC(t *testing.T) {
	exceptions := map[rune]bool{'⼾': true, '⾭': true, '⿈': true}
	for r := rune(0x2e80); r <= 0x2fd5; r++ {
		want := []rune(norm.NFKC.String(string(r)))[0]
		got, ok := radical(r)
		if want != r && !exceptions[r] && (got != want || !ok) {
			t.Errorf("radical(%U) = %c, %v; NFKC says %c", r, got, ok, want)
		}
		if inBlock := r <= 0x2ef3 && r != 0x2e80 && r != 0x2e9a || r >= 0x2f00; ok != inBlock {
			t.Errorf("radical(%U) known: %v", r, ok)
		}
	}
}

func TestFoldMapsRadicals(t *testing.T) {
	if got := FoldString("⺠政局⽀出\uf9d1⻚"); got != "民政局支出六页" {
		t.Errorf("FoldString = %q", got)
	}
}
