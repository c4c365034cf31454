package field_test

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jixiao/extractors/extracttest"
	"jixiao/extractors/field"
	"jixiao/extractors/passage"
	"jixiao/extractors/plaintext"
	"jixiao/extractors/section"
	"jixiao/schemas/layout"
)

// facts are what a report states, however it is worded. Money is in yuan,
// rates and marks in hundredths.
type facts struct {
	admin, institution, staff, retired, contract int
	initial, adjusted, basic, project            int64
	rate, score                                  int
	grade                                        string
}

func drawFacts(t *rapid.T) facts {
	count := func(name string, least, most int) int { return rapid.IntRange(least, most).Draw(t, name) }
	money := func(name string) int64 { return int64(count(name, 1_000, 9_000_000)) * 100 }
	f := facts{admin: count("admin", 3, 90), institution: count("institution", 3, 400), retired: count("retired", 2, 200), contract: count("contract", 2, 60),
		initial: money("initial"), basic: money("basic"), project: money("project"), rate: count("rate", 8_000, 10_000), score: count("score", 8_000, 9_999)}
	f.staff = count("staff", 5, f.admin+f.institution)
	f.adjusted = f.basic + f.project + int64(count("left", 1, 100))*10_000
	f.grade = rapid.SampledFrom([]string{"优", "良"}).Draw(t, "grade")
	return f
}

// want is what must be read of f.
func (f facts) want() map[string]string {
	return map[string]string{
		"headcount.authorized.total": strconv.Itoa(f.admin + f.institution), "headcount.authorized.admin": strconv.Itoa(f.admin),
		"headcount.authorized.institution": strconv.Itoa(f.institution), "headcount.actual.total": strconv.Itoa(f.staff),
		"headcount.actual.retired": strconv.Itoa(f.retired), "headcount.actual.contract": strconv.Itoa(f.contract),
		"budget.initial": fmt.Sprint(f.initial), "budget.adjusted": fmt.Sprint(f.adjusted), "expenditure.total": fmt.Sprint(f.basic + f.project),
		"expenditure.basic": fmt.Sprint(f.basic), "expenditure.project": fmt.Sprint(f.project),
		"execution_rate": plain(f.rate), "score": plain(f.score), "grade": f.grade,
	}
}

// plain writes hundredths without needless zeros.
func plain(hundredths int) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100), "0"), ".")
}

// The ways in which each group of facts is told; {} parts are filled in.
var tellings = [][]string{
	{
		"核定编制{T}名，其中行政编制{A}名、事业编制{B}名。",
		"编制总数{T}人（行政编制{A}人，事业编制{B}人）。",
		"人员编制{T}个，其中：行政编制{A}个，事业编制{B}个。",
		"经机构编制部门核定，单位人员编制数为{T}名：行政编制{A}名，事业编制{B}名。",
		"行政编制{A}名，事业编制{B}名，合计{T}名。",
		"编制人数：{T}人\n其中：行政编制：{A}人\n事业编制：{B}人",
		"编制总数、行政编制、事业编制分别为{T}名、{A}名和{B}名。",
	}, {
		"年末实有在职人员{S}人，离退休人员{R}人，编外聘用人员{C}人。",
		"截至年底，在职在编{S}人，退休人员{R}人，另有劳务派遣人员{C}人。",
		"在职职工{S}名，离退休{R}名，临聘人员{C}名。",
		"单位实有在岗人数{S}人；退休职工{R}人；合同制人员{C}人。",
		"在职人数：{S}人\n离退休人数：{R}人\n编外聘用人数：{C}人",
		"实有在职人员{S}人（不含编外聘用人员{C}人、退休人员{R}人）。",
	}, {
		"年初预算{I}，调整后预算{J}，全年支出{E}，其中基本支出{X}，项目支出{Y}，预算执行率{P}%。",
		"年初部门预算{I}，年中追加后全年预算数为{J}。全年决算支出{E}，其中：基本支出{X}，项目支出{Y}，执行率为{P}%。",
		"年初预算数、全年预算数、全年执行数分别为{I}、{J}、{E}，执行率{P}%。其中基本支出{X}，项目支出{Y}。",
		"年初预算：{I}\n调整预算：{J}\n全年支出：{E}\n基本支出：{X}\n项目支出：{Y}\n预算执行率：{P}%",
		"科目 | 年初预算数 | 调整后预算数 | 决算数 | 执行率\n合计 | {I} | {J} | {E} | {P}%\n基本支出 | - | - | {X} | -\n项目支出 | - | - | {Y} | -",
		"基本支出{X}，项目支出{Y}，支出合计{E}。年初批复预算{I}，调整后预算{J}，预算执行率达到{P}%。",
	}, {
		"自评得分{Q}分，等级为“{G}”。",
		"经综合评定，自评总分为{Q}分，评价等级为{G}。",
		"自评综合得分{Q}分，自评等次：{G}。",
		"对照评分表逐项打分，最终得分为{Q}分，评定等级为{G}。",
		"自评得分：{Q}分\n评价等级：{G}",
		"自评结果为“{G}”（{Q}分）。",
	},
}

