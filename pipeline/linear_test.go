//go:build unix

package pipeline_test

import (
	"bytes"
	"runtime"
	"strings"
	"testing"
	"time"

	"jixiao/extractors"
	"jixiao/extractors/all"
	"jixiao/internal/zh/segment"
	"jixiao/pipeline"
	"jixiao/schemas"
)

// hostile are texts made of what one family of rules looks for, over and over,
// so that whatever looks twice at what it has seen takes the square of the time.
var hostile = map[string]string{
	"prose_without_an_end": "预算执行偏慢",
	"sentences":            "预算执行偏慢。",
	"spaces":               "预 算 ",
	"wide_spaces":          "预算　　　　执行    偏慢\n",
	"figures":              "1,234.56万元、",
	"digits":               "1234567890",
	"digit_groups":         "1 234 ",
	"numerals":             "一百二十点五",
	"money":                "年初预算100万元，支出90万元；",
	"money_lines":          "年初预算\n100万元\n支出\n90万元\n",
	"rates":                "预算执行率98%，完成率95%。",
	"counts":               "编制10人，在职8人，其中行政5人；",
	"scores":               "得分95分，满分100分，等级为优，",
	"score_rows":           "产出指标 数量指标 培训人数 10 9.5\n",
	"indicators":           "产出指标\n数量指标\n培训人数\n10\n9.5\n",
	"projects":             "1.道路项目预算100万元，支出90万元，执行率90%。\n",
	"project_rows":         "道路项目 100 90 90%\n",
	"tabs":                 "项目\t预算\t执行\n道路\t100\t90\n",
	"bars":                 "|项目|预算|执行|\n|道路|100|90|\n",
	"drawn":                "+--+--+\n|项目|100|\n",
	"years":                "2023年度绩效自评。\n",
	"masked_years":         "20XX年度",
	"dates":                "2023年12月31日\n",
	"notices":              "》(财[2023]1号",
	"titles":               "某县水利局2021年度绩效自评报告\n",
	"units":                "评价单位:某县水利局\n",
	"captions":             "单位:",
	"regions":              "某省某市某县某镇",
	"organs":               "某县水利局某县财政局",
	"chapters":             "一、存在的问题。(一)",
	"headings":             "存在问题：\n",
	"labels":               "问题:",
	"none_lines":           "存在的问题：无\n",
	"items":                "1.预算执行偏慢。\n",
	"nested_items":         "1.\n(1)\n①\n一是",
	"run_in_items":         "一是预算偏慢;二是支付偏慢;",
	"marks":                "(5)a",
	"brackets":             "((",
	"square_brackets":      "【存在问题",
	"contents":             "目录\n一、单位概况……1\n",
	"page_numbers":         "-1-\n",
	"dashes":               "-1-—",
	"prompts":              "(此处填写存在问题，不少于500字)\n",
	"glosses":              "绩(jì)",
	"quotation_marks":      "“”",
	"emphasis":             "！？!?",
	"letters":              "a1 b2 ",
	"beyond_the_plane":     "𠀀𠀁",
	"causes":               "原因分析：由于预算不细，导致支付偏慢\n",
	"measures":             "问题：偏慢\n措施：加快\n",
	"answers":              "问:得几分？答:92分。",
	"deductions":           "满分100分,扣2分,扣1.8分,实得96.2分;",
	"sums_of_marks":        "20分+30分+45分=",
	"turning_items":        "一是预算偏慢,下一步,加快支付;",
	"topics":               "问题一:偏慢。措施一:加快。\n",
	"spoken_labels":        "存在的主要问题是偏慢,今后打算加快。",
	"project_brackets":     "道路项目(预算100万元,支出90万元)、",
	"budget_steps":         "年初预算100万元,追加10万元,调减5万元,",
	"kinds_of_people":      "行政10人、事业8人、工勤2人、",
	"quoted_rows":          "\"道路\",\"100\",\"90\"\n",
	"arrows":               "道路→100→90→",
	"tags":                 "<td>道路</td>",
	"nested_tags":          "<table><tr><td>",
	"entities":             "&amp;nbsp;",
	"remarks":              "批注 [a1]: 删除的内容: ",
	"markdown":             "**道路**# ",
	"exports":              "\"指标\": \"道路\", {",
	"review_of_project":    "项目自评综述：道路项目100万元。",
	"repeated_paragraph":   "在内部控制方面，修订了财务报销、公务接待、车辆管理、印章使用等制度汇编，重新绘制了流程图。\n",
}

// TestReadingIsLinear reads each hostile text and one eight times as long, as
// part of a report: what is linear takes eight times as long, what looks back
// over all of a text sixty-four times. Processor time counts, for others use the
// machine too; what seems slow is measured again.
func TestReadingIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("reads megabytes")
	}
	const (
		factor = 8
		most   = 18
		tries  = 4
	)
	for name, words := range hostile {
		t.Run(name, func(t *testing.T) {
			short, long := time.Hour, time.Hour
			ratio := 0.0
			for range tries {
				short = min(short, readingTime(t, hostileReport(words, hostileSize/factor)))
				long = min(long, readingTime(t, hostileReport(words, hostileSize)))
				if ratio = float64(long) / float64(max(short, time.Millisecond)); ratio <= most && short < long {
					break
				}
			}
			t.Logf("%v and %v: %.1f times", short, long, ratio)
			if ratio > most {
				t.Errorf("a text %d times as long takes %.1f times as long: %v and %v", factor, ratio, short, long)
			}
			if short > long {
				t.Errorf("the shorter text takes %v, the longer one %v: it is a limit that saves the longer one", short, long)
			}
		})
	}
}

func hostileReport(words string, size int) []byte {
	return []byte("某县水利局2021年度部门整体支出绩效自评报告\n一、收支情况\n" + strings.Repeat(words, size/len(words)) +
		"\n二、存在的问题\n" + strings.Repeat(words, size/len(words)/2) + "\n")
}

// readingTime returns the processor time that reading and segmenting report takes.
func readingTime(t *testing.T, report []byte) time.Duration {
	t.Helper()
	r := pipeline.Runner{Extractors: all.Extractors()}
	runtime.GC()
	before := processorTime(t)
	in := extractors.Input{Size: int64(len(report)), Bytes: bytes.NewReader(report)}
	doc, _, err := r.Run(t.Context(), schemas.IDOf(report), in)
	if err != nil {
		t.Fatal(err)
	}
	segment.Default().Cut(nil, doc.Text)
	return processorTime(t) - before
}
