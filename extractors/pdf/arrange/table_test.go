package arrange

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// cellsOf writes each table's cells as row,column+rows×columns "text".
func cellsOf(t *testing.T, ds ...*drawing) (text, cells string) {
	t.Helper()
	text, pages := arranged(t, pagesOf(ds...))
	var sb strings.Builder
	for _, p := range pages {
		for _, tb := range p.Tables {
			fmt.Fprintf(&sb, "page %d, %d×%d\n", p.Number, tb.Rows, tb.Cols)
			for _, c := range tb.Cells {
				fmt.Fprintf(&sb, "%d,%d+%d×%d %q\n", c.Row, c.Col, c.RowSpan, c.ColSpan, text[c.Start:c.End])
			}
		}
	}
	return text, sb.String()
}

func TestTables(t *testing.T) {
	xs, ys := []float64{100, 200, 300, 400}, []float64{200, 230, 260, 290}
	header := func(d *drawing, y float64) *drawing {
		return d.text(110, y, 10, "指标").text(210, y, 10, "分值").text(310, y, 10, "得分")
	}
	merged := func() *drawing {
		d := draw()
		for _, y := range []float64{200, 230, 290} {
			d.AddRule(100, y, 400, y)
		}
		d.AddRule(200, 260, 400, 260) // the first column's second and third row are one
		for _, x := range []float64{100, 200, 400} {
			d.AddRule(x, 200, x, 290)
		}
		d.AddRule(300, 230, 300, 290) // the head's second and third column are one
		return d.text(110, 220, 10, "指标").text(210, 220, 10, "年初与全年").
			text(110, 262, 10, "产出").text(210, 250, 10, "10").text(310, 250, 10, "9.5").text(210, 280, 10, "20")
	}
	tests := map[string]struct {
		pages       []*drawing
		text, cells string
	}{
		"plain": {[]*drawing{header(draw().grid(xs, ys[:3]), 220).text(110, 250, 10, "数量").text(310, 250, 10, "9")},
			"指标\t分值\t得分\n数量\t\t9\n",
			"page 1, 2×3\n0,0+1×1 \"指标\"\n0,1+1×1 \"分值\"\n0,2+1×1 \"得分\"\n1,0+1×1 \"数量\"\n1,1+1×1 \"\"\n1,2+1×1 \"9\"\n"},
		"merged": {[]*drawing{merged()},
			"指标\t年初与全年\n产出\t10\t9.5\n\t20\t\n",
			"page 1, 3×3\n0,0+1×1 \"指标\"\n0,1+1×2 \"年初与全年\"\n1,0+2×1 \"产出\"\n1,1+1×1 \"10\"\n1,2+1×1 \"9.5\"\n2,1+1×1 \"20\"\n2,2+1×1 \"\"\n"},
		"on_its_side": {[]*drawing{merged().turned(Up)},
			"指标\t年初与全年\n产出\t10\t9.5\n\t20\t\n",
			"page 1, 3×3\n0,0+1×1 \"指标\"\n0,1+1×2 \"年初与全年\"\n1,0+2×1 \"产出\"\n1,1+1×1 \"10\"\n1,2+1×1 \"9.5\"\n2,1+1×1 \"20\"\n2,2+1×1 \"\"\n"},
		"open_at_the_sides": {[]*drawing{header(draw().grid(xs[1:3], ys[:2]), 220).rule(100, 200, 400, 200).rule(100, 230, 400, 230)},
			"指标\t分值\t得分\n", "page 1, 1×3\n0,0+1×1 \"指标\"\n0,1+1×1 \"分值\"\n0,2+1×1 \"得分\"\n"},
		"wrapped_and_ended_lines": {[]*drawing{draw().grid([]float64{100, 160, 400}, ys[:3]).text(105, 212, 10, "绩效目标").text(105, 224, 10, "完成情况").
			text(170, 212, 10, "593.27").text(170, 224, 10, "448.6").text(105, 250, 10, "得分")},
			"绩效目标完成情况\t593.27 448.6\n得分\t\n",
			"page 1, 2×2\n0,0+1×1 \"绩效目标完成情况\"\n0,1+1×1 \"593.27 448.6\"\n1,0+1×1 \"得分\"\n1,1+1×1 \"\"\n"},
		"stacked_characters": {[]*drawing{draw().grid([]float64{100, 200, 400}, ys[:2]).text(145, 210, 8, "产").text(145, 218, 8, "出").text(145, 226, 8, "类").text(210, 220, 10, "10")},
			"产出类\t10\n", "page 1, 1×2\n0,0+1×1 \"产出类\"\n0,1+1×1 \"10\"\n"},
		"no_text_in_a_row": {[]*drawing{header(draw().grid(xs, ys), 250)},
			"指标\t分值\t得分\n",
			"page 1, 3×3\n0,0+1×1 \"\"\n0,1+1×1 \"\"\n0,2+1×1 \"\"\n1,0+1×1 \"指标\"\n1,1+1×1 \"分值\"\n1,2+1×1 \"得分\"\n2,0+1×1 \"\"\n2,1+1×1 \"\"\n2,2+1×1 \"\"\n"},
		"only_framed_and_parted": {[]*drawing{header(draw().grid(xs, []float64{200, 320}), 220).text(110, 250, 10, "产出").text(210, 250, 10, "20").text(310, 250, 10, "19.5").
			text(110, 280, 10, "效益").text(210, 280, 10, "30").text(310, 280, 10, "28.0").text(110, 310, 10, "满意度").text(310, 310, 10, "10")},
			"指标\t分值\t得分\n产出\t20\t19.5\n效益\t30\t28.0\n满意度\t\t10\n",
			"page 1, 4×3\nR,0+1×1 \"指标\"\nR,1+1×1 \"分值\"\nR,2+1×1 \"得分\"\nR,0+1×1 \"产出\"\nR,1+1×1 \"20\"\nR,2+1×1 \"19.5\"\nR,0+1×1 \"效益\"\nR,1+1×1 \"30\"\nR,2+1×1 \"28.0\"\nR,0+1×1 \"满意度\"\nR,1+1×1 \"\"\nR,2+1×1 \"10\"\n"},
		"wrapped_heads": {[]*drawing{draw().grid([]float64{100, 145, 190, 235}, []float64{200, 250}).text(106, 212, 10, "年初预").text(106, 226, 10, "算数万").text(106, 240, 10, "元").
			text(151, 212, 10, "全年预").text(151, 226, 10, "算数万").text(151, 240, 10, "元").text(196, 212, 10, "全年执").text(196, 226, 10, "行数万").text(196, 240, 10, "元")},
			"年初预算数万元\t全年预算数万元\t全年执行数万元\n",
			"page 1, 1×3\n0,0+1×1 \"年初预算数万元\"\n0,1+1×1 \"全年预算数万元\"\n0,2+1×1 \"全年执行数万元\"\n"},
		"frame_around_text": {[]*drawing{draw().grid([]float64{50, 550}, []float64{100, 160, 700}).lines(60, 130, "表头").lines(60, 300, "正文")},
			"表头\n正文\n", ""},
		"text_around": {[]*drawing{header(draw().grid(xs, ys[:2]), 220).lines(60, 150, "上文").lines(60, 300, "下文")},
			"上文\n指标\t分值\t得分\n下文\n", "page 1, 1×3\n0,0+1×1 \"指标\"\n0,1+1×1 \"分值\"\n0,2+1×1 \"得分\"\n"},
		"without_rulings": {[]*drawing{header(header(header(draw(), 220), 240), 260)},
			"指标\t分值\t得分\n指标\t分值\t得分\n指标\t分值\t得分\n",
			"page 1, 3×3\n" + strings.Repeat("R,0+1×1 \"指标\"\nR,1+1×1 \"分值\"\nR,2+1×1 \"得分\"\n", 3)},
		"row_over_the_page_end": {[]*drawing{
			draw().grid([]float64{100, 160, 260}, []float64{700, 760}).text(105, 720, 10, "措施").text(165, 720, 10, "一是加强预算编制").text(165, 740, 10, "提高精准性并加快"),
			draw().grid([]float64{100, 160, 260}, []float64{100, 130, 160}).text(165, 120, 10, "支付进度").text(105, 150, 10, "建议").text(165, 150, 10, "无"),
		},
			"措施\t一是加强预算编制提高精准性并加快支付进度\n建议\t无\n",
			"page 1, 1×2\n0,0+1×1 \"措施\"\n0,1+1×1 \"一是加强预算编制提高精准性并加快支付进度\"\npage 2, 2×2\n0,0+1×1 \"\"\n0,1+1×1 \"\"\n1,0+1×1 \"建议\"\n1,1+1×1 \"无\"\n"},
		"new_row_on_the_next_page": {[]*drawing{
			header(draw().grid(xs, []float64{700, 730}), 720),
			header(draw().grid(xs, []float64{100, 130}), 120),
		},
			"指标\t分值\t得分\n指标\t分值\t得分\n",
			"page 1, 1×3\n0,0+1×1 \"指标\"\n0,1+1×1 \"分值\"\n0,2+1×1 \"得分\"\npage 2, 1×3\n0,0+1×1 \"指标\"\n0,1+1×1 \"分值\"\n0,2+1×1 \"得分\"\n"},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			text, cells := cellsOf(t, c.pages...)
			if d := cmp.Diff(c.text, text); d != "" {
				t.Errorf("text (-want +got):\n%s", d)
			}
			for r := range strings.Count(c.cells, "R,") / 3 {
				c.cells = strings.Replace(c.cells, "R,", fmt.Sprint(r, ","), 3)
			}
			if d := cmp.Diff(c.cells, cells); d != "" {
				t.Errorf("cells (-want +got):\n%s", d)
			}
		})
	}
}

