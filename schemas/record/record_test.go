package record

import (
	"encoding/json"
	"strings"
	"testing"

	"jixiao/schemas/layout"
)

const sentence = "年末在职人员26人"

func good() Field {
	return Field{
		Key: "headcount.actual.total", Value: Number(26), Confidence: 0.9,
		Evidence: []Evidence{{Role: RoleValue, Span: layout.Span{Start: 18, End: 20}, Quote: "26"}},
	}
}

func TestFieldValidate(t *testing.T) {
	if err := good().Validate(sentence); err != nil {
		t.Fatalf("a good field: %v", err)
	}
	for name, spoil := range map[string]func(*Field){
		"no_evidence":  func(f *Field) { f.Evidence = nil },
		"no_value":     func(f *Field) { f.Value = Value{} },
		"empty_text":   func(f *Field) { f.Value = Text("") },
		"empty_object": func(f *Field) { f.Value = Object(nil) },
		"confidence":   func(f *Field) { f.Confidence = 1.01 },
		"other_quote":  func(f *Field) { f.Evidence[0].Quote = "27" },
		"beyond_text":  func(f *Field) { f.Evidence[0].End = 99 },
		"negative":     func(f *Field) { f.Evidence[0].Start = -1 },
		"empty_span":   func(f *Field) { f.Evidence[0].End = 18 },
	} {
		t.Run(name, func(t *testing.T) {
			f := good()
			spoil(&f)
			if f.Validate(sentence) == nil {
				t.Error("it is called valid")
			}
		})
	}
}

func TestQuoteIsTheText(t *testing.T) {
	doc := &layout.Doc{Text: sentence, Pages: []layout.Page{{Number: 3, Span: layout.Span{End: len(sentence)}}}}
	e := Quote(doc, RoleValue, layout.Span{Start: 18, End: 20})
	if e.Quote != "26" || e.Page != 3 || e.Validate(doc.Text) != nil {
		t.Errorf("%+v", e)
	}
}

func TestJSONHasNoNull(t *testing.T) {
	r := &Record{
		Fields: []Field{{Value: Number(1)}}, Sections: []Section{{}}, Findings: []Finding{{}}, Gaps: []Gap{{}},
	}
	r.FillLists()
	b, err := json.Marshal(r)
	if err != nil || strings.Contains(string(b), "null") {
		t.Errorf("%s, %v", b, err)
	}
	var empty Record
	empty.FillLists()
	if b, err := json.Marshal(empty); err != nil || strings.Contains(string(b), "null") {
		t.Errorf("%s, %v", b, err)
	}
}
