package zh

import (
	"testing"

	"pgregory.net/rapid"
)

func TestLatinStops(t *testing.T) {
	tests := []struct {
		name, text string
		want       bool
	}{
		{"habit", "得分93分. 存在的问题:预算不细.\n改进措施:细化预算.", true},
		{"ideographic", "得分93分。存在的问题：预算不细。改进措施：细化预算。", false},
		{"numbers_only", "1.预算\n2.支出\n3.结余", false},
		{"a_stray_among_many", "得分93分。存在的问题。预算不细。细化预算. 完善制度. 加强管理.", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := LatinStops(tt.text); got != tt.want {
				t.Errorf("LatinStops = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestWithStops(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"sentence", "自评得分为93分. 存在的问题", "自评得分为93分。存在的问题"},
		{"number_stays", "(一).主要职责", "(一).主要职责"},
		{"short_sentence", "88.5 分. 存在的问题", "88.5分。存在的问题"},
		{"bare_number_stays", "十二.其他", "十二.其他"},
		{"figure_stays", "全年支出为12.5万元", "全年支出为12.5万元"},
		{"percent", "完成预算的比例是100%. 与年初相比", "完成预算的比例是100%。与年初相比"},
		{"last", "单位全年按程序报废车辆.", "单位全年按程序报废车辆。"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Fold(tt.text, 0).WithStops().Text; got != tt.want {
				t.Errorf("WithStops = %q, want %q", got, tt.want)
			}
		})
	}
}

// Every character of the text still points to where it came from.
func TestWithStopsPointsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := rapid.StringOfN(rapid.RuneFrom([]rune("预算执行偏慢. 。1%（）)\n")), 1, 60, -1).Draw(t, "text")
		f := Fold(src, 0).WithStops()
		for i, r := range f.Text {
			j := i + len(string(r))
			if s := FoldString(f.Source(i, j)); s != string(r) && !(r == '。' && s == ".") && r != ' ' {
				t.Fatalf("%q at %d comes from %q", r, i, s)
			}
		}
	})
}