// rule adds one ruling.
func (d *drawing) rule(x0, y0, x1, y1 float64) *drawing {
	d.AddRule(x0, y0, x1, y1)
	return d
}

func TestTurnedTextInACell(t *testing.T) {
	d := draw().grid([]float64{100, 130, 300}, []float64{200, 300}).text(140, 250, 10, "内容和说明")
	for i, r := range []rune("产出指标") { // bottom to top
		y := 280 - 10*float64(i)
		d.Glyphs = append(d.Glyphs, Glyph{Text: string(r), X0: 108, Y0: y - 10, X1: 118, Y1: y, OX: 117, OY: y, Size: 10, Turn: Up})
	}
	if text, _ := cellsOf(t, d); text != "产出指标\t内容和说明\n" {
		t.Errorf("text %q", text)
	}
}

func TestWatermarksStandApart(t *testing.T) {
	page := func(s string) *drawing {
		return draw().lines(60, 300, body2, body3).grid([]float64{100, 200, 300}, []float64{400, 430}).
			text(110, 420, 10, s).text(210, 420, 10, "98.5")
	}
	skewed := func(d *drawing) *drawing {
		for i, r := range []rune("内部资料") {
			x := 100 + 40*float64(i)
			d.Glyphs = append(d.Glyphs, Glyph{Text: string(r), X0: x, Y0: 380 - x/2, X1: x + 50, Y1: 430 - x/2, OX: x, OY: 430 - x/2, Size: 50, Turn: Skewed})
		}
		return d
	}
	over := func(d *drawing) *drawing { return d.text(100, 440, 60, "内部资料") }
	for name, mark := range map[string]func(*drawing) *drawing{"skewed": skewed, "upright": over} {
		t.Run(name, func(t *testing.T) {
			text, _ := cellsOf(t, mark(page("得分")), mark(page("总分")))
			want := body2 + body3 + "\n得分\t98.5\n内部资料\n" + body2 + body3 + "\n总分\t98.5\n"
			if d := cmp.Diff(want, text); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}
