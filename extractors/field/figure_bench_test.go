package field

import (
	"strings"
	"testing"

	"jixiao/extractors/passage"
	"jixiao/extractors/section"
)

// nineKB is a report of the usual size, mostly prose.
func nineKB() string {
	const prose = "在内部控制方面，修订了财务报销、公务接待、车辆管理、印章使用等制度汇编，重新绘制了六大业务流程图，标注关键岗位和风险点。年内开展内控自查2轮，对发现的流程衔接不畅、附件不齐全等情形当场整改。\n"
	var b strings.Builder
	b.WriteString("临江市档案服务中心2021年度部门整体支出绩效自评报告\n一、单位概况\n核定编制26人，其中行政编制5人、事业编制21人。年末在职人数23人，退休9人。\n二、收支情况\n" +
		"2021年年初部门预算612.40万元，调整后预算735.86万元。全年收入735.86万元，支出728.15万元；其中基本支出402.37万元，项目支出325.78万元，预算执行率98.95%。\n")
	for b.Len() < 8700 {
		b.WriteString(prose)
	}
	b.WriteString("三、自评结果\n本次自评得96.5分，等级为优。\n四、存在的问题\n1.预算编制不够细化。\n2.支付进度偏慢。\n五、改进措施\n1.细化预算。\n2.加快支付。\n")
	return b.String()
}

// BenchmarkRead measures folding, outline and all readers on one report.
func BenchmarkRead(b *testing.B) {
	doc := paper(nineKB())
	b.SetBytes(int64(len(doc.Text)))
	b.ReportAllocs()
	for b.Loop() {
		p := passage.New(doc)
		Read(p, section.Outline(p))
	}
}

// BenchmarkFigures measures the readers of figures alone.
func BenchmarkFigures(b *testing.B) {
	doc := passage.New(paper(nineKB()))
	b.ReportAllocs()
	for b.Loop() {
		readFigures(&Reading{Doc: doc, Tree: &section.Tree{}})
	}
}
