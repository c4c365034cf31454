package arrange

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/extractors/extracttest"
	"jixiao/schemas/layout"
)

// A drawing makes a page of A4 for a test.
type drawing struct{ Page }

func draw() *drawing { return &drawing{Page{Width: 595, Height: 842}} }

// text sets s with its base line at (x, y): ideographs as wide as high, ASCII
// half as wide.
func (d *drawing) text(x, y, size float64, s string) *drawing {
	for _, r := range s {
		w := size
		if r < 0x80 {
			w = size / 2
		}
		if r != ' ' {
			d.Glyphs = append(d.Glyphs, Glyph{
				Text: string(r), X0: x, Y0: y - 0.88*size, X1: x + w, Y1: y + 0.12*size, OX: x, OY: y, Size: size,
			})
		}
		x += w
	}
	return d
}

// lines sets lines below each other, 20 points apart.
func (d *drawing) lines(x, y float64, lines ...string) *drawing {
	for i, s := range lines {
		d.text(x, y+20*float64(i), 10, s)
	}
	return d
}

// grid rules a table.
func (d *drawing) grid(xs, ys []float64) *drawing {
	for _, x := range xs {
		d.AddRule(x, ys[0], x, ys[len(ys)-1])
	}
	for _, y := range ys {
		d.AddRule(xs[0], y, xs[len(xs)-1], y)
	}
	return d
}

// turned turns the page a quarter clockwise n times, as a landscape table on a
// page of upright format is.
func (d *drawing) turned(n Turn) *drawing {
	w, h := d.Width, d.Height
	back := (4 - n) % 4
	for i, g := range d.Glyphs {
		g.X0, g.Y0, g.X1, g.Y1 = turnBox(g.X0, g.Y0, g.X1, g.Y1, back, w, h)
		g.OX, g.OY = turnPoint(g.OX, g.OY, back, w, h)
		g.Turn = n
		d.Glyphs[i] = g
	}
	for i, r := range d.Rules {
		d.Rules[i].X0, d.Rules[i].Y0, d.Rules[i].X1, d.Rules[i].Y1 = turnBox(r.X0, r.Y0, r.X1, r.Y1, back, w, h)
	}
	if n%2 == 1 {
		d.Width, d.Height = h, w
	}
	return d
}

func pagesOf(ds ...*drawing) []Page {
	out := make([]Page, len(ds))
	for i, d := range ds {
		out[i] = d.Page
	}
	return out
}

// arranged is Arrange, checked for what holds of every layout.
func arranged(t testing.TB, pages []Page) (string, []layout.Page) {
	t.Helper()
	text, out := Arrange(pages)
	if err := extracttest.Verify(&layout.Doc{Text: text, Pages: out}); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	return text, out
}

// body is lines of 40 ideographs, from x = 60 to x = 460.
const (
	body1 = "　　本部门根据财政部门的要求成立了绩效自评工作小组对全年预算执行和绩效目标完成的"
	body2 = "情况逐项进行了核对并查阅了有关的账务资料和项目档案听取了各业务科室的意见和建议在"
	body3 = "此基础上形成了本报告。"
)

