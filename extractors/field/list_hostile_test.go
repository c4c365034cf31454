package field

import (
	"strings"
	"testing"
	"time"
)

// TestHostileTexts reads texts made to take long: each must be read in a few
// seconds on a slow, busy machine.
func TestHostileTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("reads megabytes")
	}
	const size = 256 << 10
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	head := opening + "二、存在的问题\n"
	tests := map[string]string{
		"one_line":     fill("预算执行偏慢"),
		"labels":       head + fill("问题:"),
		"none_lines":   head + fill("无\n"),
		"marks":        head + fill("(5)a"),
		"item_lines":   head + fill("1.预算执行偏慢。\n"),
		"headings":     fill("存在问题：\n"),
		"numbers":      fill("1)号"),
		"open_titles":  fill("》(财[2023]1号"),
		"years":        fill("2023年度绩效自评。\n"),
		"captions":     fill("单位:"),
		"brackets":     head + fill("(("),
		"titles":       fill("某县水利局2021年度绩效自评报告\n"),
		"contents":     fill("目录\n"),
		"dashes":       head + fill("-1-—"),
		"one_is":       head + fill("一是"),
		"digits":       head + fill("1"),
		"chapters":     fill("一、概况 二、问题 "),
		"places":       fill("某县某区某市"),
		"projects":     fill("甲项目预算1万元，支出1万元，"),
		"table_heads":  fill("项目名称 | 甲\n"),
		"lists_in_row": head + fill("存在问题 | 无\n"),
		"flat_tables":  fill("项目名称\n预算数\n执行数\n甲\n1\n1\n"),
		"groups":       head + fill("1 111 222 ") + "x",
		"sums":         head + fill("支出1万元，合计1万元，"),
		"joint":        head + fill("预算数、执行数分别为1万元、"),
		"wide_rows":    head + fill("基本支出"+strings.Repeat(" | 1", 180)+"\n"),
		"nested_lists": head + fill("1.\n(1)\n①\n一是"),
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			readAll(t, text)
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("%d bytes took %v", len(text), took)
			} else {
				t.Logf("%v", took)
			}
		})
	}
}
