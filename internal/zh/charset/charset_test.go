package charset

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

const (
	simplifiedReport  = "临溪市水务局2023年度部门整体支出绩效自评报告\n一、基本情况\n本局编制57名,年末在职52人。全年预算数1,234.50万元。\n"
	traditionalReport = "臨溪市水務局2023年度部門整體支出績效自評報告\n一、基本情況\n本局編制57名,年末在職52人。全年預算數1,234.50萬元。\n"
)

func encoders() map[string]encoding.Encoding {
	return map[string]encoding.Encoding{
		UTF8:    unicode.UTF8,
		GB18030: simplifiedchinese.GB18030,
		Big5:    traditionalchinese.Big5,
		UTF16LE: unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
		UTF16BE: unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	}
}

func encode(t testing.TB, s, name string) []byte {
	t.Helper()
	b, err := encoders()[name].NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecodeEveryEncoding(t *testing.T) {
	for name := range encoders() {
		t.Run(name, func(t *testing.T) {
			want := simplifiedReport
			if name == Big5 {
				want = traditionalReport
			}
			for _, text := range []string{want, strings.Repeat(want, 3000), "自評報告\n"} {
				if name != Big5 {
					text = strings.ReplaceAll(text, "評報", "评报")
				}
				got, enc, err := Decode(encode(t, text, name))
				if err != nil || got != text || enc != name {
					t.Fatalf("Decode of %d bytes = %d bytes, %q, %v", len(text), len(got), enc, err)
				}
			}
		})
	}
}

func TestDecode(t *testing.T) {
	tests := map[string]struct {
		src, text, name string
		err             error
	}{
		"utf8_mark":       {src: "\xef\xbb\xbf单位", text: "单位", name: UTF8},
		"utf16le_mark":    {src: "\xff\xfe\x55\x53", text: "单", name: UTF16LE},
		"utf16be_mark":    {src: "\xfe\xff\x53\x55", text: "单", name: UTF16BE},
		"line_ends":       {src: "一\r\n二\r三\f四\v五\u2028六\n", text: "一\n二\n三\n四\n五\n六\n", name: UTF8},
		"controls":        {src: strings.Repeat("单位名称", 20) + "1\x002\x1b3\u00804\t5", text: strings.Repeat("单位名称", 20) + "1 2 3 4\t5", name: UTF8},
		"damaged_utf8":    {src: strings.Repeat("绩效自评报告", 20) + "\xe7\xbb" + "收入", text: strings.Repeat("绩效自评报告", 20) + "\ufffd收入", name: UTF8},
		"empty":           {src: "", text: "", name: UTF8},
		"binary":          {src: "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00", err: ErrNotText},
		"controls_only":   {src: strings.Repeat("\x01\x02\x03a", 50), err: ErrNotText},
		"cut_utf16_mark":  {src: "\xff\xfe" + strings.Repeat("\x00\xd8", 100), err: ErrDamaged},
		"english_utf16le": {src: "r\x00e\x00p\x00o\x00r\x00t\x00 \x001\x002\x00", text: "report 12", name: UTF16LE},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			text, enc, err := Decode([]byte(tt.src))
			if text != tt.text || enc != tt.name || !errors.Is(err, tt.err) {
				t.Errorf("Decode(%q) = %q, %q, %v; want %q, %q, %v", tt.src, text, enc, err, tt.text, tt.name, tt.err)
			}
		})
	}
}

// A file put together of two parts in different encodings is refused: one of
// them would be read as characters that nobody wrote.
func TestTwoEncodings(t *testing.T) {
	long := strings.Repeat(simplifiedReport, 400)
	for name, parts := range map[string][2]string{
		"halves":     {simplifiedReport, simplifiedReport},
		"short_head": {"水务局绩效自评报告\n", long},
		"short_tail": {long, "全年预算数1,234.50万元\n"},
		"long":       {long, long},
	} {
		for _, order := range [][2]string{{UTF8, GB18030}, {GB18030, UTF8}} {
			t.Run(name+"_"+order[0], func(t *testing.T) {
				b := append(encode(t, parts[0], order[0]), encode(t, parts[1], order[1])...)
				if text, enc, err := Decode(b); !errors.Is(err, ErrMixed) {
					t.Errorf("Decode = %d bytes as %q, %v; want ErrMixed", len(text), enc, err)
				}
			})
		}
	}
}

