package field

import (
	"strings"

	"jixiao/internal/zh"
	"jixiao/schemas/record"
)

// A none-form says that there is nothing to tell: 无, 暂无建议, 经自评,未发现重大问题.
// It is known by its grammar: words that only lead to it, a denial, and after
// that nothing but words about problems and measures in general. 无专职人员 denies
// as well, but tells of a problem.

// absent are whole none-forms that deny without such words.
var absent = map[string]record.GapKind{
	"无": record.NoneStated, "暂无": record.NoneStated, "没有": record.NoneStated, "暂没有": record.NoneStated, "未发现": record.NoneStated,
	"不存在": record.NoneStated, "目前无": record.NoneStated, "目前暂无": record.NoneStated, "本年无": record.NoneStated, "无此项": record.NoneStated, "无内容": record.NoneStated,
	"无此情况": record.NoneStated, "无此类情况": record.NoneStated, "均无": record.NoneStated, "无无": record.NoneStated, "此项无": record.NoneStated, "本项无": record.NoneStated, "该项无": record.NoneStated, "未发生": record.NoneStated, "未见异常": record.NoneStated, "无异常": record.NoneStated, "空": record.NoneStated,
	"/": record.NoneStated, "-": record.NoneStated, "—": record.NoneStated, "——": record.NoneStated, "--": record.NoneStated, "//": record.NoneStated, "\\": record.NoneStated, "零": record.NoneStated,
	"null": record.NoneStated, "NULL": record.NoneStated, "Null": record.NoneStated, "None": record.NoneStated, "none": record.NoneStated, "nil": record.NoneStated, "undefined": record.NoneStated,
	"不适用": record.NotApplicable, "不涉及": record.NotApplicable, "未涉及": record.NotApplicable, "N/A": record.NotApplicable, "n/a": record.NotApplicable, "无涉及": record.NotApplicable,
	"本项目不涉及": record.NotApplicable, "本单位不涉及": record.NotApplicable,
}

