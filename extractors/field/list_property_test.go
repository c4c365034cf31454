package field

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/schemas/record"
)

// enumerators are ways to mark the n-th item (from 0) of a list, with what ends
// an item that is not the last one.
var enumerators = []struct {
	name string
	mark func(n int) string
	ends []string
}{
	{"dot", func(n int) string { return fmt.Sprintf("%d.", n+1) }, []string{"。", "；"}},
	{"wide_dot", func(n int) string { return fmt.Sprintf("%d．", n+1) }, []string{"。", "；"}},
	{"pause", func(n int) string { return fmt.Sprintf("%d、", n+1) }, []string{"。", "；"}},
	{"han_paren", func(n int) string { return "（" + hanNumbers[n] + "）" }, []string{"。", "；"}},
	{"paren", func(n int) string { return fmt.Sprintf("（%d）", n+1) }, []string{"。", "；"}},
	{"half_paren", func(n int) string { return fmt.Sprintf("%d）", n+1) }, []string{"。", "；"}},
	{"circled", func(n int) string { return string(rune('①' + n)) }, []string{"。", "；"}},
	{"yishi", func(n int) string { return hanNumbers[n] + "是" }, []string{"。", "；", "，"}},
	{"diyi", func(n int) string { return "第" + hanNumbers[n] + "，" }, []string{"。", "；"}},
	{"stem", func(n int) string { return string([]rune("甲乙丙丁戊己")[n]) + "、" }, []string{"。", "；"}},
}

var hanNumbers = []string{"一", "二", "三", "四", "五", "六", "七", "八"}

// clauseParts make items that no reader has seen before.
var clauseParts = [][]string{
	{"预算编制", "支付进度", "资产管理", "绩效目标", "采购流程", "档案资料", "人员配备", "信息系统", "内控制度", "项目储备"},
	{"不够规范", "有待加强", "相对滞后", "缺少量化标准", "衔接不畅", "力量薄弱", "更新不及时", "执行偏慢", "分工不清", "存在短板"},
	{"影响年度任务", "年底集中支付", "佐证材料不全", "台账与实物不符", "需要多次调整", "群众意见较多", "责任难以落实", "数据靠人工统计"},
}

func drawItem(t *rapid.T, seen map[string]bool) string {
	for i := 0; ; i++ {
		s := rapid.SampledFrom(clauseParts[0]).Draw(t, "what") + rapid.SampledFrom(clauseParts[1]).Draw(t, "how") + "，" + rapid.SampledFrom(clauseParts[2]).Draw(t, "effect")
		if rapid.IntRange(0, 3).Draw(t, "more") == 0 {
			s += "，涉及" + fmt.Sprint(rapid.IntRange(2, 300).Draw(t, "count")) + "个站点"
		}
		if !seen[s] || i > 50 {
			seen[s] = true
			return s
		}
	}
}

// drawList writes items under a heading in a random form and returns the text.
func drawList(t *rapid.T, heading string, items []string) string {
	e := enumerators[rapid.IntRange(0, len(enumerators)-1).Draw(t, "style")]
	end := rapid.SampledFrom(e.ends).Draw(t, "end")
	inline := end == "，" || rapid.Bool().Draw(t, "inline")
	var b strings.Builder
	b.WriteString(heading)
	b.WriteString(rapid.SampledFrom([]string{"\n", "\n", "。\n"}).Draw(t, "head_end"))
	if rapid.Bool().Draw(t, "lead") {
		b.WriteString("主要有以下几点：")
		if !inline {
			b.WriteString("\n")
		}
	}
	for i, s := range items {
		b.WriteString(e.mark(i) + s)
		if i == len(items)-1 {
			b.WriteString("。\n")
			continue
		}
		b.WriteString(end)
		if !inline {
			b.WriteString("\n")
		}
	}
	return b.String()
}

// wrap breaks long lines after a number of characters as a text editor does,
// and may put a page number between.
func wrap(t *rapid.T, text string) string {
	width := rapid.IntRange(24, 44).Draw(t, "width")
	paged := rapid.Bool().Draw(t, "paged")
	var b strings.Builder
	for _, line := range strings.SplitAfter(text, "\n") {
		n := 0
		rs := []rune(line)
		for i, r := range rs {
			b.WriteRune(r)
			if n++; n >= width && len(rs)-i > 6 && !strings.ContainsRune("。；：，1234567890", r) && !strings.ContainsRune("。；：，、1234567890（", rs[i+1]) {
				b.WriteString("\n")
				if paged {
					b.WriteString("- 7 -\n")
					paged = false
				}
				n = 0
			}
		}
	}
	return b.String()
}