func TestRandomBytesAreRefused(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for n := 64; n <= 1<<16; n *= 2 {
		for range 20 {
			b := make([]byte, n)
			for i := range b {
				b[i] = byte(rng.Uint32())
			}
			if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
				continue
			}
			if text, name, err := Decode(b); err == nil {
				t.Errorf("%d random bytes are read as %s: %q…", n, name, text[:min(len(text), 60)])
			}
		}
	}
}

// Any piece of a report is told right in any encoding, as long as it has some
// dozen characters.
func TestPiecesOfText(t *testing.T) {
	for _, name := range []string{GB18030, UTF16LE, UTF16BE, Big5} {
		t.Run(name, func(t *testing.T) {
			whole := []rune(simplifiedReport)
			if name == Big5 {
				whole = []rune(traditionalReport)
			}
			for i := 0; i+16 <= len(whole); i++ {
				want := string(whole[i : i+16])
				if got, enc, err := Decode(encode(t, want, name)); got != want || enc != name {
					t.Errorf("Decode(%q) = %q, %q, %v", want, got, enc, err)
				}
			}
		})
	}
}

func TestSharedCorpus(t *testing.T) {
	dir := os.Getenv("JIXIAO_TEST_SHARED")
	if dir == "" {
		t.Skip("JIXIAO_TEST_SHARED is not set: it names the folder with seed and corpus")
	}
	paths, err := filepath.Glob(filepath.Join(dir, "corpus/dev/*/source*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no text under %s: %v", dir, err)
	}
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		want := UTF8
		switch {
		case strings.HasSuffix(p, ".gbk.txt"):
			want = GB18030
		case strings.HasSuffix(p, ".utf16.txt"):
			want = UTF16LE
		}
		text, name, err := Decode(b)
		if err != nil || name != want || strings.ContainsAny(text, "\r\ufffd\ufeff") {
			t.Errorf("%s: %q, %v; want %q", p, name, err, want)
		}
		if want != UTF8 {
			continue
		}
		for _, other := range []string{GB18030, UTF16LE, UTF16BE} {
			if got, enc, err := Decode(encode(t, text, other)); got != text || enc != other {
				t.Errorf("%s in %s is taken for %q, %v", p, other, enc, err)
			}
		}
	}
}

func TestDecodedTextIsNormal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOf(rapid.Byte()).Draw(t, "b")
		if rapid.Bool().Draw(t, "chinese") {
			b = append(b, simplifiedReport...)
		}
		checkNormal(t, b)
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(simplifiedReport))
	f.Add([]byte("\xff\xfe\x00\xd8\x55\x53"))
	f.Add([]byte("\x84\x31\x95\x33\xb5\xa5"))
	f.Fuzz(func(t *testing.T, b []byte) { checkNormal(t, b) })
}

func checkNormal(t interface {
	Fatalf(string, ...any)
}, b []byte) {
	text, name, err := Decode(b)
	if err != nil {
		if text != "" || name != "" {
			t.Fatalf("an error came with text %q or name %q", text, name)
		}
		return
	}
	if !utf8.ValidString(text) {
		t.Fatalf("Decode(%q) is not valid UTF-8: %q", b, text)
	}
	for _, r := range text {
		if isControl(r) || isBreak(r) && r != '\n' {
			t.Fatalf("Decode(%q) keeps %U", b, r)
		}
	}
	if again, enc, err := Decode([]byte(text)); err == nil && enc == UTF8 && again != text && !strings.HasPrefix(text, "\ufeff") {
		t.Fatalf("decoding %q again gives %q", text, again)
	}
}

func BenchmarkDecode(b *testing.B) {
	for _, name := range []string{UTF8, GB18030} {
		b.Run(name, func(b *testing.B) {
			src := encode(b, strings.Repeat(simplifiedReport, 45), name)
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				if _, _, err := Decode(src); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
