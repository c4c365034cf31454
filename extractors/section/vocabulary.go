package section

import (
	"strings"
	"unicode/utf8"

	"jixiao/internal/zh"
)

// A topic says which words in a title announce a role.
type topic struct {
	role string
	any  []string // one of them is in the title
	not  []string // and none of these
}

// topics in the order in which they are tried; the first that fits decides.
var topics = []topic{
	{role: Contents, any: []string{"目录", "目次"}},
	{role: Problems, any: []string{"尚需完善", "尚待完善", "尚需改进", "看到差距", "存在差距", "存在的差距", "主要差距", "仍有差距", "问题和差距", "完善之处", "改进之处", "提高之处", "提升之处", "欠缺之处", "没做好", "没有做好", "没做到", "做得不够", "做得不好", "做得不到位", "需改进的地方", "待改进的地方", "需完善的地方", "扣分点", "失分点", "丢分"}},
	{role: Problems, any: []string{"教训", "反思"}, not: []string{"经验"}},
	{role: Measures, any: []string{"改进措施及结果应用", "整改措施及结果应用", "改进措施和结果应用", "措施及结果应用"}},
	{role: Other, any: []string{"结果应用", "应用情况", "应用打算", "应用计划", "整改反馈", "反馈整改"}}, // what was done about an audit
	{role: Other, any: []string{"上年度", "上一年度", "以前年度"}, not: []string{"本年"}},
	{role: Score, any: []string{"结论及建议", "结论和建议", "结论与建议"}},
	{role: Problems, any: []string{"问题", "不足", "困难", "短板", "薄弱环节"}, not: []string{"说明的问题", "说明问题", "其他问题", "其它问题", "问题整改",
		"问题的整改", "问题改进", "问题的改进", "问题的建议", "问题建议", "问题导向", "解决问题", "问题解决", "针对", "问题的措施", "问题的办法", "问题的对策", "问题措施",
		"补短板", "补齐短板", "短板的措施", "困难的措施", "困难的办法", "不足的措施", "不足的办法", "差距的措施"}},
	{role: Problems, any: []string{"难题", "难点", "堵点", "痛点", "瓶颈", "症结", "弱项", "难处", "突出矛盾", "主要矛盾"}, not: []string{"破解", "化解", "解决", "突破", "攻克", "攻坚", "打通", "疏通", "消除", "缓解", "应对", "针对", "重点难点", "建议", "措施", "对策", "亮点"}},
	{role: Problems, any: []string{"未完成原因", "未完成的原因", "未完成目标原因", "未完成目标的原因", "偏差原因", "偏差的原因", "偏离原因", "偏离目标", "目标的原因", "未完成情况", "扣分情况", "偏差情况", "制约因素", "影响因素", "影响绩效的", "主要因素", "隐患",
		"偏离绩效目标", "偏离年度", "扣分原因", "失分原因", "原因分析"}},
	{role: Measures, any: []string{"改进", "整改", "建议", "对策", "下一步", "下步", "打算", "努力方向", "工作思路", "解决办法", "解决措施", "应对措施",
		"完善措施", "拟采取", "纠正措施", "纠偏措施", "有关措施", "相关措施", "加强措施", "解决问题", "水平的措施", "管理的措施", "绩效的措施", "工作的措施", "问题的措施", "问题采取", "补短板", "补齐短板", "短板的措施", "困难的措施", "困难的办法", "不足的措施", "不足的办法", "差距的措施"}, not: []string{"意见征求", "下一步目标", "下步目标", "下一步工作目标"}},
	{role: Measures, any: []string{"今后", "后续", "下年度", "下一年度", "明年", "次年", "来年", "下阶段", "下一阶段", "接下来", "怎么改", "怎样改", "如何改", "怎么办", "怎么解决", "如何解决", "展望", "解决方案", "改善措施", "优化措施", "提升措施"}, not: []string{"目标", "预算", "结转"}},
	{role: Other, any: []string{"需要说明", "需说明", "要说明", "其他", "其它", "附件", "附表", "附:", "经验", "做法", "备注", "填报说明", "填表说明", "结果公开", "佐证材料"}},
	{role: Score, any: []string{"结论", "得分", "自评结果", "评价结果", "评分结果", "评价等级", "评分情况", "综合评价"}},
	{role: Process, any: []string{"评价工作", "自评工作", "工作开展", "评价小组", "工作小组", "工作过程", "组织过程", "组织实施", "组织情况", "评价方法",
		"评价目的", "评价原则", "自评过程", "评价过程", "自评组织", "评价组织", "自评开展", "评价依据", "评价范围", "绩效评价的目的", "自评材料",
		"自评的目的", "组织管理"}},
	{role: Basics, any: []string{"基本情况", "概况", "概述", "基本概况", "简介", "引言", "机构", "职能", "职责", "人员情况", "人员编制", "单位情况",
		"单位构成", "立项背景", "项目背景"}, not: []string{"支出概", "收支概", "资金概", "支出情况", "预算"}},
	{role: Goals, any: []string{"绩效目标", "总体目标", "阶段性目标", "年度目标", "重点工作", "年度工作", "工作任务", "总体工作"}, not: []string{"完成",
		"实现情况", "分析", "执行"}},
	{role: Money, any: []string{"收支", "支出", "资金", "预算", "经费", "收入", "决算", "财务", "结转"}, not: []string{"绩效情况", "绩效分析", "指标",
		"绩效评价", "绩效自评", "绩效管理", "使用效益", "效益"}},
	{role: Analysis, any: []string{"指标", "分析", "绩效", "效益", "产出", "满意度", "履职", "成效", "投入", "过程", "效果", "效率", "成绩", "完成情况",
		"实现情况", "决策", "自评情况", "评价情况"}},
	{role: Process, any: []string{"组织", "方法", "目的"}},
}

