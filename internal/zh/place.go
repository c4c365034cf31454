package zh

import (
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh/division"
)

// Level is how coarse an administrative division is; 0 is none.
type Level uint8

// The levels of divisions, by the last characters of their names.
const (
	NoLevel    Level = iota
	Province         // 省, 自治区
	Prefecture       // 市, 州, 盟, 地区
	County           // 县, 区, 旗; also a 市 below a 市
)

// A Place is a division named at [Start, End) of a text.
type Place struct {
	Name       string
	Level      Level
	Start, End int
}

// Places returns the divisions that s, a folded text, begins with, coarse to
// fine: 湖南省 and 张家界市 and 永定区 for 湖南省张家界市永定区人民法院. Divisions are
// known by their form alone; towns and streets end the list.
func Places(s string) []Place {
	var out []Place
	from := 0
	for from < len(s) && len(out) < 4 {
		p, ok := placeAt(s, from)
		if !ok || len(out) > 0 && p.Level <= out[len(out)-1].Level && !(p.Level == Prefecture && out[len(out)-1].Level == Prefecture) {
			break
		}
		if len(out) > 0 && p.Level == Prefecture && out[len(out)-1].Level == Prefecture {
			p.Level = County // 曲靖市宣威市
		}
		out = append(out, p)
		from = p.End
	}
	return out
}

var regions = []string{"内蒙古自治区", "广西壮族自治区", "西藏自治区", "宁夏回族自治区", "新疆维吾尔自治区", "黑龙江省", "香港特别行政区", "澳门特别行政区"}

// placeAt reads the division whose name begins at s[from].
func placeAt(s string, from int) (Place, bool) {
	const most = 15 // characters of a name, as 双江拉祜族佤族布朗族傣族自治县
	for _, r := range regions {
		if strings.HasPrefix(s[from:], r) {
			return Place{Name: r, Level: Province, Start: from, End: from + len(r)}, true
		}
	}
	n := 0
	for i := from; i < len(s) && n < most; {
		r, k := utf8.DecodeRuneInString(s[i:])
		if r < 0x4e00 || r > 0x9fff || r == '的' || n != 1 && strings.ContainsRune("与及等", r) { // 天等县
			break
		}
		i += k
		n++
		if level := levelOf(r); level != NoLevel {
			if p, ok := accept(s, from, i, n, level); ok {
				return p, true
			}
			if !longer(s[from:i], s[i:]) {
				break
			}
		}
	}
	return Place{}, false
}

func levelOf(r rune) Level {
	switch r {
	case '省':
		return Province
	case '市', '州', '盟':
		return Prefecture
	case '县', '区', '旗':
		return County
	}
	return NoLevel
}

// accept decides whether s[from:i], n characters long, is a division's name.
func accept(s string, from, i, n int, level Level) (Place, bool) {
	name, rest := s[from:i], s[i:]
	p := Place{Name: name, Level: level, Start: from, End: i}
	switch {
	case strings.Contains(name, "全称"), n < 2, n == 2 && level != County && !division.Known(name), level == Province && n > 4, !strings.Contains(name, "自治") && n > 6 && !division.Known(name):
		return p, false
	case strings.HasPrefix(rest, "区") && level == County && division.Known(name+"区"), strings.HasPrefix(rest, "县") && division.Known(name+"县"):
		return p, false // 赣县区, 社旗县
	case strings.HasSuffix(name, "州") && (strings.HasPrefix(rest, "市") || strings.HasPrefix(rest, "区") || strings.HasPrefix(rest, "县")):
		return p, false // 广州市: the name goes on
	case strings.HasSuffix(name, "州") && n == 2, strings.Contains(notNames, name), !division.Known(name) && misleads(name, n):
		return p, false
	case strings.HasSuffix(name, "地区"):
		p.Level = Prefecture
	case strings.HasPrefix(rest, "市") && n == 2, strings.HasPrefix(rest, "区") && (n == 2 && level != County || strings.HasSuffix(name, "市") && n == 2):
		return p, false // 沙市区, 津市市
	}
	return p, true
}

// misleads reports whether name begins or ends like a common word. 成都市 and
// 市中区 do so as well: only the list of divisions tells them.
func misleads(name string, n int) bool {
	return notStarts.Has(firstOf(name)) || endsLikeWord(name) && !looksLikeCity(name, n)
}

// looksLikeCity reports whether name, n characters long, is made as those of many
// cities are, although it ends like a common word: 聊城市, 荆门市.
func looksLikeCity(name string, n int) bool {
	first, _ := utf8.DecodeRuneInString(name)
	if n == 3 && HasAnySuffix(name, []string{"林区", "园区", "牧区"}) {
		return !strings.ContainsRune("国重大小新老旧东西南北中各全我该本县市省州入出进产农工科", first) // 岩林区
	}
	return n == 3 && HasAnySuffix(name, []string{"城市", "都市", "门市"}) && !strings.ContainsRune("大小新老中各全我该本县区省州超", first)
}

// longer reports whether a name may go on behind the part that was refused.
func longer(name, rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return strings.HasSuffix(name, "州") || levelOf(r) != NoLevel || strings.HasSuffix(name, "自治区") || utf8.RuneCountInString(name) <= 2
}

// notPlaces end like divisions and are none.
var notPlaces = suffixIndex("开发区", "高新区", "经开区", "示范区", "试验区", "工业区", "度假区", "保税区", "旅游区", "产业区", "园区", "合作区", "管理区",
	"景区", "社区", "小区", "林区", "灌区", "库区", "辖区", "校区", "厂区", "院区", "矿区", "牧区", "学区", "片区", "分区", "军区", "战区", "禁区",
	"保护区", "自治区", "功能区", "实验区", "服务区", "库区", "疫区", "新区", "集聚区",
	"城市", "都市", "超市", "门市", "夜市", "上市", "股市", "全市", "我市", "本市", "各市", "全省", "我省", "本省", "各省", "全县", "我县", "本县", "各县",
	"全区", "我区", "本区", "各区", "贫困县", "全州", "我州", "该市", "该县", "该区", "红旗", "国旗", "党旗", "升旗", "联盟", "同盟", "加盟")

// notNames are whole words of this form that name no division.
const notNames = "城区 市区 县区 市县 县市 省市 地市 矿区 山区 老区 郊区"

var notStarts = NewRuneSet("市县区省州全我本各该年月日个")

// endsLikeWord reports whether name ends like one of notPlaces.
func endsLikeWord(name string) bool {
	last, _ := Last(name)
	return HasAnySuffix(name, notPlaces.Get(last)) && name != "两江新区"
}

func firstOf(s string) rune {
	r, _ := Next(s, 0)
	return r
}
