package segment

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jixiao/internal/zh/segment/dict"
)

func words(s string, ts []Token) []string {
	out := []string{}
	for _, t := range ts {
		out = append(out, s[t.Start:t.End])
	}
	return out
}

func sample(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("testdata/sample.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestCut(t *testing.T) {
	tests := map[string]struct{ src, cut, search string }{
		"user_words": {"2023年度部门整体支出绩效自评报告", "2023/年度/部门整体支出/绩效自评报告",
			"2023/年度/部门/整体/支出/部门整体支出/绩效/自评/报告/绩效自评报告"},
		"known":   {"小明硕士毕业于中国科学院", "小明/硕士/毕业/于/中国科学院", "小明/硕士/毕业/于/中国/科学/学院/科学院/中国科学院"},
		"guessed": {"他来到了网易杭研大厦", "他/来到/了/网易/杭研/大厦", "他/来到/了/网易/杭研/大厦"},
		"figures": {"执行率98.86%,共1,234.5万元", "执行率/98.86/%/,/共/1/,/234.5/万元", "执行/执行率/98.86/%/,/共/1/,/234.5/万元"},
		"names":   {"联系人：张某甲，李某乙", "联系人/：/张/某/甲/，/李某/乙", "联系/联系人/：/张/某/甲/，/李某/乙"},
		"empty":   {"", "", ""},
		"breaks":  {"预算 执行，\n决算。", "预算/ /执行/，/\n/决算/。", "预算/ /执行/，/\n/决算/。"},
		"bad":     {"预算\xff\xe7\xbb执行\x00决算", "预算/\xff/\xe7/\xbb/执行/\x00/决算", "预算/\xff/\xe7/\xbb/执行/\x00/决算"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(words(tt.src, Default().Cut(nil, tt.src)), "/"); got != tt.cut {
				t.Errorf("Cut = %q, want %q", got, tt.cut)
			}
			if got := strings.Join(words(tt.src, Default().CutSearch(nil, tt.src)), "/"); got != tt.search {
				t.Errorf("CutSearch = %q, want %q", got, tt.search)
			}
		})
	}
}

func TestCutAll(t *testing.T) {
	const s = "中国科学院一甲"
	want := []string{"中国", "中国科学院", "科学", "科学院", "学院", "一", "甲"}
	if d := cmp.Diff(want, words(s, Default().CutAll(nil, s))); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// Every user word is one word wherever it stands alone, and in the compiled
// dictionary: go generate was run after the last change.
func TestUserWords(t *testing.T) {
	f, err := os.Open("userdict.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	user, err := dict.ParseUser(f, []dict.Entry{{Word: "x", Freq: 3}})
	if err != nil {
		t.Fatal(err)
	}
	if len(user) < 80 {
		t.Errorf("%d user words", len(user))
	}
	for _, w := range user {
		if got := words(w.Word, Default().Cut(nil, w.Word)); len(got) != 1 {
			t.Errorf("user word %s is cut into %q", w.Word, got)
		}
	}
}

// Cut leaves nothing out, the other modes stay inside the text.
func TestTokensOfAnyBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		checkTokens(t, s)
	})
}

func FuzzCut(f *testing.F) {
	f.Add("部门整体支出绩效自评")
	f.Add("\xe7\xbb\x00，3.a")
	f.Fuzz(func(t *testing.T, s string) { checkTokens(t, s) })
}

func checkTokens(t interface {
	Fatalf(string, ...any)
}, s string) {
	g := Default()
	at := int32(0)
	for _, tok := range g.Cut(nil, s) {
		if tok.Start != at || tok.End <= tok.Start {
			t.Fatalf("token %v of %q starts not at %d or is empty", tok, s, at)
		}
		at = tok.End
	}
	if int(at) != len(s) {
		t.Fatalf("the tokens of %q end at %d of %d", s, at, len(s))
	}
	for _, tok := range append(g.CutSearch(nil, s), g.CutAll(nil, s)...) {
		if tok.Start < 0 || tok.End <= tok.Start || int(tok.End) > len(s) {
			t.Fatalf("token %v is outside of %q", tok, s)
		}
	}
}

// A hostile text without a single separator is cut in pieces of bounded size.
func TestEndlessLine(t *testing.T) {
	s := strings.Repeat("绩效自评报告", maxBlock/2)
	n := 0
	for _, tok := range Default().Cut(nil, s) {
		n += int(tok.End - tok.Start)
	}
	if n != len(s) {
		t.Errorf("%d of %d bytes are in tokens", n, len(s))
	}
}

func TestConcurrentUse(t *testing.T) {
	s := sample(t)
	want := Default().CutSearch(nil, s)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 10 {
				if got := Default().CutSearch(nil, s); !cmp.Equal(got, want) {
					t.Error("another cut of the same text")
				}
			}
		})
	}
	wg.Wait()
}

func TestNoAllocations(t *testing.T) {
	s, g := sample(t), &Segmenter{impl: newPure()}
	dst := g.CutSearch(nil, s)
	n := testing.AllocsPerRun(20, func() {
		dst = g.Cut(dst[:0], s)
		dst = g.CutSearch(dst[:0], s)
	})
	if n > 0 && !underRace {
		t.Errorf("%v allocations a run", n)
	}
}

func benchmark(b *testing.B, c cutter) {
	s := sample(b)
	for name, m := range map[string]mode{"cut": plain, "search": search} {
		b.Run(name, func(b *testing.B) {
			var dst []Token
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				dst = c.cut(dst[:0], s, m)
			}
		})
	}
}

func BenchmarkPure(b *testing.B) { benchmark(b, newPure()) }

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		newPure()
	}
}