// RoleOf returns the role that a title, folded, announces; "" if none.
func RoleOf(title string) string {
	title = withoutBrackets(title)
	switch title {
	case "措施", "对策", "举措", "采取措施", "采取的措施":
		return Measures
	case "结果":
		return Score
	}
	found := topicWords.in(title)
	for i := range topics {
		if found.meets(topicSets[i].any) && !found.meets(topicSets[i].not) {
			return topics[i].role
		}
	}
	return ""
}

// topicWords numbers the words of all topics, topicSets has those of each: a
// title is searched once for all of them.
var topicWords, topicSets = func() (*wordIndex, []topicSet) {
	index := &wordIndex{number: map[string]int{}}
	sets := make([]topicSet, len(topics))
	for i, t := range topics {
		for _, w := range t.any {
			sets[i].any.add(index.add(w))
		}
		for _, w := range t.not {
			sets[i].not.add(index.add(w))
		}
	}
	return index, sets
}()

type topicSet struct{ any, not wordSet }

// A wordSet is a set of numbers of words.
type wordSet [5]uint64

func (s *wordSet) add(n int) { s[n/64] |= 1 << (n % 64) }

func (s wordSet) meets(t wordSet) bool {
	return s[0]&t[0]|s[1]&t[1]|s[2]&t[2]|s[3]&t[3]|s[4]&t[4] != 0
}

// A wordIndex finds words by their first characters.
type wordIndex struct {
	first  zh.RuneMap[[]numbered]
	number map[string]int
}

type numbered struct {
	word string
	n    int
}

// add returns the number of word; there is room for 320.
func (x *wordIndex) add(word string) int {
	if n, ok := x.number[word]; ok {
		return n
	}
	n := len(x.number)
	x.number[word] = n
	r, _ := utf8.DecodeRuneInString(word)
	x.first.Set(r, append(x.first.Get(r), numbered{word, n}))
	return n
}

