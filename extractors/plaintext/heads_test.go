package plaintext

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHeadsAboveColumns(t *testing.T) {
	const body = "收入合计          61.82      58.30     63.75           64.207\n" +
		"支出合计          60.75      58.30     63.75           63.118\n" +
		"收支结余           1.07       0.00      0.00            1.089\n"
	tests := map[string]struct{ above, want string }{
		"two_levels": {"                 2021决算      2022预算              2022决算\n                            年初      调整\n",
			"|2021决算|2022预算|2022预算|2022决算/||年初|调整|"},
		"one_level":               {"                 上年数       年初       调整            决算数\n", "|上年数|年初|调整|决算数/收入合计|61.82|58.30|63.75|64.207"},
		"caption":                 {"表1  收支表                              单位：百万元\n", "收入合计|61.82|58.30|63.75|64.207/支出合计|60.75|58.30|63.75|63.118"},
		"figures_are_no_heads":    {"                 12.5        33.1\n", "收入合计|61.82|58.30|63.75|64.207/支出合计|60.75|58.30|63.75|63.118"},
		"a_blank_line_parts_it":   {"                 2021决算      2022预算              2022决算\n\n", "收入合计|61.82|58.30|63.75|64.207/支出合计|60.75|58.30|63.75|63.118"},
		"two_heads_over_a_column": {"                  甲  乙      丙\n", "收入合计|61.82|58.30|63.75|64.207/支出合计|60.75|58.30|63.75|63.118"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			text := tt.above + body
			p := page(text)
			if len(p.Tables) != 1 {
				t.Fatalf("%d tables, want 1", len(p.Tables))
			}
			rows := make([][]string, p.Tables[0].Rows)
			for _, c := range p.Tables[0].Cells {
				rows[c.Row] = append(rows[c.Row], text[c.Start:c.End])
			}
			got := strings.Join(rows[0], "|") + "/" + strings.Join(rows[1], "|")
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("first rows (-want +got):\n%s", d)
			}
		})
	}
}