// filler makes the text around them look like a report's.
const filler = "单位按照要求修订了财务报销、公务接待、车辆管理等制度，重新绘制了业务流程图，标注了关键岗位和风险点，对发现的流程衔接不畅等情形当场整改。"

// drawWording tells f in one of many ways.
func drawWording(t *rapid.T, f facts) string {
	words := filling(t, f)
	var told []string
	for k, ways := range tellings {
		told = append(told, words.Replace(rapid.SampledFrom(ways).Draw(t, fmt.Sprint("telling", k))))
	}
	order := rapid.Permutation([]int{0, 1, 2, 3}).Draw(t, "order")
	mark := rapid.SampledFrom([]func(int) string{
		func(int) string { return "" },
		func(n int) string { return fmt.Sprintf("%d.", n+1) },
		func(n int) string { return fmt.Sprintf("（%d）", n+1) },
		func(n int) string { return "（" + string([]rune("一二三四")[n]) + "）" },
		func(n int) string { return string([]rune("一二三四")[n]) + "是" },
	}).Draw(t, "mark")
	var b strings.Builder
	b.WriteString("宁河县水务局2022年度部门整体支出绩效自评报告\n一、基本情况\n")
	width := rapid.SampledFrom([]int{0, 0, 34, 40, 46}).Draw(t, "width")
	pages := rapid.Bool().Draw(t, "pages")
	for n, k := range order {
		if strings.Contains(told[k], "\n") { // a form or a table
			b.WriteString(told[k] + "\n")
			continue
		}
		wrap(&b, mark(n)+told[k]+filler, width)
		if pages {
			fmt.Fprintf(&b, "— %d —\n", n+1)
		}
	}
	for range 3 { // enough lines to show where they are wrapped
		wrap(&b, filler+filler, width)
	}
	return b.String()
}

// wrap writes one paragraph, in lines of width characters unless width is 0. As
// in a printed text, a figure goes to the next line as a whole, and a mark of
// punctuation stays on its line.
func wrap(b *strings.Builder, text string, width int) {
	n := 0
	for i, word := range unbroken(text) {
		long := 0 // in columns, of which a Chinese character takes two
		for _, r := range word {
			if long++; r >= utf8.RuneSelf {
				long++
			}
		}
		if width > 0 && i > 0 && n+long > 2*width && !strings.ContainsAny(word, "，。；、：）”") {
			b.WriteByte('\n')
			n = 0
		}
		if n == 0 && word == " " {
			continue
		}
		b.WriteString(word)
		n += long
	}
	b.WriteByte('\n')
}

// unbroken cuts text into characters and figures.
func unbroken(text string) (words []string) {
	last := ' '
	for _, r := range text {
		if len(words) > 0 && inFigure(last) && inFigure(r) {
			words[len(words)-1] += string(r)
		} else {
			words = append(words, string(r))
		}
		last = r
	}
	return words
}

func inFigure(r rune) bool {
	return r >= '0' && r <= '9' || r == '.' || r == ',' || r == '%'
}

