package pdf

import (
	"strings"
	"testing"

	"jixiao/extractors/extracttest"
	"jixiao/internal/fault"
	"jixiao/schemas/layout"
)

func TestExam(t *testing.T) {
	extracttest.Run(t, New(), map[string][]byte{
		"paragraph":  pages([]string{show(60, 700, 10, sentence)}, songFont),
		"two_pages":  pages([]string{show(60, 700, 10, sentence), show(60, 600, 12, "第二页")}, songFont),
		"table":      pages([]string{ruled}, songFont),
		"blank":      pages([]string{""}, songFont),
		"after_junk": append([]byte(strings.Repeat("junk\n", 100)), pages([]string{show(60, 700, 10, sentence)}, songFont)...),
	}, map[string][]byte{
		"text": []byte("绩效自评报告"),
		"zip":  []byte("PK\x03\x04"),
		"late": append([]byte(strings.Repeat("x", 1100)), "%PDF-1.4"...),
		"half": []byte("%PD"),
	})
}

// ruled is a page with a table of two rows and two columns.
var ruled = "1 w 100 600 m 300 600 l S 100 640 m 300 640 l S 100 680 m 300 680 l S 100 600 m 100 680 l S 200 600 m 200 680 l S 300 600 m 300 680 l S\n" +
	show(110, 655, 10, "项目") + show(210, 655, 10, "金额") + show(110, 615, 10, "基本支出") + show(210, 615, 10, "12.5")

func TestTableIsReadAsCells(t *testing.T) {
	for _, engine := range []string{Pdfium, Ledongthuc} {
		d, err := extract(t, pages([]string{ruled}, songFont), engine)
		if err != nil {
			t.Fatal(err)
		}
		if want := "项目\t金额\n基本支出\t12.5\n"; d.Text != want {
			t.Errorf("%s: text %q, want %q", engine, d.Text, want)
		}
		if len(d.Pages[0].Tables) != 1 || len(d.Pages[0].Tables[0].Cells) != 4 {
			t.Errorf("%s: tables %+v", engine, d.Pages[0].Tables)
		}
	}
}

func TestRefusals(t *testing.T) {
	whole := pages([]string{show(60, 700, 10, sentence)}, songFont)
	many := make([]string, maxPages+1)
	tests := map[string]struct {
		data []byte
		kind fault.Kind
		hint string
	}{
		"only_a_mark":    {[]byte("%PDF-1.4\n"), fault.Invalid, "PDF reader"},
		"cut_off":        {whole[:len(whole)/4], fault.Invalid, "PDF reader"},
		"no_pages":       {pages(nil), fault.Invalid, "PDF reader"},
		"too_many_pages": {pages(many), fault.TooLarge, "split"},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			d, err := extract(t, c.data, "")
			if fault.KindOf(err) != c.kind || !strings.Contains(fault.HintOf(err), c.hint) {
				t.Errorf("doc %v, error %v of kind %q with hint %q; want %q, %q", d, err, fault.KindOf(err), fault.HintOf(err), c.kind, c.hint)
			}
		})
	}
}

// scan is a page filled by an image.
func scan(further string) []byte {
	f := newFile()
	image := f.stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "\x80")
	data := f.pages("", []string{"q 595 0 0 842 0 0 cm /I Do Q " + further, show(60, 600, 10, sentence), ""}, songFont)
	_ = data
	for i, o := range f.objects {
		f.objects[i] = strings.Replace(o, "/Resources<<", "/Resources<</XObject<</I "+itoa(image)+" 0 R>>", 1)
	}
	return f.bytes()
}

func itoa(n int) string { return string(rune('0' + n)) }

func TestProblemsOfPages(t *testing.T) {
	junk := show(60, 700, 10, strings.Repeat("鱻麤龘驫飝齉爨龖龗虋", 5))
	tests := map[string]struct {
		data []byte
		want []layout.Problem
	}{
		"scan_text_blank":     {scan(""), []layout.Problem{layout.NoText, "", ""}},
		"scan_with_a_stamp":   {scan(show(500, 30, 8, "扫描件")), []layout.Problem{layout.NoText, "", ""}},
		"scan_with_its_text":  {scan(show(60, 700, 10, sentence)), []layout.Problem{"", "", ""}},
		"nothing_at_all":      {pages([]string{"", ""}), []layout.Problem{layout.NoText, layout.NoText}},
		"rare_ideographs":     {pages([]string{junk, show(60, 700, 10, sentence)}, songFont), []layout.Problem{layout.Garbled, ""}},
		"no_ideographs":       {pages([]string{show(60, 700, 10, strings.Repeat("#$&*!", 12))}, songFont), []layout.Problem{layout.Garbled}},
		"figures":             {pages([]string{show(60, 700, 10, strings.Repeat("12,345.67 ", 9))}, songFont), []layout.Problem{""}},
		"english":             {pages([]string{show(60, 700, 10, "Annual performance evaluation report of the department of water affairs")}, songFont), []layout.Problem{""}},
		"traditional_writing": {pages([]string{show(60, 700, 10, "本部門整體支出績效自評報告預算執行率為百分之九十九點五評價等級為優並無結轉")}, songFont), []layout.Problem{""}},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			d, err := extract(t, c.data, "")
			if err != nil {
				t.Fatal(err)
			}
			for i, p := range d.Pages {
				if p.Problem != c.want[i] || (p.Reason == "") != (p.Problem == "") {
					t.Errorf("page %d: problem %q (%s), want %q", i+1, p.Problem, p.Reason, c.want[i])
				}
			}
		})
	}
}
