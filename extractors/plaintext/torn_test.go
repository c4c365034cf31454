package plaintext

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTornRows wants rows whole that a line's end tore, and rows of other
// shapes left alone.
func TestTornRows(t *testing.T) {
	const tabbed, barred = "科目\t年初\t决算\t增减\n", "科目 | 年初 | 决算 | 增减\n"
	tests := map[string]struct {
		text string
		want []string // rows, cells parted by |, what is torn by /
	}{
		"in_a_number": {
			tabbed + "收入\t1,63\n0.44\t1,205\t3\n支出\t12\t11\t1\n",
			[]string{"科目|年初|决算|增减", "收入|1,63/0.44|1,205|3", "支出|12|11|1"},
		},
		"in_the_head": {
			"科目\t2020年\t20\n21年\t增减\n收入\t12\t11\t1\n支出\t12\t11\t1\n",
			[]string{"科目|2020年|20/21年|增减", "收入|12|11|1", "支出|12|11|1"},
		},
		"behind_a_tab": {
			tabbed + "收入\t12\t\n11\t3\n支出\t12\t11\t1\n费用\t12\t11\t1\n人员\t12\t11\t1\n",
			[]string{"科目|年初|决算|增减", "收入|12|11|3", "支出|12|11|1", "费用|12|11|1", "人员|12|11|1"},
		},
		"before_a_bar": {
			barred + "收入 | 12\n| 11 | 3\n支出 | 12 | 11 | 1\n费用 | 12 | 11 | 1\n人员 | 12 | 11 | 1\n",
			[]string{"科目|年初|决算|增减", "收入|12|11|3", "支出|12|11|1", "费用|12|11|1", "人员|12|11|1"},
		},
		"behind_a_bar": {
			barred + "收入 | 12 |\n11 | 3\n支出 | 12 | 11 | 1\n费用 | 12 | 11 | 1\n人员 | 12 | 11 | 1\n",
			[]string{"科目|年初|决算|增减", "收入|12|11|3", "支出|12|11|1", "费用|12|11|1", "人员|12|11|1"},
		},
		"rows_of_a_form": {
			"名称 | 河道清淤\n主管 | 水务局 | 联系人\n" + barred + "支出 | 12 | 11 | 1\n",
			[]string{"名称|河道清淤", "主管|水务局|联系人", "科目|年初|决算|增减", "支出|12|11|1"},
		},
		"rows_of_merged_cells": {
			"资金 | | 说明\n| 科学性 | 无\n指标 | 一级 | 二级 | 年初 | 完成\n| 产出 | 数量 | 12 | 11\n| 产出 | 质量 | 12 | 11\n| 效益 | 社会 | 12 | 11\n",
			[]string{"资金||说明", "|科学性|无", "指标|一级|二级|年初|完成", "|产出|数量|12|11", "|产出|质量|12|11", "|效益|社会|12|11"},
		},
		"short_rows_of_words": {
			tabbed + "收入\t增加\n支出\t减少\t略\n费用\t12\t11\t1\n人员\t12\t11\t1\n",
			[]string{"科目|年初|决算|增减", "收入|增加", "支出|减少|略", "费用|12|11|1", "人员|12|11|1"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, tab := range page(tt.text).Tables {
				rows := make([][]string, tab.Rows)
				for _, c := range tab.Cells {
					rows[c.Row] = append(rows[c.Row], strings.ReplaceAll(tt.text[c.Start:c.End], "\n", "/"))
				}
				for _, r := range rows {
					got = append(got, strings.Join(r, "|"))
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestTornFigure(t *testing.T) {
	for _, tt := range []struct {
		s, t string
		want bool
	}{
		{"全年收入合计1,2", "05.6万元，支出1,100万元。", true},
		{"全年收入合计1,205，其中财政拨款28", ".26万元，其余自筹。", true},
		{"全年收入，合计28.", "26万元，其余自筹。", true},
		{"年末在职，实有23", "名，退休5名。", true},
		{"江桥县公安局2", "023年度部门整体支出绩效自评报告", true},
		{"江桥县公安局20", "23年度部门整体支出绩效自评报告", true},
		{"基本支出 100", "200", false},               // cells, one a line
		{"收入，支出 100", "200", false},              // the next line is no sentence
		{"在职人员23", "其中：行政12人，事业11人。", false},     // no number or unit follows
		{"第1页，共12", "2023年度部门整体支出绩效自评报告", false}, // the year is whole
		{"", "5万元，", false},
		{"12", "", false},
	} {
		t.Run(tt.s+"_"+tt.t, func(t *testing.T) {
			if got := tornFigure(tt.s, tt.t); got != tt.want {
				t.Errorf("tornFigure(%q, %q) = %t", tt.s, tt.t, got)
			}
		})
	}
}