// The words of a none-form, in the order in which they stand.
var (
	noneLeads = zh.NewWords("经自评", "通过自评", "经过自评", "经自查", "通过自查", "经评价", "经核查", "经对照检查", "自评中", "在自评中", "自评过程中", "经绩效自评", "通过绩效自评",
		"本项目", "该项目", "各项目", "项目", "本单位", "我单位", "我局", "本局", "我院", "我校", "我中心", "本部门", "我部门", "目前", "截至目前", "截止目前", "至今", "现阶段",
		"本年度", "年度", "本年", "当年", "年", "总体", "整体", "总体上", "实施过程中", "执行过程中", "自评", "评价", "绩效", "在", "中", "上述", "以上", "方面", "各方面",
		"资金", "预算", "执行", "使用", "管理", "工作", "实施", "暂时", ",", "、", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
	denials = zh.NewWords("无", "暂无", "并无", "均无", "尚无", "无任何", "没有", "暂没有", "并没有", "不存在", "暂不存在", "未发现", "暂未发现", "尚未发现", "没有发现", "均未发现",
		"未出现", "没有出现", "未发生", "没有发生", "未见", "没有存在", "无存在", "未存在", "无需", "不需要", "不需", "未偏离", "没有偏离", "未产生", "未有", "无须", "不涉及", "未提出", "没什么", "没有什么", "暂不需要", "暂不需", "暂无需", "暂时没有", "没有需要", "无需要")
	noneWords = zh.NewWords("明显", "重大", "突出", "较大", "严重", "其他", "其它", "别的", "任何", "相关", "有关", "主要", "存在", "发现", "出现", "发生", "的", "问题", "建议", "措施",
		"意见", "困难", "不足", "不足之处", "之处", "偏差", "偏离", "绩效", "目标", "指标", "情况", "现象", "情形", "事项", "需要", "需", "要", "改进", "整改", "完善", "说明", "违规", "违纪", "违法",
		"违反", "截留", "挪用", "挤占", "虚列", "套取", "等", "和", "与", "及", "或", "、", "原因", "分析", "薄弱环节", "地方", "方面", "下一步", "进一步", "年度", "年初", "预期", "既定", "设定", "较", "明确", "具体", "特别", "反映",
		"采取", "报告", "反馈", "无", "暂无", "改进的", "失误", "缺陷", "短板", "差距", "隐患", "风险", "行为", "特殊", "超", "未完成", "未达标", "此项", "该项", "内容", "突出问题", "异常", "预算", "资金", "使用", "管理", "项目", "以及", "其中", "此", "类", "该")
	noneTopics = zh.NewWords("问题", "建议", "措施", "意见", "困难", "不足", "偏差", "偏离", "现象", "情形", "事项", "整改", "改进", "完善", "短板", "差距", "隐患", "风险", "违规", "违纪", "违法", "截留", "挪用", "说明", "失误", "薄弱环节", "原因", "未完成", "未达标", "此项", "异常")
)

// noneForm reports whether the folded text s, but for punctuation, says that
// there is nothing, and in which way.
func noneForm(s string) (record.GapKind, bool) {
	const longest = 60 // characters
	s = strings.Trim(s, "。.;,:、!()[]|\n\r")
	if !zh.Shorter(s, longest+1) {
		return "", false
	}
	if k, ok := absent[s]; ok {
		return k, true
	}
	if strings.Contains(s, "但") {
		return "", false
	}
	if ticksNone(s) || deniesAll(s) || deniesAtEnd(s) || deniesByClause(s) {
		return record.NoneStated, true
	}
	return "", false
}

// deniesByClause reports whether one clause of s denies and all others only say
// that things went well: 资金使用合规,暂无问题; 无重大问题,无需整改.
func deniesByClause(s string) bool {
	denied := false
	for len(s) > 0 {
		end := denialEnds.Next(s, 0)
		c := s[:end]
		_, n := zh.Next(s, end)
		if s = s[min(len(s), end+n):]; c == "" {
			continue
		}
		switch rest, _ := skip(c, noneLeads); {
		case absent[rest] != "" || deniesAll(c) || deniesAtEnd(c):
			denied = true
		case !praises.In(c) || zh.ContainsAny(c, []string{"不", "未", "慢", "低", "少", "缺", "差", "欠", "滞", "难", "晚", "弱", "偏", "有待", "加强", "将"}):
			return false
		}
	}
	return denied
}

// denialEnds part the clauses that deniesByClause judges one by one.
var denialEnds = zh.NewRuneSet(",;。()")

// praises say that something went well or goes on.
var praises = zh.NewWords("完成", "规范", "良好", "顺利", "合规", "达到", "实现", "保持", "正常", "到位", "达标", "圆满", "有序", "合理", "真实", "有效", "继续做好", "按计划", "按期", "较好", "完整")

// offersBoxes reports whether s is a row of boxes to tick: what was chosen there is
// no problem and no measure told.
func offersBoxes(s string) bool {
	n := 0
	for _, w := range []string{"□", "☐", "☑", "■", "☒", "√"} {
		n += strings.Count(s, w)
	}
	return n > 1 && !strings.ContainsAny(s, ",;。")
}

// tickMarks stand beside what was ticked.
var tickMarks = zh.NewRuneSet("☑√■☒")

// ticksNone reports whether s is a pair of boxes of which 无 is ticked.
func ticksNone(s string) bool {
	if !tickMarks.In(s) {
		return false
	}
	s = strings.ReplaceAll(s, " ", "")
	for _, w := range []string{"☑无", "√无", "■无", "☒无", "无☑", "无√", "无■", "☑否", "√否", "■否", "否☑", "否√"} {
		if i := strings.Index(s, w); i >= 0 {
			rest := s[:i] + s[i+len(w):]
			return strings.Trim(rest, "□☐口有是;,、()") == ""
		}
	}
	return false
}

// deniesAll reports whether s is a none-form from its first word to its last.
func deniesAll(s string) bool {
	s, _ = skip(s, noneLeads)
	n := len(denials.Before(s))
	if n == 0 {
		return false
	}
	rest, _ := skip(s[n:], noneWords)
	return rest == "" && (noneTopics.In(s) || strings.HasSuffix(s, "发现")) // 经自评,暂未发现
}

// skip cuts the words that s begins with off and returns the rest.
func skip(s string, words *zh.Words) (rest string, cut int) {
	for rest = s; rest != ""; {
		n := len(words.Before(rest))
		if n == 0 {
			break
		}
		rest, cut = rest[n:], cut+n
	}
	return rest, cut
}

// deniesAtEnd reports whether the last clause of s denies that there are
// problems, whatever it says before: 资金使用规范,不存在截留挪用等问题.
func deniesAtEnd(s string) bool {
	if !denied.In(s) { // there are fewer of them than of negations
		return false
	}
	for _, w := range negations {
		if i := strings.Index(s, w); i >= 0 && denied.In(s[i:]) && !strings.ContainsAny(s[i:], ",;。") && !zh.ContainsAny(s[:i], complaints) {
			return true
		}
	}
	return false
}

// complaints are in what tells of a problem, whatever is denied behind it.
var complaints = []string{"有待", "较晚", "偏慢", "偏低", "较慢", "较低", "滞后", "不够", "不及时", "不到位", "不完善", "不高", "不细", "不全", "缺少", "缺乏", "欠缺"}

// denied is what negations deny.
var denied = zh.NewWords("问题", "偏差", "偏离", "现象", "不足之处")

// negations deny, with 问题 after them, that there are problems.
var negations = []string{"未发现", "不存在", "没有发现", "无明显", "没有需要", "没有什么", "没有任何", "没什么", "无任何", "暂未发现", "没有存在", "尚未发现", "未出现", "没有出现", "无重大", "无存在", "均无",
	"暂不存在", "并无", "无突出", "无其他", "没有明显", "没有重大", "没有突出", "不存在明显", "未偏离", "没有偏离", "无偏离", "无偏差", "未发生偏离", "未出现偏离", "未产生偏离"}

// doneWords are in all that says that everything was done.
var doneWords = zh.NewWords("完成", "达到", "实现", "已全部")

// allDone reports whether s, which stands where problems are asked for, says that
// everything was done: 各项指标均已完成.
func allDone(s string) bool {
	const longest = 40 // characters
	if !zh.Shorter(s, 2*longest) || !doneWords.In(s) {
		return false
	}
	for _, w := range []string{"不存在未完成", "无未完成", "没有未完成"} {
		s = strings.ReplaceAll(s, w, "完成")
	}
	return zh.Shorter(s, longest) && zh.ContainsAny(s, []string{"均已完成", "全部完成", "均完成", "已完成年度", "已完成全部", "均达到", "达到预期", "达到了预期", "圆满完成", "均已实现", "如期完成", "按期完成", "按时完成", "均已达到", "已全部"}) &&
		!strings.ContainsAny(s, "未不但慢缺低差影延欠")
}