// TestListsInEveryForm writes random items in random forms and wants them back.
func TestListsInEveryForm(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seen := map[string]bool{}
		var want [2][]string
		for k := range want {
			for range rapid.IntRange(2, 5).Draw(rt, "items") {
				want[k] = append(want[k], drawItem(rt, seen))
			}
		}
		heads := rapid.SampledFrom([][2]string{{"五、存在的问题", "六、改进措施"}, {"（三）存在的主要问题", "（四）下一步打算"}, {"4.存在问题及原因分析", "5.有关建议"}, {"存在的不足", "整改措施"}, {"第四部分 存在的问题", "第五部分 意见建议"}}).Draw(rt, "heads")
		text := drawList(rt, heads[0], want[0]) + drawList(rt, heads[1], want[1])
		text = opening + text
		r := readQuietly(text)
		if diff := cmp.Diff(want[0], values(r, "problems")); diff != "" {
			rt.Fatalf("problems of\n%s\n(-want +got):\n%s", text, diff)
		}
		if diff := cmp.Diff(want[1], values(r, "measures")); diff != "" {
			rt.Fatalf("measures of\n%s\n(-want +got):\n%s", text, diff)
		}
	})
}

// TestQuotesJoinToItems breaks lists over lines and pages: the quotes of an
// item joined are the item all the same.
func TestQuotesJoinToItems(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seen := map[string]bool{}
		var want []string
		for range rapid.IntRange(2, 4).Draw(rt, "items") {
			want = append(want, drawItem(rt, seen)+"。"+drawItem(rt, seen))
		}
		text := opening + wrap(rt, "五、存在的问题\n1."+strings.Join(want, "。\n@")+"。\n")
		for n := 2; strings.Contains(text, "@"); n++ {
			text = strings.Replace(text, "@", fmt.Sprintf("%d.", n), 1)
		}
		r := readQuietly(text)
		if diff := cmp.Diff(want, values(r, "problems")); diff != "" {
			rt.Fatalf("problems of\n%s\n(-want +got):\n%s", text, diff)
		}
		for _, f := range r.Fields {
			if f.Key != "problems" {
				continue
			}
			joined := ""
			for _, e := range f.Evidence {
				joined += squeeze(e.Quote)
			}
			if joined != f.Value.String() {
				rt.Fatalf("quotes join to %q, value %q", joined, f.Value)
			}
		}
	})
}

// readQuietly is readText for property tests, whose failures must be reported
// to rapid.
func readQuietly(text string) *Reading {
	p := passage.New(layoutOf(text))
	r := &Reading{Doc: p, Tree: section.Outline(p), State: record.Read}
	r.run(proseReaders)
	return r
}

// FuzzReaders reads any text: no panic, and all evidence quotes the text.
func FuzzReaders(f *testing.F) {
	for _, s := range []string{
		reportA, reportA + reportB, opening + "二、存在的问题\n主要有：一是" + pa + "；二是" + pb + "。\n三、下一步打算\n①" + ma + "②" + mb,
		"单位名称（盖章）：\n填报日期：2023228日\n目录\n1.引言 1\n1.引言\n（一", "存在问题 | \n改进措施 | 1.\n|", "根据（财绩〔2023〕号）20XX年2022-2024年", "\ufeff（（（《》（无（",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			return
		}
		text = strings.ToValidUTF8(text, "?")
		r := readQuietly(text)
		checkInvariants(t, r, text)
	})
}

func TestItemIdentity(t *testing.T) {
	first := readText(t, opening+"二、存在的问题\n1."+pa+"。\n2."+pb+"。\n3."+pa+"。\n")
	again := readText(t, opening+"二、存在的问题\n一是"+strings.ReplaceAll(pa, "，", "，\n")+"；二是"+pb+"；三是"+pa+"。\n")
	ids := func(r *Reading) (out []string) {
		for _, f := range r.Fields {
			if f.Key == "problems" {
				out = append(out, f.Item)
			}
		}
		return out
	}
	got := ids(first)
	if len(got) != 3 || got[0] == got[1] || got[2] != got[0]+"-2" {
		t.Errorf("identities = %v, want three, the last as the first with -2", got)
	}
	if diff := cmp.Diff(got, ids(again)); diff != "" {
		t.Errorf("identities change with the form of the list:\n%s", diff)
	}
}
