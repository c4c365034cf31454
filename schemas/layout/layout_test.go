package layout

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUnion(t *testing.T) {
	a, b := Box{10, 10, 20, 20}, Box{15, 5, 40, 18}
	for name, c := range map[string]struct{ got, want Box }{
		"both":       {a.Union(b), Box{10, 5, 40, 20}},
		"with_none":  {a.Union(Box{}), a},
		"none_first": {Box{}.Union(b), b},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
}

func TestOverlapsIsHalfOpen(t *testing.T) {
	s := Span{3, 6}
	for _, c := range []struct {
		other Span
		want  bool
	}{{Span{0, 3}, false}, {Span{0, 4}, true}, {Span{5, 9}, true}, {Span{6, 9}, false}, {Span{4, 5}, true}} {
		if got := s.Overlaps(c.other); got != c.want {
			t.Errorf("%v and %v: %v, want %v", s, c.other, got, c.want)
		}
	}
}

// twoPages is a document of a line, and on the second page a row of two cells.
func twoPages() *Doc {
	text := "收入10万元\n支出 9万元\n"
	first, second := len("收入10万元\n"), len(text)
	return &Doc{Text: text, Pages: []Page{
		{Number: 1, Span: Span{0, first}, Engine: "a", Lines: []Line{{Span: Span{0, first - 1}, Box: Box{0, 0, 100, 10}}}},
		{Number: 2, Span: Span{first, second}, Engine: "b", Tables: []Table{{Span: Span{first, second - 1}, Cells: []Cell{
			{Span: Span{first, first + 6}, Box: Box{0, 0, 50, 10}},
			{Span: Span{first + 7, second - 1}, Box: Box{50, 0, 90, 10}},
		}}}},
	}}
}

func TestLocate(t *testing.T) {
	d := twoPages()
	for name, c := range map[string]struct {
		of   Span
		page int
		box  Box
	}{
		"whole_line":  {Span{0, 14}, 1, Box{0, 0, 100, 10}},
		"part_half":   {Span{6, 8}, 1, Box{40, 0, 60, 10}}, // 10 of ten columns: 4 before, 2 wide
		"cell":        {Span{22, 24}, 2, Box{50, 0, 90, 10}},
		"two_cells":   {Span{15, 28}, 2, Box{0, 0, 90, 10}},
		"out_of_text": {Span{99, 100}, 0, Box{}},
	} {
		t.Run(name, func(t *testing.T) {
			page, box := d.Locate(c.of)
			if page != c.page || box != c.box {
				t.Errorf("page %d box %v, want %d %v", page, box, c.page, c.box)
			}
		})
	}
}

func TestEngines(t *testing.T) {
	d := &Doc{Pages: []Page{{Engine: "b"}, {}, {Engine: "a"}, {Engine: "b"}}}
	if diff := cmp.Diff([]string{"b", "a"}, d.Engines()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestJSONHasNoNull(t *testing.T) {
	d := &Doc{Pages: []Page{{Tables: []Table{{}}}, {}}}
	d.FillLists()
	b, err := json.Marshal(d)
	if err != nil || strings.Contains(string(b), "null") {
		t.Errorf("%s, %v", b, err)
	}
}
