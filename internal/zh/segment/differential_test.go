//go:build gojieba

package segment

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/yanyiwu/gojieba"

	"jixiao/internal/zh/segment/dict"
)

// oracle is gojieba with the files of its own module, which our compiled form
// knows nothing of, and our user words.
func oracle(t testing.TB) *cgo {
	t.Helper()
	words, err := os.ReadFile(gojieba.DICT_PATH)
	if err != nil {
		t.Fatal(err)
	}
	model, err := os.ReadFile(gojieba.HMM_PATH)
	if err != nil {
		t.Fatal(err)
	}
	j, err := load(t.TempDir(), words, model)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(j.Free)
	return &cgo{jieba: j}
}

var modes = map[string]mode{"cut": plain, "search": search, "all": all}

// TestSameAsGojieba cuts real and random text with both.
func TestSameAsGojieba(t *testing.T) {
	theirs, ours := oracle(t), newPure()
	texts := map[string]string{"sample": sample(t)}
	for i := range 300 {
		texts["random"] += randomText(uint64(i)) + "\n"
	}
	for name, text := range sharedTexts(t) {
		texts[name] = text
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			for how, m := range modes {
				if d := differ(text, theirs.cut(nil, text, m), ours.cut(nil, text, m)); d != "" {
					t.Errorf("%s: %s", how, d)
				}
			}
		})
	}
}

func FuzzSameAsGojieba(f *testing.F) {
	theirs, ours := oracle(f), newPure()
	f.Add("部门整体支出绩效自评,B超3.5次c#\x00坏\xff字𠀀")
	f.Fuzz(func(t *testing.T, s string) {
		for how, m := range modes {
			if d := differ(s, theirs.cut(nil, s, m), ours.cut(nil, s, m)); d != "" {
				t.Errorf("%s of %q: %s", how, s, d)
			}
		}
	})
}

// differ tells where two cuts of s part, "" if nowhere.
func differ(s string, theirs, ours []Token) string {
	for i := range max(len(theirs), len(ours)) {
		if i < len(theirs) && i < len(ours) && theirs[i] == ours[i] {
			continue
		}
		from, to := max(0, i-3), func(ts []Token) int { return min(len(ts), i+5) }
		return cmp.Diff(words(s, theirs[from:to(theirs)]), words(s, ours[from:to(ours)]))
	}
	return ""
}

// The dictionary that the program unpacks for gojieba is jieba's own.
func TestEntriesAreJiebas(t *testing.T) {
	r, err := os.Open(gojieba.DICT_PATH)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	list, err := dict.ParseWords(r)
	if err != nil {
		t.Fatal(err)
	}
	want, got := map[string]uint32{}, map[string]uint32{}
	for _, e := range list {
		want[e.Word] = e.Freq
	}
	newPure().dict.Entries(func(w string, f uint32) { got[w] = f })
	if !maps.Equal(want, got) {
		t.Errorf("%d words, want %d, or other frequencies", len(got), len(want))
	}
}

// sharedTexts are the reports of the shared folder, none if it is not there:
// the committed sample and the random text are compared all the same.
func sharedTexts(t *testing.T) map[string]string {
	dir := os.Getenv("JIXIAO_TEST_SHARED")
	if dir == "" {
		t.Log("JIXIAO_TEST_SHARED is not set: seed and corpus are not compared")
		return nil
	}
	out := map[string]string{}
	for _, pattern := range []string{"seed/*/source.txt", "corpus/dev/*/source.txt"} {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(paths) == 0 {
			t.Fatalf("nothing at %s in %s: %v", pattern, dir, err)
		}
		for _, p := range paths {
			b, err := os.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			out[filepath.Base(filepath.Dir(p))] = string(b)
		}
	}
	return out
}

// randomText mixes characters of the dictionary, words, figures, rare and
// foreign characters.
func randomText(seed uint64) string {
	rng := rand.New(rand.NewPCG(seed, 11))
	pool := []string{"绩效自评", "预算", "三公经费", "2023", "3.5", "%", "B超", "c#", "AT&T", " ", "，", "。", "、", "(", "—", "é", "한", "𠀀", "ab12", "〇", "\x01"}
	var b strings.Builder
	for b.Len() < 400 {
		switch rng.IntN(4) {
		case 0:
			b.WriteString(pool[rng.IntN(len(pool))])
		case 1:
			b.WriteRune(rune(0x4e00 + rng.IntN(0x51a5)))
		default:
			r, _ := utf8.DecodeRuneInString(commonChars[3*rng.IntN(len(commonChars)/3):])
			b.WriteRune(r)
		}
	}
	return b.String()
}

const commonChars = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"

func BenchmarkGojieba(b *testing.B) { benchmark(b, oracle(b)) }
