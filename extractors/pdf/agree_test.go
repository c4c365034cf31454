package pdf

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"jixiao/extractors/extracttest"
)

// legacy is s in the encoding of a legacy font as a hexadecimal string.
func legacy(t *testing.T, enc string, s string) string {
	t.Helper()
	coding := simplifiedchinese.GBK.NewEncoder()
	if strings.HasPrefix(enc, "ETen") {
		coding = traditionalchinese.Big5.NewEncoder()
	}
	b, err := coding.String(s)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%X", b)
}

// songAs is the font that is not in the file with another encoding.
func songAs(enc, ordering string) string {
	return strings.NewReplacer("UniGB-UCS2-H", enc, "GB1", ordering).Replace(songFont)
}

// TestEnginesAgree reads the ways to set text, and wants both engines to read
// them alike.
func TestEnginesAgree(t *testing.T) {
	const at = "BT /F1 10 Tf 60 700 Td "
	both := hex("绩效") + hex("98.5")
	tests := map[string]struct {
		content, want string
		fonts         func(f *file) []string
	}{
		"gbk":          {at + "<" + legacy(t, "GBK", "绩效自评98") + "> Tj ET", "绩效自评98\n", named(songAs("GBK-EUC-H", "GB1"))},
		"big5":         {at + "<" + legacy(t, "ETen", "績效自評98") + "> Tj ET", "績效自評98\n", named(songAs("ETen-B5-H", "CNS1"))},
		"utf16":        {at + "<" + hex("绩效98") + "> Tj ET", "绩效98\n", named(songAs("UniGB-UTF16-H", "GB1"))},
		"moved_apart":  {at + "[<" + hex("绩") + "> -10000 <" + hex("效") + ">] TJ ET", "绩\t效\n", named(songFont)},
		"quotes":       {"BT /F1 10 Tf 30 TL 60 700 Td <" + hex("一") + "> Tj <" + hex("二") + "> ' 1 2 <" + hex("三") + "> \" T* <" + hex("四") + "> Tj ET", "一\n二\n三\n四\n", named(songFont)},
		"stretched":    {"BT /F1 10 Tf 200 Tz 60 700 Td <" + hex("绩效") + "> Tj ET", "绩效\n", named(songFont)},
		"saved_state":  {"q 2 0 0 2 0 0 cm BT /F1 10 Tf 60 300 Td <" + hex("绩") + "> Tj ET Q Q " + show(60, 200, 10, "效"), "绩\n效\n", named(songFont)},
		"own_table":    {at + "<000100020003000400050006> Tj ET", "绩效𠀀98" + ".\n", tabled},
		"named_glyphs": {at + "(AB) Tj ET", "绩效\n", named(`<</Type/Font/Subtype/TrueType/BaseFont/Own/FirstChar 65/LastChar 66/Widths[1000 1000]/Encoding<</Differences[65/uni7EE9/u6548]>>>>`)},
		"two_fonts":    {showIn(1, 60, 700, 10, "绩效") + "BT /F2 10 Tf 1 0 0 1 80 700 Tm (ABC) Tj ET", "绩效ABC\n", named(songFont, `<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>`)},
		"divided_word": {"BT /F1 10 Tf 14 TL 60 700 Td (the evalua-) Tj (tion of one) ' ET", "the evalua-\ntion of one\n", named(`<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>`)},
		"signs":        {show(60, 700, 10, "≥95%±3℃㎡①Ⅱ…￥"), "≥95%±3℃㎡①Ⅱ…￥\n", named(songFont)},
		"half_codes":   {at + "<" + both + "> Tj ET", "绩效98.5\n", named(songFont)},
	}
	for name, c := range tests {
		for _, engine := range []string{Pdfium, Ledongthuc} {
			t.Run(name+"_"+engine, func(t *testing.T) {
				f := newFile()
				d, err := extract(t, f.pages("", []string{c.content}, c.fonts(f)...), engine)
				if err != nil {
					t.Fatal(err)
				}
				if d.Text != c.want {
					t.Errorf("text %q, want %q", d.Text, c.want)
				}
			})
		}
	}
}

func named(fonts ...string) func(*file) []string {
	return func(*file) []string { return fonts }
}

// tabled is a font whose table has single codes, a range and a list.
func tabled(f *file) []string {
	table := f.stream("", `/CIDInit/ProcSet findresource begin 12 dict begin begincmap
/CMapName/Own def 1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfchar <0001> <7EE9> <0002> <6548> endbfchar
2 beginbfrange <0003> <0003> [<D840DC00>] <0006> <0007> <002E> endbfrange
1 beginbfrange <0004> <0005> [<0039> <0038>] endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end`)
	return []string{fmt.Sprintf(`<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H/ToUnicode %d 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/Own/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/W[4[500 500 500]]>>]>>`, table)}
}

func TestPagesAreShownAsTurned(t *testing.T) {
	for _, rotate := range []int{90, 180, 270} {
		for _, engine := range []string{Pdfium, Ledongthuc} {
			data := pagesWith(fmt.Sprintf("/Rotate %d", rotate), []string{ruled}, songFont)
			d, err := extract(t, data, engine)
			if err != nil {
				t.Fatal(err)
			}
			p := d.Pages[0]
			if wide := p.Width > p.Height; wide != (rotate != 180) {
				t.Errorf("%s: turned by %d the page is %v by %v", engine, rotate, p.Width, p.Height)
			}
			if want := "项目\t金额\n基本支出\t12.5\n"; d.Text != want {
				t.Errorf("%s: turned by %d: %q", engine, rotate, d.Text)
			}
			if b := p.Lines[0].Box; b[0] < 0 || b[1] < 0 || b[2] > p.Width || b[3] > p.Height {
				t.Errorf("%s: turned by %d: a line stands at %v, outside the page", engine, rotate, b)
			}
		}
	}
}

// FuzzContent reads any content stream with the second engine, whose
// interpreter is ours. (A fuzzing build makes pdfium too slow to be tried.)
func FuzzContent(f *testing.F) {
	f.Add(ruled)
	f.Add(show(60, 700, 10, sentence))
	f.Add("BT /F1 1e9 Tf 1 0 0 1 nan 7 Tm [(a) -1e30 <4E00>] TJ ET 0 0 1e38 1e38 re f")
	f.Fuzz(func(t *testing.T, content string) {
		if len(content) > 4096 {
			return
		}
		data := pages([]string{content, show(60, 700, 10, sentence)}, songFont)
		d, err := extract(t, data, Ledongthuc)
		if err != nil {
			t.Fatal(err)
		}
		if err := extracttest.Verify(d); err != nil {
			t.Fatal(err)
		}
	})
}
