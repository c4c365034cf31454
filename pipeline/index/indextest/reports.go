package indextest

import (
	"strings"

	"jixiao/schemas"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

// The exam's reports are invented; each has a short name, of which its ID is the
// hash.

func idOf(name string) schemas.DocID { return schemas.IDOf([]byte(name)) }

// nameOf returns the short name of one of Reports, or the ID itself.
func nameOf(id schemas.DocID) string {
	for _, d := range Reports() {
		if d.Record.ID == id {
			return d.Submissions[0].Name
		}
	}
	return string(id)
}

// A sketch is a report in few words.
type sketch struct {
	name   string
	text   string
	title  string
	values map[string][]record.Value
	items  map[string][]string // problems, measures
	batch  string
	state  record.State
}

func (s sketch) document() *record.Document {
	r := &record.Record{ID: idOf(s.name), Schema: schemas.Version, State: s.state, Title: s.title}
	if r.State == "" {
		r.State = record.Read
	}
	for key, values := range s.values {
		for _, v := range values {
			r.Fields = append(r.Fields, record.Field{Key: key, Value: v, Raw: v.String(), Confidence: 1, Rule: "exam"})
		}
	}
	for _, key := range []string{"problems", "measures"} {
		for _, text := range s.items[key] {
			r.Fields = append(r.Fields, s.item(key, text))
		}
	}
	return &record.Document{
		Record: r, Text: s.text, Revision: 1,
		Submissions: []record.Submission{{Name: s.name, Batch: s.batch}},
	}
}

// item stands where its words stand in the text; every page has 100 bytes.
func (s sketch) item(key, text string) record.Field {
	at := strings.Index(s.text, text)
	return record.Field{
		Key: key, Value: record.Text(text), Raw: text, Item: string(idOf(key + text)[:12]), Confidence: 1,
		Evidence: []record.Evidence{
			{Role: record.RoleLabel, Quote: "存在问题"},
			{Role: record.RoleValue, Page: at/100 + 1, Span: layout.Span{Start: at, End: at + len(text)}, Quote: text},
		},
	}
}

func texts(values ...string) []record.Value {
	var out []record.Value
	for _, v := range values {
		out = append(out, record.Text(v))
	}
	return out
}

func number(n int64) []record.Value { return []record.Value{record.Number(n)} }

// Reports returns the documents that most of the exam is about.
func Reports() []*record.Document {
	var out []*record.Document
	for _, s := range sketches {
		out = append(out, s.document())
	}
	return out
}

var sketches = []sketch{
	{
		name: "天池局2021", batch: "第一批", title: "天池县财政局2021年度部门整体支出绩效自评报告",
		text: "天池县财政局2021年度部门整体支出绩效自评报告\n一、基本情况。全年支出1,234.56万元，“三公”经费下降。\n二、存在问题：预算编制不够精细。\n预算执行进度偏慢。\n三、改进措施：加强预 算 编\n制培训。",
		values: map[string][]record.Value{
			"unit": texts("天池县财政局", "天池县财政局（本级）"), "year": number(2021), "scope": texts("整体"), "region": texts("云岭省天池县"),
			"fill_date": texts("2022-03-15"), "notice_number": texts("天财绩〔2022〕5号"), "supervisor": texts("天池县人民政府"),
			"expenditure.total": texts("12345600.00"), "headcount.actual.total": number(57), "execution_rate": texts("96.50"),
			"score": texts("95.5"), "score_full": texts("100"), "grade": texts("优"),
			"projects": {record.Object(map[string]string{"name": "乡村道路养护", "budget": "500000.00"})},
		},
		items: map[string][]string{"problems": {"预算编制不够精细", "预算执行进度偏慢"}, "measures": {"加强预 算 编\n制培训"}},
	},
	{
		name: "天池局2020", batch: "第一批", title: "天池县财政局2020年度部门整体支出绩效自评报告",
		text: "天池县财政局2020年度部门整体支出绩效自评报告\n年末结转和结余较大。预算，编制和执行脱节。ＧＢ18030编码。",
		values: map[string][]record.Value{
			"unit": texts("天池县财政局"), "year": number(2020), "scope": texts("整体"), "region": texts("云岭省天池县"),
			"fill_date": texts("2021-04"), "expenditure.total": texts("9800000.00"), "headcount.actual.total": number(60),
			"execution_rate": texts("90"), "score": texts("88"), "grade": texts("良"),
		},
		items: map[string][]string{"problems": {"预算，编制和执行脱节"}},
	},
	{
		name: "天池局本级2021", batch: "第二批", title: "道路养护项目支出绩效自评报告",
		text: "道路养护项目支出绩效自评报告\n项目预算500,000元。预算预算编制预算编制科学。结转结余为零。",
		values: map[string][]record.Value{
			"unit": texts("天池县财政局国库中心"), "year": number(2021), "scope": texts("项目"), "region": texts("云岭省天池县"),
			"project_name": texts("乡村道路养护"), "expenditure.total": texts("500000.005"), "score": texts("95.5"), "grade": texts("优"),
			"indicators": {record.Object(map[string]string{"level1": "产出指标", "level2": "数量指标", "level3": "养护里程"})},
		},
	},
	{
		name: "澄湖局2021", batch: "第二批", title: "澄湖區教育局2021年度績效自評報告",
		text: "澄湖區教育局2021年度績效自評報告\n預算編制較為粗放，制度不健全。Performance Budget 预算管理。",
		values: map[string][]record.Value{
			"unit": texts("澄湖區教育局"), "year": number(2021), "scope": texts("整体"), "region": texts("云岭省南屏市澄湖区"),
			"fill_date": texts("2022-03-15"), "expenditure.total": texts("100000000.00"), "headcount.actual.total": number(1200),
			"execution_rate": texts("100"), "score": texts("79.99"), "grade": texts("中"),
		},
		items: map[string][]string{"problems": {"制度不健全"}, "measures": {"健全制度"}},
	},
	{
		name: "无年度", state: record.PartlyRead, title: "",
		text:   "编年史馆情况说明。没有预算。制",
		values: map[string][]record.Value{"unit": texts("编年史馆"), "grade": texts("不合格")},
	},
	{name: "扫描件", state: record.NeedsOCR, text: ""},
}
