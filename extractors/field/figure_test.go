package field

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// paper makes a layout of text: a line is a paragraph, or with bars a row of a
// table.
func paper(text string) *layout.Doc {
	page := layout.Page{Span: layout.Span{End: len(text)}, Paragraphs: []layout.Span{}, Tables: []layout.Table{}}
	at := 0
	var table *layout.Table
	end := func() {
		if table != nil {
			page.Tables = append(page.Tables, *table)
			table = nil
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		span := layout.Span{Start: at, End: at + len(line)}
		at += len(line) + 1
		if !strings.Contains(line, "|") {
			end()
			if line != "" {
				page.Paragraphs = append(page.Paragraphs, span)
			}
			continue
		}
		if table == nil {
			table = &layout.Table{Span: span}
		}
		col, from := 0, span.Start
		for cell := range strings.SplitSeq(line, "|") {
			x := strings.TrimSpace(cell)
			start := from + strings.Index(cell, x)
			table.Cells = append(table.Cells, layout.Cell{Span: layout.Span{Start: start, End: start + len(x)}, Row: table.Rows, Col: col, RowSpan: 1, ColSpan: 1})
			from += len(cell) + 1
			col++
		}
		table.Rows, table.Cols, table.End = table.Rows+1, max(table.Cols, col), span.End
	}
	end()
	return &layout.Doc{Format: "text", Text: text, Pages: []layout.Page{page}}
}

// figuresOf reads the figures of text alone, in the given year and scope.
func figuresOf(t *testing.T, text, scope string) *Reading {
	t.Helper()
	doc := paper(text)
	p := passage.New(doc)
	r := &Reading{Doc: p, Tree: &section.Tree{}, State: record.Read, Fields: []record.Field{
		{Key: "year", Value: record.Number(2021)}, {Key: "scope", Value: record.Text(scope)},
	}}
	readFigures(r)
	r.Fields = r.Fields[2:]
	for _, f := range r.Fields {
		if err := f.Validate(doc.Text); err != nil {
			t.Errorf("%v", err)
		}
	}
	return r
}

// short writes the fields in a form that is easy to compare.
func short(r *Reading) map[string]string {
	out := map[string]string{}
	for _, f := range r.Fields {
		key := strings.NewReplacer("headcount.authorized.", "编", "headcount.actual.", "实", "expenditure.", "支", "budget.", "预", "revenue.", "收").Replace(f.Key)
		if out[key] != "" {
			out[key] += " "
		}
		out[key] += f.Value.String()
	}
	return out
}

// pairs turns "a=1 b=2" into a map.
func pairs(s string) map[string]string {
	out := map[string]string{}
	for _, f := range strings.Fields(s) {
		k, v, _ := strings.Cut(f, "=")
		out[k] = strings.TrimSpace(out[k] + " " + v) // a key may come again
	}
	return out
}

func check(t *testing.T, tests map[string]string, scope string) {
	t.Helper()
	for text, want := range tests {
		name := []rune(strings.NewReplacer(" ", "", "\n", "/", "|", "·").Replace(text))
		t.Run(string(name[:min(len(name), 24)]), func(t *testing.T) {
			if d := cmp.Diff(pairs(want), short(figuresOf(t, text, scope))); d != "" {
				t.Errorf("%s\n(-want +got):\n%s", text, d)
			}
		})
	}
}

func TestHeadcount(t *testing.T) {
	check(t, map[string]string{
		"我局人员编制数63人，年末在职人员60人。":                                                   "编total=63 实total=60",
		"实有编制数63人，实有在职人数61人。":                                                     "编total=63 实total=61",
		"财政核定编制在职人员为36人，退休9人。":                                                    "编total=36 实retired=9",
		"在职编制数198个，在职实有182人。":                                                     "编total=198 实total=182",
		"经县委编办批准，我局共有行政编制18名，事业编制26名，工勤编制2名。":                                     "编admin=18 编institution=26 编logistics=2",
		"部门编制总人数为120人，其中：行政编制20人、事业编制100人。":                                       "编total=120 编admin=20 编institution=100",
		"编制数：行政25名，事业12名；实有：行政24名，事业11名。":                                         "编admin=25 编institution=12 实admin=24 实institution=11",
		"行政编制20人，实有19人；事业编制35人，实有33人。":                                            "编admin=20 编institution=35 实admin=19 实institution=33",
		"核定机关行政编制15名、机关后勤服务人员编制2名，现有在职干部职工16人。":                                   "编admin=15 编logistics=2 实total=16",
		"核定17名行政编制、3名工勤编制，现有18名在职人员。":                                             "编admin=17 编logistics=3 实total=18",
		"本单位政法专项编制一百零八人，实际到位九十七名。":                                                "编admin=108 实total=97",
		"现有干部职工77人，其中在职57人、退休20人。":                                                "实total=57 实retired=20",
		"在职28人。另有社区工作者76名，由区民政部门统一招聘。":                                            "实total=28",
		"在职28人，协管员35人，不在我中心领薪。":                                                   "实total=28",
		"在职28人，劳务派遣人员16名，由劳务公司派遣并管理。":                                             "实total=28 实contract=16",
		"在职28人，编外人员5人，由我局统一管理。":                                                   "实total=28 实contract=5",
		"在职28人，临聘人员5人，由财政安排经费，退休3人，由社保发放。":                                        "实total=28 实contract=5 实retired=3",
		"全所在册职工44人，临聘人员6人，离退休人员共12人，其中离休1人、退休11人。":                                "实total=44 实contract=6 实retired=12",
		"核定全额拨款事业编制30名，年末在编在岗28人，编外聘用教师5人。":                                       "编institution=30 实total=28 实contract=5",
		"人员编制\n21\n实有人数\n19":                                                      "编total=21 实total=19",
		"编制人数：40  在职人数：38  退休人数：12":                                               "编total=40 实total=38 实retired=12",
		"年末在职人数３５人，劳务派遣人员约８人。":                                                    "实total=35 实contract=8",
		"公务用车编制3辆，实有车辆3辆，床位编制300张。":                                               "",
		"全市行政编制1866名、事业编制9720名。":                                                  "",
		"新增就业3800人，培训网格员640人次，服务在校学生2300余人。":                                      "",
		"内设9个科室，下属3个事业单位，编制计划12项。":                                                "",
		"行政在职人员12人，事业在职人员30人，合同工4人。":                                              "实admin=12 实institution=30 实contract=4",
		"在职公务员33人，工勤人员3人；辅警56人。":                                                  "实admin=33 实logistics=3 实contract=56",
		"单位编制45人（其中行政编制10人、事业编制35人），年末实有41人。":                                     "编total=45 编admin=10 编institution=35 实total=41",
		"参公编制15名，事业编制38名。":                                                        "编institution=38",
		"项目 | 行政 | 事业 | 工勤 | 合计\n编制数 | 12 | 5 | 2 | 19\n实有数 | 11 | 5 | 1 | 17":    "编total=19 编admin=12 编institution=5 编logistics=2 实total=17 实admin=11 实institution=5 实logistics=1",
		"人员编制 | 21 | 实有人数 | 20":                                                   "编total=21 实total=20",
		"编制数为16，实有13，退休5。":                                                        "编total=16 实total=13 实retired=5",
		"核定编制16（行政10、事业6），在职15。":                                                  "编total=16 编admin=10 编institution=6 实total=15",
		"下属单位：区农技站在职28人、区畜牧站在职19人。局机关行政编制34人，年末实有在职36人（行政33人，工勤3人）。":              "编admin=34 实total=36 实admin=33 实logistics=3",
		"领导职数5名，其中正职1名、副职4名；本科学历20人，党员31名。":                                       "",
		"水库巡查员按片区聘请，共146人，由各镇管理。":                                                 "",
		"年内新增退休人员3人，调入2人，调出1人。":                                                   "",
		"类别 | 编制数 | 实有数\n行政 | 20 | 19\n离退休 | — | 17":                              "编admin=20 实admin=19 实retired=17",
		"在职人员控制率=（在职人员数/编制数）×100%=（57/60）×100%=95%。":                              "",
		"我单位现有编制人员35名，实际在编在职人员33名。":                                               "编total=35 实total=33",
		"单位在编人员共计45名，其中公务员12名，事业编制人员30名，工勤3名。":                                    "实total=45 实admin=12 实institution=30 实logistics=3",
		"机构编制总数120名，实有人员 115 名（含行政24人、事业91人），比上年减少2人。":                            "编total=120 实total=115 实admin=24 实institution=91",
		"机关行政编制核定为25名，目前实有23人。":                                                   "编admin=25 实total=23",
		"在职职工432人（编制内286人，编制外146人）。":                                              "实total=432 实contract=146",
		"财政供养人员62人（其中在职50人，退休12人）。":                                               "实total=50 实retired=12",
		"现有在职教师86名，其中高级教师12名，编外聘用制教师4名。":                                          "实total=86 实contract=4",
		"编制部门批准设立，批复人数26人，其中行政编制6人、工勤编制2人。":                                       "编total=26 编admin=6 编logistics=2",
		"编制人数 | 行政 | 事业 | 实有人数 | 行政 | 事业 | 离退休\n45 | 12 | 33 | 43 | 11 | 32 | 20": "编total=45 编admin=12 编institution=33 实total=43 实admin=11 实institution=32 实retired=20",
		"编制人数 | 45 | 其中：行政 | 12 | 事业 | 33\n实有人数 | 43 | 其中：行政 | 11 | 事业 | 32":      "编total=45 编admin=12 编institution=33 实total=43 实admin=11 实institution=32",
		"公务员编制25名、工勤编制2名，实际在岗公务员23名、工勤2名，另有聘用司勤人员3名。":                             "编admin=25 编logistics=2 实admin=23 实logistics=2 实contract=3",
		"单位年末在职人员控制数50人，实有47人。":                                                   "编total=50 实total=47",
		"行政执法类编制120名，事业编制30名，工勤人员编制5名。":                                           "编admin=120 编institution=30 编logistics=5",
		"三定方案核定行政编制15名，设局长1名，副局长3名，实有在职人员14名。":                                    "编admin=15 实total=14",
		"学校现有教职工126人，其中在编教师110人，临聘教师16人，在校学生2130人。":                               "实total=110 实contract=16",
		"实有47/编制50": "编total=50 实total=47",
		"在职人数：男30人，女13人，共43人。":               "实total=43",
		"全市事业编制核定总量12,000名，我办行政编制15名，实有14人。": "编admin=15 实total=14",
		"年末在职人员2 3人其中行政8人事业15人离退休9人":         "实total=23 实admin=8 实institution=15 实retired=9",
		"核定编制26名其中行政编制6名事业编制20名现有在职25名":      "编total=26 编admin=6 编institution=20 实total=25",
		"单位在职人员共38人，比编制数少2人":                 "实total=38",
	}, "整体")
}

func TestMoney(t *testing.T) {
	check(t, map[string]string{
		"2021年年初部门预算612.4万元，年中追加预算100万元，调整后全年预算数712.4万元。":       "预initial=6124000.00 预adjusted=7124000.00",
		"年初财政批复预算820万元，最终预算数905.12万元，支出决算数900万元。":               "预initial=8200000.00 预adjusted=9051200.00 支total=9000000.00",
		"部门总收入1.36亿元，其中财政补助收入1,845.20万元、事业收入234.2万元；总支出1.31亿元。": "收total=136000000.00 收fiscal=18452000.00 支total=131000000.00",
		"本年收入合计5,486,320.15元，比2020年的5,120,008.40元增加7.15%。":      "收total=5486320.15",
		"全年财政拨款收入18273.721787万元。":                               "收fiscal=182737217.87",
		"2021年收入0.12345678901亿元。":                               "收total=12345678.901",
		"收支总决算2345.6万元。":                                        "支total=23456000.00",
		"上年支出690.02万元，本年支出728.15万元，同比增加38.13万元。":                "支total=7281500.00",
		"2020年支出690.02万元。2021年支出728.15万元。":                      "支total=7281500.00",
		"支出合计300万元，其中：基本支出180万元，项目支出120万元。":                     "支total=3000000.00 支basic=1800000.00 支project=1200000.00",
		"基本支出年初预算402万元，决算数398万元；项目支出年初预算100万元，决算数99万元。":         "支basic=3980000.00 支project=990000.00",
		"工资福利支出812万元，商品和服务支出156万元，公用支出33万元。":                    "",
		"“三公”经费预算10万元，实际支出8.5万元，比上年减少1万元。":                      "支three_public=85000.00",
		"“三公”经费全年支出21.3万元，为年度预算数28万元的76.07%。":                   "支three_public=213000.00",
		"三公经费控制率61.5%，实际支出2.46万元，控制在预算4万元以内。":                   "支three_public=24600.00",
		"三公经费支出0元，其中公务接待费0元。":                                   "支three_public=0.00",
		"年初结转和结余16万元，年末结转和结余20.5万元。":                            "carryover=205000.00",
		"收支相抵，结转下年使用32.13万元。":                                   "carryover=321300.00",
		"全年收入３，８２６．５０万元，支出约三千七百万元。":                             "收total=38265000.00 支total=37000000.00",
		"固定资产原值412万元，合同金额36万元，政府采购预算50万元。":                      "",
		"支出7,00.0,77万元。": "",
		"单位：万元\n项目 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | 分值 | 得分\n年度资金总额 | 100 | 120.5 | 118 | 97.93% | 10 | 9.79\n其中：财政拨款 | 90 | 110.5 | 108 | 97.74% | — | —": "预initial=1000000.00 预adjusted=1205000.00 支total=1180000.00 execution_rate=97.93",
		"收支情况（万元）\n指标 | 2021年预算 | 2021年决算 | 2020年决算\n收入合计 | 396.52 | 440.27 | 418.83\n支出合计 | 396.52 | 437.1 | 416.6\n基本支出 | 273 | 288.14 | 279.01":        "收total=4402700.00 预initial=3965200.00 支total=4371000.00 支basic=2881400.00",
		"单位：千元\n收入合计 | 5,000 | 支出合计 | 4,800":                                           "收total=5000000.00 支total=4800000.00",
		"年度支出情况（万元）\n机构名称\n支出合计\n基本支出\n项目支出\n结余\n局本级\n3204.17\n986.35\n2217.82\n82.25": "支total=32041700.00 支basic=9863500.00 支project=22178200.00 carryover=822500.00",
		"2021年度收入总计、支出总计均为538.27万元。":                                                   "收total=5382700.00 支total=5382700.00",
		"预算总收入500万元，决算总收入520万元。":                                                       "收total=5200000.00",
		"年初批复部门预算为211万元，其中：基本支出171万元，项目支出40万元。全年完成支出218万元，其中基本支出完成178万元；项目支出完成40万元。": "预initial=2110000.00 支total=2180000.00 支basic=1780000.00 支project=400000.00",
		"“三公”经费控制数10万元，实际发生8.1万元。":                                                                                                                      "支three_public=81000.00",
		"“三公”经费同比下降12%，为8.3万元，其中公务接待费2万元。":                                                                                                              "支three_public=83000.00",
		"表2 三公经费（单位：万元）\n项目 | 年初预算 | 决算\n公务接待费 | 3 | 2.1\n合计 | 8 | 6.7":                                                                                 "支three_public=67000.00",
		"年初预算收入180万元，年终决算收入234万元；年终决算支出233万元。":                                                                                                          "预initial=1800000.00 收total=2340000.00 支total=2330000.00",
		"收入（万元） | 支出（万元）\n财政拨款收入 | 100.5 | 基本支出 | 70.25\n收入总计 | 102.5 | 支出总计 | 101.25":                                                                  "收total=1025000.00 收fiscal=1005000.00 支total=1012500.00 支basic=702500.00",
		"单位：万元\n              年初预算数   全年预算数   全年执行数   分值   执行率   得分\n年度资金总额：   1,200.00   1,350.40   1,340.10   10   99.24%   9.92":                     "预initial=12000000.00 预adjusted=13504000.00 支total=13401000.00 execution_rate=99.24",
		"其中，案件审判年初预算数280万元，年末结算支出280万元；案件执行年初预算数12万元。":                                                                                                  "",
		"单位：万元\n支出项目 | 年初预算数 | 调整预算数 | 实际支出数 | 执行率\n基本支出 | 389 | 399 | 398.4 | 99.85%\n项目支出 | 93 | 121 | 114 | 94.21%\n合计 | 482 | 520 | 512.4 | 98.54%": "预initial=4820000.00 预adjusted=5200000.00 支total=5124000.00 支basic=3984000.00 支project=1140000.00 execution_rate=98.54",
		"部门支出预算5,000万元，其中基本支出3,000万元，项目支出2,000万元。部门支出决算4,900万元，其中基本支出2,950万元、项目支出1,950万元。":                                                              "预initial=50000000.00 支total=49000000.00 支basic=29500000.00 支project=19500000.00",
		"基本支出预算300万元，支出295万元，预算执行率98.3%。":                                                                                                               "支basic=2950000.00",
		"项目支出100万元，完成预算的98%。":                  "支project=1000000.00",
		"收入总计1,200万元。其中：本年收入1,150万元，上年结转50万元。": "收total=11500000.00",
		"结转结余资金共计12万元，其中基本支出结转2万元。":            "carryover=120000.00",
		"评价情况 | 2021年部门收入合计300万元，支出合计290万元。":   "收total=3000000.00 支total=2900000.00",
		"单位：万元\n项目 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率\n年度资金总额 | 100 | 120 | 118 | 98.33%\n其中：基本支出 | 70 | 80 | 79 | 98.75%\n项目支出 | 30 | 40 | 39 | 97.5%":  "预initial=1000000.00 预adjusted=1200000.00 支total=1180000.00 支basic=790000.00 支project=390000.00 execution_rate=98.33",
		"二、收支情况（单位：万元）\n本年收入1,234.5，本年支出1,200，年末结转34.5。":                                                                                            "收total=12345000.00 支total=12000000.00 carryover=345000.00",
		"三公经费：公务接待费1.2万元、公务用车运行费3.4万元、因公出国（境）费0万元，共计4.6万元。":                                                                                         "支three_public=46000.00",
		"2021年部门整体支出共计1,850.32万元，其中基本支出1,020.12万元，占55.13%，项目支出830.2万元，占44.87%。":                                                                     "支total=18503200.00 支basic=10201200.00 支project=8302000.00",
		"本年度共收到财政拨款3,200万元，其他收入50万元，合计收入3,250万元。":                                                                                                   "收fiscal=32000000.00 收total=32500000.00",
		"“三公”经费预算安排20万元，决算数为17.2万元，比预算减少2.8万元。":                                                                                                     "支three_public=172000.00",
		"收支（万元） | 收入 | 合计 | 财政拨款 | 其他收入\n | | 3200.5 | 3100 | 100.5\n | 支出 | 合计 | 基本支出 | 项目支出\n | | 3180.2 | 1500.2 | 1680\n自评得分 | 94.6 | 评价等级 | 优": "收total=32005000.00 收fiscal=31000000.00 支total=31802000.00 支basic=15002000.00 支project=16800000.00 score=94.6 grade=优",
		"项目资金(万元) 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n年度资金总额 200.00 220.00 215.60 10 98% 9.8\n其中:财政拨款 200.00 220.00 215.60 - 98% -\n总分 100 96.8":           "预initial=2000000.00 预adjusted=2200000.00 支total=2156000.00 execution_rate=98 score=96.8 score_full=100",
		"2019年、2020年、2021年收入分别为100万元、110万元、120万元。":                                                                                                  "收total=1200000.00",
		"收入预算120万元，实际收入118万元。":                              "收total=1180000.00",
		"公用经费预算50万元，实际支出45万元。":                              "",
		"2021年上级专项资金收入500万元。":                               "",
		"总收入壹仟贰佰万元整，总支出近1,180万元。":                           "收total=12000000.00 支total=11800000.00",
		"年初预算1,000万元（其中财政拨款900万元），调整后1,100万元，决算1,050万元。":    "预initial=10000000.00 预adjusted=11000000.00 支total=10500000.00",
		"全年预算数为1200万元，全年执行数为1180万元，其中：财政拨款1150万元，其他资金30万元。": "预adjusted=12000000.00 支total=11800000.00",
		"本年决算收入总额为3,000万元，本年决算支出总额为2,950万元。":                "收total=30000000.00 支total=29500000.00",
		"收入1234.56万元支出1200.00万元其中基本支出800万元项目支出400万元":        "收total=12345600.00 支total=12000000.00 支basic=8000000.00 支project=4000000.00",
	}, "整体")
}

func TestProjectMoney(t *testing.T) {
	check(t, map[string]string{
		"项目年初预算4,500,000.00元，经调整后总预算4,286,500.00元，实际执行4,123,870.55元，预算执行率96.21%。": "预initial=4500000.00 预adjusted=4286500.00 支total=4123870.55 execution_rate=96.21",
		"项目资金总额85万元，实际支出84.2万元，结余0.8万元。":                                          "预adjusted=850000.00 支total=842000.00 carryover=8000.00",
		"2021年市级财政安排该项经费60万元，当年实际支出58.94万元。":                                      "预adjusted=600000.00 支total=589400.00",
		"全市补助资金预算11.42亿元，实际到位11.37亿元，拨付使用11.36亿元。":                                "预adjusted=1142000000.00 支total=1136000000.00",
		"项目全年预算数214.6万元，年底累计支出176.02万元，支付率82.02%。":                                "预adjusted=2146000.00 支total=1760200.00 execution_rate=82.02",
		"序号 | 支出内容 | 预算金额（元） | 支出金额（元） | 执行率\n1 | 日常养护 | 6,254,000.00 | 6,254,000.00 | 100.00%\n2 | 大中修 | 11,760,000.00 | 11,326,540.37 | 96.31%\n | 合计 | 18,014,000.00 | 17,580,540.37 | 97.59%": "预adjusted=18014000.00 支total=17580540.37 execution_rate=97.59 projects={\"budget\":\"6254000.00\",\"executed\":\"6254000.00\",\"name\":\"日常养护\",\"rate\":\"100.00\"} projects={\"budget\":\"11760000.00\",\"executed\":\"11326540.37\",\"name\":\"大中修\",\"rate\":\"96.31\"}",
		"项目总投资1,500万元，本年度安排资金800万元，实际到位800万元，实际支出792.3万元。":                                                                                                                                        "预adjusted=8000000.00 支total=7923000.00",
		"该项目预算批复金额为120万元，支出金额为118.6万元，预算执行率98.83%。":                                                                                                                                               "预adjusted=1200000.00 支total=1186000.00 execution_rate=98.83",
		"项目实际支付资金45.2万元，占预算资金50万元的90.4%。":                                                                                                                                                         "预adjusted=500000.00 支total=452000.00 execution_rate=90.4",
	}, "项目")
}

func TestRate(t *testing.T) {
	check(t, map[string]string{
		"全年预算执行率达98.95%，支付进度均衡。":                         "execution_rate=98.95",
		"部门整体预算执行率为百分之九十八点六。":                            "execution_rate=98.6",
		"支出完成调整预算的99.52%。":                               "execution_rate=99.52",
		"预算完成率=94.30%。":                                  "execution_rate=94.30",
		"预算执行率 98 . 86 %。":                               "execution_rate=98.86",
		"预算执行率≥95%，资金到位率100%，群众满意度96%。":                  "",
		"目标：预算执行率不低于95%。":                                "",
		"三公经费控制率61.5%，固定资产利用率100%，指标完成率105%。":            "",
		"上年预算执行率90%，本年预算执行率95%。":                         "execution_rate=95",
		"执行率（B/A）：100%":                                  "execution_rate=100",
		"政府采购执行率92%，在职人员控制率98%。":                         "",
		"截至6月底支出进度45%，截至12月底支出进度98.5%。":                  "execution_rate=98.5",
		"预算执行率=（12,100.55/12,345.67）×100%=98.01%。":       "execution_rate=98.01",
		"项目支出预算执行率90%，部门预算执行率96%。":                       "execution_rate=96",
		"部门预算执行率=决算支出数÷调整预算数×100%=1180÷1200×100%=98.33%": "execution_rate=98.33",
	}, "整体")
}

func TestTablesOfYears(t *testing.T) {
	check(t, map[string]string{
		"项目 | 2021年（万元） | 2020年（万元）\n年初预算 | 39 | 37\n支出合计 | 50 | 46":                        "预initial=390000.00 支total=500000.00",
		"单位：万元\n科目 | 上年数 | 本年数\n基本支出 | 12 | 11\n项目支出 | 8 | 9":                               "支basic=110000.00 支project=90000.00",
		"年度资金（万元）：\n年度 | 预算 | 支出 | 执行率\n2020年 | 18 | 18 | 100%\n2021年 | 21 | 19.86 | 94.6%": "预initial=210000.00 支total=198600.00 execution_rate=94.6",
		"人员情况 | 编制 | 实有\n合计 | 68 | 62\n收支情况 | 金额（万元） | 备注\n年初预算 | 126 | \n其中：基本支出 | 90 | ":  "编total=68 实total=62 预initial=1260000.00 支basic=900000.00",
		"指标 | 目标值 | 完成值\n预算执行率 | 100% | 98.3%":                                              "execution_rate=98.3",
		"预算执行率100%的目标未完成。预算完成率95%计满分。执行率100%的8个。":                                           "",
		"全年预算34万元（年初29万元，追加5万元）。":                                                           "预initial=290000.00 预adjusted=340000.00",
	}, "整体")
}

func TestMoneyForOneThing(t *testing.T) {
	check(t, map[string]string{
		"医疗救助支出86万元，临时救助支出30万元。":                                    "",
		"完成投资3.2亿元。":                                                "",
		"修好泵站，支出8万元；全年总支出118万元。":                                    "支total=1180000.00",
		"一季度执行率22%，二季度执行率48%。":                                      "",
		"全年支出118万元，占全年预算120万元的98.33%。":                              "预adjusted=1200000.00 支total=1180000.00 execution_rate=98.33",
		"收入预算12万元，其中财政拨款11.5万元。收入决算11.9万元，其中财政拨款11.4万元。":            "收total=119000.00 收fiscal=114000.00",
		"收入总计15万元。本年收入合计14万元。":                                      "收total=140000.00",
		"堤坝加固项目预算20万元，支出19万元。":                                      "",
		"拨付堤坝维修资金30万元。":                                             "",
		"全年支出118万元；如河道清淤项目执行率为60%。":                                 "支total=1180000.00",
		"殡葬改革经费项目执行率81.75%，部门预算执行率97%。":                             "execution_rate=97",
		"单位：万元\n（以下为决算数。）\n“三公”经费合计\n公务接待费\n公务用车运维费\n4.2\n2.4\n1.8": "支three_public=42000.00",
	}, "整体")
}

func TestFormsOfProjectsAtTheEnd(t *testing.T) {
	check(t, map[string]string{
		"决算支出90万元，执行率97.3%。\n自评得分92分。\n附：\n项目支出绩效自评表\n项目名称：桥涵维修  单位：元\n执行数 55,000.00  执行率 86.2%  自评得分 84": "支total=900000.00 execution_rate=97.3 score=92",
	}, "整体")
}

func TestFiscalAsTheOnlySource(t *testing.T) {
	check(t, map[string]string{
		"全年收入53万元，均为财政拨款。":           "收total=530000.00 收fiscal=530000.00",
		"全年收入53万元（全部来源于一般公共预算财政拨款）。": "收total=530000.00 收fiscal=530000.00",
		"全年收入53万元，均为事业收入。":           "收total=530000.00",
		"单位：万元\n | 年初安排预算（含上年结转）① | 年中调整② | 小计③=①+② | 拨付\n专项 | 3 | 1 | 4 | 4\n合计 | 9 | 2 | 11 | 10.5": "预initial=90000.00 预adjusted=110000.00 支total=105000.00",
	}, "整体")
}

func TestFundsOfAProject(t *testing.T) {
	check(t, map[string]string{
		"2021年中央下达渔业补贴资金共计120.5万元，其中提前下达80万元。":  "预adjusted=1205000.00",
		"2021年省级下达草原改良提升资金共计9万元，我局另获下达资金8.5万元。": "预adjusted=90000.00",
		"全镇共获得财政衔接资金300万元，支付比例97.5%。":           "预adjusted=3000000.00 execution_rate=97.5",
		"截至年末支出90万元；农民人均年工资性收入2.6万元。":           "支total=900000.00",
	}, "项目")
}

func TestScore(t *testing.T) {
	check(t, map[string]string{
		"评定本次自评98分。":                               "score=98",
		"自评得分\n90 分":                               "score=90",
		"绩效自评分为98.14分。":                            "score=98.14",
		"综合评价等级为“优”，分数为97分。":                       "score=97 grade=优",
		"得分：86  等次：良":                              "score=86 grade=良",
		"自评总分为97.3分（满分100分），等级为“优秀”。":              "score=97.3 score_full=100 grade=优",
		"自评得分（满分100分）：95分。":                        "score=95 score_full=100",
		"绩效自评总分100分，自评得分92.5分，评价结论为“良好”。":          "score=92.5 score_full=100 grade=良",
		"投入15分得14分，过程55分得51分，产出30分得29分，自评得分共计94分。": "score=94",
		"1.预算编制（10分）。自评得9分。\n2.预算执行（20分）。自评得18分。\n综合得分91分，属于“优”。":                                      "score=91 grade=优",
		"评分标准：90（含）—100分为优、80（含）—90分为良、60分以下为差。":                                                       "",
		"满分21分，得分20分。满分79分，得分70分。总得分90分。":                                                              "score=90",
		"上年度自评得分92.6分；2021年度自评得分95.28分。":                                                               "score=95.28",
		"自评总分九十五点五分，评价等次为中等。":                                                                          "score=95.5 grade=中",
		"指标 | 权重 | 得分 | 绩效等级\n投入 | 15.00 | 13.50 | 优\n过程 | 85.00 | 71.20 | 良\n合计 | 100.00 | 84.70 | 良": "score=84.70 score_full=100.00 grade=良",
		"部门联系人 | 张某甲 | 自评总分（分） | 95.62":                                                                "score=95.62",
		"自评得分95.3，评价等级：优□ 良☑ 中□ 差□":                                                                    "score=95.3 grade=良",
		"辖区环境质量优良率95%，中心城区达标。":                                                                         "",
		"自评等级：优（95分）":              "score=95 grade=优",
		"决策得分18分，过程得分17分，产出得分28分。": "",
		"自评得分95分，财政复评得分92分。":       "score=95",
		"全年共扣2.5分，得97.5分，评为优秀。":    "score=97.5 grade=优",
		"一级指标 | 二级指标 | 三级指标 | 分值 | 得分\n产出 | 数量 | 册数 | 100 | 97\n总分 | | | 100 | 97": "score=97 score_full=100 indicators={\"level1\":\"产出\",\"level2\":\"数量\",\"level3\":\"册数\",\"score\":\"97\",\"weight\":\"100\"}",
		"综合评定为96分，等级优。":                               "score=96 grade=优",
		"绩效自评结果：97.6分，优。":                             "score=97.6 grade=优",
		"评价总分100分，实际得分95分。":                           "score=95 score_full=100",
		"自评结论 | 本次自评得分95分，评价等级为“良好”":                  "score=95 grade=良",
		"一级指标得分：投入14分、过程53分、产出18分、效果9分，合计94分，评价等级为优。": "score=94 grade=优",
		"自评得分为97分，属于优秀等级；上年自评得分95分。":                  "score=97 grade=优",
		"评价得分：95.5（百分制）；评价级别：优。":                      "score=95.5 grade=优",
		"总分：97.5分；等级：优（90-100分）":                      "score=97.5 grade=优",
		"评分等级：优（90-100分）、良（80-89分）、中（60-79分）。":        "",
		"得分98分以上为优秀。":                                 "",
		"我局投入类20分、过程类34.5分、产出类36分，累计90.5分。":           "score=90.5",
		"投入类20分、过程类34.5分，累计扣4分。":                      "",
		"评价组逐项打分，结果为86.4分。":                           "score=86.4",
		"按指标体系打分，项目得90.2分，评价等级为优（90分以上为优，60分以下为差）。":   "score=90.2 grade=优",
		"评定等级：□优 ☑良 □中 □差":                            "grade=良",
	}, "整体")
}
