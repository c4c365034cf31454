package field

import "testing"

func TestGradeWords(t *testing.T) {
	check(t, map[string]string{
		"总计94.5分，绩效等第为“优”。":               "score=94.5 grade=优",
		"自评得分83.4分，对应“良”（80≤得分＜90）。":      "score=83.4 grade=良",
		"自评得分83.4分，与中央对口部门的要求对应。":         "score=83.4",
		"第三方评价得分88分，评价等级良；我局自评得分95分，等级优。": "score=95 grade=优",
		"自评得分96分，达到优秀标准。":                 "score=96 grade=优",
		"自评得分96分。窗口服务达到优秀标准。":             "score=96",
	}, "整体")
}
