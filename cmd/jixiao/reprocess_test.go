package main

import (
	"bufio"
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas"
	"jixiao/schemas/record"
	"jixiao/schemas/search"
)

// The table of a dry run names each key with its counts, then samples with the
// words they stand in; nothing in it can command a terminal.
func TestChangesArePrinted(t *testing.T) {
	text := func(s string) *record.Value { v := record.Text(s); return &v }
	id := schemas.IDOf(nil)
	done := search.Redone{DryRun: true, From: search.FromBytes, Total: 3, Layout: 2, Current: 1, Changes: &search.Changes{
		Documents: 2, Other: 0, Added: 1, Changed: 1, Fields: []search.FieldChange{
			{Key: "unit", Changed: 1, Samples: []search.ChangeSample{{ID: id, Old: text("教育局"), New: text("某县教育局"), Quote: "某县教育局\n"}}},
			{Key: "score", Added: 1, Samples: []search.ChangeSample{{ID: id, New: text("95.5"), Quote: "自评\x1b[31m得分95.5分"}}},
		},
	}}
	for lang, want := range map[lang][]string{
		english: {
			"3 documents = from bytes 0 + from layout 2 + from records 0 + current 1 + earlier 0 + busy 0 + failed 0 + pending 0",
			"2 documents would have other values, 0 only other evidence, findings or gaps",
			"",
			"field  added  removed  changed",
			"unit       0        0        1",
			"score      1        0        0",
			"all        1        0        1",
			"",
			"unit",
			"  e3b0c44298fc  教育局  →  某县教育局  「某县教育局 」",
			"",
			"score",
			`  e3b0c44298fc  –  →  95.5  「自评\u001b[31m得分95.5分」`,
			"",
		},
		chinese: {
			"共 3 份文档 = 从原始文件 0 + 从文字 2 + 从记录 0 + 无需重做 1 + 须从更早环节 0 + 处理中 0 + 失败 0 + 未完成 0",
			"2 份文档的值会变化，0 份仅出处、疑点或缺项会变化",
			"",
			"字段            新增  减少  改变",
			"单位 unit          0     0     1",
			"自评得分 score     1     0     0",
			"合计               1     0     1",
			"",
			"单位 unit",
			"  e3b0c44298fc  教育局  →  某县教育局  「某县教育局 」",
			"",
			"自评得分 score",
			`  e3b0c44298fc  –  →  95.5  「自评\u001b[31m得分95.5分」`,
			"",
		},
	} {
		t.Run(string(lang), func(t *testing.T) {
			var b bytes.Buffer
			u := &ui{out: bufio.NewWriter(&b), err: &bytes.Buffer{}, lang: lang}
			if err := (&reprocessCmd{}).print(u, done); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(strings.Join(want, "\n"), b.String()); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}