func TestText(t *testing.T) {
	joined := strings.TrimPrefix(body1, "　　") + body2 + body3 + "\n"
	indented := strings.ReplaceAll(body1, "　　", "    ") // drawn as nothing
	paragraph := func() *drawing { return draw().lines(60, 200, indented, body2, body3) }
	tests := map[string]struct {
		pages []*drawing
		want  string
	}{
		"paragraph": {[]*drawing{paragraph()}, joined},
		"next_paragraph_is_indented": {[]*drawing{draw().lines(60, 200, indented, body2, indented, body3)},
			strings.TrimPrefix(body1, "　　") + body2 + "\n" + strings.TrimPrefix(body1, "　　") + body3 + "\n"},
		"numbered_lines_stand_alone": {[]*drawing{draw().lines(60, 200, "一、"+body2[:len(body2)-6], "（一）"+body2[:len(body2)-9], "1."+body2[:len(body2)-3])},
			"一、" + body2[:len(body2)-6] + "\n（一）" + body2[:len(body2)-9] + "\n1." + body2[:len(body2)-3] + "\n"},
		"hanging_item": {[]*drawing{paragraph().text(60, 300, 10, "1."+strings.Repeat("项", 39)).text(70, 320, 10, "目支出")},
			joined + "1." + strings.Repeat("项", 39) + "目支出\n"},
		"signature_and_date": {[]*drawing{paragraph().text(400, 300, 10, "某县水务局").text(400, 320, 10, "二月十日").text(60, 340, 10, "附件目录")},
			joined + "某县水务局\n二月十日\n附件目录\n"},
		"over_the_page_end":  {[]*drawing{draw().lines(60, 700, indented), draw().lines(60, 120, body2, body3)}, joined},
		"words_keep_a_space": {[]*drawing{draw().text(60, 200, 10, "total budget of 2021")}, "total budget of 2021\n"},
		"printed_twice_bold": {[]*drawing{draw().text(60, 200, 12, "预算执行率").text(60.3, 200, 12, "预算执行率")}, "预算执行率\n"},
		"same_sign_twice":    {[]*drawing{draw().text(60, 200, 12, "人人100")}, "人人100\n"},
		"raised_figure":      {[]*drawing{draw().text(60, 200, 12, "12m").text(78, 196, 6, "2").text(81, 200, 12, "水面")}, "12m2水面\n"},
		"wide_gap":           {[]*drawing{draw().text(60, 200, 10, "负责人：甲").text(200, 200, 10, "填报人：乙")}, "负责人：甲\t填报人：乙\n"},
		"title_of_two_lines": {[]*drawing{paragraph().text(60, 100, 20, strings.Repeat("题", 20)).text(230, 130, 20, "报告")}, strings.Repeat("题", 20) + "报告\n" + joined},
		"landscape_on_side":  {[]*drawing{paragraph().turned(Down)}, joined},
		"upside_down":        {[]*drawing{paragraph().turned(Flipped)}, joined},
		"other_side":         {[]*drawing{paragraph().turned(Up)}, joined},
		"top_to_bottom":      {[]*drawing{paragraph().text(300, 400, 12, "竖").text(300, 413, 12, "排").text(300, 426, 12, "字")}, joined + "竖排字\n"},
		"label_and_figure":   {[]*drawing{draw().lines(60, 200, "编制数            45", "实有数            43", "退休数            12")}, "编制数\t45\n实有数\t43\n退休数\t12\n"},
		"nothing":            {[]*drawing{draw(), draw()}, ""},
		"control_characters": {[]*drawing{draw().text(60, 200, 10, "预\x07算\u2028")}, "预算\n"},
		"empty_glyph":        {[]*drawing{{Page{Width: 595, Height: 842, Glyphs: []Glyph{{}}}}}, ""},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			pages := pagesOf(c.pages...)
			got, _ := arranged(t, pages)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			for i := range pages {
				rand.New(rand.NewPCG(1, 2)).Shuffle(len(pages[i].Glyphs), func(a, b int) {
					g := pages[i].Glyphs
					g[a], g[b] = g[b], g[a]
				})
			}
			if again, _ := arranged(t, pages); again != got {
				t.Errorf("the order of drawing changes the text (-drawn +shuffled):\n%s", cmp.Diff(got, again))
			}
		})
	}
}

