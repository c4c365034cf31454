package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// scoreAll has score.py score many outputs in one process.
const scoreAll = `
import sys, json
sys.path.insert(0, sys.argv[1])
import score
for f in sys.argv[3:]:
    json.dump(score.score(sys.argv[2], score.load_out(f, 'txt')), sys.stdout, ensure_ascii=False)
    print()
`

// counts is what both scorers must say alike.
type counts struct {
	Keys     map[string][3]int // n, emitted, tp
	Kinds    map[string]int    // misses by kind and key
	Evidence [2]int
	Unscored map[string]int
	Missing  []string
}

// The counts are those of the corpus's own scorer, for outputs that are right,
// wrong, doubled, missing, of the wrong type or out of order.
func TestCountsAreThoseOfScorePy(t *testing.T) {
	shared := os.Getenv("JIXIAO_TEST_SHARED")
	if shared == "" {
		t.Skip("JIXIAO_TEST_SHARED names no folder with corpus/score.py")
	}
	const seeds = 60
	known := theirKeys(t, filepath.Join(shared, "corpus"))
	for _, gold := range []string{filepath.Join(shared, "corpus", "dev"), "../../testdata/eval/open"} {
		t.Run(filepath.Base(gold), func(t *testing.T) {
			cases, err := Cases(gold)
			if err != nil {
				t.Fatal(err)
			}
			for i := range cases { // the catalogue may have grown since
				maps.DeleteFunc(cases[i].Gold, func(k string, _ any) bool { return !known[k] && !strings.HasPrefix(k, "x_") })
			}
			files := make([]string, seeds)
			for i := range files {
				files[i] = filepath.Join(t.TempDir(), fmt.Sprintf("%d.jsonl", i))
				if err := os.WriteFile(files[i], perturbed(t, cases, known, uint64(i)), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want := theirs(t, append([]string{"-c", scoreAll, filepath.Join(shared, "corpus"), gold}, files...))
			right := 0
			for i, file := range files {
				got := ours(t, cases, file)
				if d := cmp.Diff(want[i], got); d != "" {
					t.Fatalf("seed %d (-score.py +eval):\n%s", i, d)
				}
				for _, k := range got.Keys {
					right += k[2]
				}
			}
			t.Logf("%d outputs, %d right values", seeds, right)
			if right == 0 {
				t.Error("no output was right anywhere: nothing was compared")
			}
		})
	}
}

func ours(t *testing.T, cases []Case, file string) counts {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out, err := Outputs(f, "txt")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Compare(cases, out)
	if err != nil {
		t.Fatal(err)
	}
	c := counts{Keys: map[string][3]int{}, Kinds: map[string]int{}, Evidence: [2]int{r.Evidence.Found.Count, r.Evidence.Found.Of}, Unscored: r.Unscored, Missing: r.Missing}
	for _, k := range r.Keys {
		c.Keys[k.Key] = [3]int{k.N, k.Emitted, k.TP}
	}
	seen := map[string]bool{} // score.py lists only the first value of a key that the gold lacks
	for _, result := range r.Results {
		for _, m := range result.Misses {
			key, _ := scoredKey(m.Key)
			_, stated := result.Case.Gold[m.Key]
			if m.Kind == Spurious && !isList(key.Kind) && (stated || seen[m.Case+m.Key]) {
				continue
			}
			seen[m.Case+m.Key] = true
			c.Kinds[m.Kind+" "+m.Key]++
		}
	}
	return c
}

// theirKeys are the keys that score.py scores.
func theirKeys(t *testing.T, dir string) map[string]bool {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "python3", "-c", "import sys; sys.path.insert(0, sys.argv[1]); import score; print(*score.KEYS)", dir)
	b, err := cmd.Output()
	if err != nil {
		t.Fatalf("score.py: %v", err)
	}
	keys := map[string]bool{}
	for _, k := range strings.Fields(string(b)) {
		keys[k] = true
	}
	return keys
}

func theirs(t *testing.T, args []string) []counts {
	t.Helper()
	var stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "python3", args...)
	cmd.Stderr = &stderr
	b, err := cmd.Output()
	if err != nil {
		t.Fatalf("score.py: %v\n%s", err, stderr.String())
	}
	var all []counts
	for line := range strings.Lines(string(b)) {
		var s struct {
			Keys     map[string]struct{ N, Emitted, TP int }
			Evidence struct{ Emitted, Found int }
			Unknown  map[string]int `json:"unknown_keys"`
			Missing  []string       `json:"missing_documents"`
			Misses   []struct{ Kind, Key string }
			Macro    float64 `json:"macro_f1"`
		}
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			t.Fatal(err)
		}
		c := counts{Keys: map[string][3]int{}, Kinds: map[string]int{}, Evidence: [2]int{s.Evidence.Found, s.Evidence.Emitted}, Unscored: s.Unknown, Missing: s.Missing}
		for k, v := range s.Keys {
			c.Keys[k] = [3]int{v.N, v.Emitted, v.TP}
		}
		for _, m := range s.Misses {
			c.Kinds[m.Kind+" "+m.Key]++
		}
		all = append(all, c)
	}
	return all
}

