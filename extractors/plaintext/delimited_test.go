package plaintext

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tablesOf returns the rows of the tables of src, their cells parted by bars.
func tablesOf(t *testing.T, src string) (out []string) {
	t.Helper()
	d := layoutOf(t, src)
	for _, tab := range d.Pages[0].Tables {
		rows := make([][]string, tab.Rows)
		for _, c := range tab.Cells {
			rows[c.Row] = append(rows[c.Row], d.Text[c.Start:c.End])
		}
		for _, r := range rows {
			out = append(out, strings.Join(r, "|"))
		}
	}
	return out
}

func TestDelimited(t *testing.T) {
	tests := map[string]struct {
		src  string
		want []string
	}{
		"quoted":         {"\"指标\",\"分值\",\"得分\"\n\"产出,数量\",\"10\",\"9\"\n", []string{"指标|分值|得分", "产出,数量|10|9"}},
		"quoted_ragged":  {"\"自评表\"\n\"指标\",\"分值\"\n\"甲\",\"10\"\n", []string{"指标|分值", "甲|10"}},
		"quoted_empty":   {"\"指标\",\"分值\",\"\"\n\"甲\",\"10\",\"\"\n", []string{"指标|分值|", "甲|10|"}},
		"quoted_in_part": {"指标,分值,说明\n甲,\"1,200\",\n乙,30,\"差,少\"\n", []string{"指标|分值|说明", "甲|1,200|", "乙|30|差,少"}},
		"line_feed":      {"\"问题\",\"一是慢；\n二是少\",\"\"\n\"措施\",\"一是快\",\"\"\n", []string{"问题|一是慢；\n二是少|", "措施|一是快|"}},
		"doubled_quotes": {"\"甲\",\"称\"\"乙\"\"\"\n\"丙\",\"丁\"\n", []string{"甲|称\"\"乙\"\"", "丙|丁"}},
		"never_closed":   {"\"甲\",\"乙\n\"丙\",\"丁\n", nil},
		"commas":         {"指标,单位,分值,得分\n甲,个,10,9\n乙,,20,18\n", []string{"指标|单位|分值|得分", "甲|个|10|9", "乙||20|18"}},
		"wide_commas":    {"指标，单位，分值，得分\n甲，个，10，9\n乙，%，20，18\n", []string{"指标|单位|分值|得分", "甲|个|10|9", "乙|%|20|18"}},
		"semicolons":     {"指标;单位;分值;得分\n甲;个;10;9\n乙;;20;18\n", []string{"指标|单位|分值|得分", "甲|个|10|9", "乙||20|18"}},
		"arrows":         {"指标→分值→得分\n甲→10→9\n乙→20→\n", []string{"指标|分值|得分", "甲|10|9", "乙|20|"}},
		"prose":          {"本局,依法履职,严格管理,成效明显\n全年支出120万元,比上年少3万元,降幅2%,达标\n在职20人,退休8人,临聘2人,共30人\n", nil},
		"prose_figures":  {"依法履职，严格管理，成效明显，群众满意。\n支出，120，130，140\n收入，150，160，170\n", nil},
		"pairs":          {"编制,33\n在职,29\n预算（万元）,1,200\n等级,优\n", []string{"编制|33", "在职|29", "预算（万元）|1,200", "等级|优"}},
		"pairs_by_arrow": {"单位→某局\n编制→33\n在职→29\n退休→8\n", []string{"单位|某局", "编制|33", "在职|29", "退休|8"}},
		"pairs_of_prose": {"依法履职,成效明显\n支出120万元,比上年少\n在职20人,退休8人\n加强管理,提高绩效\n", nil},
		"one_arrow_line": {"年初120→追加20→全年140\n一季度完成→半年完成\n", nil},
		"lists":          {"内设办公室,财务科,业务科,监察科\n下辖东站,西站,南站,北站\n联系甲村,乙村,丙村,丁村\n", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tablesOf(t, tt.src)); diff != "" {
				t.Errorf("tables (-want +got):\n%s", diff)
			}
		})
	}
}
