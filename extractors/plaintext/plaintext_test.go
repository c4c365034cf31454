package plaintext

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"jixiao/extractors"
	"jixiao/extractors/extracttest"
	"jixiao/internal/fault"
	"jixiao/schemas/layout"
)

const report = "临溪市水务局2023年度部门整体支出绩效自评报告\n\n一、基本情况\n本局编制57名，年末在职52人。\n" +
	"项目 | 预算（万元） | 执行（万元） |\n堤防维护 | 120.5 | 118.2 |\n水质监测 | 33 | 19.8 |\n二、存在的问题\n（一）预算编制不够细。\n"

func TestExam(t *testing.T) {
	utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	samples := map[string][]byte{
		"utf8":     []byte(report),
		"utf8_bom": []byte("\xef\xbb\xbf" + strings.ReplaceAll(report, "\n", "\r\n")),
		"ascii":    []byte("total 12\n3\n"),
		"one_line": []byte("单位"),
	}
	samples["gb18030"], _ = simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(report))
	samples["utf16"], _ = utf16.NewEncoder().Bytes([]byte(report))
	samples["big5"], _ = traditionalchinese.Big5.NewEncoder().Bytes([]byte("臨溪市水務局年度部門整體支出自評報告\n一、基本情況\n本局編制57名,年末在職52人。\n"))
	samples["utf16be_no_bom"], _ = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(report))
	extracttest.Run(t, New(), samples, foreignFiles())
}

func foreignFiles() map[string][]byte {
	rng := rand.New(rand.NewPCG(3, 3))
	noise := make([]byte, extractors.HeadSize)
	for i := range noise {
		noise[i] = byte(rng.Uint32())
	}
	return map[string][]byte{
		"pdf":    []byte("%PDF-1.7\n1 0 obj<<>>endobj\n"),
		"zip":    []byte("PK\x03\x04\x14\x00\x00\x00\x08\x00word/document.xml"),
		"ole":    []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00\x00\x00\x00\x00\x00\x00"),
		"png":    []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
		"jpeg":   []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"),
		"elf":    []byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00"),
		"rtf":    []byte("{\\rtf1\\ansi hello}"),
		"html":   []byte("\n<!DOCTYPE html><html><body>报告</body></html>"),
		"gzip":   []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x4c"),
		"noise":  noise,
		"zeroes": make([]byte, 512),
	}
}

