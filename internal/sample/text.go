package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
	"unicode/utf8"
)

// Text writes the report of f, filled up with prose to about size bytes.
func (f *Facts) Text(size int) string {
	// Writing twice gives the same words: the prose has its own source.
	rnd := rand.New(rand.NewPCG(uint64(f.Spent), uint64(f.Initial)))
	head, tail := families[f.family](f)
	var b strings.Builder
	b.Grow(size + 1<<10)
	b.WriteString(head)
	for b.Len()+len(tail) < size {
		b.WriteString(prose(rnd))
	}
	b.WriteString(tail)
	return b.String()
}

// families are the layouts reports come in: what stands before the filling
// prose and what after it.
var families = []func(*Facts) (head, tail string){outlined, conclusionFirst, coverForm}

func outlined(f *Facts) (head, tail string) {
	head = fmt.Sprintf("%s%d年度部门整体支出绩效自评报告\n", f.Unit, f.Year) +
		fmt.Sprintf("按照《%s财政局关于开展%d年度绩效自评工作的通知》（%s）要求，我单位对%d年度部门整体支出开展了自评，现将情况报告如下。\n", f.Region, f.Year, f.Notice, f.Year) +
		"一、部门基本情况\n（一）主要职责\n" + f.tasks() +
		"（二）机构人员\n" + f.staff() +
		"（三）收支情况\n" + f.income() + f.spending() +
		"二、自评工作开展情况\n"
	tail = "三、自评结论\n" + fmt.Sprintf("经综合评定，自评得分%s分，评价等级为“%s”。\n", f.Score, f.Grade) + f.indicators() +
		"四、存在的主要问题\n" + ordinal(f.Problems) + "五、改进措施\n" + numbered(f.Measures) + f.signature()
	return head, tail
}

func conclusionFirst(f *Facts) (head, tail string) {
	head = fmt.Sprintf("%s%d年度部门整体绩效自评报告\n", f.Unit, f.Year) +
		"一、自评结论\n" + fmt.Sprintf("%d年度部门整体绩效自评得分为%s分，等次为%s。\n", f.Year, f.Score, f.Grade) +
		"二、单位概况\n" + f.staff() + "三、预算安排及执行\n" + f.income() + f.spending() +
		"四、目标完成情况\n" + f.tasks()
	tail = f.indicators() + "五、存在的问题及原因分析\n" + numbered(f.Problems) + "六、下一步改进措施\n" + ordinal(f.Measures) + f.signature()
	return head, tail
}

func coverForm(f *Facts) (head, tail string) {
	head = "部门整体支出绩效自评报告\n" +
		fmt.Sprintf("评价年度：%d年度\n部门（单位）名称：%s\n填报日期：%s\n", f.Year, f.Unit, chineseDate(f.FillDate)) +
		"一、基本情况\n" + f.staff() + f.tasks() + "二、收支情况\n" + f.income() + f.spending() +
		"三、评价工作\n"
	tail = "四、评价结果\n" + fmt.Sprintf("本次自评总分%s分，等级为%s。\n", f.Score, f.Grade) + f.indicators() +
		"五、存在问题\n" + numbered(f.Problems) + "六、整改措施\n" + numbered(f.Measures)
	return head, tail
}

func (f *Facts) tasks() string {
	var b strings.Builder
	for i, t := range duties[f.duty].tasks {
		fmt.Fprintf(&b, "%d.%s%d次。\n", i+1, t, 6+(i+3)*f.Authorized)
	}
	return b.String()
}

func (f *Facts) staff() string {
	return fmt.Sprintf("我单位核定编制%d名，年末在职人员%d人，离退休人员%d人。\n", f.Authorized, f.Actual, f.Retired)
}

func (f *Facts) income() string {
	return fmt.Sprintf("%d年年初预算%s万元，调整后预算%s万元。全年收入合计%s万元。\n", f.Year, wan(f.Initial), wan(f.Adjusted), wan(f.Revenue))
}

func (f *Facts) spending() string {
	return fmt.Sprintf("全年支出合计%s万元，其中：基本支出%s万元，项目支出%s万元。“三公”经费支出%s万元。年末结转结余%s万元。预算执行率%s%%。\n",
		wan(f.Spent), wan(f.Basic), wan(f.Project), wan(f.ThreePublic), wan(f.Carryover), f.Rate)
}

func (f *Facts) indicators() string {
	var b strings.Builder
	b.WriteString("一级指标 | 二级指标 | 三级指标 | 分值 | 得分 |\n")
	for i, t := range duties[f.duty].tasks {
		fmt.Fprintf(&b, "产出指标 | 数量指标 | %s次数 | 10 | %d.%d |\n", t, 8+i%2, (f.Actual+i)%10)
	}
	return b.String()
}

func (f *Facts) signature() string {
	return f.Unit + "\n" + chineseDate(f.FillDate) + "\n"
}

func ordinal(items []string) string {
	marks := []string{"一是", "二是", "三是", "四是", "五是"}
	var b strings.Builder
	for i, s := range items {
		b.WriteString(marks[i] + s + "。")
	}
	return b.String() + "\n"
}

func numbered(items []string) string {
	var b strings.Builder
	for i, s := range items {
		fmt.Fprintf(&b, "%d.%s。\n", i+1, s)
	}
	return b.String()
}

// prose returns a paragraph that says nothing a field would ask for.
func prose(rnd *rand.Rand) string {
	pick := func(list []string) string { return list[rnd.IntN(len(list))] }
	var b strings.Builder
	fmt.Fprintf(&b, "在%s方面，", pick(proseTopic))
	for range 2 + rnd.IntN(2) {
		fmt.Fprintf(&b, "%s%s，%s，%s。", pick(proseWho), pick(proseHow), pick(proseDid), pick(proseResult))
	}
	return b.String() + pick(proseMore) + "\n"
}

func chineseDate(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso // only New makes these dates
	}
	return t.Format("2006年1月2日")
}

// lines cuts text into lines of at most width characters.
func lines(text string, width int) []string {
	var out []string
	for _, para := range strings.Split(strings.TrimSpace(text), "\n") {
		for utf8.RuneCountInString(para) > width {
			cut := 0
			for range width {
				_, n := utf8.DecodeRuneInString(para[cut:])
				cut += n
			}
			out = append(out, para[:cut])
			para = para[cut:]
		}
		out = append(out, para)
	}
	return out
}
