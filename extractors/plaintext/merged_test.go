package plaintext

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMergedCells(t *testing.T) {
	const title = "| 绩效自评表 | 绩效自评表 | 绩效自评表 | 绩效自评表 |\n"
	tests := map[string]struct {
		text string
		want string // the last row: cells, and how many columns they reach over
	}{
		"title_in_all_columns": {title + "| 存在问题 | 前期慢 | 前期慢 | |", "存在问题×1 前期慢×2 ×1"},
		"long_text_twice":      {"| 单位 | 某站 | 年度 |\n| 存在问题 | 前期准备不足，开工比计划晚两个月。 | 前期准备不足，开工比计划晚两个月。 |", "存在问题×1 前期准备不足，开工比计划晚两个月。×2"},
		"tabs":                 {"绩效自评表\t绩效自评表\t绩效自评表\n单位\t某某站\t某某站", "单位×1 某某站×2"},
		"figures_are_no_text":  {title + "| 编制 | 12 | 12 | 12% |", "编制×1 12×1 12×1 12%×1"},
		"short_words":          {title + "| 开放 | 是 | 是 | 否 |", "开放×1 是×1 是×1 否×1"},
		"nothing_shows_it":     {"| 指标 | 目标 | 结果 |\n| 开放率 | 达到要求 | 达到要求 |", "开放率×1 达到要求×1 达到要求×1"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, tab := range page(tt.text).Tables {
				for _, c := range tab.Cells {
					if c.Row == tab.Rows-1 {
						got = append(got, fmt.Sprintf("%s×%d", tt.text[c.Start:c.End], c.ColSpan))
					}
				}
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
