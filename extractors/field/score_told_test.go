package field

import "testing"

// TestMarksTold reads marks told in passing: of this year after another's, as a sum
// of parts, beside what they are out of, and not those of a single project.
func TestMarksTold(t *testing.T) {
	check(t, map[string]string{
		"我镇2021年部门整体支出绩效自评91.2分，自评结果为“优秀”。":                          "score=91.2 grade=优",
		"根据评分表，我院整体支出绩效自评90.8分，自评等级优秀。":                              "score=90.8 grade=优",
		"部门整体绩效自评95分。":                                               "score=95",
		"在县财政局组织的2020年度重点抽评中我局得分86分，今年自评得92.5分，评价等级为“优”。":            "score=92.5 grade=优",
		"2020年度自评得分86分，本年度自评得92.5分，评价等级为“优”。":                        "score=92.5 grade=优",
		"2020年度自评得分86分。":                                             "",
		"总分100分：投入满分15分，自评14分；产出满分85分，自评78.5分。自评综合得分为92.5分，等次为“优秀”。": "score=92.5 score_full=100 grade=优",
		"评价指标总分100分，评价结果分为四档。本次自评得分93.5分。":                           "score=93.5 score_full=100",
		"自评总分100分，等级为“优”。河道清淤项目自评得分96分。":                             "score=100 grade=优",
		"以上合计92.1分（满分为100分），按照《办法》，属“优”。":                            "score=92.1 score_full=100 grade=优",
		"四项合计92.1分，属于“优”。":                                           "score=92.1 grade=优",
		"投入（20分）得19分；过程（20分）得18分；产出（60分）得55.1分。以上合计92.1分，属“优”。":      "score=92.1 grade=优",
		"投入（20分）得19分；过程（20分）得18分。扣分项目合计52.1分。":                       "",
		"90分以上为优，80分以上为良。":                                           "",
		"对“健身中心运营”项目开展部门评价，评价得分88.5分，评价等级为“良”。":                      "",
		"对我局整体支出开展绩效评价，评价得分88.5分，评价等级为“良”。":                          "score=88.5 grade=良",
	}, "整体")
}