// layoutOf reads src as a UTF-8 text.
func layoutOf(t testing.TB, src string) *layout.Doc {
	t.Helper()
	doc, err := New().Extract(context.Background(), extracttest.Input("t.txt", []byte(src)))
	if err != nil {
		t.Fatal(err)
	}
	if err := extracttest.Verify(doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// show prints paragraphs and tables in reading order: a paragraph as its text,
// a row as its cells in brackets.
func show(d *layout.Doc) []string {
	var out []string
	p := &d.Pages[0]
	tables := p.Tables
	for _, s := range p.Paragraphs {
		for len(tables) > 0 && tables[0].Start < s.Start {
			out = append(out, rowsOf(d.Text, &tables[0])...)
			tables = tables[1:]
		}
		out = append(out, d.Text[s.Start:s.End])
	}
	for i := range tables {
		out = append(out, rowsOf(d.Text, &tables[i])...)
	}
	return out
}

func rowsOf(text string, t *layout.Table) []string {
	rows := make([]string, t.Rows)
	for _, c := range t.Cells {
		rows[c.Row] += "[" + text[c.Start:c.End] + "]"
	}
	return rows
}

// wrap breaks s into lines of at most n of what of counts, the first one
// indented by two ideographs.
func wrap(s string, n int, of func(rune) int) string {
	out, used := "\u3000\u3000", 2*of('\u3000')
	for _, r := range s {
		if used+of(r) > n {
			out, used = out+"\n", 0
		}
		out, used = out+string(r), used+of(r)
	}
	return out + "\n"
}

func oneEach(rune) int { return 1 }

const (
	prose1 = "本局编制28名，其中行政编制16名、事业编制12名；在职27人，退休10人。2023年年初预算15,236.40万元，调整预算16,905.18万元，决算支出16,712.66万元，预算执行率98.86%。其中基本支出1,002.35万元，项目支出15,710.31万元。"
	prose2 = "三公经费2.18万元，比上年下降三成，主要原因是压减公务接待，严格执行公务用车管理办法，全年没有新增车辆，也没有出国的安排，接待批次减少"
)

// A wrapped text is read as the paragraphs it was made of, whether its program
// counted columns or characters.
func TestWrapped(t *testing.T) {
	for name, of := range map[string]func(rune) int{"columns": columns, "characters": oneEach} {
		t.Run(name, func(t *testing.T) {
			for n := 36; n <= 80; n += 4 {
				if name == "characters" && n > 44 { // too few lines to tell
					break
				}
				src := "一、基本情况\n" + wrap(prose1, n, of) + wrap(prose2, n, of) + "二、自评结果\n" + wrap(prose1, n, of)
				got := show(layoutOf(t, src))
				for i := range got {
					got[i] = strings.ReplaceAll(got[i], "\n", "")
				}
				if d := cmp.Diff([]string{"一、基本情况", prose1, prose2, "二、自评结果", prose1}, got); d != "" {
					t.Errorf("wrapped at %d -want +got:\n%s", n, d)
				}
			}
		})
	}
}

func TestLayout(t *testing.T) {
	tests := map[string]struct {
		src  string
		want []string
	}{
		"lines_are_paragraphs": {"标题\n\n  正文一。\n正文二\n", []string{"标题", "正文一。", "正文二"}},
		"wrapped_at_comma":     {"我单位按照通知要求组织开展自评工作，\n形成本报告。\n", []string{"我单位按照通知要求组织开展自评工作，\n形成本报告。"}},
		"numbered_lines_stay": {"主要问题如下，\n1.预算编制不细，\n（二）执行偏慢，\n二是进度慢，\n填报日期：三月", []string{
			"主要问题如下，", "1.预算编制不细，", "（二）执行偏慢，", "二是进度慢，", "填报日期：三月"}},
		"decimal_is_no_number": {"经统计核算本年度全部支出合计达到，\n2.5万元。", []string{"经统计核算本年度全部支出合计达到，\n2.5万元。"}},
		"amount_apart":         {"年初预算数、全年预算数分别为10万元、\n20.01 万元。", []string{"年初预算数、全年预算数分别为10万元、\n20.01 万元。"}},
		"framed_page_numbers":  {"完成率较高\n- 3 -\n第 4 页 共 9 页\n—5—\n一、\n", []string{"完成率较高", "一、"}},
		"bare_number_is_value": {"年末在职人数\n64\n年末退休人数\n12\n", []string{"年末在职人数", "64", "年末退休人数", "12"}},
		"bare_number_tears": {"本单位严格执行预算，规范支出管理，全年没有发生超预算的情\n\n17\n\n况，执行率较高。", []string{
			"本单位严格执行预算，规范支出管理，全年没有发生超预算的情", "况，执行率较高。"}},
		"closed_rows":     {"甲 | 乙 |\n1 | 2 |\n", []string{"[甲][乙]", "[1][2]"}},
		"open_rows":       {"甲|乙|丙\n1|2|3\n后文", []string{"[甲][乙][丙]", "[1][2][3]", "后文"}},
		"first_cell_down": {"名称 | 目标 |\n绩效 | 312 |\n| 6处 |\n", []string{"[名称][目标]", "[绩效][312]", "[][6处]"}},
		"markdown":        {"| 甲 | 乙 |\n|---|:--:|\n| 1 | |\n", []string{"[甲][乙]", "[1][]"}},
		"box_drawing":     {"┌──┬──┐\n│甲│乙│\n├──┼──┤\n│1│2│\n└──┴──┘\n", []string{"[甲][乙]", "[1][2]"}},
		"flattened":       {"项目名称 |\n|\n劳务费 |\n主管部门 |\n某局 |\n", []string{"项目名称", "劳务费", "主管部门", "某局"}},
		"empty_cells":     {"项目 | 藏书 | |||\n预算 | 85 | 84.2 | 99% | 20 |\n", []string{"[项目][藏书][][][]", "[预算][85][84.2][99%][20]"}},
		"row_of_lines":    {"甲 | 乙 |\n内容 | 第一段\n第二段 | 备注 |\n丙 | 丁 |\n", []string{"[甲][乙]", "[内容][第一段\n第二段][备注]", "[丙][丁]"}},
		"empty_last_cell": {"名称 | 得分 | 备注\n甲 | 9 | \n乙 | 8 | \n", []string{"[名称][得分][备注]", "[甲][9]", "[乙][8]"}},
		"lone_row":        {"前文。\n部门 | 某局 | 科室 | 城建 |\n后文。", []string{"前文。", "[部门][某局][科室][城建]", "后文。"}},
		"lone_bar":        {"甲方|乙方\n后文。", []string{"甲方|乙方", "后文。"}},
		"tabs":            {"项目\t预算\t执行\n堤防\t120\t118\n\t33\t\n", []string{"[项目][预算][执行]", "[堤防][120][118]", "[][33][]"}},
		"columns": {"资金情况如下\n项目        预算数    执行数   执行率\n  堤防维护    120.5     118.2    98%\n  水质监测     33        19.8     60%\n合计完成。\n", []string{
			"资金情况如下", "[项目][预算数][执行数][执行率]", "[堤防维护][120.5][118.2][98%]", "[水质监测][33][19.8][60%]", "合计完成。"}},
		"columns_of_words": {"张三    李四    王五\n赵六    钱七    孙八\n周九    吴十    郑一\n", []string{
			"张三    李四    王五", "赵六    钱七    孙八", "周九    吴十    郑一"}},
		"two_rows_only": {"预算数    执行数    执行率\n120    118    98%\n", []string{"预算数    执行数    执行率", "120    118    98%"}},
		"indent_by_tab": {"\t正文一。\n\t正文二。\n", []string{"正文一。", "正文二。"}},
		"blank_apart":   {"甲 | 乙 |\n1 | 2 |\n\n丙 | 丁 |\n3 | 4 |\n文。\n文。\n", []string{"[甲][乙]", "[1][2]", "[丙][丁]", "[3][4]", "文。", "文。"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, show(layoutOf(t, tt.src))); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

// Bare numbers that count on from page to page are page numbers, and what is
// printed beside each of them is a running head; the figures of a form are not.
func TestRunningPages(t *testing.T) {
	const head = "临溪市水务局绩效自评报告"
	src, want := "", []string{}
	for page := 7; page < 11; page++ {
		for i := range 6 {
			s := fmt.Sprintf("第%d页的第%d段说明了全年预算执行的情况，包括基本支出和项目支出两个部分，全年没有发生超预算的支出，执行率较高。", page, i)
			src, want = src+s+"\n", append(want, s)
		}
		src, want = src+"年末在职人数\n\n52\n\n", append(want, "年末在职人数", "52")
		src += fmt.Sprintf("\n%d\n\n%s\n", page, head)
	}
	if d := cmp.Diff(want, show(layoutOf(t, src))); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	form := "序号\n\n1\n\n堤防\n\n2\n\n水质\n\n3\n\n清淤\n"
	if got := show(layoutOf(t, form)); len(got) != 7 {
		t.Errorf("a form's numbers are left out: %q", got)
	}
}

func TestTablesApart(t *testing.T) {
	doc := layoutOf(t, "甲 | 乙 |\n1 | 2 |\n\n丙 | 丁 |\n3 | 4 |\n文。\n文。\n")
	if n := len(doc.Pages[0].Tables); n != 2 {
		t.Errorf("%d tables, want 2: a blank line parts them", n)
	}
}

func TestFaults(t *testing.T) {
	noise := foreignFiles()["noise"]
	tests := map[string]struct {
		src  []byte
		kind fault.Kind
	}{
		"empty":       {nil, fault.Invalid},
		"white_space": {[]byte(" \n\t\u3000\r\n"), fault.Invalid},
		"noise":       {noise, fault.Unsupported},
		"many_lines":  {[]byte(strings.Repeat("a\n", maxLines+1)), fault.Invalid},
		"over_limit":  {make([]byte, DefaultMaxBytes+1), fault.TooLarge},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := New().Extract(t.Context(), extracttest.Input("t", tt.src))
			if k := fault.KindOf(err); k != tt.kind || fault.HintOf(err) == "" {
				t.Errorf("error %v of kind %q with hint %q, want kind %q and a hint", err, k, fault.HintOf(err), tt.kind)
			}
		})
	}
}

// Hostile shapes must cost no more than their size.
func TestLargeTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	const size = 1 << 20
	shapes := map[string]string{
		"one_line":  strings.Repeat("绩效自评报告", size/18),
		"bars":      strings.Repeat("|", size),
		"bar_lines": strings.Repeat("a|b\n", size/16),
		"half_rows": strings.Repeat("a|b|\nc|d\n", size/40),
		"tabs":      strings.Repeat("a\tb\n", size/16),
		"singles":   strings.Repeat("a |\n", size/16),
		"columns":   strings.Repeat("a   b   c\n", size/40),
		"figures":   strings.Repeat("a   1   c\n", size/40),
		"commas":    strings.Repeat("预算执行进度较慢需加强，\n", size/40),
		"spaces":    strings.Repeat(" ", size) + "a",
	}
	for name, src := range shapes {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			doc := layoutOf(t, src)
			if d := time.Since(start); d > 10*time.Second {
				t.Errorf("%d bytes took %v", len(src), d)
			}
			if n := len(doc.Pages[0].Paragraphs) + len(doc.Pages[0].Tables); n == 0 {
				t.Error("nothing was read")
			}
		})
	}
}

