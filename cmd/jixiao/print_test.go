package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestCells(t *testing.T) {
	for s, want := range map[string]int{"": 0, "abc": 3, "单位": 4, "（甲）": 6, "ａ１": 4, "e\u0301": 1, "a\u200bb": 2, "—": 1, "𠮷": 2} {
		if got := cells(s); got != want {
			t.Errorf("%q takes %d columns, want %d", s, got, want)
		}
	}
}

func TestCutFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, n := rapid.String().Draw(t, "s"), rapid.IntRange(2, 20).Draw(t, "n")
		got := cut(s, n)
		if cells(got) > n {
			t.Fatalf("%q is %d columns wide, over %d", got, cells(got), n)
		}
		if cells(s) <= n && got != s {
			t.Fatalf("%q fits and became %q", s, got)
		}
	})
}

func TestTableAligns(t *testing.T) {
	tab := table{head: []string{"单位", "year", "支出"}, right: map[int]bool{2: true}, limit: map[int]int{0: 8}}
	tab.add("教育局", "2021", "1,234.50")
	tab.add("a\x1b[31m\nb", "", "7.00")
	tab.add("很长很长的单位名称", "2020", "")
	var b bytes.Buffer
	if err := tab.write(&b); err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"单位      year      支出",
		"教育局    2021  1,234.50",
		`a\u001b…            7.00`,
		"很长很…   2020",
		"",
	}, "\n")
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// Whatever a document holds, nothing of it reaches a terminal as a command.
func TestNothingHarmfulIsPrinted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.RuneFrom([]rune("\x1b[\u009b\u202e\x00\r\n\t\x7f甲a\ufeff")), 0, 20, -1)).Draw(t, "s")
		for name, got := range map[string]string{"safe": safe(s), "text": strings.NewReplacer("\n", "", "\t", "").Replace(safeText(s))} {
			if strings.IndexFunc(got, harmful) >= 0 {
				t.Fatalf("%s: %q became %q", name, s, got)
			}
		}
		b, err := marshal(map[string]string{"s": s})
		if err != nil || bytes.IndexFunc(b, harmful) >= 0 {
			t.Fatalf("%q became %s (%v)", s, b, err)
		}
		var back map[string]string
		if err := json.Unmarshal(b, &back); err != nil || utf8.ValidString(s) && back["s"] != s {
			t.Fatalf("%q came back as %q (%v)", s, back["s"], err)
		}
	})
}

func TestSafeShowsBadBytes(t *testing.T) {
	if got := safe("a\xffb"); got != `a\xffb` {
		t.Errorf("got %q", got)
	}
}

func TestWan(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "0.00": "0.00", "182737217.87": "18,273.721787", "10000": "1.00", "1": "0.0001", "-25000.50": "-2.50005",
		"12345678.901": "1,234.5678901", "123456789012.00": "12,345,678.9012",
	} {
		if got := wan(in); got != want {
			t.Errorf("wan(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCSVIsHarmless(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+86 0731": "'+86 0731", "-无": "'-无", "@x": "'@x", " =1": "' =1", "\t=1": "'\t=1", "＝1": "'＝1",
		"教育局": "教育局", "": "", "a=b": "a=b", "\n=1": "'\n=1",
	} {
		if got := harmless(cell{text: text}); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"-12.50": "-12.50", "95": "95", "-1+cmd": "'-1+cmd", "=2": "'=2", "-": "'-"} {
		if got := harmless(cell{text: text, figure: true}); got != want {
			t.Errorf("figure %q becomes %q, want %q", text, got, want)
		}
	}
}

func TestCSVReadsBack(t *testing.T) {
	var b bytes.Buffer
	w := newCSV(&b, []string{"id", "unit", "problems"}, true)
	if err := w.write([]cell{str("id", "3f"), str("unit", `甲,"乙"`), list("problems", []string{"一", "二"})}); err != nil {
		t.Fatal(err)
	}
	if err := w.flush(); err != nil {
		t.Fatal(err)
	}
	rest, ok := strings.CutPrefix(b.String(), "\ufeff")
	if !ok {
		t.Error("no mark of byte order")
	}
	rows, err := csv.NewReader(strings.NewReader(rest)).ReadAll()
	want := [][]string{{"编号", "单位", "存在的问题"}, {"3f", `甲,"乙"`, "一\n二"}}
	if d := cmp.Diff(want, rows); err != nil || d != "" {
		t.Errorf("%v -want +got:\n%s", err, d)
	}
}

func TestWrapFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("ab 甲乙，。)("))).Draw(t, "s")
		for _, line := range wrap(s, 10) {
			if cells(line) > 10 {
				t.Fatalf("%q is too wide", line)
			}
		}
	})
}

func TestWrapKeepsWords(t *testing.T) {
	for want, in := range map[string]string{
		"状态：|failed。":              "状态：failed。",
		"read,|failed,|extracted.": "read, failed, extracted.",
		"一二三四五|六七。":                "一二三四五六七。",
		"一二三四|五，六":                 "一二三四五，六",
		"abcdefghij|klm":           "abcdefghijklm",
		"一（二三|四）五":                 "一（二三四）五",
	} {
		if got := strings.Join(wrap(in, 10), "|"); got != want {
			t.Errorf("%q breaks into %q, want %q", in, got, want)
		}
	}
}

func TestRanges(t *testing.T) {
	for want, in := range map[string][]int{"": nil, "1": {1}, "1-3, 7": {1, 2, 3, 7}, "2, 4": {2, 4}} {
		if got := ranges(in); got != want {
			t.Errorf("%v: %q, want %q", in, got, want)
		}
	}
}