func TestHeadsAreDropped(t *testing.T) {
	page := func(n string, s string) *drawing {
		return draw().text(200, 40, 9, "某县水务局绩效自评").lines(60, 300, s).text(280, 810, 9, n)
	}
	tests := map[string]struct {
		pages []*drawing
		want  string
	}{
		"head_and_number":   {[]*drawing{page("- 1 -", "甲"), page("- 2 -", "乙"), page("- 3 -", "丙")}, "甲\n乙\n丙\n"},
		"bare_numbers":      {[]*drawing{page("7", "甲"), page("8", "乙")}, "甲\n乙\n"},
		"left_and_right":    {[]*drawing{page("1", "甲"), draw().text(300, 40, 9, "左页").lines(60, 300, "乙"), page("3", "丙"), draw().text(300, 40, 9, "左页").lines(60, 300, "丁")}, "甲\n乙\n丙\n丁\n"},
		"number_of_one":     {[]*drawing{draw().lines(60, 300, "甲").text(280, 810, 9, "第1页共1页")}, "甲\n"},
		"figure_at_foot":    {[]*drawing{draw().lines(60, 300, "甲").text(280, 810, 9, "98.5")}, "甲\n98.5\n"},
		"same_large_title":  {[]*drawing{draw().text(150, 60, 18, "项目支出绩效自评表").lines(60, 300, "甲", "乙乙乙乙乙乙乙乙乙乙乙乙"), draw().text(150, 60, 18, "项目支出绩效自评表").lines(60, 300, "丙", "丁丁丁丁丁丁丁丁丁丁丁丁")}, "项目支出绩效自评表\n甲\n乙乙乙乙乙乙乙乙乙乙乙乙\n项目支出绩效自评表\n丙\n丁丁丁丁丁丁丁丁丁丁丁丁\n"},
		"title_over_a_form": {[]*drawing{form("甲乙丙"), form("丁戊己")}, "绩效自评表\n甲乙丙\t合格率\n甲乙丙\t合格率\n绩效自评表\n丁戊己\t合格率\n丁戊己\t合格率\n"},
		"same_line_inside":  {[]*drawing{draw().lines(60, 300, "同一句话"), draw().lines(60, 300, "同一句话")}, "同一句话\n同一句话\n"},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			got, _ := arranged(t, pagesOf(c.pages...))
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// form is a page with a title and a table of s.
func form(s string) *drawing {
	return draw().text(200, 60, 16, "绩效自评表").grid([]float64{100, 200, 300}, []float64{100, 130, 160}).
		text(110, 120, 10, s).text(210, 120, 10, "合格率").text(110, 150, 10, s).text(210, 150, 10, "合格率")
}

func TestColumns(t *testing.T) {
	left, right := []string{}, []string{}
	for _, r := range "甲乙丙丁戊己" {
		left = append(left, strings.Repeat(string(r), 22))
	}
	for _, r := range "子丑寅卯辰巳" {
		right = append(right, strings.Repeat(string(r), 22))
	}
	right[5] = "巳巳。"
	text := strings.Join(left, "") + strings.Join(right, "")
	for name, shift := range map[string]float64{"level": 0, "nearly_level": 3, "staggered": 9} {
		t.Run(name, func(t *testing.T) {
			got, _ := arranged(t, pagesOf(draw().lines(60, 200, left...).lines(310, 200+shift, right...)))
			if d := cmp.Diff(text+"\n", got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
	t.Run("list_on_the_next_page", func(t *testing.T) {
		list := draw().lines(60, 200, "一二", "三四", "五六", "七八").lines(310, 200, "十", "百", "千", "万")
		got, _ := arranged(t, pagesOf(draw().lines(60, 200, left...).lines(310, 200, right...), list))
		if want := text + "\n一二\n三四\n五六\n七八\n十\n百\n千\n万\n"; got != want {
			t.Errorf("(-want +got):\n%s", cmp.Diff(want, got))
		}
	})
}

func TestLinesKnowTheirPlace(t *testing.T) {
	d := draw().text(100, 200, 10, "预算数").turned(Down)
	text, pages := arranged(t, pagesOf(d))
	p := pages[0]
	if p.Width != 842 || p.Height != 595 {
		t.Errorf("the page is %v by %v, want it as shown", p.Width, p.Height)
	}
	// Turned clockwise, what was at the left is at the top.
	want := layout.Box{842 - 201.5, 100, 842 - 191.5, 130}
	if got := p.Lines[0].Box; !slices.EqualFunc(got[:], want[:], func(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 }) {
		t.Errorf("%q stands at %v, want %v", text, got, want)
	}
}

func TestDamagedCoordinates(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	d := draw().text(60, 200, 10, "预算")
	for i, v := range []float64{nan, inf, -inf, 1e300} {
		d.Glyphs = append(d.Glyphs, Glyph{Text: string(rune('A' + i)), X0: v, Y0: v, X1: v, Y1: -v, OX: v, OY: v, Size: v})
		d.Rules = append(d.Rules, Rule{v, 0, 10, v})
	}
	d.Width = nan
	text, pages := arranged(t, pagesOf(d))
	for _, s := range []string{"预算", "A", "B", "C", "D"} {
		if !strings.Contains(text, s) {
			t.Errorf("%q is missing in %q", s, text)
		}
	}
	if _, err := json.Marshal(pages); err != nil {
		t.Error(err)
	}
}
