package plaintext

import "testing"

// TestPageMarkInTable wants tables to go on below a page number.
func TestPageMarkInTable(t *testing.T) {
	tests := []struct {
		name, src string
		rows      int
	}{
		{"wide-gaps", "指标      分值    得分\n出勤率      10      10\n办结率      20      19\n                — 2 —\n满意度      30      28\n合计        60      57\n", 5},
		{"bars-and-blanks", "| 指标 | 分值 | 得分 |\n| 出勤率 | 10 | 10 |\n\n- 2 -\n\n| 满意度 | 30 | 28 |\n", 3},
		{"tabs", "指标\t分值\t得分\n出勤率\t10\t10\n第 2 页 共 9 页\n满意度\t30\t28\n", 3},
		{"single-spaces", "指标 分值 得分\n出勤率 10 10\n办结率 20 19\n第2页\n满意度 30 28\n", 4},
		{"two-marks", "指标\t分值\t得分\n出勤率\t10\t10\n— 2 —\n— 3 —\n满意度\t30\t28\n", 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines := split(nil, tt.src)
			found := tables(tt.src, lines)
			if len(found) != 1 || found[0].Rows != tt.rows {
				t.Fatalf("tables %+v, want one of %d rows", found, tt.rows)
			}
			marks := 0
			for _, l := range lines {
				if l.use == pageNumber {
					marks++
				}
			}
			if marks == 0 {
				t.Error("the page number is not marked")
			}
		})
	}
}
