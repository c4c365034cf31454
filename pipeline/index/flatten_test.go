package index

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas"
	"jixiao/schemas/layout"
	"jixiao/schemas/record"
)

func TestFlatten(t *testing.T) {
	text := "封面\n天池县财政局 2021 年度自评\n问题：预算编制不细；进度慢"
	at := strings.Index(text, "预算编制不细")
	id := schemas.IDOf([]byte(text))
	d := Flatten(&record.Document{
		Revision:    7,
		Text:        text,
		Submissions: []record.Submission{{Name: "甲.PDF", Batch: "一"}, {Name: "乙.pdf", Batch: "一"}},
		Record: &record.Record{
			ID: id, State: record.Read, Title: "天池县财政局2021年度自评",
			Fields: []record.Field{
				{Key: "unit", Value: record.Text("天池縣財政局（本级）")},
				{Key: "unit", Value: record.Text("天池县财政局")},
				{Key: "year", Value: record.Number(2021)},
				{Key: "fill_date", Value: record.Text("2022-03")},
				{Key: "score", Value: record.Text("95.55")},
				{Key: "execution_rate", Value: record.Text("98.123456")},
				{Key: "expenditure.total", Value: record.Text("12345678.905")},
				{Key: "carryover", Value: record.Text("无法解读")},
				{Key: "projects", Value: record.Object(map[string]string{"name": "道路养护", "budget": "1.00"})},
				{Key: "indicators", Value: record.Object(map[string]string{"level3": "里程", "level1": "产出", "weight": "5"})},
				{Key: "problems", Value: record.Text("预算编制不细"), Item: "p1", Evidence: []record.Evidence{
					{Role: record.RoleLabel, Page: 1, Quote: "问题"},
					{Role: record.RoleValue, Page: 2, Span: layout.Span{Start: at - len("："), End: at + len("预算编制不细；")}, Quote: "：预算编制不细；"},
				}},
				{Key: "problems", Value: record.Text("进度慢"), Item: "p1"},
				{Key: "nonsense", Value: record.Text("x")},
			},
		},
	})
	terms := map[string][]string{
		"id": {string(id)}, "state": {"read"}, "name": {"甲.pdf", "乙.pdf"}, "batch": {"一"}, "unit": {"天池县财政局(本级)", "天池县财政局"},
		"flag": {FlagRounded},
	}
	numbers := map[string][]int64{
		"year": {2021}, "fill_date": {20220300}, "score": {955500}, "execution_rate": {981235}, "expenditure.total": {1234567891},
	}
	shown := head{Unit: "天池縣財政局（本级）", Year: 2021, Title: "天池县财政局2021年度自评"}
	item := func(key, id, text string, h head) Entry {
		return Entry{Key: key, Item: id, Terms: terms, Numbers: numbers, Texts: map[string][]string{BodyText: {text}}, Head: encoded(t, h), Body: text}
	}
	first, second := shown, shown
	first.Page, first.Quote, first.Start = 2, "：预算编制不细；", at
	second.Start = -1
	want := Doc{ID: id, Revision: 7, Entries: []Entry{
		{
			Terms: terms, Numbers: numbers, Head: encoded(t, shown), Body: text,
			Texts: map[string][]string{
				BodyText: {"天池县财政局2021年度自评", text}, TitleText: {"天池县财政局2021年度自评"},
				"projects": {"道路养护"}, "indicators": {"产出", "里程"}, "problems": {"预算编制不细", "进度慢"},
			},
		},
		item("problems", "p1", "预算编制不细", first),
		item("problems", "p1#2", "进度慢", second),
	}, Objects: []Object{
		{"projects", map[string]string{"name": "道路养护"}, map[string]int64{"budget": 100}},
		{"indicators", map[string]string{"level1": "产出", "level3": "里程"}, map[string]int64{"weight": 50000}},
	}}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func encoded(t *testing.T, h head) []byte {
	t.Helper()
	b, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestFlattenBoundsWhatItTakes feeds a record that no honest report yields.
func TestFlattenBoundsWhatItTakes(t *testing.T) {
	r := &record.Record{ID: schemas.IDOf(nil), Title: strings.Repeat("题", 1<<20)}
	r.Fields = append(r.Fields, record.Field{Key: "unit", Value: record.Text(strings.Repeat("局", 1<<20))})
	for range maxItems + 10 {
		r.Fields = append(r.Fields, record.Field{Key: "problems", Value: record.Text("同一问题")})
	}
	d := Flatten(&record.Document{Record: r, Text: strings.Repeat("长", MaxText/3+10)})
	if n := len(d.Entries); n != maxItems+1 {
		t.Errorf("%d entries", n)
	}
	e := d.Entries[0]
	if len(e.Terms["unit"][0]) > maxTerm || len(e.Body) > MaxText || len(e.Head) > 4*maxTerm {
		t.Errorf("unit of %d bytes, body of %d, head of %d", len(e.Terms["unit"][0]), len(e.Body), len(e.Head))
	}
	if d := cmp.Diff([]string{FlagCut}, e.Terms[FlagKey]); d != "" {
		t.Errorf("flags (-want +got):\n%s", d)
	}
	names := map[string]bool{}
	for _, e := range d.Entries {
		if names[e.Key+e.Item] {
			t.Fatalf("two entries %q %q", e.Key, e.Item)
		}
		names[e.Key+e.Item] = true
	}
}