// filling puts the figures of f in place, in numerals and units drawn at random.
func filling(t *rapid.T, f facts) *strings.Replacer {
	people := rapid.SampledFrom([]func(int) string{strconv.Itoa, strconv.Itoa, wide, hanNumeral, spacedAround}).Draw(t, "numerals")
	money := rapid.SampledFrom([]func(int64) string{
		func(v int64) string { return amount(v, 4, false) + "万元" },
		func(v int64) string { return amount(v, 4, true) + "万元" },
		func(v int64) string { return amount(v, 0, true) + "元" },
		func(v int64) string { return amount(v, 8, false) + "亿元" },
		func(v int64) string { return " " + amount(v, 4, false) + " 万元" },
		func(v int64) string { return widen(amount(v, 4, true)) + "万元" },
		func(v int64) string { return amount(v, 3, false) + "千元" },
	}).Draw(t, "units")
	return strings.NewReplacer("{T}", people(f.admin+f.institution), "{A}", people(f.admin), "{B}", people(f.institution),
		"{S}", people(f.staff), "{R}", people(f.retired), "{C}", people(f.contract),
		"{I}", money(f.initial), "{J}", money(f.adjusted), "{E}", money(f.basic+f.project), "{X}", money(f.basic), "{Y}", money(f.project),
		"{P}", plain(f.rate), "{Q}", plain(f.score), "{G}", f.grade)
}

func wide(n int) string         { return widen(strconv.Itoa(n)) }
func spacedAround(n int) string { return " " + strconv.Itoa(n) + " " }

// widen writes figures in full width.
func widen(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r > ' ' && r < 0x7f:
			return r + 0xfee0
		}
		return r
	}, s)
}

// hanNumeral writes n, less than a thousand, in Chinese.
func hanNumeral(n int) string {
	digits := []rune("零一二三四五六七八九")
	out := ""
	if n >= 100 {
		out += string(digits[n/100]) + "百"
		if n%100 > 0 && n%100 < 10 {
			out += "零"
		}
	}
	switch tens := n / 10 % 10; {
	case tens == 1 && out == "":
		out += "十"
	case tens > 0:
		out += string(digits[tens]) + "十"
	}
	if n%10 > 0 {
		out += string(digits[n%10])
	}
	return out
}

// amount writes v yuan in units of ten to the power, with or without commas.
func amount(v int64, power int, commas bool) string {
	unit := int64(1)
	for range power {
		unit *= 10
	}
	whole, frac := strconv.FormatInt(v/unit, 10), ""
	if power > 0 {
		frac = strings.TrimRight(fmt.Sprintf("%0*d", power, v%unit), "0")
	}
	if commas {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "," + whole[i:]
		}
	}
	if frac != "" {
		return whole + "." + frac
	}
	return whole
}

// TestOneSetOfFactsManyWordings wants the same values of one set of facts however
// they are told: in which words, numerals, units and order, marked and wrapped.
func TestOneSetOfFactsManyWordings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFacts(t)
		text := drawWording(t, f)
		doc, err := plaintext.New().Extract(t.Context(), extracttest.Input("a.txt", []byte(text)))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(f.want(), figuresRead(t, doc)); d != "" {
			t.Fatalf("%s\n(-want +got):\n%s", text, d)
		}
	})
}

// figuresRead returns the figures of doc, amounts as whole yuan.
func figuresRead(t *rapid.T, doc *layout.Doc) map[string]string {
	p := passage.New(doc)
	out := map[string]string{}
	for _, x := range field.Read(p, section.Outline(p)).Fields {
		switch x.Key {
		case "unit", "year", "scope", "region":
			continue
		}
		if again, err := field.Reread(x); err != nil || again.String() != x.Value.String() {
			t.Fatalf("%s is %s, its quotes give %s (%v)", x.Key, x.Value, again, err)
		}
		out[x.Key] = x.Value.String()
		if v, ok := new(big.Rat).SetString(x.Value.String()); ok && x.Unit == "yuan" && v.IsInt() {
			out[x.Key] = v.Num().String()
		}
	}
	return out
}
