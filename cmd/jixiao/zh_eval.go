package main

// zhEval are the texts of eval.
var zhEval = map[string]string{
	"Measure how well labelled reports are read.":                                              "用已标注的报告衡量读取质量。",
	"Folders of labelled reports: in each a folder a report, with source.* and expected.json.": "已标注报告的目录：其中每份报告一个目录，内有 source.* 和 expected.json。",
	"Score the outputs in this file, one JSON object a line, instead of reading the reports.":  "不读取报告，而为此文件中的输出评分（每行一个 JSON 对象）。",
	"Which rendering of a report to take: pdf, gbk.txt; else source.txt.":                      "采用报告的哪种格式：pdf、gbk.txt；默认 source.txt。",
	"Leave out the reports that lack the rendering of --prefer.":                               "略过没有 --prefer 所指格式的报告。",
	"Print at most this many misses (200); --json and --html have all.":                        "最多列出的差错数（200）；--json 和 --html 列出全部。",
	"Exit code 1 if the F1 over all values is lower.":                                          "全部值的 F1 低于此数时退出码为 1。",
	"Also write a page to read the misses beside the text.":                                    "另写一个网页，对照原文查看差错。",
	"Print the figures and all misses as one JSON object.":                                     "以一个 JSON 对象输出各项数字和全部差错。",
	"macro F1 %.4f over %d keys, %d reports":                                                   "宏平均 F1 %.4f，%d 个字段，%d 份报告",
	"spurious: %d of %d values (%.2f%%); wrong: %d (%.2f%%)":                                   "多出：%d，共 %d 个值（%.2f%%）；读错：%d（%.2f%%）",
	"evidence: found in the text %d of %d, at its place %d of %d, read again %d of %d":         "出处：见于原文 %d/%d，位置相符 %d/%d，重读相符 %d/%d",
	"to be reviewed: %d of %d values, with %d of the %d mistakes":                              "待复核：%d/%d 个值，含差错 %d/%d",
	"no output for %d reports: %s":                                                             "%d 份报告没有输出：%s",
	"confidence":                                                                               "置信度", "values": "值", "right": "正确", "stated": "所称", "true": "实际",
	"expected calibration error %.4f over %d values": "期望校准误差 %.4f（%d 个值）",
	"unproven": "出处不符", "missed": "漏读", "wrong": "读错", "spurious": "多出",
	"expected %s":                     "应为 %s",
	"got %s":                          "读作 %s",
	"rule %s, confidence %s, from %s": "规则 %s，置信度 %s，出自 %s",
	"why: %s":                         "原因：%s",
	"gap: %s":                         "未读出：%s",
	"the F1 is lower than --min-f1":   "F1 低于 --min-f1",
	"read the misses":                 "查看各处差错",
	"--only needs --prefer":           "--only 须与 --prefer 同用",
	"check the spelling of the path":  "检查路径拼写",
	evalHelp: `读取质量：各字段的精确率、召回率和 F1，出处是否成立，置信度 0.9 的值是否十之有九正确，
以及每处差错及其原文和规则。无论结果如何退出码都是 0，除非用 --min-f1 要求。

示例：
  jixiao eval testdata/corpus
  jixiao eval --html 差错.html 已标注/
  jixiao eval --from 其他程序.jsonl 已标注/`,
}
