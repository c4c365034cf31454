package zh

import (
	"strings"
	"unicode/utf8"
)

// organSuffixes are what the names of public bodies end with, by their last
// character. Names of one more character than the suffix are too short.
var organSuffixes = suffixIndex(
	"局", "委员会", "党委", "政法委", "委", "办公室", "工委办", "中心", "医院", "卫生院", "法院", "检察院", "研究院", "学院", "设计院", "福利院", "敬老院",
	"科学院", "党校", "学校", "中学", "小学", "大学", "幼儿园", "分园", "公园管理处", "管理处", "办事处", "服务处", "处", "研究所", "派出所", "管理所", "服务所", "所",
	"管理站", "服务站", "站", "图书馆", "博物馆", "文化馆", "档案馆", "馆", "政府", "联社", "联合会", "协会", "总工会", "工会", "商会", "学会", "红十字会",
	"基金会", "慈善会",
	"工商业联合会", "妇联", "残联", "文联", "科协", "社科联", "侨联", "工商联", "团委", "纪委", "监委", "人大", "政协", "人大常委会", "常委会", "支队",
	"大队", "总队", "中队", "消防队",
	"剧团", "文工团", "歌舞团", "艺术团", "报社", "杂志社", "出版社", "电视台", "广播台", "气象台", "地震台", "监测台", "公司", "集团", "林场", "农场",
	"牧场", "苗圃", "实验场", "良种场",
	"管委会", "管理委员会", "指挥部", "组织部", "宣传部", "统战部", "武装部", "社会工作部", "联络部", "事务厅", "厅", "公安分局", "银行", "金库", "殡仪馆",
	"水库", "分院", "分校", "分中心", "总站", "总院", "总场",
	"开发区", "保护区管理局", "供电所", "机关", "本级", "职中", "一中", "二中", "三中", "高中", "初中", "书院", "体校", "技校", "附属学校", "艺校", "园区", "校区", "院区",
	"研究室", "史志室", "编辑室", "养护段", "公路段", "工务段", "少年宫", "文化宫", "青少年宫", "仓库", "体育场", "训练基地", "实训基地", "实践基地", "巡察办", "督查办", "县委办", "市委办", "区委办",
	"政府办", "编办", "人大办", "政协办", "扶贫办", "信访办", "金融办", "创建办", "文明办", "网信办", "创卫办", "防汛办", "工委",
	"机关党委", "监狱", "戒毒所", "看守所", "街道", "调查队", "渔政", "公积金中心", "社", "园", "部", "校", "队", "院", "会", "台", "厂", "团",
)

func suffixIndex(list ...string) (m RuneMap[[]string]) {
	for _, s := range list {
		r, _ := Last(s)
		m.Set(r, append(m.Get(r), s))
	}
	return m
}

// notOrgans end like a body's name and are none.
var notOrgans = []string{"全部", "内部", "外部", "干部", "党部", "本部", "各部", "局部", "社会", "机会", "大会", "会议", "全会", "不会", "工程队",
	"团队", "车队", "好处", "用处", "之处", "出处", "此处", "何处", "处处", "场所", "所",
	"住所", "厕所", "政社", "旅行社", "合作社", "公园", "校园", "家园", "花园", "田园", "舞台", "平台", "后台", "窗口", "大厅", "餐厅", "客厅", "市委",
	"县委", "区委", "省委", "州委", "编委", "各级政府", "政府", "人民政府", "机关", "以上机关", "班子会",
	"各单位", "本单位", "核心", "重点中心", "本中心", "我中心", "工厂", "园区", "常委会", "党委会", "办公会", "部门"}

// IsOrgan reports whether s, a folded text, has the form of the full name of a
// public body: four characters or more, nothing but ideographs and brackets,
// and an ending such as 局 or 服务中心.
func IsOrgan(s string) bool {
	if r, _ := Last(s); r != ')' && organSuffixes.Get(r) == nil { // as for nearly all lines
		return false
	}
	n := 0
	for _, r := range s {
		if (r < 0x4e00 || r > 0x9fff) && r != '(' && r != ')' && r != '〇' && r != '·' && (r >= 0x80 || !isWordASCII(r)) {
			return false
		}
		n++
	}
	if n < 4 || n > 45 {
		return false
	}
	if strings.HasSuffix(s, ")") { // X局(本级) and the like
		if i := strings.LastIndexByte(s, '('); i > 0 {
			s = s[:i]
		}
	}
	r, _ := Last(s)
	for _, suffix := range organSuffixes.Get(r) {
		if strings.HasSuffix(s, suffix) && utf8.RuneCountInString(s) > utf8.RuneCountInString(suffix)+1 {
			return !endsWithWord(s, notOrgans)
		}
	}
	return false
}

// endsWithWord reports whether s ends with one of words and is hardly longer.
func endsWithWord(s string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) && utf8.RuneCountInString(s) <= utf8.RuneCountInString(w)+1 {
			return true
		}
	}
	return false
}
