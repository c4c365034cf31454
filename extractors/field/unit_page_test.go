package field

import (
	"strings"
	"testing"
)

// TestUnitOfPages reads units that only the page around a report names, and dates
// that run into it or lost their line.
func TestUnitOfPages(t *testing.T) {
	for name, c := range map[string]struct{ text, key, want string }{
		"FileShared":       {"《2022年度云泽区凤凰岗街道办事处部门整体支出绩效自评表.docx》由会员分享，可在线阅读。\n存在问题\n台账不全。\n", "unit", "云泽区凤凰岗街道办事处"},
		"FileOfSomething":  {"《部门整体支出绩效自评表.docx》由会员分享，可在线阅读。\n存在问题\n台账不全。\n", "unit", ""},
		"KindOfUnits":      {"温渚市高校毕业生租房补贴政策绩效自评报告\n一、政策概况\n补贴毕业生。\n", "unit", ""},
		"KindButPublished": {"发布机构：温渚市人力资源和社会保障局　　生成日期：2023-06-30\n温渚市中小学校舍维修项目绩效自评报告\n一、概况\n维修校舍。\n", "unit", "温渚市人力资源和社会保障局"},
		"PublishedForAll":  {"发布机构：温渚市人民政府办公室　　生成日期：2023-06-30\n温渚市中小学校舍维修项目绩效自评报告\n一、概况\n维修校舍。\n", "unit", ""},
		"PublishedAbroad":  {"发布机构：宁河县教育局　　生成日期：2023-06-30\n温渚市中小学校舍维修项目绩效自评报告\n一、概况\n维修校舍。\n", "unit", ""},
		"DateInPieces":     {"宁河县水务局2022年度整体支出绩效自评表\n填报日期：\n2023\n年\n4\n月\n7\n日\n", "fill_date", "2023-04-07"},
		"DateInHalves":     {"宁河县水务局2022年度整体支出绩效自评表\n填报日期：\n2023年\n4月\n7日\n", "fill_date", "2023-04-07"},
		"DateBlank":        {"宁河县水务局2022年度整体支出绩效自评表\n填报日期：\n年\n月\n日\n", "fill_date", ""},
		"DateWithoutColon": {"宁河县水务局2022年度整体支出绩效自评表\n自评等级优\n填报日期2023年3月30日\n", "fill_date", "2023-03-30"},
		"DateInLastLine":   {"宁河县水务局2022年度整体支出绩效自评报告\n一、概况\n我局开展自评。\n四、其他\n无。 宁河县水务局 2023 年 5 月 19 日\n", "fill_date", "2023-05-19"},
		"DateWithALetter":  {"宁河县水务局2022年度整体支出绩效自评报告\n一、概况\n我局开展自评。\n宁河县水务局\n二O二三年四月十日", "fill_date", "2023-04-10"},
		"DateBehindUnit":   {"宁河县水务局2022年度整体支出绩效自评报告\n一、概况\n我局开展自评。\n单位：宁河县水务局（盖章）     2023年4月10日", "fill_date", "2023-04-10"},
		"DateOfADeed":      {"宁河县水务局2022年度整体支出绩效自评报告\n一、概况\n我局开展自评。\n四、其他\n方案已报市局。市局批复时间为2023年5月19日\n", "fill_date", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(values(readAll(t, c.text), c.key), ";"); got != c.want {
				t.Errorf("%s of %q is %q, want %q", c.key, c.text, got, c.want)
			}
		})
	}
}
