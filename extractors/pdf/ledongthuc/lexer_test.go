package ledongthuc

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// programOf reads a program and writes down its operators with their operands.
func programOf(src string) (ops []string, args [][]token) {
	l := &lexer{src: []byte(src)}
	l.run(func(op string, a []token) {
		ops = append(ops, op)
		args = append(args, append([]token(nil), a...))
	})
	return ops, args
}

func TestLexer(t *testing.T) {
	num := func(x float64) token { return token{kind: number, num: x} }
	str := func(s string) token { return token{kind: text, text: s} }
	tests := map[string]struct {
		src  string
		ops  []string
		args [][]token
	}{
		"numbers":              {"1 -2.5 +.5 --3 1.2.5 m", []string{"m"}, [][]token{{num(1), num(-2.5), num(.5), num(-3), num(1.25)}}},
		"hexadecimal":          {"<4E 2D\n6> Tj", []string{"Tj"}, [][]token{{str("N-\x60")}}},
		"hex_without_end":      {"<4E2D", nil, nil},
		"brackets_nest":        {`(a(b)\)c\n\101\7x) Tj`, []string{"Tj"}, [][]token{{str("a(b))c\nA\ax")}}},
		"text_without_end":     {"(abc", nil, nil},
		"line_goes_on":         {"(a\\\r\nb) Tj", []string{"Tj"}, [][]token{{str("ab")}}},
		"names":                {"/F#31 /A+b 12 Tf", []string{"Tf"}, [][]token{{{kind: name, text: "F1"}, {kind: name, text: "A+b"}, num(12)}}},
		"array":                {"[(a) -120 <62>]TJ", []string{"TJ"}, [][]token{{{kind: array, list: []token{str("a"), num(-120), str("b")}}}}},
		"dictionary":           {"/Span<</A[1]>>BDC", []string{"BDC"}, [][]token{{{kind: name, text: "Span"}, {kind: array, list: []token{{kind: name, text: "A"}, {kind: array, list: []token{num(1)}}}}}}},
		"comment":              {"1 % 2 m\n3 l", []string{"l"}, [][]token{{num(1), num(3)}}},
		"inline_image":         {"BI /W 1 ID \x00(EI< \nEI 5 w", []string{"BI", "w"}, [][]token{nil, {num(5)}}},
		"image_without_end":    {"BI ID abc", []string{"BI"}, [][]token{nil}},
		"stray_brackets":       {") > ] } 1 w", []string{"w"}, [][]token{{num(1)}}},
		"quotes_are_operators": {"(a)' 1 2(b)\"", []string{"'", "\""}, [][]token{{str("a")}, {num(1), num(2), str("b")}}},
	}
	for n, c := range tests {
		t.Run(n, func(t *testing.T) {
			ops, args := programOf(c.src)
			if d := cmp.Diff(c.ops, ops); d != "" {
				t.Errorf("operators (-want +got):\n%s", d)
			}
			if d := cmp.Diff(c.args, args, cmp.AllowUnexported(token{})); d != "" {
				t.Errorf("operands (-want +got):\n%s", d)
			}
		})
	}
}

func FuzzLexer(f *testing.F) {
	f.Add("BT /F1 10 Tf [(a\\)) -1e3 <4E>] TJ BI ID x EI ET")
	f.Add("[[[[<<<<(((")
	f.Fuzz(func(t *testing.T, src string) {
		_, args := programOf(src)
		for _, a := range args {
			for _, x := range a {
				if math.IsNaN(x.num) || math.IsInf(x.num, 0) {
					t.Fatalf("the number %v", x.num)
				}
			}
		}
	})
}
