package zh

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPlaces(t *testing.T) {
	tests := map[string]string{
		"湛江市海岛事务服务中心":        "湛江市",
		"重庆市綦山区园林绿化事务中心":     "重庆市 綦山区",
		"海南省儋州市洋浦湾人民法庭":      "海南省 儋州市",
		"红河州水库移民工作中心":        "红河州",
		"新疆维吾尔自治区塔克拉县农村公路":   "新疆维吾尔自治区 塔克拉县",
		"云南省保山市施川县卫生健康局":     "云南省 保山市 施川县",
		"广州市天河区教育局":          "广州市 天河区",
		"巴音郭楞蒙古自治州和静县水利局":    "巴音郭楞蒙古自治州 和静县",
		"锡林郭勒盟西乌珠穆沁旗草原站":     "锡林郭勒盟 西乌珠穆沁旗",
		"荆州市沙市区民政局":          "荆州市 沙市区",
		"常德市津市市教育局":          "常德市 津市市",
		"曲靖市宣威市林业局":          "曲靖市 宣威市",
		"大兴安岭地区行政公署":         "大兴安岭地区",
		"滦县水务局":              "滦县",
		"宜丰岭国有林场管理所":         "",
		"经济技术开发区管委会":         "",
		"湛江经济技术开发区财政局":       "",
		"市中心医院":              "",
		"我市教育局":              "",
		"社区服务中心":             "",
		"恩施土家族苗族自治州图书馆":      "恩施土家族苗族自治州",
		"峨边彝族自治县人民法院":        "峨边彝族自治县",
		"乐山市市中区审计局":          "乐山市 市中区",
		"金水区滨河路街道办事处":        "金水区",
		"遂溪县江洪口镇人民政府":        "遂溪县",
		"内蒙古自治区呼伦贝尔市海拉尔区档案局": "内蒙古自治区 呼伦贝尔市 海拉尔区",
		"沧州市统计局":             "沧州市",
		"徐州市铜山区气象局":          "徐州市 铜山区",
		"县人民医院":              "",
	}
	for src, want := range tests {
		t.Run(src, func(t *testing.T) {
			var got []string
			for _, p := range Places(src) {
				if src[p.Start:p.End] != p.Name {
					t.Errorf("%q stands at %q", p.Name, src[p.Start:p.End])
				}
				got = append(got, p.Name)
			}
			if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
				t.Errorf("Places(%q) (-want +got):\n%s", src, diff)
			}
		})
	}
}

func TestIsOrgan(t *testing.T) {
	tests := map[string]bool{
		"白塔市市场监督管理局": true, "中共雷川市委机构编制委员会办公室": true, "桃川县民族中学": true, "徐川县供销合作联社": true, "青浦县中医医院": true,
		"某某县教育局(本级)": true, "中共湛江市委网络安全和信息化委员会办公室本级": true, "中共清河县委宣传部": true, "临江市残疾人联合会": true, "广安区水务局机关": true,
		"部门整体支出": false, "本单位": false, "项目单位": false, "财政局": false, "2022年度": false, "年末在职人数": false, "群众满意度": false, "预算执行情况": false, "": false, "绩效自评报告": false,
	}
	for s, want := range tests {
		t.Run(s, func(t *testing.T) {
			if got := IsOrgan(s); got != want {
				t.Errorf("IsOrgan(%q) = %v", s, got)
			}
		})
	}
}
