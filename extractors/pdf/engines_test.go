package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/extractors"
	"jixiao/internal/fault"
	"jixiao/schemas/layout"
)

func extract(t testing.TB, data []byte, engine string) (*layout.Doc, error) {
	t.Helper()
	return New().Extract(t.Context(), extractors.Input{
		Name: "test.pdf", Size: int64(len(data)), Bytes: bytes.NewReader(data), Engine: engine,
	})
}

const sentence = "本部门二〇二一年度整体支出绩效自评得分为九十八分，预算执行率百分之九十九点五，评价等级为优。"

// The ways in which pdfium loses a page of a sound document: it opens none whose
// type is not Page, and leaves out objects that hold too deep a nesting without
// a word.
var lostOnPdfium = map[string]struct {
	old, new string
	want     layout.Problem
}{
	"type_of_page": {"/Type/Page/", "/Type/Pagina/", layout.Unreadable},
	"deep_nesting": {"/Contents", "/PieceInfo" + strings.Repeat("<</A ", 100) + "1" + strings.Repeat(">>", 100) + "/Contents", ""},
}

func TestSecondEngineRescuesAPage(t *testing.T) {
	for name, c := range lostOnPdfium {
		t.Run(name, func(t *testing.T) {
			f := newFile()
			f.pages("", []string{show(60, 700, 10, "第一页"), show(60, 700, 10, sentence)}, songFont)
			second := len(f.objects) - 1
			f.objects[second] = strings.Replace(f.objects[second], c.old, c.new, 1)
			data := f.bytes()

			d, err := extract(t, data, Pdfium)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(d.Text, sentence) || d.Pages[1].Problem != c.want {
				t.Fatalf("pdfium alone reads %q, problem %q: the case shows nothing", d.Text, d.Pages[1].Problem)
			}
			d, err = extract(t, data, "")
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(d.Text, sentence) || d.Pages[1].Problem != "" {
				t.Errorf("text %q, problem %q; want the sentence", d.Text, d.Pages[1].Problem)
			}
			if d := cmp.Diff([]string{Pdfium, Ledongthuc}, d.Engines()); d != "" {
				t.Errorf("engines (-want +got):\n%s", d)
			}
		})
	}
}

// TestSecondEngineFindsWhatIsLeftOut reads a table of single characters in a font
// that is not in the file and numbers its glyphs in its own way: pdfium leaves
// those out and says nothing.
func TestSecondEngineFindsWhatIsLeftOut(t *testing.T) {
	f := newFile()
	table := f.stream("", "1 beginbfchar <4101> <4F18> endbfchar 1 beginbfchar <4102> <826F> endbfchar")
	own := fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H/ToUnicode %d 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>]>>", table)
	content := ""
	for i, grade := range []string{"4101", "4102", "4101", "4102"} {
		y := 700 - 20*float64(i)
		content += show(60, y, 10, "等级") + fmt.Sprintf("BT /F2 10 Tf 1 0 0 1 200 %g Tm <%s> Tj ET\n", y, grade)
	}
	data := f.pages("", []string{content}, songFont, own)
	if d, err := extract(t, data, Pdfium); err != nil || strings.Contains(d.Text, "优") {
		t.Fatalf("pdfium alone: %v, %v: the case shows nothing", d, err)
	}
	d, err := extract(t, data, "")
	if err != nil {
		t.Fatal(err)
	}
	if want := "等级\t优\n等级\t良\n等级\t优\n等级\t良\n"; d.Text != want || d.Pages[0].Engine != Ledongthuc {
		t.Errorf("text %q by %s, want %q", d.Text, d.Pages[0].Engine, want)
	}
}

func TestEngineIsForced(t *testing.T) {
	data := pages([]string{show(60, 700, 10, sentence)}, songFont)
	for _, engine := range []string{Pdfium, Ledongthuc} {
		d, err := extract(t, data, engine)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Pages[0].Engine; got != engine || !strings.Contains(d.Text, sentence) {
			t.Errorf("--engine %s: read by %q: %q", engine, got, d.Text)
		}
	}
	if _, err := extract(t, data, "tesseract"); fault.KindOf(err) != fault.Usage || fault.HintOf(err) == "" {
		t.Errorf("an unknown engine: %v", err)
	}
}

type failingDisk struct{}

func (failingDisk) ReadAt([]byte, int64) (int, error) { return 0, errors.New("input/output error") }

func TestAFailingDiskCondemnsNoDocument(t *testing.T) {
	for _, engine := range []string{"", Pdfium, Ledongthuc} {
		_, err := New().Extract(t.Context(), extractors.Input{Name: "x.pdf", Size: 1000, Bytes: failingDisk{}, Engine: engine})
		if k := fault.KindOf(err); k != fault.Unavailable {
			t.Errorf("engine %q: %v of kind %q", engine, err, k)
		}
	}
}

// TestSingleGlyphsOfAFontThatIsNotThere fails without the stub font, whatever
// fonts the machine has: pdfium drops a text of one glyph without extent.
func TestSingleGlyphsOfAFontThatIsNotThere(t *testing.T) {
	var contents string
	for i, r := range []rune("无（）优１") {
		contents += show(60+50*float64(i), 700, 10, string(r))
	}
	d, err := extract(t, pages([]string{contents}, songFont), Pdfium)
	if err != nil {
		t.Fatal(err)
	}
	if want := "无\t（\t）\t优\t１\n"; d.Text != want {
		t.Errorf("text %q, want %q", d.Text, want)
	}
}

func TestLigaturesKeepTheirLetters(t *testing.T) {
	d, err := extract(t, pages([]string{show(60, 700, 10, "e\uFB00ect")}, songFont), Pdfium)
	if err != nil {
		t.Fatal(err)
	}
	if d.Text != "effect\n" {
		t.Errorf("text %q", d.Text)
	}
}
