package field_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jixiao/extractors/extracttest"
	"jixiao/extractors/field"
	"jixiao/extractors/passage"
	"jixiao/extractors/plaintext"
	"jixiao/extractors/section"
	"jixiao/schemas/record"
)

const reportTitle = "宁河县水务局2022年度部门整体支出绩效自评报告\n一、部门概况\n我局内设3个股室。\n"

// read reads a text as the program does.
func read(rt *rapid.T, text string) *field.Reading {
	doc, err := plaintext.New().Extract(rt.Context(), extracttest.Input("a.txt", []byte(text)))
	if err != nil {
		rt.Fatal(err)
	}
	p := passage.New(doc)
	r := field.Read(p, section.Outline(p))
	for _, f := range r.Fields {
		if err := f.Validate(doc.Text); err != nil {
			rt.Fatal(err)
		}
	}
	return r
}

// of returns the values of key, objects member by member.
func of(r *field.Reading, key string) (out []string) {
	for _, f := range r.Fields {
		if f.Key == key {
			out = append(out, flat(f))
		}
	}
	return out
}

// A remedy is a problem and what is done about it.
type remedy struct{ problem, cause, measure string }

var remedyParts = [][]string{
	{"预算编制", "支付进度", "资产台账", "档案资料", "信息系统", "内控流程", "人员配备", "项目储备"},
	{"不够规范", "相对滞后", "缺少量化标准", "更新不及时", "衔接不畅"},
	{"制度陈旧", "人手不足", "前期准备不充分", "部门沟通少"},
	{"修订办法", "按月调度", "专人跟踪", "纳入考核", "引入第三方核查"},
	{"形成闭环", "逐项销号", "全面覆盖", "压实责任"},
}

func drawRemedies(rt *rapid.T) []remedy {
	what := rapid.Permutation(remedyParts[0]).Draw(rt, "what")[:rapid.IntRange(2, 5).Draw(rt, "items")]
	var out []remedy
	for _, w := range what {
		pick := func(k int) string { return rapid.SampledFrom(remedyParts[k]).Draw(rt, "part") }
		out = append(out, remedy{w + pick(1), pick(2), w + pick(3) + "，" + pick(4)})
	}
	return out
}

// remedyLayouts write remedies in the ways in which reports pair them.
var remedyLayouts = map[string]func(list []remedy) string{
	"turns": func(list []remedy) (s string) {
		for _, x := range list {
			s += "存在问题：" + x.problem + "。\n整改措施：" + x.measure + "。\n"
		}
		return s
	},
	"numbered_topics": func(list []remedy) (s string) {
		for n, x := range list {
			s += fmt.Sprintf("问题%d：%s。\n整改措施：%s。\n", n+1, x.problem, x.measure)
		}
		return s
	},
	"one_line_each": func(list []remedy) (s string) {
		for n, x := range list {
			s += fmt.Sprintf("%d.存在问题：%s。改进措施：%s。\n", n+1, x.problem, x.measure)
		}
		return s
	},
	"table_two_columns": func(list []remedy) string {
		s := "| 存在的问题 | 整改措施 |\n"
		for _, x := range list {
			s += "| " + x.problem + " | " + x.measure + " |\n"
		}
		return s
	},
	"table_with_causes": func(list []remedy) string {
		s := "序号\t发现的问题\t原因分析\t改进措施\t责任股室\n"
		for n, x := range list {
			s += fmt.Sprintf("%d\t%s\t%s\t%s\t办公室\n", n+1, x.problem, x.cause, x.measure)
		}
		return s
	},
	"box": func(list []remedy) string {
		s := "┌──┬──┬──┐\n│序号│主要问题│下一步措施│\n"
		for n, x := range list {
			s += fmt.Sprintf("├──┼──┼──┤\n│%d│%s│%s│\n", n+1, x.problem, x.measure)
		}
		return s + "└──┴──┴──┘\n"
	},
}

// TestRemediesInEveryLayout writes the same problems and measures in every
// layout and wants them back, paired.
func TestRemediesInEveryLayout(t *testing.T) {
	for name, write := range remedyLayouts {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				list := drawRemedies(rt)
				heading := rapid.SampledFrom([]string{"二、存在的问题及整改措施", "二、问题整改清单", "（二）存在问题和改进措施", "存在问题及整改情况"}).Draw(rt, "heading")
				text := reportTitle + heading + "\n" + write(list)
				r := read(rt, text)
				var problems, measures []string
				for _, x := range list {
					problems, measures = append(problems, x.problem), append(measures, x.measure)
				}
				if d := cmp.Diff(problems, of(r, "problems")); d != "" {
					rt.Fatalf("problems of\n%s\n(-want +got):\n%s", text, d)
				}
				if d := cmp.Diff(measures, of(r, "measures")); d != "" {
					rt.Fatalf("measures of\n%s\n(-want +got):\n%s", text, d)
				}
				if d := cmp.Diff(measures, answering(r)); d != "" {
					rt.Fatalf("pairs of\n%s\n(-want +got):\n%s", text, d)
				}
			})
		})
	}
}

