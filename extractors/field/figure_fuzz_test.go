package field

import (
	"testing"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
)

// FuzzFigures reads any text and holds what comes out to the record's rules:
// every quote is in the text, and reading the quotes again gives the value.
func FuzzFigures(f *testing.F) {
	for _, s := range []string{
		"核定编制26人，其中行政5人。", "单位：万元\n项目 | 年初预算数 | 执行数 | 执行率\n年度资金总额 | 100 | 98 | 98%", "收入（万元）\n支出合计\n结余\n局本级\n3204.17\n82.25",
		"一级指标 | 二级指标 | 三级指标 | 分值 | 得分\n产出指标 | 数量指标 | 册数 | 10 | 9", "自评得分95分，等级为优。", "一级指标\n二级指标\n三级指标\n权重\n得分\n产出指标\n数量\n人数\n20\n20",
		"1.甲项目预算10万元，支出9万元。\n2.乙项目预算20万元，支出19万元。", "“三公”经费××万元，行政编制   人，工勤编制：无。",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4000 {
			return
		}
		doc := paper(s)
		p := passage.New(doc)
		r := &Reading{Doc: p, Tree: section.Outline(p)}
		readFigures(r)
		for _, x := range r.Fields {
			if err := x.Validate(s); err != nil {
				t.Errorf("%q: %v", s, err)
			}
			if v, err := Reread(x); err != nil || !v.Equal(x.Value) {
				t.Errorf("%q: %s is %s, its quotes say %s (%v)", s, x.Key, x.Value, v, err)
			}
		}
		for _, g := range r.Gaps {
			for _, e := range g.Evidence {
				if err := e.Validate(s); err != nil {
					t.Errorf("%q: gap of %s: %v", s, g.Key, err)
				}
			}
		}
	})
}
