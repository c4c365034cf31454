package passage

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas/layout"
)

func TestSplitAtHeadings(t *testing.T) {
	const before = "本站全年完成水文监测任务，报送数据及时准确，得到上级肯定。"
	tests := map[string]struct {
		text string
		want []string
	}{
		"heading_and_items":   {before + "五、存在的问题1.预算不细。2.资产不实。六、改进措施。一是细化预算。", []string{before, "五、存在的问题1.预算不细。2.资产不实。", "六、改进措施。一是细化预算。"}},
		"bracketed":           {before + "（三）存在问题。预算不细。（四）下一步打算：细化预算。", []string{before, "（三）存在问题。预算不细。", "（四）下一步打算：细化预算。"}},
		"item_is_no_heading":  {before + "（二）预算编制存在问题较多，进度偏慢。", []string{before + "（二）预算编制存在问题较多，进度偏慢。"}},
		"other_heading_stays": {before + "二、部门收支情况。收入10万元。", []string{before + "二、部门收支情况。收入10万元。"}},
		"plain":               {before, []string{before}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			span := layout.Span{Start: 0, End: len(tt.text)}
			d := New(&layout.Doc{Text: tt.text, Pages: []layout.Page{{Span: span, Paragraphs: []layout.Span{span}}}})
			var got []string
			for _, p := range d.Passages {
				got = append(got, tt.text[p.Span.Start:p.Span.End])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