// answering returns the measures in the order of the problems that they answer.
func answering(r *field.Reading) (out []string) {
	for _, p := range r.Fields {
		for _, m := range r.Fields {
			if p.Key == "problems" && m.Answers == p.Item {
				out = append(out, m.Value.String())
			}
		}
	}
	return out
}

// A project is a row of a table of projects; empty cells are empty.
type project struct{ name, budget, executed, rate string }

func drawProjects(rt *rapid.T) []project {
	names := rapid.Permutation([]string{"河道保洁经费", "水库除险加固", "法律援助", "禁毒宣传", "困难群众帮扶", "路灯改造工程", "档案数字化", "校舍维修"}).Draw(rt, "names")
	var out []project
	for _, n := range names[:rapid.IntRange(2, 5).Draw(rt, "rows")] {
		budget := rapid.IntRange(200, 99999).Draw(rt, "budget")
		executed := rapid.IntRange(100, budget).Draw(rt, "executed")
		out = append(out, project{n, hundredths(budget), hundredths(executed), fmt.Sprintf("%d.%d%%", rapid.IntRange(1, 99).Draw(rt, "rate"), rapid.IntRange(1, 9).Draw(rt, "tenths"))})
	}
	return out
}

func hundredths(n int) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }

// yuan returns an amount of 万元 with two decimals as the record holds it.
func yuan(s string) string { return strings.TrimLeft(strings.Replace(s, ".", "", 1), "0") + "00.00" }

var projectHeads = [][]string{
	{"项目名称", "预算数", "执行数", "执行率"},
	{"项目名称", "年初预算", "实际支出", "预算执行率"},
	{"专项名称", "预算金额", "支出金额", "执行率(%)"},
}

// projectLayouts write a table; the unit stands above it.
var projectLayouts = map[string]func(head []string, rows [][]string) string{
	"pipes": func(head []string, rows [][]string) string {
		s := "| " + strings.Join(head, " | ") + " |\n"
		for _, r := range rows {
			s += "| " + strings.Join(r, " | ") + " |\n"
		}
		return s
	},
	"tabs": func(head []string, rows [][]string) string {
		s := strings.Join(head, "\t") + "\n"
		for _, r := range rows {
			s += strings.Join(r, "\t") + "\n"
		}
		return s
	},
	"single_spaces": func(head []string, rows [][]string) string {
		s := strings.Join(head, " ") + "\n"
		for _, r := range rows {
			s += strings.Join(r, " ") + "\n"
		}
		return s
	},
	"wide_spaces": func(head []string, rows [][]string) string {
		s := ""
		for _, r := range append([][]string{head}, rows...) {
			for _, c := range r {
				s += c + strings.Repeat(" ", max(3, 24-2*len([]rune(c))))
			}
			s = strings.TrimRight(s, " ") + "\n"
		}
		return s
	},
	"box": func(head []string, rows [][]string) string {
		s := "┌──┬──┬──┬──┐\n│" + strings.Join(head, "│") + "│\n"
		for _, r := range rows {
			s += "├──┼──┼──┼──┤\n│" + strings.Join(r, "│") + "│\n"
		}
		return s + "└──┴──┴──┴──┘\n"
	},
	"one_cell_a_line": func(head []string, rows [][]string) string {
		s := strings.Join(head, "\n") + "\n"
		for _, r := range rows {
			s += strings.Join(r, "\n") + "\n"
		}
		return s
	},
}

// TestProjectsInEveryLayout writes the same projects in every layout, with a
// total below, and wants them back, each figure with its evidence.
func TestProjectsInEveryLayout(t *testing.T) {
	for name, write := range projectLayouts {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				list := drawProjects(rt)
				var rows [][]string
				var want []string
				for _, x := range list {
					rows = append(rows, []string{x.name, x.budget, x.executed, x.rate})
					want = append(want, strings.Join([]string{x.name, yuan(x.budget), yuan(x.executed), strings.TrimSuffix(x.rate, "%"), "-"}, "/"))
				}
				rows = append(rows, []string{"合计", "123456.00", "123456.00", "100.0%"})
				text := reportTitle + "二、项目支出情况\n单位：万元\n" + write(rapid.SampledFrom(projectHeads).Draw(rt, "head"), rows) + "三、存在的问题\n无。\n"
				r := read(rt, text)
				if d := cmp.Diff(want, of(r, "projects")); d != "" {
					rt.Fatalf("projects of\n%s\n(-want +got):\n%s", text, d)
				}
				for _, f := range r.Fields {
					if f.Key == "projects" && len(cellsOf(f)) != 4 {
						rt.Fatalf("%v has evidence of %v, want of each of its four cells", f.Value, cellsOf(f))
					}
				}
			})
		})
	}
}

func cellsOf(f record.Field) (roles []string) {
	for _, e := range f.Evidence {
		if e.Role != record.RoleUnitHeader {
			roles = append(roles, e.Role)
		}
	}
	return roles
}
