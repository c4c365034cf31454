package field

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTornParagraphs wants items without markers whole that a line's end tore,
// and titles left what they are.
func TestTornParagraphs(t *testing.T) {
	const head = opening + "五、存在的问题\n"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"torn", "堤防养护市场化程\n度不高，机械化率不到四成。\n管理台账更新不及时。\n水质监测点位偏少。\n", []string{"堤防养护市场化程度不高，机械化率不到四成", "管理台账更新不及时", "水质监测点位偏少"}},
		{"torn-at-a-comma", "泵站带病运行，\n更新资金没有着落。\n管理台账更新不及时。\n", []string{"泵站带病运行，更新资金没有着落", "管理台账更新不及时"}},
		{"over-a-page", "泵站带病运行，更新资\n— 4 —\n金没有着落。\n管理台账更新不及时。\n", []string{"泵站带病运行，更新资金没有着落", "管理台账更新不及时"}},
		{"no-stops-at-all", "泵站带病运行\n管理台账更新不及时\n水质监测点位偏少\n", []string{"泵站带病运行", "管理台账更新不及时", "水质监测点位偏少"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, values(readQuietly(head+c.text), "problems")); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}