func FuzzLayout(f *testing.F) {
	f.Add(report)
	f.Add(wrap(prose1, 40, columns))
	f.Add("┌─┐\n│甲│\n| a |\n|\n\t\t|\t\n- 3 -")
	f.Add("a|\nb|c\n\n｜\ufeff|d\u3000|")
	f.Fuzz(func(t *testing.T, src string) {
		doc, err := New().Extract(context.Background(), extracttest.Input("f", []byte(src)))
		if err != nil {
			return
		}
		if err := extracttest.Verify(doc); err != nil {
			t.Fatal(err)
		}
		lost := notRead(doc)
		if strings.ContainsFunc(lost, func(r rune) bool { return !isBlank(r) && !isBar(r) }) {
			t.Fatalf("neither paragraph nor table holds %q", lost)
		}
	})
}

// notRead returns what no paragraph and no cell holds, page numbers and rules
// left out.
func notRead(d *layout.Doc) string {
	p := &d.Pages[0]
	held := make([]bool, len(d.Text))
	hold := func(s layout.Span) {
		for i := s.Start; i < s.End; i++ {
			held[i] = true
		}
	}
	for _, s := range p.Paragraphs {
		hold(s)
	}
	for i := range p.Tables {
		for _, c := range p.Tables[i].Cells {
			hold(c.Span)
		}
		for _, l := range p.Lines {
			if s := d.Text[l.Start:l.End]; isRule(s) {
				hold(l.Span)
			}
		}
	}
	for i, l := range p.Lines {
		number := func(k int) bool {
			if k < 0 || k >= len(p.Lines) {
				return false
			}
			s := d.Text[p.Lines[k].Start:p.Lines[k].End]
			return framedNumber.MatchString(s) || bareNumber.MatchString(s)
		}
		if isRule(d.Text[l.Start:l.End]) || number(i) || number(i-1) || number(i+1) {
			hold(l.Span)
		}
	}
	var out strings.Builder
	for i, r := range d.Text {
		if !held[i] {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// The corpus has wrapped texts, tables of several kinds and page numbers; what
// is read of it must leave nothing out.
func TestSharedCorpus(t *testing.T) {
	dir := os.Getenv("JIXIAO_TEST_SHARED")
	if dir == "" {
		t.Skip("JIXIAO_TEST_SHARED is not set: it names the folder with seed and corpus")
	}
	paths, err := filepath.Glob(filepath.Join(dir, "corpus/dev/*/source*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no text under %s: %v", dir, err)
	}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !New().Accepts(b[:min(len(b), extractors.HeadSize)]) {
			t.Errorf("%s is not accepted", path)
		}
		doc, err := New().Extract(t.Context(), extracttest.Input(path, b))
		if err != nil {
			t.Fatal(err)
		}
		if err := extracttest.Verify(doc); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if lost := strings.Trim(notRead(doc), "| \n\u3000"); strings.Trim(lost, "| \n\t\u3000｜") != "" {
			t.Errorf("%s: not read: %q", path, lost)
		}
	}
}

func BenchmarkExtract(b *testing.B) {
	src := []byte(strings.Repeat(report, 9000/len(report)))
	in := extracttest.Input("b", src)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New().Extract(context.Background(), in); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleExtractor_Extract() {
	doc, _ := New().Extract(context.Background(), extracttest.Input("a.txt", []byte("单位名称：某局\n甲 | 乙 |\n1 | 2 |\n")))
	p := doc.Pages[0]
	fmt.Println(len(p.Lines), len(p.Paragraphs), len(p.Tables), doc.Encoding)
	// Output: 3 1 1 utf-8
}
