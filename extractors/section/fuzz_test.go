package section_test

import (
	"context"
	"strings"
	"testing"

	"jixiao/extractors/extracttest"
	"jixiao/extractors/passage"
	"jixiao/extractors/plaintext"
	"jixiao/extractors/section"
	"jixiao/schemas/record"
)

// FuzzOutlineOfTexts outlines any text: no panic, sections lie within each other in
// order, headings end within their passages.
func FuzzOutlineOfTexts(f *testing.F) {
	for _, s := range []string{
		"某局2022年度绩效自评报告\n一、概况\n（一）职能\n二、存在的问题\n1.甲。\n2.乙。\n三、改进措施：丙",
		"目录\n一、概况........1\n二、问题....2\n一、概况\n壹、问题\nⅠ.甲\nII.乙",
		"| 存在问题 | 原因 | 措施 |\n| 甲 | 乙 | 丙 |\n| 三、问题 | | |\n| 1.甲 | | |\n",
		"【存在问题】无\n、改进措施\n" + strings.Repeat("一、概况 甲。二、问题 乙。三、措施 丙。", 40),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			return
		}
		doc, err := plaintext.New().Extract(context.Background(), extracttest.Input("a.txt", []byte(text)))
		if err != nil {
			return
		}
		p := passage.New(doc)
		tree := section.Outline(p)
		ordered(t, tree.Sections, 0, len(doc.Text))
		for i := range p.Passages {
			if b := tree.Body[i]; b < 0 || b > len(p.Passages[i].Text) {
				t.Fatalf("the heading of passage %d ends at %d of %d", i, b, len(p.Passages[i].Text))
			}
		}
	})
}

// ordered wants sections that follow each other within [from, to).
func ordered(t *testing.T, list []record.Section, from, to int) {
	for _, s := range list {
		if s.Start < from || s.End < s.Start || s.End > to {
			t.Fatalf("section %q [%d,%d) within [%d,%d)", s.Title, s.Start, s.End, from, to)
		}
		ordered(t, s.Children, s.Start, s.End)
		from = s.End
	}
}