// perturbed writes the gold of cases as the output of a program that makes
// mistakes of all kinds.
func perturbed(t *testing.T, cases []Case, known map[string]bool, seed uint64) []byte {
	t.Helper()
	p := spoiler{rand.New(rand.NewPCG(seed, 1)), slices.Sorted(maps.Keys(known))}
	var b bytes.Buffer
	for _, c := range cases {
		if p.one(30) {
			continue
		}
		text, err := c.plainText()
		if err != nil {
			t.Fatal(err)
		}
		name := c.Dir + "/source.txt"
		if p.one(10) {
			name = c.Dir + "/source.gbk.txt"
		}
		line, err := json.Marshal(map[string]any{"source": map[string]any{"name": name}, "fields": p.fields(c.Gold, []rune(text))})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

// A spoiler makes mistakes.
type spoiler struct {
	*rand.Rand
	keys []string
}

// one is true once in n times.
func (p spoiler) one(n int) bool { return p.IntN(n) == 0 }

func pick[T any](p spoiler, of ...T) T { return of[p.IntN(len(of))] }

func (p spoiler) fields(gold map[string]any, text []rune) []map[string]any {
	fields := []map[string]any{}
	add := func(key string, v any) {
		if p.one(12) {
			return // a value that is not read
		}
		for n := 1 + p.IntN(16)/15; n > 0; n-- {
			fields = append(fields, map[string]any{"key": key, "value": p.value(v), "evidence": p.evidence(text)})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(gold)) {
		switch v := gold[key].(type) {
		case []any:
			if !strings.HasPrefix(key, "x_") && p.one(8) {
				fields = append(fields, map[string]any{"key": key, "value": p.items(v)}) // an array is all items
				continue
			}
			for _, item := range p.items(v) {
				add(key, item)
			}
		default:
			add(key, v)
		}
	}
	if p.one(2) {
		add(pick(p, p.keys...), pick[any](p, "无", 3, json.Number("12.50"), nil, map[string]any{"name": "甲"}))
	}
	if p.one(3) {
		add(pick(p, "supervisor", "x", ""), "市财政局")
	}
	return fields
}

// items returns all of them, in another order now and then.
func (p spoiler) items(of []any) []any {
	of = slices.Clone(of)
	if p.one(3) {
		p.Shuffle(len(of), func(i, j int) { of[i], of[j] = of[j], of[i] })
	}
	return of
}

func (p spoiler) evidence(text []rune) any {
	if p.one(20) || len(text) < 40 {
		return pick[any](p, nil, []any{}, []any{"x"})
	}
	i := p.IntN(len(text) - 20)
	quote := string(text[i : i+1+p.IntN(15)])
	return []any{map[string]any{"role": "value", "quote": pick(p, quote, quote, quote, strings.ReplaceAll(quote, "\n", " "), "¤")}}
}

// value returns v, more often than not as it is.
func (p spoiler) value(v any) any {
	switch {
	case p.one(3):
		return p.changed(v)
	case p.one(25):
		return p.retyped(v)
	}
	return v
}

// retyped returns v as a value of another type.
func (p spoiler) retyped(v any) any {
	s := words(v)
	return pick[any](p, nil, true, false, []any{s}, []any{v, 1}, map[string]any{"name": s}, map[string]any{"level3": v}, asNumber(s+"0"), asNumber(s+"e2"), asNumber(s+"5"), s, "", " ")
}

// asNumber returns s as a JSON number if it is one.
func asNumber(s string) any {
	if _, ok := parseNumber(s); ok && json.Valid([]byte(s)) {
		return json.Number(s)
	}
	return s
}

// changed returns v written another way, or another value like it.
func (p spoiler) changed(v any) any {
	switch v := v.(type) {
	case map[string]any:
		return p.object(v)
	case string:
		return p.text(v)
	case json.Number:
		return pick[any](p, string(v), string(v)+"人", string(v)+".0", asNumber(string(v)+".0"), asNumber(string(v)+"1"), asNumber(string(v)+"e0"), p.text(string(v)))
	}
	return v
}

func (p spoiler) object(v map[string]any) any {
	v = maps.Clone(v)
	for _, k := range slices.Sorted(maps.Keys(v)) {
		switch p.IntN(12) {
		case 0:
			delete(v, k)
		case 1:
			v[k] = pick[any](p, nil, "", "/", []any{v[k]}, 0)
		case 2, 3:
			v[k] = p.text(words(v[k]))
		}
	}
	if p.one(4) {
		v["extra"] = "x"
	}
	return v
}

// text returns s written another way, or with some characters changed: as many
// as it takes to be sometimes alike enough and sometimes not.
func (p spoiler) text(s string) string {
	r := []rune(s)
	at := func() int { return p.IntN(len(r) + 1) }
	insert := func(x string) string { i := at(); return string(r[:i]) + x + string(r[i:]) }
	switch p.IntN(12) {
	case 0:
		return insert(pick(p, " ", "\n", "　", "\u001f", "\u2003", "的", "号", ",", "，"))
	case 1:
		return pick(p, "+", "-", "1.", "（一）", "，", "。") + s + pick(p, "元", "%", "％", "人", "分", "。", "；", "万元", "号")
	case 2:
		return strings.NewReplacer("〔", pick(p, "[", "【", "（", "{"), "〕", pick(p, "]", "】", "）", "}第"), "(", "（").Replace(s)
	case 3:
		return wide(s)
	case 4:
		return string(r[:at()])
	case 5:
		return string(r[at():])
	case 6:
		return insert("_") + pick(p, "", "e0", "E2", "e-2")
	case 7:
		return strings.Replace(s, "0", pick(p, "", "00", "٠", "0,"), 1)
	case 8:
		i := at()
		return string(r[i:]) + string(r[:i])
	}
	for range 1 + p.IntN(1+len(r)/4) {
		if len(r) > 0 {
			r[p.IntN(len(r))] = pick(p, '的', '1', '在', r[p.IntN(len(r))])
		}
	}
	return string(r)
}

// wide writes s in full-width forms.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r + 0xfee0
		}
		return r
	}, s)
}
