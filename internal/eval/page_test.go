package eval

import (
	"strings"
	"testing"

	"jixiao/schemas/layout"
)

// A text that would like to be more than text is shown as it stands.
func TestPageEscapes(t *testing.T) {
	const evil = `<script>alert(1)</script>"onmouseover="x` + "\u202e"
	c := Case{Name: `a"><img src=x>`, Gold: map[string]any{"unit": evil, "year": "2020"}}
	text := "单位：" + evil + "，别的"
	start := strings.Index(text, evil)
	o := &Output{Name: evil, Text: text, Values: []Value{{
		Key: "unit", Value: evil + "局", Confidence: 0.7, Rule: evil, Review: true,
		Evidence: []Evidence{{Role: `x" onclick="y`, Quote: evil, Span: layout.Span{Start: start, End: start + len(evil)}}},
	}}}
	r, err := Compare([]Case{c}, map[string]*Output{c.Name: o})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.WritePage(&b); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, bad := range []string{"<script", "<img", `" onclick="`, `"onmouseover="`, "\u202e"} {
		if strings.Contains(got, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	for _, want := range []string{"&lt;script&gt;", `<mark id="m0-0" class="wrong"`, "default-src &#39;none&#39;", "(to be reviewed)"} {
		if !strings.Contains(got, want) && !strings.Contains(got, strings.ReplaceAll(want, "&#39;", "'")) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// Places that overlap are marked once, and the text stays whole.
func TestCutKeepsTheText(t *testing.T) {
	const text = "年末在职人员26人，其中行政15人"
	span := func(s string) layout.Span {
		i := strings.Index(text, s)
		return layout.Span{Start: i, End: i + len(s)}
	}
	marks := []mark{
		{span("26人"), "a", Wrong, "value"}, {span("人员26"), "b", Missed, "value"}, {span("26"), "c", Wrong, "value"}, {span("在职"), "a", Wrong, "label"},
	}
	var whole strings.Builder
	ids := map[string]int{}
	for _, p := range cut(text, marks) {
		whole.WriteString(p.Words)
		if p.ID != "" {
			ids[p.ID]++
		}
	}
	if whole.String() != text {
		t.Errorf("the pieces make %q, want %q", whole.String(), text)
	}
	for _, id := range []string{"a", "b", "c"} {
		if ids[id] != 1 {
			t.Errorf("%d places are named %s, want one", ids[id], id)
		}
	}
}