// in returns the words that occur in s.
func (x *wordIndex) in(s string) (found wordSet) {
	for i := 0; i < len(s); {
		r, n := zh.Wide(s, i), 3
		if r == 0 {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		for _, w := range x.first.Get(r) {
			if strings.HasPrefix(s[i:], w.word) {
				found.add(w.n)
			}
		}
		i += n
	}
	return found
}

// BothRoles reports whether a title announces problems and measures in one, as
// 存在的问题及改进措施 does.
func BothRoles(title string) bool {
	return RoleOf(title) == Problems && zh.ContainsAny(title, []string{"措施", "建议", "对策", "整改", "下一步", "改进", "方向", "打算", "思路", "举措"})
}

// withoutBrackets drops what stands in brackets, as
// 部门整体支出情况(包括收支预算数及决算数等) needs it.
func withoutBrackets(s string) string {
	i := strings.IndexByte(s, '(')
	if i <= 0 {
		return s
	}
	j := strings.IndexByte(s[i:], ')')
	if j < 0 {
		return s[:i]
	}
	return s[:i] + withoutBrackets(s[i+j+1:])
}

// formalWords are all the words that titles of the fixed parts of a report are
// made of. A title without any other word is a heading for certain, a sentence
// that merely speaks of problems is not.
var formalWords = zh.NewWords(
	"本年度", "上年度", "当年", "年度", "年", "全年", "部门", "本部门", "单位", "本单位", "我单位", "我局", "我部门", "市级", "县级", "区级", "省级",
	"项目", "资金", "整体", "支出", "财政", "预算", "决算", "收支", "收入", "经费", "三公", "政策", "专项", "重点", "使用", "执行", "绩效", "管理", "自评",
	"自我", "评价", "评估", "评分", "工作",
	"中", "发现", "存在", "的", "主要", "突出问题", "突出的", "问题", "和", "与", "及", "其", "以及", "及其", "、", "或", "并", "原因", "成因", "分析", "不足",
	"不足之处", "之处", "困难", "短板", "差距", "看到", "薄弱环节", "方面",
	"需要", "尚需", "有待", "尚待", "改进", "措施", "整改", "下一步", "下步", "下一阶段", "今后", "后续", "下年度", "下一年度", "拟", "将", "采取", "建议", "有关", "相关", "意见",
	"对策", "打算", "计划", "安排", "思路", "努力", "方向", "完善", "解决", "办法", "方法", "应对", "具体", "几点", "几个", "一些",
	"情况", "结果", "结论", "综合", "得分", "分数", "等级", "目标", "总体", "完成", "未完成", "未", "实现", "达成", "基本", "概况", "概述", "概要", "简介",
	"引言", "机构", "设置", "人员", "编制", "职能", "职责", "履职", "构成", "组织", "实施", "开展", "过程", "小组", "材料", "报送", "质量", "时间",
	"指标", "产出", "效益", "效果", "效率", "效能", "投入", "满意度", "服务对象", "社会", "经济", "生态", "数量", "质量", "时效", "成本", "决策", "任务",
	"重点", "成效", "取得", "成绩", "经验", "做法", "其他", "其它", "需", "说明", "事项", "内容", "应用", "公开", "附件", "附表", "偏差", "偏离", "较大",
	"大", "扣分", "失分", "逐项", "责任",
	"状况", "现状", "反馈", "落实", "方案", "意向", "规划", "考虑", "制约", "因素", "难点", "是", "在", "对", "于", "从", "上", "度", "该", "以下", "如下",
	"表现", "表现在", "有", "一", "二", "两", "三", "四", "五", "几", "个", "点", "条", "类", "为", "仍", "还", "也", "尚", "我", "院", "局", "中心",
	"项", "体现", "加以", "同时", "但", "但是", "仍然", "依然", "目前", "当前", "此外", "通过", "包括", "这些", "面临", "面临的", "弱项", "值得", "关注", "查摆", "未达到", "未达", "预期", "举措", "优化措施", "提升措施", "改善措施", "次年", "明年", "来年", "下年", "下一年", "下阶段", "阶段", "纠偏", "隐患", "现存", "难题", "难处", "矛盾", "补", "补齐", "缩小", "克服", "堵点", "痛点", "瓶颈", "症结", "风险", "表现为", "体现在", "此", "主要是", "所",
	"挑战", "财务", "查找出", "查找", "查出", "影响绩效的", "影响因素", "地方", "扣分点", "失分点", "优化", "提升", "加强", "提高", "水平", "进一步", "未来", "反映", "列", "举", "清单", "台账",
	"哪里", "哪些", "什么", "怎么", "怎样", "如何", "怎么改", "怎样改", "如何改", "怎么办", "接下来", "没做好", "没有做好", "没做到", "做得不够", "做得不好", "做得不到位", "发现了", "准备", "要说明", "诊断", "有没有", "做好", "抓好", "教训", "反思", "描述", "剖析", "路径",
	"自评表", "自查", "检查", "总结", "展望", "体会", "内部", "业务", "本", "部", "等",
)

// Formal reports whether title, folded, is made of formalWords alone.
func Formal(title string) bool {
	title = withoutBrackets(title)
	return formalPrefix(title) == len(title)
}

// formalPrefix returns how many bytes at the start of s are formalWords.
func formalPrefix(s string) int {
	i := 0
	for i < len(s) {
		n := len(formalWords.Before(s[i:]))
		switch c := s[i]; {
		case n > 0:
		case c >= '0' && c <= '9', c == ',', c == '/', c == '-':
			n = 1
		default:
			return i
		}
		i += n
	}
	return i
}
