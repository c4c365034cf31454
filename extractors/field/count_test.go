package field

import "testing"

func TestPeople(t *testing.T) {
	check(t, map[string]string{
		"行政编制34人，实际32人；事业编制58人，实际47人。":                  "编admin=34 编institution=58 实admin=32 实institution=47",
		"事业编制58人（实际47人）。":                               "编institution=58 实institution=47",
		"新增就业计划400人，实际443人。":                            "",
		"我办行政编制31名，年末行政人员28人，工勤3人。":                     "编admin=31 实admin=28 实logistics=3",
		"年末核定编制50名，其中行政20名、事业30名。":                      "编total=50 编admin=20 编institution=30",
		"2021年末行政编制31名。":                                "编admin=31",
		"县编办核定教职工事业编制二百六十名，年末在编在职教职工二百五十名。":             "编institution=260 实total=250",
		"编外人员14人。社区工作者41人的额度由区里核定。":                     "实contract=14",
		"聘用护林员43人（报酬列入管护费，不占用我局编制）。":                    "",
		"年末在职51人（政法编干警48人、工勤3人），其中司法行政人员10名。":           "实total=51 实admin=48 实logistics=3",
		"现有在编在职17人，其中管理和专业技术人员（事业编）16人、工勤人员1人。":         "实total=17 实institution=16 实logistics=1",
		"现有在编在职17人，其中参公人员（事业编）16人。":                     "实total=17",
		"公开招聘社会化工作者7名（合同制）。":                            "实contract=7",
		"全年新招聘工作人员7名（合同制）。":                             "",
		"编外聘用37人。社区工作者98人、协管员12人由区里核定，不在机关发薪。":          "实contract=37",
		"核定行政编制35名（实有33名），事业编制52名（实有50名），工勤编制2名（实有2名）。": "编admin=35 编institution=52 编logistics=2 实admin=33 实institution=50 实logistics=2",
		"行政编制15名，实有13名；事业编制20名。":                        "编admin=15 编institution=20 实admin=13",
		"行政编制15名，实有13名，其中行政12名、工勤1名。":                   "编admin=15 实total=13 实admin=12 实logistics=1",
		"行政编制23名、事业编制41名，实际在岗分别为22人和39人。":               "编admin=23 编institution=41",
		"2021年末实有人数67人，其中：在职人员52人，离休人员1人，退休人员14人。":      "实total=52 实retired=14",
		"核定编制25人，其中行政编制7人，参照公务员管理事业编制17人。":              "编total=25 编admin=7",
		"现有行政编制12名、事业编制23名，合计35名，在职33人。":                "编total=35 编admin=12 编institution=23 实total=33",
		"共有行政编制12名，事业编制23名，共计35名。":                      "编total=35 编admin=12 编institution=23",
		"年末现有在职行政编制人员12名。":                              "实admin=12",
		"本校教职工92人。": "实total=92",
	}, "整体")
	check(t, map[string]string{
		"学校在校生460人，教职工92人。":  "",
		"中心现有在职职工9人，共同实施项目。": "实total=9",
	}, "项目")
}
