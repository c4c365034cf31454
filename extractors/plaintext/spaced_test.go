package plaintext

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSpacedTables(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string // rows, cells parted by |; empty if there is no table
	}{
		"one_space": {
			"序号 名称 安排（万元） 支出（万元）\n1 果园管护 30 28.5\n2 林道养护 12.4 12.4\n以上均已验收。",
			[]string{"序号|名称|安排（万元）|支出（万元）", "1|果园管护|30|28.5", "2|林道养护|12.4|12.4"},
		},
		"total_lacks_its_first_cell": {
			"序号 名称 安排 支出 完成情况\n1 果园管护 30 28.5 已验收\n2 林道养护 12.4 12.4 已验收\n合计 42.4 40.9 完毕",
			[]string{"序号|名称|安排|支出|完成情况", "1|果园管护|30|28.5|已验收", "2|林道养护|12.4|12.4|已验收", "|合计|42.4|40.9|完毕"},
		},
		"total_lacks_its_last_cell": {
			"内容 支出数（元） 凭证\n人工 1,200.00 记字一号\n燃料 300.00 记字二号\n合计 1,500.00",
			[]string{"内容|支出数（元）|凭证", "人工|1,200.00|记字一号", "燃料|300.00|记字二号", "合计|1,500.00|"},
		},
		"labels_without_a_head": {
			"结构 安排（万元） 拨付\n 年初① 年中② 小计③=①+②\n本级 3 1 4\n① 专项 2 0 2\n合 计 5 1 6",
			[]string{"|年初①|年中②|小计③=①+②", "本级|3|1|4", "① 专项|2|0|2", "合 计|5|1|6"},
		},
		"wide_gaps_and_a_total": {
			"内容         支出数（元）      凭证\n人工         1,200.00        记字一号\n燃料         300.00          记字二号\n支出合计       1,500.00",
			[]string{"内容|支出数（元）|凭证", "人工|1,200.00|记字一号", "燃料|300.00|记字二号", "支出合计|1,500.00|"},
		},
		"notes_are_rare": {
			"甲项 乙项 丙项 定额 实数 附注\n子 丑 寅 10 9 迟到\n子 丑 卯 20 20\n辰 巳 午 30 30",
			[]string{"甲项|乙项|丙项|定额|实数|附注", "子|丑|寅|10|9|迟到", "子|丑|卯|20|20|", "辰|巳|午|30|30|"},
		},
		"levels_reach_down": {
			"甲项 乙项 丙项 定额 实数\n子 丑 寅 10 9\n丑 卯 20 20\n午 30 30",
			[]string{"甲项|乙项|丙项|定额|实数", "子|丑|寅|10|9", "丑|卯|20|20|", "午|30|30||"},
		},
		"lines_of_prose":           {"甲项 乙项 丙项 定额 实数\n本年 某站 共计 30万元 入账\n其中 某县 支出 20万元", nil},
		"figures_in_other_columns": {"甲 乙 丙\n一 2 三\n1 二 三", nil},
		"one_row_is_none":          {"甲 乙 丙\n一 二 3", nil},
		"a_form":                   {"单位 某站 编制 9\n地址 某路 在编 8", nil},
		"spread_title":             {"绩 效 自 评 报 告\n（ 2 0 2 1 年 度 ）", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, tab := range page(tt.text).Tables {
				rows := make([][]string, tab.Rows)
				for r := range rows {
					rows[r] = make([]string, tab.Cols)
				}
				for _, c := range tab.Cells {
					rows[c.Row][c.Col] = tt.text[c.Start:c.End]
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
