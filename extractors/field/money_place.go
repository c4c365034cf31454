package field

import (
	"strings"

	"jixiao/extractors/passage"
	"jixiao/internal/zh"
)

// takenByPlace reports whether c, called 一般公共预算收入, is what the town or
// county took in, which the unit tells of but does not get: 完成一般公共预算收入2亿元.
func (s *script) takenByPlace(c *candidate) bool {
	if !strings.HasSuffix(s.text[c.label[0]:c.label[1]], "预算收入") {
		return false
	}
	from := s.sentence(c.label[0])
	clause := s.text[from:c.label[1]]
	clause = clause[strings.LastIndexAny(clause, ",;:")+1:]
	clause, _, _ = strings.Cut(clause, "一般公共")
	return zh.HasAnySuffix(clause, []string{"实现", "完成", "组织", "累计完成", "征收"}) ||
		zh.ContainsAny(clause, []string{"全镇", "全乡", "全县", "全市", "全区", "全街道", "辖区", "镇域"})
}

// perHead reports whether the words of the clause before c say that it is the share of one
// of many: 人均政策性收入1,380元.
func (s *script) perHead(c *candidate) bool {
	words := s.text[max(0, c.figure.Start-maxClause):c.figure.Start]
	if !strings.Contains(words, "均") && !strings.Contains(words, "每") {
		return false // as nearly all
	}
	words = words[strings.LastIndexAny(words, ",;:\n0123456789")+1:]
	return zh.ContainsAny(words, []string{"人均", "户均", "亩均", "村均", "生均", "次均", "件均", "台均", "年均", "月均", "每人", "每户", "每亩", "每生", "每村", "每公里", "平均每"})
}

// sinceWords say that what follows is of all the years of a project.
var sinceWords = zh.NewWords("开工以来", "建设以来", "实施以来", "启动以来", "立项以来", "成立以来", "执行以来", "运行以来", "自开工", "开工至今", "历年", "三年来", "两年来", "五年来", "各年度累计", "建设期内")

// sinceStart reports whether the sentence of c tells what was spent since the work began:
// 开工以来累计支付12,277万元, not 当年支付6,512万元.
func (s *script) sinceStart(c *candidate) bool {
	lead := s.text[s.sentence(c.figure.Start):c.figure.Start]
	clause := lead[strings.LastIndexAny(lead, ",;:")+1:]
	return sinceWords.In(lead) && !zh.ContainsAny(clause, []string{"当年", "本年", "年度", "全年"})
}

// givenBack reports whether the words behind balance f say that it was given
// back: 剩余资金3万元已退回国库. It is not carried forward then.
func (s *script) givenBack(f *zh.Figure) bool {
	if spent, ok := strings.CutPrefix(s.text[f.End:], "已"); ok { // 剩余20万元已全部兑付
		for _, w := range []string{"全部", "均", "全额", "由财政", "被财政", "于"} {
			spent = strings.TrimPrefix(spent, w)
		}
		if zh.HasAnyPrefix(spent, []string{"兑付", "支付", "拨付", "发放", "支出", "使用", "收回", "缴入", "付清"}) {
			return true
		}
	}
	rest := strings.TrimLeft(s.text[f.End:], ",、(")
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "全部"), "均")
	return zh.HasAnyPrefix(rest, []string{"已退回", "已缴回", "已上缴", "已交回", "已退还", "退回国库", "缴回国库", "上缴国库", "退回财政", "缴回财政", "上缴财政"})
}

// runIn are headings about money that run into the words of a budget.
var runIn = []string{"预算执行情况", "预算执行", "预算及执行", "预算和执行", "资金使用情况", "资金使用", "预算编制及执行"}

// dropHeading takes out of phrase p, before f, a heading that a line lost its end
// behind: 二、预算执行年初预算705.2万元 tells no outturn.
func (s *script) dropHeading(f *zh.Figure, p *phrase) {
	if !p.features.Any(s.words.initial|s.words.adjusted) || !p.features.Any(s.words.executed) {
		return
	}
	line := max(s.from[s.passage(p.start)], s.sentence(p.start))
	if strings.HasPrefix(s.text[line:], "。") {
		line += len("。")
	}
	n := passage.LeadingMarker(s.text[line:p.end]).Len
	if n == 0 {
		return
	}
	const longest = 60 // bytes of a heading
	if k := strings.Index(s.text[line:p.end], "情况"); k > n && k < longest && p.start <= line+k && !strings.ContainsAny(s.text[line+n:line+k], ",;:0123456789") {
		at := line + k + len("情况")
		if set := s.alone(part{at, f.Start}); set.Any(s.words.initial | s.words.adjusted) {
			p.features, p.start, p.begin = set, at, at
			return
		}
	}
	if line+n != p.start {
		return
	}
	for _, w := range runIn {
		at := p.start + len(w)
		if !strings.HasPrefix(s.text[p.start:p.end], w) || at >= p.end {
			continue
		}
		if set := s.alone(part{at, f.Start}); set.Any(s.words.initial | s.words.adjusted) {
			p.features, p.start, p.begin = set, at, at
		}
		return
	}
}

// leftOut reports whether the sentence says, behind amount f, that it is none of what
// is evaluated: 另有工作经费18.6万元,不计入本次评价资金.
func (s *script) leftOut(f *zh.Figure) bool {
	_, end := s.clauseAround(f.Start)
	rest := s.text[f.End:max(f.End, end)]
	k := -1
	for _, w := range []string{"不计入", "不纳入", "不列入", "不在本次", "不属于本次", "不含在本"} {
		if i := strings.Index(rest, w); i >= 0 && (k < 0 || i < k) {
			k = i
		}
	}
	return k >= 0 && zh.ContainsAny(rest[k:], []string{"评价", "自评", "本报告", "本项目", "本次"})
}
